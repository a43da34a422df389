"""The tick: what is due by now is worked out anew, recorded once, and put in the outbox, all in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.letters import LOOK_BACK, Scene, streaks
from reporting.periods import period_before
from reporting.reminding import Plan, Reminder, Round, Told, due_reminders
from reporting.say import Say
from reporting.standings import excused
from storage import forms, kindness, outbox, people, rounds, said, units

QuietHours = tuple[time, time]
"""Local times from which and until which nobody is reminded; the first may be later than the second."""


@dataclass(frozen=True)
class Planned:
    """What a tick wants to say: by person, the one in trouble first."""

    scene: Scene
    letters: tuple[tuple[int, tuple[Reminder, ...]], ...] = ()
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


def tick(connection: Connection, now: datetime, zone: ZoneInfo, quiet: QuietHours | None = None) -> int:
    """Says all that is due at `now`; the number of messages put in the outbox. Nothing if another process is ticking."""
    if not rounds.may_tick(connection):
        return 0
    planned = plan(connection, now, zone, quiet)
    return say(connection, planned) if planned else 0


def plan(connection: Connection, now: datetime, zone: ZoneInfo, quiet: QuietHours | None = None) -> Planned | None:
    """What is to be said at `now`; None if nothing is. It only reads, so it may run on a reading connection in a thread."""
    due = [(form, period) for form, period in rounds.open_rounds(connection, now, zone) if form.schedule.remind]
    told = said.told(connection, [(form.key, period) for form, period in due])
    if not due and not any(each.waits for each in told):
        return None
    tree = units.tree(connection)
    found = {
        (form.key, period): Round(form, period, rounds.standings(connection, form, period, tree, now, zone))
        for form, period in due
    }
    charges = rounds.charges(connection, tree, now.astimezone(zone).date())
    hush = kindness.hush(connection, now)
    heard = [each for each in found.values() if not is_quiet(each, now, zone, quiet)]
    planned = due_reminders(heard, charges, told, hush, now)
    if planned == Plan():
        return None
    scene = _more(connection, Scene(found, tree, charges, told, hush, now, zone), planned.reminders)
    letters: dict[int, list[Reminder]] = {}
    for each in planned.reminders:
        letters.setdefault(each.person_id, []).append(each)
    by_person = tuple((person_id, tuple(theirs)) for person_id, theirs in letters.items())
    return Planned(scene, by_person, planned.quietly, planned.taken_back)


def is_quiet(one: Round, now: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> bool:
    """Whether quiet hours hold this round's reminders back; a form that is itself due in the quiet hours knows better."""
    if quiet is None or not one.standings:
        return False
    due_at = one.standings[0].deadline.due_at
    return _within(now.astimezone(zone).time(), quiet) and not _within(due_at.astimezone(zone).time(), quiet)


def _within(at: time, quiet: QuietHours) -> bool:
    start, end = quiet
    return start <= at < end if start <= end else at >= start or at < end


def _more(connection: Connection, scene: Scene, reminders: Sequence[Reminder]) -> Scene:
    """The scene with the people and the details that these reminders speak of."""
    wanted = {each.person_id for each in reminders}
    spoken = {(form, period) for form, _, period in (each.report for each in reminders)}
    for each in reminders:
        if each.rule.to == "chair":
            form, unit_id, period = each.report
            wanted.update(of for of, _ in scene.charges.hear("reporter", unit_id, scene.rounds[form, period].form))
    listed = {(form, period) for form, _, period in (each.report for each in reminders if each.rule.level > 1)}
    return replace(
        scene,
        people=people.people_of(connection, wanted),
        reasons={
            (form, unit_id, period): (reason.reason, reason.words)
            for form, period in spoken
            for unit_id, reason in kindness.late_reasons(connection, form, period).items()
        },
        streaks={key: _streaks(connection, scene, scene.rounds[key]) for key in listed},
    )


def _streaks(connection: Connection, scene: Scene, one: Round) -> dict[int, int]:
    kind = one.form.schedule.period
    before = [period_before(kind, one.period)]
    while len(before) < LOOK_BACK:
        before.append(period_before(kind, before[-1]))
    first = max(before[-1], forms.first_day(connection, one.form.key) or date.min)
    missing = [each.deadline.unit_id for each in one.standings if each.is_open]
    last = rounds.last_reported(connection, one.form.key, missing, one.period, first)
    suspended = rounds.suspensions(connection, first, one.period)
    silent = [scene.tree.unit(each) for each in missing] if suspended else []
    free = {each: excused(one.form.key, each, silent, scene.tree, suspended) for each in before if suspended}
    return streaks(one, scene.tree, last, first, free)


def say(connection: Connection, planned: Planned) -> int:
    """Records and puts in the outbox what nobody has said meanwhile; the number of messages."""
    said.take_back(connection, planned.taken_back)
    scene = planned.scene
    quietly = [told for each in planned.quietly for told in _told(each, scene.now, None)]
    said.record(connection, quietly)
    letters = [
        (person_id, wanted)
        for person_id, theirs in _still_missing(connection, planned)
        if person_id in scene.people and (wanted := tuple(theirs))
    ]
    count = len(letters)
    while letters:
        letters, given_up = _put(connection, scene, letters)
        count -= given_up
    return count


Letters = list[tuple[int, tuple[Reminder, ...]]]


def _put(connection: Connection, scene: Scene, letters: Letters) -> tuple[Letters, int]:
    """Puts letters in the outbox. Those of which somebody else said a part are taken back: they come out, without that part.

    With them comes how many have nothing left to say.
    """
    says: list[Say] = [scene.letter(scene.people[person_id], theirs) for person_id, theirs in letters]
    ids = outbox.put(connection, says, scene.now)
    new = [
        told
        for message, (_, theirs) in zip(ids, letters, strict=True)
        for each in theirs
        for told in _told(each, scene.now, message)
    ]
    recorded = said.record(connection, new)
    if len(recorded) == len(new):
        return [], 0
    ours = {(each.message, each.report, each.rule) for each in recorded}
    broken = {each.message for each in new if (each.message, each.report, each.rule) not in ours}
    said.take_back(connection, [each for each in broken if each is not None])
    again: Letters = []
    for message, (person_id, theirs) in zip(ids, letters, strict=True):
        if message in broken:
            left = tuple(each for each in theirs if (message, each.report, each.rule.key) in ours)
            again.append((person_id, left))
    return [each for each in again if each[1]], sum(not left for _, left in again)


def _told(reminder: Reminder, now: datetime, message: int | None) -> list[Told]:
    form, unit_id, period = reminder.report
    return [Told(rule, form, unit_id, period, reminder.person_id, now, message) for rule in reminder.rules]


def _still_missing(connection: Connection, planned: Planned) -> Iterator[tuple[int, list[Reminder]]]:
    """The letters without the reports that have come since the plan was made."""
    keys = {(form, period) for _, theirs in planned.letters for form, _, period in (each.report for each in theirs)}
    come = {(form, unit_id, period) for form, period in keys for unit_id in rounds.reported(connection, form, period)}
    for person_id, theirs in planned.letters:
        yield person_id, [each for each in theirs if each.report not in come]
