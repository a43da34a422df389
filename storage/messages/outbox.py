"""What is to be said, put there in the transaction of the change that it speaks of; and the chats that it goes to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    insert,
    literal_column,
    select,
    text,
    update,
)

from reporting.channel import Channels
from reporting.effects import Effect
from reporting.fitting import joined_replies, messages_of
from reporting.people import Address
from reporting.retries import NOT_SET, UNREACHABLE
from reporting.say import Rank, Say
from storage.database.engines import EngineMemory
from storage.database.inserting import insert_into
from storage.database.plans import note_new_rows
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.messages import typed_choices
from storage.messages.message_codec import effect_of, json_of
from storage.residents import flags, follows

outbox = metadata.tables["outbox"]
addresses = metadata.tables["address"]
gatherings = metadata.tables["gathering"]

WAITS = text("outbox.state in ('new', 'sending')")
IS_NEW = text("outbox.state = 'new'")
"""Written out as in the partial indexes: SQLite uses them only for the very same words."""
IS_STILL_NEW = text("outbox.state || '' = 'new'")
"""For what looks a chat up by the index of those that wait: it lets PostgreSQL read nothing by the index of all that are new."""


_ANY = outbox.c
_GIVEN: dict[str, Any] = {
    name: bindparam(name, type_=_ANY[name].type)
    for name in ("channel", "address", "topic", "rank", "key", "say", "created_at")
}
_NOTHING_YET: dict[str, Any] = {
    "tries": literal_column("0"),
    "uncertain": literal_column("0"),
    "claimed_by": literal_column("''"),
    "message_id": literal_column("''"),
}
"""What is the same in every new row stands in the statement: each parameter costs time where there are thousands of rows."""
_IS_NEW = _NOTHING_YET | {"state": literal_column("'new'"), "error": literal_column("''")}
_IS_DEAD = _NOTHING_YET | {"state": literal_column("'dead'")}
_PUT = insert(outbox).values(_IS_NEW).returning(_ANY.id, sort_by_parameter_order=True)
_PUT_ONE = PreparedStatement(insert(outbox).values(_GIVEN | _IS_NEW).returning(_ANY.id))
_other = outbox.alias("other")
_WAITS_THERE = exists().where(
    _other.c.channel == bindparam("channel"),
    _other.c.address == bindparam("address"),
    text("other.state in ('new', 'sending')"),
)
_PUT_CLAIMED = PreparedStatement(
    insert(outbox)
    .values(_GIVEN | _IS_NEW)
    .values(
        state=case((_WAITS_THERE, literal_column("'new'")), else_=literal_column("'sending'")),
        claimed_by=bindparam("owner"),
        sending_at=bindparam("created_at"),
    )
    .returning(_ANY.id, _ANY.state)
)
"""As being said already, unless something waits in that chat that goes before it."""
_PUT_DEAD = insert(outbox).values(_IS_DEAD).returning(_ANY.id, sort_by_parameter_order=True)


class Claimer(Protocol):
    """Who says a reply as soon as the transaction is committed that puts it there. `settle` when it is over; see `DirectClaims`."""

    def mark(self, connection: Connection) -> None: ...
    def owner_for(self, to: Address) -> str: ...
    def claimed(self, row_id: int, effect: Effect) -> None: ...
    def settle(self, is_committed: bool) -> None: ...


def put(
    connection: Connection,
    effects: Sequence[Effect],
    now: datetime,
    channels: Channels,
    claimers: Mapping[str, Claimer] = MappingProxyType({}),
) -> list[int]:
    """Puts there what is to be done and returns, for each effect, the id of its (last) row: by `channels` a long text is several.

    `claimers`: by channel, who takes a reply that stands alone to say it at once.

    One whose key waits already at that address is not put there again: its id is the waiting one's. Reminders and
    broadcasts to a chat that cannot be reached are kept as dead, which is the evidence that they were not said; whatever is for a
    channel that is not set, too.
    """
    if not effects:
        return []
    shut = _closed([each.to for each in effects if each.rank > Rank.REPLY])
    shut = {channel: closed(connection, channel, each) for channel, each in shut.items()}
    rows, last, answered = [], [], set[Address]()
    for effect, stands_for in joined_replies(effects, channels):
        channel = channels[effect.to.channel]
        if isinstance(effect, Say) and effect.buttons and not channel.has_buttons:
            effect = typed_choices.offered(connection, effect, now, is_first=effect.to not in answered)  # noqa: PLW2901  # the same, as it is shown there
            answered.add(effect.to)
        put_how = _put_new if not effect.key else _put_once
        if not channel.is_set:
            put_how = _put_not_set
        elif effect.rank > Rank.REPLY and effect.to.address in shut[effect.to.channel]:
            put_how = _put_shut
        parts = messages_of(effect, channel) if isinstance(effect, Say) else [effect]
        rows += [(put_how, _row(each, now)) for each in parts]
        last += [len(rows) - 1] * stands_for
    if len(rows) == 1 and put_how is _put_new and effect.rank <= Rank.REPLY and effect.to.channel in claimers:
        return [_put_claimed(connection, effect.to, rows[0][1], claimers[effect.to.channel])] * len(last)
    EngineMemory.of(connection).puts += 1
    ids: list[int] = []
    for put_how, some in groupby(rows, key=itemgetter(0)):
        ids += put_how(connection, [row for _, row in some])
    note_new_rows(connection, len(rows))
    return [ids[at] for at in last]


def _closed(to: Sequence[Address]) -> dict[str, Any]:
    by_channel: dict[str, Any] = {}
    for each in to:
        by_channel.setdefault(each.channel, set()).add(each.address)
    return by_channel


def _row(effect: Effect, now: datetime) -> dict[str, Any]:
    to = {"channel": effect.to.channel, "address": effect.to.address, "topic": effect.to.topic}
    return {**to, "rank": int(effect.rank), "key": effect.key, "say": json_of(effect), "created_at": now}


def _put_new(connection: Connection, rows: list[dict[str, Any]]) -> list[int]:
    if len(rows) == 1:
        return [_PUT_ONE.rows(connection, **rows[0])[0][0]]
    return list(connection.execute(_PUT, rows).scalars())


def _put_claimed(connection: Connection, to: Address, row: dict[str, Any], claimer: Claimer) -> int:
    if owner := claimer.owner_for(to):
        row_id, state = _PUT_CLAIMED.rows(connection, **row, owner=owner)[0]
        if state == "sending":
            claimer.claimed(row_id, effect_of(row["say"], to, row["rank"]))
            return int(row_id)
    else:
        (row_id,) = _put_new(connection, [row])
    EngineMemory.of(connection).puts += 1
    return int(row_id)


def _put_shut(connection: Connection, rows: list[dict[str, Any]]) -> list[int]:
    return list(connection.execute(_PUT_DEAD, [{**row, "error": UNREACHABLE} for row in rows]).scalars())


def _put_not_set(connection: Connection, rows: list[dict[str, Any]]) -> list[int]:
    return list(connection.execute(_PUT_DEAD, [{**row, "error": NOT_SET} for row in rows]).scalars())


_KEYED = (_ANY.id, _ANY.channel, _ANY.address, _ANY.key)
_WAITING_KEYS = select(*_KEYED).where(WAITS, _ANY.key.in_(bindparam("keys", expanding=True)))


def _put_once(connection: Connection, rows: list[dict[str, Any]]) -> list[int]:
    """Puts rows with keys there, but for those that wait already; the ids of all of them."""
    statement = insert_into(connection, outbox).values(_IS_NEW).on_conflict_do_nothing().returning(*_KEYED)
    ids: dict[Any, int] = {}
    while missing := {_key(row): row for row in rows if _key(row) not in ids}:
        put_there = connection.execute(statement, list(missing.values())).all()
        ids |= {(row.channel, row.address, row.key): row.id for row in put_there}
        keys = sorted({key for *_, key in missing.keys() - ids.keys()})
        for start in range(0, len(keys), 500):
            for row in connection.execute(_WAITING_KEYS, {"keys": keys[start : start + 500]}):
                ids.setdefault((row.channel, row.address, row.key), row.id)
    return [ids[_key(row)] for row in rows]


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["channel"], row["address"], row["key"]


def close(connection: Connection, at: Address, why: str, now: datetime) -> None:
    """A chat that cannot be reached: what waits for it is cancelled, and it is noted with the person's address.

    What it follows, and the doubts whose outcome it was to be told, are forgotten: nothing is kept of a resident without need.
    """
    waiting = (WAITS, _ANY.channel == at.channel, _ANY.address == at.address, IS_STILL_NEW)
    connection.execute(update(outbox).where(*waiting).values(state="dead", error=why))
    follows.forget(connection, at)
    flags.forget(connection, at)
    theirs = _is_at(at, addresses.c)
    connection.execute(update(addresses).where(theirs, addresses.c.unreachable_at.is_(None)).values(unreachable_at=now))


_REACHED = (
    update(addresses)
    .where(addresses.c.channel == bindparam("chan"), addresses.c.address == bindparam("addr"))
    .where(addresses.c.unreachable_at.is_not(None))
    .values(unreachable_at=None)
)


def reachable(connection: Connection, at: Address) -> None:
    """Somebody wrote from the chat: it can be reached again."""
    connection.execute(_REACHED, {"chan": at.channel, "addr": at.address})


def move(connection: Connection, old: Address, new: str) -> None:
    """A chat has another address: what waits for it goes there, and the people and groups found there are found at the new one."""
    waiting = (WAITS, _ANY.channel == old.channel, _ANY.address == old.address)
    connection.execute(update(outbox).where(*waiting).values(address=new, key=""))
    there = select(addresses.c.id).where(_is_at(Address(old.channel, new), addresses.c))
    if connection.execute(there).first() is None:
        connection.execute(update(addresses).where(_is_at(old, addresses.c)).values(address=new))
    moved = select(gatherings.c.id).where(_is_at(Address(old.channel, new), gatherings.c))
    if connection.execute(moved).first() is None:
        connection.execute(update(gatherings).where(_is_at(old, gatherings.c)).values(address=new))


def closed(connection: Connection, channel: str, among: Iterable[str]) -> set[str]:
    """Those of the addresses that cannot be reached."""
    wanted, found = sorted(set(among)), set[str]()
    for start in range(0, len(wanted), 500):
        some = addresses.c.address.in_(wanted[start : start + 500])
        query = select(addresses.c.address).where(addresses.c.channel == channel, some)
        found.update(connection.execute(query.where(addresses.c.unreachable_at.is_not(None))).scalars())
    return found


def _is_at(at: Address, columns: Any) -> ColumnElement[bool]:
    return and_(columns.channel == at.channel, columns.address == at.address)
