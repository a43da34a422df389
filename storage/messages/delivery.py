"""What a speaker takes from the outbox and gives back: it claims rows, says them, and marks what became of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    case,
    delete,
    false,
    func,
    literal_column,
    not_,
    select,
    text,
    update,
)

from reporting.answers import whole_characters
from reporting.effects import Effect
from reporting.people import Address
from reporting.retries import UNREACHABLE, UNREADABLE_ROW, Fate
from storage.database.inserting import insert_into
from storage.database.plans import the_first
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.messages.lost_replies import note_lost
from storage.messages.message_codec import readable_effect
from storage.messages.outbox import IS_NEW, close, move, outbox
from storage.schedule.clock_set_back import WAIT

pause = metadata.tables["pause"]
_SENDING = text("outbox.state = 'sending'")
_OTHER_WAITS = text("other.state in ('new', 'sending')")
_ANY = outbox.c


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this speaker is to say now. `uncertain`: how often it may have been said already."""

    id: int
    effect: Effect
    uncertain: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of the row `id`, whose chat is `address`."""

    id: int
    address: str
    fate: Fate


def _heads(dialect: str) -> Select[Any]:
    """Of each chat, the row that is first to be said. The chat's first is looked up by its index, row by row, in the order
    in which they are said, until there are enough: no planner can make a join of all with all of it, nor, by what it is compared
    with inside of `coalesce`, believe that there is but one such row, and sort all that waits.
    """
    other = outbox.alias("other")
    first_of_chat = (
        select(other.c.id)
        .where(other.c.channel == _ANY.channel, other.c.address == _ANY.address, _OTHER_WAITS)
        .order_by(other.c.rank, other.c.id)
        .limit(1)
        .scalar_subquery()
    )
    heads = (
        select(_ANY.id)
        .where(IS_NEW, _ANY.channel == bindparam("channel"))
        .where(_ANY.rank <= bindparam("rank"), not_(among(dialect, _ANY.address, "busy")))
        .where(func.coalesce(_ANY.id == first_of_chat, false()))
        .order_by(_ANY.rank, _ANY.id)
        .with_for_update(skip_locked=True, of=outbox)
    )
    return the_first(dialect, heads, "most")


_HEADS = PreparedStatement(_heads)
_CLAIM = PreparedStatement(
    lambda dialect: (
        update(outbox)
        .where(among(dialect, _ANY.id, "ids"))
        .values(state="sending", claimed_by=bindparam("owner"), sending_at=bindparam("now"))
        .returning(_ANY.id, _ANY.channel, _ANY.address, _ANY.topic, _ANY.rank, _ANY.say, _ANY.uncertain)
    )
)


_SET_ASIDE = (
    update(outbox).where(_ANY.id.in_(bindparam("ids", expanding=True))).values(state="dead", error=UNREADABLE_ROW)
)


def claim(
    connection: Connection,
    channel: str,
    owner: str,
    now: datetime,
    most: int,
    busy: Collection[str] = (),
    rank: int = 9,
) -> list[Claimed]:
    """At most `most` rows to be said now, replies before reminders before broadcasts, one of each chat, in its order.

    They are «sending» from the commit on; what cannot be read is dead, and keeps nobody waiting. `busy`: addresses that may not be
    sent to yet, those where something is being said among them (`sending`); rows over `rank` are left.
    """
    if most <= 0:
        return []
    heads = _HEADS.rows(connection, channel=channel, rank=int(rank), busy=sorted(set(busy)), most=most)
    if not heads:
        return []
    rows = _CLAIM.rows(connection, ids=[row_id for (row_id,) in heads], owner=owner, now=now)
    found = [(rank, row_id, readable_effect(say, Address(*to), rank), doubt) for row_id, *to, rank, say, doubt in rows]
    if unreadable := [row_id for _, row_id, effect, _ in found if effect is None]:
        connection.execute(_SET_ASIDE, {"ids": unreadable})
        for row_id in unreadable:
            note_lost(connection, row_id, "dead")
    said = [(rank, row_id, effect, doubt) for rank, row_id, effect, doubt in found if effect is not None]
    return [Claimed(*rest) for _, *rest in sorted(said, key=itemgetter(0, 1))]


_MARK_STATEMENT = (
    update(outbox)
    .where(_ANY.id == bindparam("row_id"), _ANY.state == "sending", _ANY.claimed_by == bindparam("owner"))
    .values(
        state=bindparam("to_state"),
        key=case((bindparam("to_state") == "new", ""), else_=_ANY.key),
        tries=_ANY.tries + bindparam("attempt"),
        uncertain=_ANY.uncertain + bindparam("may_be_said"),
        said_at=bindparam("said"),
        message_id=bindparam("message"),
        error=bindparam("why"),
    )
)
_MARK = PreparedStatement(_MARK_STATEMENT)
_MARK_ONE = PreparedStatement(
    _MARK_STATEMENT.returning(
        literal_column(
            "exists (select 1 from outbox as other where other.channel = outbox.channel and other.address = outbox.address"
            " and other.state in ('new', 'sending') and other.id <> outbox.id)"
        )
    )
)


def mark(connection: Connection, channel: str, owner: str, marks: Sequence[Mark], now: datetime) -> bool:
    """Writes down what became of claimed rows, and what follows for their chats. A row to be said again loses its `key`.

    False where nothing else waits in their chats now, for sure.
    """
    if not marks:
        return False
    if len(marks) == 1 and marks[0].fate.state == "said":
        found = _MARK_ONE.first(connection, **_values(marks[0], owner, now))
        return found is None or bool(found[0])
    _MARK.run_each(connection, [_values(each, owner, now) for each in marks])
    _pause(connection, channel, {each.address: each.fate.pause for each in marks if each.fate.pause}, now)
    for each in marks:
        note_lost(connection, each.id, each.fate.state)
        if each.fate.closed:
            close(connection, Address(channel, each.address), whole_characters(each.fate.error), now)
        if each.fate.moved_to:
            move(connection, Address(channel, each.address), each.fate.moved_to)
    return True


def _values(each: Mark, owner: str, now: datetime) -> dict[str, Any]:
    fate = each.fate
    return {
        "row_id": each.id,
        "owner": owner,
        "to_state": fate.state,
        "attempt": int(fate.attempt),
        "may_be_said": int(fate.uncertain),
        "said": now if fate.state == "said" else None,
        "message": whole_characters(fate.message_id),
        "why": whole_characters(fate.error),
    }


def came_back(connection: Connection, channel: str, row_id: int, why: str, now: datetime) -> bool:
    """What was taken there has come back as undeliverable: it is not said after all, and its address is closed. False where it is
    none of ours.
    """
    error = whole_characters(f"{UNREACHABLE}: {why}")
    wanted = (_ANY.id == row_id, _ANY.channel == channel, _ANY.state.in_(("said", "unknown")))
    moved = update(outbox).where(*wanted).values(state="dead", error=error, said_at=None).returning(_ANY.address)
    address = connection.execute(moved).scalar()
    if address is not None:
        note_lost(connection, row_id, "dead")
        close(connection, Address(channel, address), error, now)
    return address is not None


def paused(connection: Connection, channel: str, now: datetime) -> dict[str, datetime]:
    """The chats that Telegram wants to be left in peace, and until when: what lies further ahead than it ever asks for was noted by a
    clock that was wrong, and counts for nothing before the tick mends it.
    """
    theirs = select(pause.c.address, pause.c.until_at).where(
        pause.c.channel == channel, pause.c.until_at > now, pause.c.until_at <= now + WAIT
    )
    return {row.address: row.until_at for row in connection.execute(theirs)}


def _pause(connection: Connection, channel: str, chats: Mapping[str, float], now: datetime) -> None:
    """So many seconds by chat; pauses that are over are forgotten."""
    if not chats:
        return
    connection.execute(delete(pause).where(pause.c.until_at <= now))
    statement = insert_into(connection, pause)
    newest = {"until_at": statement.excluded.until_at}
    statement = statement.on_conflict_do_update(
        index_elements=["channel", "address"], set_=newest, where=pause.c.until_at < statement.excluded.until_at
    )
    rows = [
        {"channel": channel, "address": chat, "until_at": now + timedelta(seconds=chats[chat])}
        for chat in sorted(chats)
    ]
    connection.execute(statement, rows)


@dataclass(frozen=True, slots=True)
class Sending:
    """A row that some speaker is saying."""

    id: int
    owner: str
    uncertain: int
    address: str
    since: datetime | None


_BEING_SAID = PreparedStatement(
    select(_ANY.id, _ANY.claimed_by, _ANY.uncertain, _ANY.address, _ANY.sending_at).where(
        _SENDING, _ANY.channel == bindparam("channel")
    )
)


def sending(connection: Connection, channel: str) -> list[Sending]:
    """The rows that are being said by whomever: few, as each process claims little at a time."""
    return [Sending(*row) for row in _BEING_SAID.rows(connection, channel=channel)]
