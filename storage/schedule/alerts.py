"""What the desk was alerted of and is not over yet: each trouble is told when it begins, when it gets worse, and when it is over."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select, text, update

from storage.database.inserting import insert_into
from storage.database.tables import metadata

alert = metadata.tables["alert"]
IS_OPEN = text("alert.over_at is null")
"""Written out as in the partial index."""


def open_alerts(connection: Connection) -> Mapping[str, str]:
    """How bad each trouble is that is not over, by the name of the check that found it."""
    return {row.name: row.health for row in connection.execute(select(alert.c.name, alert.c.health).where(IS_OPEN))}


def begin(connection: Connection, name: str, health: str, now: datetime) -> bool:
    """Notes that a trouble has begun; False if another process has done so meanwhile."""
    new = insert_into(connection, alert).values(name=name, health=health, began_at=now)
    return connection.execute(new.on_conflict_do_nothing().returning(alert.c.id)).first() is not None


def change(connection: Connection, name: str, was: str, health: str) -> bool:
    """Notes that it is worse or better than it was; False if that is known."""
    open_one = update(alert).where(IS_OPEN, alert.c.name == name, alert.c.health == was)
    return connection.execute(open_one.values(health=health)).rowcount == 1


def end(connection: Connection, name: str, now: datetime) -> bool:
    """Notes that it is over; False if that is known."""
    return connection.execute(update(alert).where(IS_OPEN, alert.c.name == name).values(over_at=now)).rowcount == 1
