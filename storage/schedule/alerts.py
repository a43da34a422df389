"""What the desk was alerted of and is not over yet: each trouble is told when it begins, when it gets worse, and when it is over.

Beside its own row, which has the check's name, an alert has one for each health that was found («tick=warning»), and one for each of
several that it has named («tick remind form=covid»): of these `began_at` is when that was found last, by whichever process.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, or_, select, text, update

from storage.database.inserting import insert_into
from storage.database.tables import metadata

alert = metadata.tables["alert"]
IS_OPEN = text("alert.over_at is null")
"""Written out as in the partial index."""


class Open(NamedTuple):
    """How bad a trouble is, and since when it is known; of what was found of it, when it was last."""

    health: str
    at: datetime


def open_alerts(connection: Connection) -> Mapping[str, Open]:
    """Each trouble that is not over, by the name of the check that found it, and what was found and told of it."""
    rows = connection.execute(select(alert.c.name, alert.c.health, alert.c.began_at).where(IS_OPEN))
    return {row.name: Open(row.health, row.began_at) for row in rows}


def found_as(name: str, health: str) -> str:
    """The name of the row that says when a check found this last."""
    return f"{name}={health}"


def is_named_of(name: str, check: str) -> bool:
    """Whether it is a row of what an alert has named."""
    return name.startswith(f"{check} ")


def begin(connection: Connection, name: str, health: str, now: datetime) -> bool:
    """Notes that a trouble has begun; False if another process has done so meanwhile."""
    new = insert_into(connection, alert).values(name=name, health=health, began_at=now)
    return connection.execute(new.on_conflict_do_nothing().returning(alert.c.id)).first() is not None


def found_again(
    connection: Connection, found: Collection[tuple[str, str]], named: Collection[str], now: datetime
) -> None:
    """These checks have found that now, and what they have named goes on."""
    for name, health in found:
        begin(connection, found_as(name, health), health, now)
    names = [*(found_as(*each) for each in found), *named]
    connection.execute(update(alert).where(IS_OPEN, alert.c.name.in_(names)).values(began_at=now))


def change(connection: Connection, name: str, was: str, health: str) -> bool:
    """Notes that it is worse or better than it was; False if that is known."""
    open_one = update(alert).where(IS_OPEN, alert.c.name == name, alert.c.health == was)
    return connection.execute(open_one.values(health=health)).rowcount == 1


def end(connection: Connection, name: str, now: datetime) -> bool:
    """Notes that it is over, and whatever was found and named; False if that is known."""
    over = update(alert).where(IS_OPEN).values(over_at=now)
    if connection.execute(over.where(alert.c.name == name)).rowcount != 1:
        return False
    of_it = (alert.c.name.startswith(f"{name}{mark}", autoescape=True) for mark in (" ", "="))
    connection.execute(over.where(or_(*of_it)))
    return True


def forget(connection: Connection, names: Collection[str], now: datetime) -> None:
    """What was told of a trouble that goes on is told again when it comes back."""
    connection.execute(update(alert).where(IS_OPEN, alert.c.name.in_(names)).values(over_at=now))


def drop_over(connection: Connection, before: datetime) -> None:
    """What was over by then is not kept any longer."""
    connection.execute(delete(alert).where(alert.c.over_at < before))
