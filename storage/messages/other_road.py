"""What could not be said in one messenger goes by another of the person's: the row itself goes over, so its evidence goes with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, exists, func, select, update

from reporting.channel import Channel
from reporting.fitting import messages_of
from reporting.people import Address
from reporting.retries import UNREACHABLE
from reporting.say import Rank, Say
from storage.database.engines import EngineMemory
from storage.database.tables import metadata
from storage.messages import typed_choices
from storage.messages.message_codec import json_of, readable_effect
from storage.messages.outbox import IS_NEW, IS_STILL_NEW, WAITS, outbox
from storage.messages.undelivered import IS_UNSAID

address, person, said = (metadata.tables[name] for name in ("address", "person", "said"))
_ANY = outbox.c
CAME_FROM = "came_from"
"""In what is kept of a message: the channel that it went over from. It goes over once."""
_THEIRS = and_(address.c.channel == _ANY.channel, address.c.address == _ANY.address)
_other = address.alias("other")
_HAS_ANOTHER = exists().where(
    _other.c.person_id == address.c.person_id,
    _other.c.channel != address.c.channel,
    _other.c.channel.in_(bindparam("spoken", expanding=True)),
    _other.c.unreachable_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A message that does not get through where it was to be said. `language`: the person's."""

    row_id: int
    say: Say
    person_id: int
    language: str


def silent_channels(connection: Connection, channels: Sequence[str], since: datetime) -> set[str]:
    """Those in which something waits that was tried in vain, and nothing has been said since that moment."""
    tried = select(_ANY.channel, func.min(_ANY.id)).where(IS_NEW, _ANY.error != "")
    silent = set()
    for channel, first in connection.execute(tried.group_by(_ANY.channel)).all():
        lately = select(_ANY.id).where(_ANY.channel == channel, _ANY.id > first - LOOKED_AT, _ANY.said_at >= since)
        if channel in channels and connection.execute(lately.limit(1)).first() is None:
            silent.add(channel)
    return silent


LOOKED_AT = 5000
"""So many rows before the oldest that waits: what was said of them may have been said just now."""
AT_ONCE = 200


def stuck(
    connection: Connection, silent: Collection[str], spoken: Collection[str], dead_since: datetime
) -> list[Stuck]:
    """Messages to people who have an open address in another channel of `spoken`: dead since then as their chat is closed; or
    waiting in a silent channel. What may have been said is tried once more anyway: then that is done here.
    """
    wanted = (
        select(outbox, address.c.person_id, person.c.language)
        .join(address, _THEIRS)
        .join(person, person.c.id == address.c.person_id)
        .where(_HAS_ANOTHER)
        .order_by(_ANY.id)
        .limit(AT_ONCE)
    )
    closed = _ANY.error.startswith(UNREACHABLE, autoescape=True)
    of_dead = wanted.where(IS_UNSAID, _ANY.state == "dead", _ANY.created_at >= dead_since, closed)
    of_dead = of_dead.with_hint(
        outbox, "INDEXED BY ix_outbox_unsaid", "sqlite"
    )  # wanted in order, it would go through all
    found = _found(connection, of_dead, spoken)
    if silent:
        found += _found(connection, wanted.where(WAITS, IS_STILL_NEW, _ANY.channel.in_(sorted(silent))), spoken)
    return found


def _found(connection: Connection, wanted: Select[Any], spoken: Collection[str]) -> list[Stuck]:
    """The first that can go over. What is in a message is not asked of the database: for one zero byte PostgreSQL refuses them all."""
    found, after = list[Stuck](), 0
    while len(found) < AT_ONCE:
        more = wanted.where(_ANY.id + 0 > after)  # hidden so, it does not lead away from the index of what waits
        rows = connection.execute(more, {"spoken": sorted(spoken)}).all()
        found += [each for row in rows if (each := _stuck(row)) is not None]
        if len(rows) < AT_ONCE:
            break
        after = rows[-1].id
    return found[:AT_ONCE]


def _stuck(row: Row[Any]) -> Stuck | None:
    """Nothing goes over that did before, is no message or none that can be read, or a file alone."""
    effect = readable_effect(row.say, Address(row.channel, row.address, row.topic), row.rank)
    if not isinstance(effect, Say) or not effect.text or CAME_FROM in row.say.get("extra", {}):
        return None
    return Stuck(row.id, effect, row.person_id, row.language)


def go_over(connection: Connection, of: Stuck, say: Say, channel: Channel, now: datetime) -> bool:
    """The message goes to the address of `say`, as that channel takes it; False if it is being said after all.

    What reminds is as of now: the next tick does not take it for one that has waited too long.
    """
    EngineMemory.of(connection).puts += 1
    shown = replace(say, edits="", reply_to="", shared=None, key="")
    if shown.buttons and not channel.has_buttons:
        shown = typed_choices.offered(connection, shown, now, is_first=True)
    first, *rest = [_kept(each, of.say.to.channel) for each in messages_of(shown, channel)]
    to = {"channel": say.to.channel, "address": say.to.address, "topic": say.to.topic}
    again = {"state": "new", "key": "", "error": "", "say": first, **to}
    moved = update(outbox).where(_ANY.id == of.row_id, _ANY.state.in_(("new", "dead"))).values(again)
    if connection.execute(moved).rowcount != 1:
        return False
    connection.execute(update(said).where(said.c.outbox_id == of.row_id).values(said_at=now))
    more = {"rank": int(say.rank), "key": "", "created_at": now, "state": "new", "tries": 0, "uncertain": 0}
    more |= {"claimed_by": "", "message_id": "", "error": ""}
    if rest:
        connection.execute(outbox.insert(), [{**to, **more, "say": each} for each in rest])
    return True


def _kept(say: Say, came_from: str) -> dict[str, Any]:
    kept = json_of(say)
    return {**kept, "extra": {**kept.get("extra", {}), CAME_FROM: came_from}}


def drop_questions(connection: Connection, at: Address) -> None:
    """Somebody goes on here: what a draft asks of him elsewhere, and was not said there yet, is not asked any more."""
    me = select(address.c.person_id).where(address.c.channel == at.channel, address.c.address == at.address)
    theirs = (address.c.person_id == me.scalar_subquery(), address.c.channel != at.channel)
    asked = list[int]()
    for channel, chat in connection.execute(select(address.c.channel, address.c.address).where(*theirs)).all():
        there = (_ANY.channel == channel, _ANY.address == chat, WAITS, IS_STILL_NEW, _ANY.rank <= int(Rank.REPLY))
        waits = connection.execute(select(_ANY.id, _ANY.say).where(*there)).all()
        asked += [row.id for row in waits if _asks(row.say)]
    if asked:
        connection.execute(delete(outbox).where(_ANY.id.in_(asked), IS_STILL_NEW))


def _asks(kept: dict[str, Any]) -> bool:
    presses = (button.get("press", "") for row in kept.get("buttons", ()) for button in row)
    return any(str(each).startswith("d:") for each in presses)


DEAD_FOR = timedelta(hours=6)
"""What was dead for longer goes nowhere any more."""
