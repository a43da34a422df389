"""What was said to residents is forgotten once it is said, and so is a secret; what was said to staff is evidence, and stays."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, func, not_, or_, select, update

from reporting.people import Address
from reporting.say import UNKEPT
from storage.database.tables import metadata

outbox, said, receipt, pause, choice = (
    metadata.tables[name] for name in ("outbox", "said", "notice_receipt", "pause", "typed_choice")
)
OWN_CHATS = tuple(metadata.tables[name] for name in ("address", "gathering", "bulletin"))
"""Where chats stand that are no residents': of people with a duty, now or before, groups with a digest, the public channel."""
SLACK = 1000
"""Rows before the newest are looked at again: one of another process may be committed after a later one."""


def _is_theirs() -> ColumnElement[bool]:
    own = (exists().where(of.c.channel == outbox.c.channel, of.c.address == outbox.c.address) for of in OWN_CHATS)
    is_secret = outbox.c.key.startswith(UNKEPT, autoescape=True)
    evidence = (exists().where(of.c.outbox_id == outbox.c.id) for of in (said, receipt))
    return or_(is_secret, not_(or_(*own, *evidence)))


_WAITS = outbox.c.state.in_(("new", "sending"))
_THEIRS = _is_theirs()
_OF_RANGE = and_(outbox.c.id > bindparam("after"), outbox.c.id <= bindparam("upto"))
_OF_LEFT = outbox.c.id.in_(bindparam("ids", expanding=True))
_NEXT = select(outbox.c.id).where(outbox.c.id > bindparam("after")).order_by(outbox.c.id).limit(bindparam("most"))
_UPTO = select(func.max(_NEXT.subquery().c.id))
_FORGET = tuple(delete(outbox).where(of, ~_WAITS, _THEIRS) for of in (_OF_RANGE, _OF_LEFT))
_STILL = tuple(select(outbox.c.id).where(of, _WAITS, _THEIRS) for of in (_OF_RANGE, _OF_LEFT))
_NEWEST = select(func.max(outbox.c.id))


@dataclass(frozen=True, slots=True)
class Swept:
    """Up to which row of the outbox nothing is left of residents, but for the rows `waiting` to be said; whether there are more."""

    upto: int = 0
    waiting: frozenset[int] = frozenset()
    has_more: bool = True


def forget_said(connection: Connection, before: Swept, most: int, now: datetime) -> Swept:
    """Removes what was said to residents, or could not be, among the next `most` rows and those that waited before; and pauses that
    are over.
    """
    connection.execute(delete(pause).where(pause.c.until_at <= now))
    after = before.upto if before.has_more else max(before.upto - SLACK, 0)
    upto = connection.execute(_UPTO, {"after": after, "most": most}).scalar() or after
    wanted: tuple[dict[str, object], ...] = ({"after": after, "upto": upto}, {"ids": list(before.waiting)})
    for statement, where in zip(_FORGET, wanted, strict=True):
        connection.execute(statement, where)
    waiting = {
        one
        for statement, where in zip(_STILL, wanted, strict=True)
        for one in connection.execute(statement, where).scalars()
    }
    newest = connection.execute(_NEWEST).scalar() or 0  # SQLite gives the id of a row that was removed to the next one
    return Swept(min(upto, newest), frozenset(waiting), upto < newest)


def forget_chat(connection: Connection, to: Address) -> None:
    """Removes at once what was said to a resident's chat, and what he could type a number for; what waits is removed when it has been
    said.
    """
    here = (outbox.c.channel == to.channel, outbox.c.address == to.address)
    connection.execute(delete(outbox).where(*here, ~_WAITS, _THEIRS))
    connection.execute(delete(choice).where(choice.c.channel == to.channel, choice.c.address == to.address))


_OLD = (
    select(outbox.c.id)
    .where(outbox.c.id > bindparam("after"), ~_WAITS, outbox.c.created_at < bindparam("before"))
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)


def empty_said(connection: Connection, after: int, most: int, before: datetime) -> int:
    """What was said, or could not be, before a moment loses its words; that it was said stays. Up to which row it has done so."""
    ids = list(connection.execute(_OLD, {"after": after, "before": before, "most": most}).scalars())
    if not ids:
        return after
    connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(say={}, error=""))
    return int(ids[-1])
