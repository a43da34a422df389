"""Where else a person is found: his addresses in his order, and the codes by which he links another one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from reporting.people import Address
from storage.database.tables import metadata
from storage.organisation.hashes import hash_of
from storage.organisation.people import IN_ORDER

address, code = metadata.tables["address"], metadata.tables["address_code"]


@dataclass(frozen=True, slots=True)
class AddressLine:
    """One of a person's addresses. `is_shut`: nothing can be said there now."""

    at: Address
    is_shut: bool


def addresses_of(connection: Connection, person_id: int) -> list[AddressLine]:
    """A person's addresses, as he prefers them, those that are shut last."""
    wanted = select(address.c.channel, address.c.address, address.c.unreachable_at).where(
        address.c.person_id == person_id
    )
    rows = connection.execute(wanted.order_by(*IN_ORDER))
    return [AddressLine(Address(row.channel, row.address), row.unreachable_at is not None) for row in rows]


def link(connection: Connection, person_id: int, at: Address, now: datetime) -> None:
    """The person is found there too, after where he was found before; whoever was found there is not any more."""
    here = (address.c.channel == at.channel, address.c.address == at.address)
    last = connection.execute(select(func.max(address.c.preference)).where(address.c.person_id == person_id)).scalar()
    place = {"person_id": person_id, "preference": (last or 0) + 1, "heard_at": now}
    if connection.execute(update(address).where(*here).values(place)).rowcount == 0:
        connection.execute(insert(address), {"channel": at.channel, "address": at.address, **place})


def prefer(connection: Connection, person_id: int, channel: str) -> bool:
    """From now on the person is spoken to there first; False where he has no such address, or it is first already."""
    mine = address.c.person_id == person_id
    rows = connection.execute(select(address.c.id, address.c.channel).where(mine).order_by(*IN_ORDER[1:])).all()
    first = [row.id for row in rows if row.channel == channel]
    if not first or rows[0].id == first[0]:
        return False
    for place, row_id in enumerate([*first, *(row.id for row in rows if row.channel != channel)]):
        connection.execute(update(address).where(address.c.id == row_id).values(preference=place))
    return True


def keep_code(connection: Connection, text: str, person_id: int, expires_at: datetime) -> None:
    """A new code of a person's, in the place of older ones."""
    connection.execute(delete(code).where(code.c.person_id == person_id))
    connection.execute(insert(code), {"code_hash": hash_of(text), "person_id": person_id, "expires_at": expires_at})


def take_code(connection: Connection, text: str, now: datetime) -> int | None:
    """Whose code it is; it is good no more. None where it is nobody's, or has expired."""
    connection.execute(delete(code).where(code.c.expires_at <= now))
    taken = delete(code).where(code.c.code_hash == hash_of(text)).returning(code.c.person_id)
    return connection.execute(taken).scalar()
