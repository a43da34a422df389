"""Validation rules are run at their hour; what they find is told once, to the desk and to whoever answers for the unit."""

from collections.abc import Sequence
from functools import partial

from messages.leaders.contradiction_words import contradictions_say
from reminders.context import Tick
from reporting.people import Person
from reporting.receivers import Receiver
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from reporting.validation.validation_rule import Contradiction
from services.run_rules import have_run, run_due
from storage.organisation import people
from storage.schedule import reminder_log, rounds

TOLD = (Receiver.DESK, Receiver.LEADER, Receiver.CHAIR)


def due_contradictions(tick: Tick) -> list[Say]:
    """One message a person with all that is new. In quiet hours no rule is run: it is run after them.

    A rule of whose finds somebody could not be told is run again after a while; who was told of them is not told again.
    """
    if tick.is_quiet:
        return []
    runs = run_due(
        tick.connection, tick.followed_forms, tick.tree, tick.now, tick.zone, apart=tick.apart, waits=tick.parts.waits
    )
    found = [each for run in runs for each in run.found]
    says, untold = _say(tick, found) if found else ([], [])
    have_run(tick.connection, runs, untold, tick.now)
    return says


def _say(tick: Tick, found: Sequence[Contradiction]) -> tuple[list[Say], list[Contradiction]]:
    """What is said of these, and those of which somebody could not be told."""
    readers = tick.apart(TickPart(), partial(_readers, tick, found))
    if readers is None:
        return [], list(found)
    says, untold = list[Say](), list[Contradiction]()
    for to, theirs in readers:
        part = TickPart(person_id=to.id)
        says += tick.says(part, partial(_told, tick, to, theirs))
        untold += theirs if part in tick.parts.troubled else ()
    return says, untold


def _readers(tick: Tick, found: Sequence[Contradiction]) -> list[tuple[Person, list[Contradiction]]]:
    recipients = rounds.recipients_of(tick.connection, tick.tree, tick.today, tick.channels)
    forms = {form.key: form for form in tick.followed_forms}
    by_person: dict[int, list[Contradiction]] = {}
    for each in found:
        form = forms[each.rule.forms[0]]
        heard = {person_id for receiver in TOLD for person_id, _ in recipients.hear(receiver, each.unit_id, form)}
        for person_id in sorted(heard):
            by_person.setdefault(person_id, []).append(each)
    known = people.people_of(tick.connection, by_person)
    return [(known[one], theirs) for one, theirs in by_person.items() if one in known]


def _told(tick: Tick, to: Person, theirs: Sequence[Contradiction]) -> list[Say]:
    records = [_record(tick, each, to) for each in theirs]
    new = {record.rule for record in reminder_log.record(tick.connection, records)}
    news = [each for each, record in zip(theirs, records, strict=True) if record.rule in new]
    forms = {form.key: form for form in tick.followed_forms}
    return [contradictions_say(news, forms, tick.tree, to.address, translator(to.language))] if news else []


def _record(tick: Tick, of: Contradiction, to: Person) -> ReminderRecord:
    key = ReminderKey.of_number(ReminderKind.CONTRADICTION, of.id)
    return ReminderRecord(key, of.rule.forms[0], of.unit_id, of.period, to.id, tick.now)
