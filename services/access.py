"""Who acts, and whether he may: everything that staff do begins here, and a refusal leaves its audit line."""

from collections.abc import Sequence
from typing import NoReturn

from reporting.access import Action, Actor, may
from reporting.errors import Refused
from reporting.people import Address
from reporting.translator import Translator, translator
from reporting.units import Unit
from services.context import Context
from storage.database import audit


def actor_at(context: Context, home: Address, what: str, words: Translator) -> Actor:
    """Who is found there, with his duties. Refused, in the words of whoever asks, with an audit line, where he has none."""
    person = context.person(home)
    duties = context.duties(person)
    if person is None or not duties:
        audit.write(context.connection, context.now, person.id if person else None, "refused", wanted=what)
        raise Refused(context.refusal_of(person), contact=context.contact(words))
    return Actor(person, tuple(duties))


def demand(context: Context, actor: Actor, action: Action, unit: Unit) -> None:
    """Raises Refused, with an audit line, unless one of the duties allows it for the unit."""
    if not may(action, unit, actor.duties, context.tree):
        refuse(context, actor, action, unit)


def refuse(context: Context, actor: Actor, what: str, unit: Unit) -> NoReturn:
    """The polite refusal, which names whom to ask, and its audit line."""
    audit.write(context.connection, context.now, actor.person.id, "refused", unit_id=unit.id, wanted=what)
    raise Refused("lead_not_allowed", unit=unit.title, contact=context.contact(translator(actor.person.language)))


def units_allowed(context: Context, actor: Actor, named: Sequence[Unit], action: Action) -> list[Unit]:
    """The units that were named, each allowed; none named: those of the actor's duties that allow it, but for any under another."""
    if named:
        for unit in named:
            demand(context, actor, action, unit)
        return list(named)
    held = ((context.unit(duty.unit_id), duty) for duty in actor.duties)
    own = list(dict.fromkeys(unit for unit, duty in held if may(action, unit, [duty], context.tree)))
    if not own:
        refuse(context, actor, action, context.unit(actor.duties[0].unit_id))
    return [unit for unit in own if not any(other != unit and context.tree.is_within(unit, other) for other in own)]
