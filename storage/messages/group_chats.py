"""Groups, and topics of groups, that get the digest of a unit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, select

from reporting.people import Address
from storage.database.inserting import insert_into
from storage.database.tables import metadata

gathering = metadata.tables["gathering"]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A group at `to` gets the digest of `unit_id` in `language`, by the duty of the person `set_by`."""

    id: int
    to: Address
    unit_id: int
    language: str
    set_by: int


def at(connection: Connection, where: Address) -> list[Gathering]:
    """What a group, or just this topic of it, was set up for."""
    here = (gathering.c.channel == where.channel, gathering.c.address == where.address)
    rows = connection.execute(select(gathering).where(*here, gathering.c.topic == (where.topic or 0))).mappings()
    return [_gathering(row) for row in rows]


def every(connection: Connection) -> list[Gathering]:
    """All of them, in the order in which they were set up."""
    return [_gathering(row) for row in connection.execute(select(gathering).order_by(gathering.c.id)).mappings()]


def set_up(connection: Connection, where: Address, unit_id: int, language: str, by: int, now: datetime) -> bool:
    """From now on the group gets the unit's digest; False if it does already."""
    values = {
        "channel": where.channel,
        "address": where.address,
        "topic": where.topic or 0,
        "unit_id": unit_id,
        "language": language,
        "set_by": by,
        "set_at": now,
    }
    statement = insert_into(connection, gathering).on_conflict_do_nothing().returning(gathering.c.id)
    return connection.execute(statement, values).first() is not None


def dissolve(connection: Connection, where: Address, unit_id: int) -> bool:
    """The group does not get the unit's digest any more; False if it never did."""
    here = (gathering.c.channel == where.channel, gathering.c.address == where.address)
    which = (gathering.c.topic == (where.topic or 0), gathering.c.unit_id == unit_id)
    return connection.execute(delete(gathering).where(*here, *which)).rowcount > 0


def _gathering(row: RowMapping) -> Gathering:
    to = Address(row["channel"], row["address"], row["topic"] or None)
    return Gathering(row["id"], to, row["unit_id"], row["language"], row["set_by"])
