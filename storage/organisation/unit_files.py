"""Files of units that admins have sent and were shown the differences of: one a chat, until it is said whether it is meant."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from reporting.people import Address
from storage.database.tables import metadata

unit_file = metadata.tables["unit_file"]


@dataclass(frozen=True, slots=True)
class UnitFile:
    """`content`: as the text of a CSV file; `shown`: a digest of the differences that were shown."""

    id: int
    name: str
    content: str
    shown: str
    made_at: datetime


def keep(connection: Connection, at: Address, name: str, content: str, shown: str, now: datetime) -> int:
    """It takes the place of the one before; its id."""
    drop(connection, at)
    values = {"channel": at.channel, "address": at.address, "name": name, "content": content}
    statement = insert(unit_file).values(values | {"shown": shown, "made_at": now}).returning(unit_file.c.id)
    return int(connection.execute(statement).scalar_one())


def waiting(connection: Connection, at: Address) -> UnitFile | None:
    """What waits in a chat."""
    columns = (unit_file.c.id, unit_file.c.name, unit_file.c.content, unit_file.c.shown, unit_file.c.made_at)
    row = connection.execute(select(*columns).where(*_here(at))).first()
    return UnitFile(*row) if row is not None else None


def drop(connection: Connection, at: Address) -> None:
    """Nothing waits in the chat any more."""
    connection.execute(delete(unit_file).where(*_here(at)))


def _here(at: Address) -> tuple[ColumnElement[bool], ...]:
    return unit_file.c.channel == at.channel, unit_file.c.address == at.address
