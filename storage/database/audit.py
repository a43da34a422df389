"""The audit: who did what, by which road, written in the transaction that did it, and never changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select

from reporting.road import Road
from storage.database.audit_chain import to_be_linked
from storage.database.audit_line import SEALED, is_words, words_digest
from storage.database.tables import metadata

lines, words = metadata.tables["audit"], metadata.tables["audit_words"]
_WRITE, _KEEP = insert(lines), insert(words)
SALT_BYTES = 16


@contextmanager
def by_road(connection: Connection, road: str) -> Iterator[None]:
    """Whatever is written on the connection meanwhile is done by this road, a channel's name or a `Road`."""
    before = road_here(connection)
    connection.execution_options(road=road)
    try:
        yield
    finally:
        connection.execution_options(road=before)


def road_here(connection: Connection) -> str:
    """By which road what is written on the connection now is done; outside of `by_road` it is the program's own doing."""
    road: str = connection.get_execution_options().get("road", Road.PROGRAM)
    return road


def write(
    connection: Connection,
    at: datetime,
    who: int | None,
    what: str,
    *,
    form: str = "",
    unit_id: int | None = None,
    period: date | None = None,
    person_id: int | None = None,
    **detail: Any,
) -> None:
    """One line. `who`: a person's id, None for the program or the desk's command line; `person_id`: whom it was done to.

    `detail` is JSON. What in it may be somebody's words (`is_words`) stands apart, and only a salted digest in the line.
    """
    apart = {name: (token_hex(SALT_BYTES), value) for name, value in detail.items() if is_words(name, value)}
    detail |= {name: {SEALED: words_digest(salt, value)} for name, (salt, value) in apart.items()}
    road = road_here(connection)
    where = {"form": form, "unit_id": unit_id, "period": period, "person_id": person_id}
    done = connection.execute(_WRITE, {"at": at, "who": who, "road": road, "what": what, **where, "detail": detail})
    (line_id,) = done.inserted_primary_key or (0,)
    if apart:
        rows = [
            {"line_id": line_id, "name": name, "salt": salt, "content": value} for name, (salt, value) in apart.items()
        ]
        connection.execute(_KEEP, rows)
    to_be_linked(connection, line_id)


def forget(connection: Connection, person_id: int) -> int:
    """Erases the words of every line that the person wrote or that is about him, with their salts; how many there were.

    The lines stay, with ids and digests, and so does their chain.
    """
    theirs = select(lines.c.id).where(or_(lines.c.who == person_id, lines.c.person_id == person_id))
    return connection.execute(delete(words).where(words.c.line_id.in_(theirs))).rowcount
