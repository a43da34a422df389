"""Suspensions as they are kept: on which days no report is owed, and of whom."""

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from reporting.rounds.suspensions import Suspension
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata

suspension = metadata.tables["suspension"]

_TOUCHING = (
    select(*(suspension.c[name] for name in ("form", "unit_id", "first_on", "last_on", "reason")))
    .where(suspension.c.first_on <= bindparam("last"), suspension.c.last_on >= bindparam("first"))
    .order_by(suspension.c.id)
)
_SUSPENSIONS = PreparedStatement(_TOUCHING)


def touching(connection: Connection, first: date, last: date) -> list[Suspension]:
    """The suspensions that touch the days from `first` to `last`."""
    return [Suspension(*row) for row in _SUSPENSIONS.rows(connection, first=first, last=last)]


def suspended(connection: Connection, since: date) -> list[tuple[int, Suspension]]:
    """The suspensions in force on `since` or to come, with their ids, in the order of their days."""
    lasting = _TOUCHING.add_columns(suspension.c.id).order_by(None).order_by(suspension.c.first_on, suspension.c.id)
    rows = connection.execute(lasting, {"first": since, "last": date.max})
    return [(number, Suspension(*row)) for *row, number in rows]


def suspend(connection: Connection, new: Suspension, by: int | None, now: datetime) -> int:
    """Nothing is owed for these days; the suspension's id. `by`: the person who said so."""
    values = {
        "form": new.form,
        "unit_id": new.unit_id,
        "first_on": new.first_on,
        "last_on": new.last_on,
        "reason": new.reason,
        "set_by": by,
        "set_at": now,
    }
    return int(connection.execute(insert(suspension).returning(suspension.c.id), values).scalar_one())


def lift(connection: Connection, suspension_id: int) -> bool:
    """Takes a suspension away; False if there is none."""
    return connection.execute(delete(suspension).where(suspension.c.id == suspension_id)).rowcount == 1
