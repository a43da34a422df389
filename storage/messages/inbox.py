"""Updates as they came: new, done, or aside after three tries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Text,
    TextClause,
    Update,
    any_,
    bindparam,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.sql import Executable

from storage.database.inserting import insert_for
from storage.database.plans import note_new_rows, the_first
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.figures import published
from storage.organisation.duties import in_force

inbox, address, duty = (metadata.tables[name] for name in ("inbox", "address", "duty"))
TRIES = 3
STAFF, RESIDENTS = 0, 1
"""The ranks: what is handled first."""
Failed = Literal["again", "aside", "settled"]
"""What becomes of an entry at which a try has failed: another follows; that was the last; another process has settled it meanwhile."""


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


_IS_STAFF = (
    exists()
    .select_from(address)
    .where(address.c.channel == bindparam("channel", type_=Text), address.c.address == bindparam("chat", type_=Text))
    .where(duty.c.person_id == address.c.person_id, in_force())
)
_PUT = PreparedStatement(
    lambda dialect: (
        insert_for(dialect, inbox)
        .values(
            {name: bindparam(name) for name in ("channel", "update_id", "chat", "raw", "received_at")}
            | {"state": literal_column("'new'"), "tries": literal_column("0"), "error": literal_column("''")}
            | {"rank": case((_IS_STAFF, literal_column(f"{STAFF}")), else_=literal_column(f"{RESIDENTS}"))}
        )
        .on_conflict_do_nothing()
    )
)


def put(connection: Connection, heard: Sequence[Heard], now: datetime, on: date) -> None:
    """Stores updates; one that is there already is left as it is. Where somebody is found who has a duty on a day goes first."""
    rows = [
        {
            "channel": each.channel,
            "update_id": each.update_id,
            "chat": each.chat,
            "raw": _storable(each.raw),
            "received_at": now,
            "on": on,
        }
        for each in heard
    ]
    _PUT.run_each(connection, rows)
    note_new_rows(connection, len(rows))


def _storable(said: str) -> str:
    """The text with what no database takes, a zero byte or half a surrogate, as JSON spells it."""
    if "\x00" in said:
        said = said.replace("\x00", "\\u0000")
    return said if said.isascii() else said.encode(errors="backslashreplace").decode()


IS_NEW = text("inbox.state = 'new'")
"""Written out as in the partial index, or SQLite would have to plan the statement anew each time."""
_SHUT = (
    select(address.c.unreachable_at.is_not(None))
    .where(address.c.channel == inbox.c.channel, address.c.address == inbox.c.chat)
    .scalar_subquery()
)
_ENTRY = (inbox.c.id, inbox.c.channel, inbox.c.chat, inbox.c.raw, inbox.c.tries, inbox.c.rank, _SHUT)
_UNITS = published.UNITS.scalar_subquery()
"""Whoever handles an update asks whether the list of units has changed: this tells it besides."""
_EMPTY: dict[str, Any] = {"raw": literal_column("''"), "chat": literal_column("''")}


_IS_STILL_NEW = text("inbox.state || '' = 'new'")
"""So that PostgreSQL looks entries up by their keys: as long as it knows of few that wait it takes the index of all of them for the
shorter way, and in a burst reads every one for each that it takes.
"""


def _done(is_new: TextClause = IS_NEW) -> Update:
    return update(inbox).where(is_new).values(state=literal_column("'done'"), done_at=bindparam("now"))


def _take(dialect: str, *, leaves: bool = False) -> Executable:
    first = select(inbox.c.id, inbox.c.chat).where(IS_NEW, inbox.c.rank <= bindparam("rank"))
    first = first.order_by(inbox.c.rank, inbox.c.id)
    if leaves:
        first = first.where(not_(among(dialect, inbox.c.channel, "left")))
    first = the_first(dialect, first, "most")
    if dialect != "postgresql":
        return _done().where(inbox.c.id.in_(select(first.subquery().c.id))).returning(*_ENTRY, _UNITS, false())
    waits = first.cte("waits")
    chats = select(waits.c.chat).distinct().cte("chats")
    claimed = func.pg_try_advisory_xact_lock(7, func.hashtext(chats.c.chat))
    mine = select(chats.c.chat).where(claimed).cte("mine")
    ids = select(waits.c.id).join(mine, mine.c.chat == waits.c.chat).scalar_subquery()
    taken = _done(_IS_STILL_NEW).where(inbox.c.id == any_(func.array(ids))).returning(*_ENTRY, _UNITS).cte("taken")
    leaves_some = exists().where(waits.c.id.not_in(select(taken.c.id)))
    return select(*taken.c, leaves_some).select_from(select(literal(1)).subquery().outerjoin(taken, true()))


_TAKE = PreparedStatement(_take)
_TAKE_BUT = PreparedStatement(partial(_take, leaves=True))
_TAKE_ALONE = PreparedStatement(_done(_IS_STILL_NEW).where(inbox.c.id == bindparam("entry_id")).returning(inbox.c.id))
_FORGET_WHO = PreparedStatement(update(inbox).where(inbox.c.id == bindparam("entry_id")).values(_EMPTY))


def take(
    connection: Connection, most: int, now: datetime, left: Collection[str] = (), rank: int = RESIDENTS
) -> tuple[list[Entry], bool]:
    """What is to be handled next, staff before residents, each chat in order: done as soon as this transaction is committed. And
    whether some of it was left to another process.

    `left`: the channels whose entries go on waiting; `rank`: that of the last who are taken.

    On PostgreSQL each chat's entries are claimed for this transaction; those of a chat that another process has are left to it. It
    may have read that chat's before the last came, so whoever leaves some looks again.
    """
    taking, others = (_TAKE_BUT, {"left": sorted(left)}) if left else (_TAKE, {})
    rows = taking.rows(connection, most=most, now=now, rank=rank, **others)
    entries = [Entry(*row[:-2]) for row in rows if row[0] is not None]
    if entries:
        published.note_units_stamp(connection, rows[0][-2])
    _forget_residents(connection, entries)
    return sorted(entries, key=lambda entry: (entry.rank, entry.id)), bool(rows) and bool(rows[0][-1])


def take_alone(connection: Connection, entry: Entry, now: datetime) -> bool:
    """The same of one entry; False if it does not wait any more."""
    if not _TAKE_ALONE.rows(connection, entry_id=entry.id, now=now):
        return False
    _forget_residents(connection, [entry])
    return True


def _forget_residents(connection: Connection, entries: Sequence[Entry]) -> None:
    """A resident's raw text, and who he is, is emptied at once; the text of staff later (`forget`)."""
    if theirs := [{"entry_id": entry.id} for entry in entries if entry.rank > 0]:
        _FORGET_WHO.run_each(connection, theirs)


