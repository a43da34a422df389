"""What could not be said, or nobody knows of: read for the desk, and said again if it wishes so."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Integer, Select, and_, bindparam, exists, or_, select, text, update

from reporting.effects import Effect
from reporting.people import Address
from reporting.retries import UNREACHABLE
from reporting.say import Say
from reporting.undelivered import KEY, Unsaid
from storage.database.engines import EngineMemory
from storage.database.tables import metadata
from storage.messages.message_codec import readable_effect
from storage.messages.outbox import outbox
from storage.organisation.duties import in_force

_NAMES = ("address", "person", "duty", "gathering", "bulletin", "said")
address, person, duty, gathering, bulletin, said = (metadata.tables[name] for name in _NAMES)

IS_UNSAID = text("outbox.state in ('dead', 'unknown')")
"""Written out as in the partial index, see `outbox.WAITS`."""
_ANY = outbox.c


def _is_in(table: Any) -> Any:
    return exists().where(table.c.channel == _ANY.channel, table.c.address == _ANY.address)


_IS_OURS = or_(address.c.id.is_not(None), _is_in(gathering), _is_in(bulletin))
_UNSAID = (
    select(outbox, _IS_OURS.label("is_ours"), address.c.person_id, person.c.name, address.c.unreachable_at)
    .join(address, and_(address.c.channel == _ANY.channel, address.c.address == _ANY.address), isouter=True)
    .join(person, person.c.id == address.c.person_id, isouter=True)
    .where(IS_UNSAID)
)
SINCE = (
    _UNSAID.where(_ANY.created_at >= bindparam("since"), _IS_OURS, ~_ANY.key.startswith(KEY, autoescape=True))
    .order_by(_ANY.id.desc())
    .limit(bindparam("most", type_=Integer))
    .with_hint(
        outbox, "INDEXED BY ix_outbox_unsaid", "sqlite"
    )  # or it goes through all messages, as they are wanted in order
)
_IS_CLOSED = _ANY.error.startswith(UNREACHABLE, autoescape=True)


def unsaid(connection: Connection, on: date, most: int = 50) -> list[Unsaid]:
    """The newest messages to officials, groups and channels that are dead or unknown, newest first; after them residents'.

    That a resident's chat is closed is nobody's business. `on`: whose duties count.
    """
    wanted = _UNSAID.where(or_(_IS_OURS, ~_IS_CLOSED)).order_by(_IS_OURS.desc(), _ANY.id.desc()).limit(most)
    return _read(connection, wanted, on)


def unsaid_since(connection: Connection, since: datetime, on: date, most: int = 500) -> list[Unsaid]:
    """The messages to officials, groups and channels since then that they did not hear for sure, newest first.

    Without what tells of others that were not said: that would go on forever.
    """
    found = _read(connection, SINCE.params(since=since, most=most), on)
    return [each for each in found if isinstance(each.effect, Say)]


def one_unsaid(connection: Connection, row_id: int, on: date) -> Unsaid | None:
    """The message with this id, if it is dead or unknown."""
    return next(iter(_read(connection, _UNSAID.where(_ANY.id == row_id), on)), None)


def say_again(connection: Connection, row_id: int, now: datetime) -> bool:
    """The desk wants a dead or unknown message said once more; False if it is neither any more.

    That it may have been said (`uncertain`) stays on record: this is one more try by a new decision, which ends certain, or
    is one more uncertain delivery and then unknown at once. So copies are still at most 1 + uncertain deliveries.
    What reminds is as of now: the next tick does not take it for one that has waited too long.
    """
    EngineMemory.of(connection).puts += 1
    again = update(outbox).where(_ANY.id == row_id, _ANY.state.in_(("dead", "unknown")))
    if connection.execute(again.values(state="new", key="")).rowcount != 1:
        return False
    connection.execute(update(said).where(said.c.outbox_id == row_id).values(said_at=now))
    return True


def _read(connection: Connection, wanted: Select[Any], on: date) -> list[Unsaid]:
    rows = connection.execute(wanted).all()
    units = _units(connection, rows, on)
    return [
        Unsaid(
            row.id,
            _effect(row),
            row.state,
            row.error,
            row.created_at,
            row.tries,
            bool(row.is_ours),
            row.person_id,
            row.name or "",
            tuple(units.get((row.channel, row.address), ())),
            row.unreachable_at,
        )
        for row in rows
    ]


def _effect(row: Any) -> Effect:
    """What was to be done; of what cannot be read a message without words."""
    to = Address(row.channel, row.address, row.topic)
    return readable_effect(row.say, to, row.rank) or Say(to, "")


def _units(connection: Connection, rows: Sequence[Any], on: date) -> dict[tuple[str, str], dict[int, None]]:
    """By channel and address: the units of the person's duties, or of what a group or a channel is told."""
    chats = {row.address for row in rows if row.is_ours}
    duties = select(address.c.channel, address.c.address, duty.c.unit_id).join(
        duty, duty.c.person_id == address.c.person_id
    )
    statements = [duties.where(in_force(on)).order_by(duty.c.id)]
    statements += [select(each.c.channel, each.c.address, each.c.unit_id).distinct() for each in (gathering, bulletin)]
    found: dict[tuple[str, str], dict[int, None]] = {}
    for statement in statements if chats else ():
        column = statement.selected_columns["address"]
        for channel, at, unit_id in connection.execute(statement.where(column.in_(chats))):
            found.setdefault((channel, at), {})[unit_id] = None
    return found
