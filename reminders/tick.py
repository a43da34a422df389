"""The tick: what is due by now is worked out anew, recorded once by its key, and put in the outbox in the same transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from reminders.context import Tick
from reminders.plan import Letter, Planned, plan, written_letter
from reporting.reminder_key import ReminderKey
from reporting.rounds.reminder_plan import Reminder
from reporting.rounds.reminder_record import ReminderRecord, ReportKey
from reporting.rounds.suppression import STILL_AFTER
from reporting.tick_parts import TickPart
from storage.database.process_locks import may_tick
from storage.messages import outbox
from storage.schedule import reminder_log, rounds, snoozes


def remind(tick: Tick) -> int:
    """Plans and says all that is due now in one transaction; the number of messages put in the outbox."""
    planned = plan(tick)
    return say(tick.connection, planned) if planned else 0


def say(connection: Connection, planned: Planned) -> int:
    """Records and puts in the outbox what nobody has said meanwhile; the number of messages.

    None if another process is at it at this very moment: what it should leave is planned again by the next tick. When what
    was to be taken back has left meanwhile, it is planned anew here.
    """
    if not may_tick(connection):
        return 0
    if reminder_log.take_back(connection, planned.taken_back) < len(planned.taken_back):
        return remind(replace(planned.tick, connection=connection))
    reminder_log.record(connection, [told for each in planned.quietly for told in _told(each, planned.scene.now, None)])
    letters, count = _still_wanted(connection, planned), 0
    while letters:
        again = _put(connection, planned, letters)
        count += len(letters) - len(again)
        letters = [left for each in again if (left := written_letter(planned.scene, each.person.id, each.reminders))]
    return count


def say_apart(connection: Connection, planned: Planned) -> int:
    """The same, letter by letter where they cannot be put there together: one that cannot is left to the next tick."""
    tick = replace(planned.tick, connection=connection)
    first = tick.apart(TickPart(), partial(say, connection, replace(planned, tick=tick, letters=())))

    def put(some: Sequence[Letter]) -> int:
        return say(connection, replace(planned, tick=tick, letters=tuple(some), quietly=(), taken_back=frozenset()))

    def part_of(letter: Letter) -> TickPart:
        return TickPart(person_id=letter.person.id)

    return (first or 0) + sum(tick.parts.in_halves(connection, planned.letters, part_of, put))


def _put(connection: Connection, planned: Planned, letters: Sequence[Letter]) -> list[Letter]:
    """Puts letters in the outbox. One of which somebody else has said a part is taken back, and comes out without that part."""
    now = planned.scene.now
    ids = outbox.put(connection, [each.say for each in letters], now, planned.tick.channels)
    numbered = list(zip(ids, letters, strict=True))
    new = [told for at, letter in numbered for each in letter.reminders for told in _told(each, now, at)]
    recorded = reminder_log.record(connection, new)
    if len(recorded) == len(new):
        return []
    ours: dict[int | None, set[tuple[ReportKey, ReminderKey]]] = defaultdict(set)
    for each in recorded:
        ours[each.message].add((each.report, each.rule))
    broken = {at for each in new if (at := each.message) and (each.report, each.rule) not in ours[at]}
    reminder_log.take_back(connection, broken)
    return [
        replace(letter, reminders=tuple(_left(letter.reminders, ours[at]))) for at, letter in numbered if at in broken
    ]


def _left(reminders: Iterable[Reminder], ours: Collection[tuple[ReportKey, ReminderKey]]) -> Iterator[Reminder]:
    """What is left to be said by `ours`, reports with keys of rules: nothing of a reminder whose newest rule is not in it."""
    for each in reminders:
        if (each.report, each.rule.key) in ours:
            yield replace(each, older=tuple(rule for rule in each.older if (each.report, rule.key) in ours))


def _told(reminder: Reminder, now: datetime, message: int | None) -> list[ReminderRecord]:
    form, unit_id, period = reminder.report
    return [ReminderRecord(rule, form, unit_id, period, reminder.person_id, now, message) for rule in reminder.rules]


def _still_wanted(connection: Connection, planned: Planned) -> list[Letter]:
    """The letters, without the reports that have come since the plan was made, and without whoever has begun to answer."""
    keys = {(each.report[0], each.report[2]) for letter in planned.letters for each in letter.reminders}
    come = {
        (form, unit_id, on)
        for form, on in keys
        for unit_id in rounds.received(connection, planned.scene.rounds[form, on].form, on)
    }
    now = planned.scene.now
    suppression = (
        snoozes.suppression_at(connection, now, now + STILL_AFTER) if planned.letters else planned.scene.suppression
    )
    found: list[Letter | None] = []
    for letter in planned.letters:
        left = [
            each
            for each in letter.reminders
            if each.report not in come and not suppression.waits_for(each.person_id, each.rule.to, each.report)
        ]
        is_whole = len(left) == len(letter.reminders)
        found.append(letter if is_whole else written_letter(planned.scene, letter.person.id, left))
    return [each for each in found if each]
