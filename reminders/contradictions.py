"""Validation rules are run at their hour; what they find is told once, to the desk and to whoever answers for the unit."""

from collections.abc import Mapping
from functools import partial

from messages.leaders.contradiction_words import contradictions_say
from reminders.context import Tick
from reporting.forms import Form
from reporting.people import Person
from reporting.receivers import Receiver
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from reporting.validation.validation_rule import Contradiction
from services.run_rules import run_due
from storage.organisation import people
from storage.schedule import rounds

TOLD = (Receiver.DESK, Receiver.LEADER, Receiver.CHAIR)


def due_contradictions(tick: Tick) -> list[Say]:
    """One message a person with all that is new. In quiet hours no rule is run: it is run after them."""
    if tick.is_quiet:
        return []
    found = run_due(tick.connection, tick.followed_forms, tick.tree, tick.now, tick.zone, apart=tick.apart)
    if not found:
        return []
    recipients, forms = (
        rounds.recipients_of(tick.connection, tick.tree, tick.today, tick.channels),
        {form.key: form for form in tick.followed_forms},
    )
    by_person: dict[int, list[Contradiction]] = {}
    for each in found:
        form = forms[each.rule.forms[0]]
        heard = {person_id for receiver in TOLD for person_id, _ in recipients.hear(receiver, each.unit_id, form)}
        for person_id in sorted(heard):
            by_person.setdefault(person_id, []).append(each)
    known = people.people_of(tick.connection, by_person)
    told = ((known[one], theirs) for one, theirs in by_person.items() if one in known)
    says = (tick.says(TickPart(person_id=to.id), partial(_told, tick, to, theirs, forms)) for to, theirs in told)
    return [say for of_person in says for say in of_person]


def _told(tick: Tick, to: Person, theirs: list[Contradiction], forms: Mapping[str, Form]) -> list[Say]:
    return [contradictions_say(theirs, forms, tick.tree, to.address, translator(to.language))]
