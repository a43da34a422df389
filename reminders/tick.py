"""The tick: what is due by now is worked out anew, recorded once by its key, and put in the outbox in the same transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from messages.reminders.letters import LetterContext
from reminders.context import Tick
from reminders.letter_details import with_details
from reminders.unchanged_reports import unchanged_reports
from reporting.forms import Form
from reporting.people import Person
from reporting.reminder_key import ReminderKey
from reporting.report_page_links import FormVisit
from reporting.rounds.deadlines import deadline
from reporting.rounds.moments import moments
from reporting.rounds.own_hours import OwnHours
from reporting.rounds.reminder_plan import Plan, Reminder, Round
from reporting.rounds.reminder_record import ReminderRecord, ReportKey
from reporting.rounds.reminding import due_reminders
from reporting.rounds.suppression import STILL_AFTER
from reporting.say import Say
from reporting.tick_parts import TickPart
from services.report_page import signed_link
from storage.database.process_locks import may_tick
from storage.messages import outbox
from storage.schedule import own_hours, reminder_log, rounds, snoozes


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is told now, and by which reminders."""

    person: Person
    reminders: tuple[Reminder, ...]
    say: Say


@dataclass(frozen=True)
class Planned:
    """What a tick wants to say, the person in trouble first."""

    tick: Tick
    scene: LetterContext
    letters: tuple[Letter, ...] = ()
    quietly: tuple[Reminder, ...] = ()
    taken_back: frozenset[int] = frozenset()

    def parts(self, most: int = 500) -> Iterator["Planned"]:
        """The same in portions, each for a transaction of its own, so that replies need not wait for the whole."""
        starts = range(0, max(1, len(self.letters)), most)
        for start in starts:
            first = start == 0
            yield replace(
                self,
                letters=self.letters[start : start + most],
                quietly=self.quietly if first else (),
                taken_back=self.taken_back if first else frozenset(),
            )


def remind(tick: Tick) -> int:
    """Plans and says all that is due now in one transaction; the number of messages put in the outbox."""
    planned = plan(tick)
    return say(tick.connection, planned) if planned else 0


def plan(tick: Tick) -> Planned | None:
    """What is to be said now; None if nothing is. It only reads, so it may run on a reading connection in a thread.

    Part by part, of a form or a unit that fails nothing is said, nor taken back; nor of a person whose letter fails.
    """
    connection, now, zone = tick.connection, tick.now, tick.zone
    opened = rounds.open_rounds(connection, now, zone, apart=tick.apart)
    own = own_hours.all_own_hours(connection)
    due = [
        (form, period)
        for form, period in opened
        if tick.apart(TickPart(form=form.key), partial(_has_begun, tick, form, period, own))
    ]
    told = reminder_log.told(connection, [(form.key, period) for form, period in due], apart=tick.apart)
    if not due and not any(each.waits for each in told):
        return None
    read = [tick.apart(TickPart(form=form.key), partial(_round, tick, form, period)) for form, period in due]
    broken, known = tick.parts.broken_forms, told
    found = {(each.form.key, each.period): each for each in read if each is not None and each.form.key not in broken}
    told = [each for each in known if each.form not in broken]
    recipients = rounds.recipients_of(connection, tick.tree, tick.today, tick.channels, keeps_evidence=True)
    suppression = snoozes.suppression_at(connection, now)
    heard = [each for each in found.values() if not _is_held_back(tick, each)]
    planned = due_reminders(heard, recipients, told, suppression, now, own, apart=tick.apart)
    if planned == Plan():
        return None
    written = LetterContext(found, tick.tree, recipients, told, suppression, now, zone, link_of=partial(_link, tick))
    scene = with_details(tick, written, planned.reminders)
    reminders = [each for each in planned.reminders if each.report[0] not in tick.parts.broken_forms]
    scene = replace(scene, unchanged=unchanged_reports(tick, scene, reminders))
    letters = _letters(tick, scene, reminders)
    broken, troubled = tick.parts.broken_forms, tick.parts.troubled
    persons = {each.person_id for each in troubled if each.person_id}
    reports = {(each.form, each.unit_id) for each in troubled if each.unit_id and not each.person_id}
    kept = {
        each.message
        for each in known
        if each.form in broken or each.person_id in persons or (each.form, each.unit_id) in reports
    }
    return Planned(tick, scene, letters, planned.quietly, planned.taken_back - kept)


def _round(tick: Tick, form: Form, period: date) -> Round:
    standings = rounds.standings(tick.connection, form, period, tick.tree, tick.now, tick.zone)
    return Round(form, period, standings, tick.zone, tick.quiet)


def _link(tick: Tick, visit: FormVisit) -> str:
    return signed_link(tick.site, visit, tick.now) if tick.site is not None else ""


def _letters(tick: Tick, scene: LetterContext, reminders: Sequence[Reminder]) -> tuple[Letter, ...]:
    by_person: dict[int, list[Reminder]] = {}
    for each in reminders:
        by_person.setdefault(each.person_id, []).append(each)
    write = _letter_apart if tick.parts.are_apart else _letter_as_one
    return tuple(filter(None, (write(tick, scene, person_id, theirs) for person_id, theirs in by_person.items())))


def _letter_as_one(_: Tick, scene: LetterContext, person_id: int, reminders: Sequence[Reminder]) -> Letter | None:
    return _letter(scene, person_id, reminders)


def _letter_apart(tick: Tick, scene: LetterContext, person_id: int, reminders: Sequence[Reminder]) -> Letter | None:
    """The letter without the reminders for which there are no words."""

    def written(some: Sequence[Reminder]) -> Sequence[Reminder]:
        _letter(scene, person_id, some)
        return some

    parts = tick.parts.in_halves(tick.connection, reminders, _part_of, written)
    said = [each for some in parts for each in some]
    return tick.apart(TickPart(person_id=person_id), partial(_letter, scene, person_id, said))


def _part_of(reminder: Reminder) -> TickPart:
    form, unit_id, _ = reminder.report
    return TickPart(form=form, unit_id=unit_id, person_id=reminder.person_id)


def _letter(scene: LetterContext, person_id: int, reminders: Sequence[Reminder]) -> Letter | None:
    person = scene.people.get(person_id)
    return Letter(person, tuple(reminders), scene.letter(person, reminders)) if person and reminders else None


def _has_begun(tick: Tick, form: Form, period: date, own: Mapping[int, OwnHours]) -> bool:
    """Whether any rule of the form, or anybody's own hour, has come due for this period."""
    anybodys = deadline(form.key, form.schedule, 0, period, tick.zone)
    if any(at <= tick.now for at, _ in moments(form, anybodys, tick.zone, tick.quiet)):
        return True
    return any(at <= tick.now for each in own.values() for at in each.moments(anybodys, tick.zone, tick.quiet))


def _is_held_back(tick: Tick, one: Round) -> bool:
    """Whether quiet hours hold this round's reminders back; a form that is itself due in the quiet hours knows better."""
    return bool(one.standings) and tick.holds_back(one.standings[0].deadline.due_at)


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
        letters = [left for each in again if (left := _letter(planned.scene, each.person.id, each.reminders))]
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
        found.append(letter if is_whole else _letter(planned.scene, letter.person.id, left))
    return [each for each in found if each]
