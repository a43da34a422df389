"""An admin sends a file of units: he is shown what it does, and it is written when he says so, unless it does something else then."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from reporting.access import Actor
from reporting.errors import Refused
from reporting.people import Address
from reporting.unit_differences import ChangedUnits
from services.context import Context
from services.import_units import change_units
from storage.database import audit
from storage.organisation import unit_files

WAITS = timedelta(days=1)
"""So long a file waits for a word."""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What the file `name` does. `file_id`: by which it waits for a word; None: it is done, or does nothing."""

    name: str
    done: ChangedUnits
    file_id: int | None
    is_otherwise: bool = False
    """Something has happened since it was shown, so that it does something else than what was confirmed."""


def show_file(context: Context, actor: Actor, at: Address, name: str, text: str) -> ShownFile:
    """What the file would do; it waits in the chat for a word. Refused for whoever is no admin of a topmost unit."""
    _demand_root(context, actor)
    done = change_units(context.connection, text, context.now, context.zone, actor.person.id, dry_run=True)
    file_id = unit_files.keep(context.connection, at, name, text, _digest(done), context.now)
    return ShownFile(name, done, file_id)


def confirm_file(context: Context, actor: Actor, at: Address, file_id: int | None = None) -> ShownFile:
    """The file that waits is written, as it was shown; else it is shown anew. Refused where none waits (with this id)."""
    _demand_root(context, actor)
    found = unit_files.waiting(context.connection, at)
    if found is None or file_id not in (None, found.id) or found.made_at + WAITS < context.now:
        raise Refused("units_gone")
    who = actor.person.id
    would = change_units(context.connection, found.content, context.now, context.zone, who, dry_run=True)
    if _digest(would) != found.shown:
        new_id = unit_files.keep(context.connection, at, found.name, found.content, _digest(would), context.now)
        return ShownFile(found.name, would, new_id, is_otherwise=True)
    done = change_units(context.connection, found.content, context.now, context.zone, who)
    unit_files.drop(context.connection, at)
    return ShownFile(found.name, done, None)


def is_waiting(context: Context, at: Address) -> bool:
    """Whether a file waits for a word in the chat."""
    found = unit_files.waiting(context.connection, at)
    return found is not None and found.made_at + WAITS >= context.now


def drop_file(context: Context, at: Address) -> None:
    """It is not meant."""
    unit_files.drop(context.connection, at)


def _demand_root(context: Context, actor: Actor) -> None:
    """The list of units is everybody's: an admin of a part may not change it."""
    roots = {each.id for each in context.tree.roots(context.today)}
    if not any(duty.role == "admin" and duty.unit_id in roots for duty in actor.duties):
        audit.write(context.connection, context.now, actor.person.id, "refused", wanted="units")
        raise Refused("units_no_root", contact=context.contact(context.words(actor.person)))


def _digest(done: ChangedUnits) -> str:
    """The differences in short. Units that are new have other ids each time."""
    said = [
        (each.change, each.unit.identity, each.unit.title, each.was, each.on, each.names, each.names_gone)
        for each in done.differences
    ]
    above = [each.above.identity if each.above is not None else "" for each in done.differences]
    return sha256(repr((said, above)).encode()).hexdigest()
