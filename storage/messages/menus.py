"""Which menu of commands stands in each chat of somebody who has joined, and by which duties it should."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Connection, and_, bindparam, select, update

from reporting.people import Address, Role
from storage.database.tables import metadata
from storage.organisation.duties import in_force

address, person, duty = (metadata.tables[name] for name in ("address", "person", "duty"))

_HELD = and_(duty.c.person_id == address.c.person_id, in_force())
_CHATS = (
    select(
        address.c.id,
        address.c.person_id,
        address.c.channel,
        address.c.address,
        address.c.menu,
        person.c.language,
        duty.c.role,
    )
    .join(person, person.c.id == address.c.person_id)
    .join(duty, _HELD, isouter=True)
    .where(address.c.unreachable_at.is_(None))
    .order_by(address.c.id)
)
_MARK = update(address).where(address.c.id == bindparam("marked")).values(menu=bindparam("new_menu"))
_MARK_AT = (
    update(address)
    .where(address.c.channel == bindparam("at_channel"), address.c.address == bindparam("at_address"))
    .values(menu=bindparam("new_menu"))
)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat, the language and the roles of whoever is found there, and the mark of the menu that stands in it."""

    id: int
    person_id: int
    to: Address
    language: str
    roles: frozenset[Role]
    mark: str


def chats(connection: Connection, on: date) -> list[Chat]:
    """Every chat that can be reached, with the roles in force on a day."""
    found: dict[int, Chat] = {}
    for id_, person_id, channel, where, mark, language, role in connection.execute(_CHATS, {"on": on}):
        roles = found[id_].roles if id_ in found else frozenset[Role]()
        more = {cast("Role", role)} if role is not None else set[Role]()
        found[id_] = Chat(id_, person_id, Address(channel, where), language, roles | more, mark)
    return list(found.values())


def mark(connection: Connection, marks: Mapping[int, str]) -> None:
    """These chats, by id, have such menus now."""
    if marks:
        connection.execute(_MARK, [{"marked": each, "new_menu": new} for each, new in marks.items()])


def mark_at(connection: Connection, to: Address, new: str) -> None:
    """The chat at this address has such a menu now."""
    connection.execute(_MARK_AT, {"at_channel": to.channel, "at_address": to.address, "new_menu": new})
