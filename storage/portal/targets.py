"""Targets: the mapping files in use, and whether anything can be sent there just now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select, update

from reporting.answers import whole_characters
from storage.database.inserting import insert_into
from storage.database.tables import metadata

target = metadata.tables["target"]


@dataclass(frozen=True, slots=True)
class Target:
    """A mapping in use. `stopped_at`: since when nothing can be sent there, for the reason `error` («key: words»)."""

    id: int
    key: str
    source: str
    form: str
    since: date
    changed_at: datetime
    checked_at: datetime | None
    stopped_at: datetime | None
    retry_at: datetime | None
    tries: int
    error: str


_COLUMNS = tuple(target.c[name] for name in Target.__slots__)
_ALL = select(*_COLUMNS).order_by(target.c.key)
_CHANGED = update(target).where(target.c.id == bindparam("target_id"))


def targets(connection: Connection) -> list[Target]:
    """All, by their keys."""
    return [Target(*row) for row in connection.execute(_ALL)]


def target_of(connection: Connection, key: str) -> Target | None:
    """The one with this key."""
    return next((each for each in targets(connection) if each.key == key), None)


def keep(
    connection: Connection, key: str, source: str, form: str, since: date, sends_provisional: bool, now: datetime
) -> tuple[Target, bool]:
    """Puts a mapping in use, in place of the one with its key; and whether it is new or another than it was."""
    old = target_of(connection, key)
    if old is not None and old.source == source:
        return old, False
    values = {
        "key": key,
        "source": source,
        "form": form,
        "since": since,
        "sends_provisional": sends_provisional,
        "changed_at": now,
        "checked_at": None,
        "stopped_at": None,
        "retry_at": None,
        "tries": 0,
        "error": "",
    }
    statement = insert_into(connection, target).values(values)
    kept = {name: statement.excluded[name] for name in values if name != "key"}
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=kept))
    return next(each for each in targets(connection) if each.key == key), True


def stop(connection: Connection, of: Target, error: str, retry_at: datetime, now: datetime) -> None:
    """Nothing can be sent there now; it is tried again at `retry_at`."""
    values = {
        "stopped_at": of.stopped_at or now,
        "retry_at": retry_at,
        "tries": of.tries + 1,
        "error": whole_characters(error),
    }
    connection.execute(_CHANGED.values(values), {"target_id": of.id})


def go_on(connection: Connection, of: Target) -> None:
    """Something was taken there."""
    if of.stopped_at is not None or of.tries:
        values = {"stopped_at": None, "retry_at": None, "tries": 0, "error": ""}
        connection.execute(_CHANGED.values(values), {"target_id": of.id})


def note_checked(connection: Connection, of: Target, now: datetime) -> None:
    """The server has said that it would keep what is sent."""
    connection.execute(_CHANGED.values(checked_at=now), {"target_id": of.id})