def failed(connection: Connection, entry_id: int, error: str, now: datetime, keep_text: bool) -> Failed:
    """Counts a try, and what becomes of the entry. Of a resident's that is set aside its number and the error remain."""
    tries: int | None = connection.execute(
        update(inbox)
        .where(inbox.c.id == entry_id, _IS_STILL_NEW)
        .values(tries=inbox.c.tries + 1, error=_storable(error))
        .returning(inbox.c.tries)
    ).scalar_one_or_none()
    if tries is None:
        return "settled"
    if tries < TRIES:
        return "again"
    aside: dict[str, Any] = {"state": "aside", "done_at": now} | ({} if keep_text else _EMPTY)
    connection.execute(update(inbox).where(inbox.c.id == entry_id).values(aside))
    return "aside"


def promote(connection: Connection, channel: str, chat: str) -> None:
    """What waits of a chat goes with the staff's: somebody there has just been given a duty."""
    waits = (inbox.c.channel == channel, inbox.c.chat == chat, IS_NEW)
    connection.execute(update(inbox).where(*waits).values(rank=0))


def forget(connection: Connection, now: datetime, texts_after: timedelta, rows_after: timedelta) -> None:
    """Empties the raw texts of what was done or set aside long ago, and removes rows that were done longer ago still.

    When staff were heard last stays known.
    """
    old: Any = (inbox.c.state != "new", inbox.c.done_at < now - texts_after, inbox.c.raw != "")
    connection.execute(update(inbox).where(*old).values(raw=""))
    goes: Any = (inbox.c.state == "done", inbox.c.done_at < now - rows_after)
    last = select(inbox.c.channel, inbox.c.chat, func.max(inbox.c.received_at).label("at"))
    heard = connection.execute(last.where(*goes, inbox.c.chat != "").group_by(inbox.c.channel, inbox.c.chat)).all()
    if heard:
        connection.execute(_HEARD, [{"of": row.channel, "chat_of": row.chat, "last_at": row.at} for row in heard])
    connection.execute(delete(inbox).where(*goes))


_HEARD = (
    update(address)
    .where(address.c.channel == bindparam("of"), address.c.address == bindparam("chat_of"))
    .where(or_(address.c.heard_at.is_(None), address.c.heard_at < bindparam("last_at")))
    .values(heard_at=bindparam("last_at"))
)
