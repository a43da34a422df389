"""What is to be said by now, worked out anew from what has come and what was said: whose letter, by which reminders. Only read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from messages.reminders.letters import LetterContext
from reminders.context import Tick
from reminders.letter_details import with_details
from reminders.unchanged_reports import unchanged_reports
from reporting.forms import Form
from reporting.people import Person
from reporting.report_page_links import FormVisit
from reporting.rounds.deadlines import deadline
from reporting.rounds.moments import moments
from reporting.rounds.own_hours import OwnHours
from reporting.rounds.reminder_plan import Plan, Reminder, Round
from reporting.rounds.reminding import due_reminders
from reporting.say import Say
from reporting.tick_parts import TickPart
from services.report_page import signed_link
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
    return written_letter(scene, person_id, reminders)


def _letter_apart(tick: Tick, scene: LetterContext, person_id: int, reminders: Sequence[Reminder]) -> Letter | None:
    """The letter without the reminders for which there are no words."""

    def written(some: Sequence[Reminder]) -> Sequence[Reminder]:
        written_letter(scene, person_id, some)
        return some

    parts = tick.parts.in_halves(tick.connection, reminders, _part_of, written)
    said = [each for some in parts for each in some]
    return tick.apart(TickPart(person_id=person_id), partial(written_letter, scene, person_id, said))


def _part_of(reminder: Reminder) -> TickPart:
    form, unit_id, _ = reminder.report
    return TickPart(form=form, unit_id=unit_id, person_id=reminder.person_id)


def written_letter(scene: LetterContext, person_id: int, reminders: Sequence[Reminder]) -> Letter | None:
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
