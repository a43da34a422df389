"""Updates as they came: new, done, or aside after three tries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, select, update

from storage.database.inserting import insert_into
from storage.database.tables import metadata

inbox, address = metadata.tables["inbox"], metadata.tables["address"]
TRIES = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """An update to be stored: `raw` is JSON as it came; `chat` is empty where it names none."""

    channel: str
    update_id: str
    chat: str
    raw: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An update that waits. `was_shut`: until now its chat was taken for one that cannot be reached."""

    id: int
    channel: str
    chat: str
    raw: str
    tries: int
    rank: int
    was_shut: bool = False


def put(connection: Connection, heard: Sequence[Heard], staff: Collection[str], now: datetime) -> None:
    """Stores updates; one that is there already is left as it is. `staff`: chats that go first."""
    rows = [
        {
            "channel": each.channel,
            "update_id": each.update_id,
            "chat": each.chat,
            "rank": 0 if each.chat in staff else 1,
            "raw": each.raw,
            "state": "new",
            "tries": 0,
            "received_at": now,
            "error": "",
        }
        for each in heard
    ]
    connection.execute(insert_into(connection, inbox).on_conflict_do_nothing(), rows)


_WAITING = (
    select(
        inbox.c.id,
        inbox.c.channel,
        inbox.c.chat,
        inbox.c.raw,
        inbox.c.tries,
        inbox.c.rank,
        address.c.unreachable_at.is_not(None),
    )
    .outerjoin(address, and_(address.c.channel == inbox.c.channel, address.c.address == inbox.c.chat))
    .where(inbox.c.state == "new")
    .order_by(inbox.c.rank, inbox.c.id)
    .limit(bindparam("most"))
)
_LOCKED = select(inbox.c.id).where(inbox.c.state == "new", inbox.c.id.in_(bindparam("ids", expanding=True)))


def waiting(connection: Connection, most: int) -> list[Entry]:
    """What is to be handled next, staff before residents, each chat in order.

    On PostgreSQL each chat's entries are claimed for this transaction; those of a chat that another process has are left out.
    """
    rows = connection.execute(_WAITING, {"most": most}).all()
    if rows and connection.dialect.name == "postgresql":
        chats = {row.chat for row in rows}
        lock = select(func.pg_try_advisory_xact_lock(7, func.hashtext(bindparam("chat"))))
        mine = {chat for chat in sorted(chats) if connection.execute(lock, {"chat": chat}).scalar_one()}
        ids = [row.id for row in rows if row.chat in mine]
        still = set(connection.execute(_LOCKED, {"ids": ids}).scalars())
        rows = [row for row in rows if row.id in still]
    return [Entry(*row) for row in rows]


_DONE = update(inbox).where(inbox.c.id == bindparam("entry_id")).values(state="done", done_at=bindparam("now"))
_EMPTY = {"raw": "", "chat": ""}
_DONE_AND_EMPTY = _DONE.values(_EMPTY)


def done(connection: Connection, entry_ids: Sequence[int], now: datetime, keep_text: bool) -> None:
    """Marks entries as done; a resident's raw text, and who he is, is emptied at once, the text of staff later (`forget`)."""
    if entry_ids:
        statement = _DONE if keep_text else _DONE_AND_EMPTY
        connection.execute(statement, [{"entry_id": each, "now": now} for each in entry_ids])


def is_new(connection: Connection, entry_id: int) -> bool:
    state: str = connection.execute(select(inbox.c.state).where(inbox.c.id == entry_id)).scalar_one()
    return state == "new"


def failed(connection: Connection, entry_id: int, error: str, now: datetime, keep_text: bool) -> bool:
    """Counts a try; True if that was the last one and the entry is set aside: of a resident's its number and the error remain."""
    tries: int = connection.execute(
        update(inbox)
        .where(inbox.c.id == entry_id)
        .values(tries=inbox.c.tries + 1, error=error)
        .returning(inbox.c.tries)
    ).scalar_one()
    if tries < TRIES:
        return False
    aside = {"state": "aside", "done_at": now} | ({} if keep_text else _EMPTY)
    connection.execute(update(inbox).where(inbox.c.id == entry_id).values(aside))
    return True


def promote(connection: Connection, channel: str, chat: str) -> None:
    """What waits of a chat goes with the staff's: somebody there has just been given a duty."""
    waits = (inbox.c.channel == channel, inbox.c.chat == chat, inbox.c.state == "new")
    connection.execute(update(inbox).where(*waits).values(rank=0))


def forget(connection: Connection, now: datetime, texts_after: timedelta, rows_after: timedelta) -> None:
    """Empties the raw texts of what was done long ago, and removes rows that are older still."""
    old: Any = (inbox.c.state == "done", inbox.c.done_at < now - texts_after, inbox.c.raw != "")
    connection.execute(update(inbox).where(*old).values(raw=""))
    connection.execute(delete(inbox).where(inbox.c.state == "done", inbox.c.done_at < now - rows_after))


def count(connection: Connection, state: str) -> int:
    return int(connection.execute(select(func.count()).where(inbox.c.state == state)).scalar_one())
