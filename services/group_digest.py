"""Give a group, or a topic of it, the digest of a unit at the form's hours; and stop that."""

from collections.abc import Sequence

from reporting.access import Actor, may
from reporting.people import Address
from reporting.units import Unit
from services.access import demand
from services.context import Context
from storage.database import audit
from storage.messages import group_chats


def give_digest(context: Context, actor: Actor, where: Address, units: Sequence[Unit]) -> None:
    """From now on the group gets these units' digests, in the actor's language. Refused for units that are not his to give."""
    for unit in units:
        demand(context, actor, "gather", unit)
    by = actor.person
    for unit in units:
        if group_chats.set_up(context.connection, where, unit.id, by.language, by.id, context.now):
            audit.write(context.connection, context.now, by.id, "group set up", unit_id=unit.id, chat=where.address)


def stop_digest(context: Context, actor: Actor, where: Address) -> list[Unit]:
    """The group gets no more digests of the actor's units; those of which it got any."""
    held = [context.unit(each.unit_id) for each in group_chats.at(context.connection, where)]
    own = [unit for unit in held if may("gather", unit, actor.duties, context.tree)]
    for unit in own:
        group_chats.dissolve(context.connection, where, unit.id)
        audit.write(context.connection, context.now, actor.person.id, "group left", unit_id=unit.id, chat=where.address)
    return own


def may_be_told(context: Context, where: Address, unit: Unit) -> bool:
    """Whether a unit may be spoken of in the group: it gets the digest of that unit or of one above it."""
    above = {each.id for each in context.tree.above(unit)}
    return any(each.unit_id in above for each in group_chats.at(context.connection, where))
