"""Orders that everybody of a unit is spoken to by another channel first, from a day on."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, insert, or_, select, update

from reporting.channel_switch import ChannelOrder
from storage.database.tables import metadata

order = metadata.tables["channel_order"]
_ALL = select(order).order_by(order.c.id)
_STANDS = order.c.revoked_at.is_(None)


def add_channel_order(
    connection: Connection, channel: str, unit_id: int | None, begins_on: date, now: datetime, *, begun: bool
) -> int:
    """A new order; its id. `begun`: it is done and told at once."""
    at = now if begun else None
    values = {"channel": channel, "unit_id": unit_id, "begins_on": begins_on, "ordered_at": now}
    return int(
        connection.execute(insert(order).returning(order.c.id), {**values, "begun_at": at, "told_at": at}).scalar_one()
    )


def channel_orders(connection: Connection) -> list[ChannelOrder]:
    """All there were, oldest first."""
    return [_order(row) for row in connection.execute(_ALL).mappings()]


def waiting_orders(connection: Connection, on: date) -> list[ChannelOrder]:
    """Those that are to begin, or to be told of, on this day, oldest first."""
    wanted = _ALL.where(_STANDS, order.c.told_at.is_(None), order.c.begins_on <= on)
    return [_order(row) for row in connection.execute(wanted).mappings()]


def begin_channel_order(connection: Connection, order_id: int, now: datetime) -> bool:
    """That it is done; False where it was before, or was revoked."""
    return _noted(connection, order_id, "begun_at", now)


def tell_channel_order(connection: Connection, order_id: int, now: datetime) -> bool:
    """That everybody heard of it; False where they had before."""
    return _noted(connection, order_id, "told_at", now)


def revoke_channel_order(connection: Connection, order_id: int, now: datetime) -> bool:
    """That it does not begin; False where it has begun or was revoked before."""
    waits = (order.c.id == order_id, order.c.begun_at.is_(None), _STANDS)
    return connection.execute(update(order).where(*waits).values(revoked_at=now)).rowcount == 1


def channel_ordered(connection: Connection, unit_ids: Collection[int]) -> str:
    """The channel that the newest order of any of these units (or of all units) which has begun names; «»: none."""
    covers = or_(order.c.unit_id.is_(None), order.c.unit_id.in_(unit_ids))
    begun = select(order.c.channel).where(order.c.begun_at.is_not(None), _STANDS, covers)
    return str(connection.execute(begun.order_by(order.c.begun_at.desc(), order.c.id.desc()).limit(1)).scalar() or "")


def _noted(connection: Connection, order_id: int, name: str, now: datetime) -> bool:
    new = (order.c.id == order_id, order.c[name].is_(None), _STANDS)
    return connection.execute(update(order).where(*new).values({name: now})).rowcount == 1


def _order(row: RowMapping) -> ChannelOrder:
    return ChannelOrder(
        row["id"],
        row["channel"],
        row["unit_id"],
        row["begins_on"],
        row["ordered_at"],
        row["begun_at"],
        row["told_at"],
        row["revoked_at"],
    )
