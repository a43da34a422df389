"""What is due at targets: a row for each unit and period, taken, sent and settled; and what of it is looked at."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Integer, bindparam, case, func, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from reporting.answers import whole_characters
from storage.database.tables import metadata

delivery = metadata.tables["portal_delivery"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one unit has to send for one period. `turn`: how often it has changed; `sent_turn`: which of these was sent last."""

    id: int
    target_id: int
    unit_id: int
    period: date
    state: str
    turn: int
    changed_at: datetime
    tries: int
    sent_at: datetime | None
    sent_turn: int
    refused: int
    completed: bool
    error: str


_COLUMNS = tuple(delivery.c[name] for name in Delivery.__slots__)
_DUE = (
    select(delivery.c.id)
    .where(
        delivery.c.target_id == bindparam("target_id"),
        delivery.c.state == "waiting",
        delivery.c.next_at <= bindparam("now", type_=UTCDateTime()),
        delivery.c.changed_at <= bindparam("until", type_=UTCDateTime()),
    )
    .order_by(delivery.c.next_at, delivery.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(delivery)
    .where(delivery.c.id.in_(bindparam("ids", expanding=True)))
    .values(next_at=bindparam("lease", type_=UTCDateTime()), tries=delivery.c.tries + 1)
    .returning(*_COLUMNS)
)


def take(
    connection: Connection, target_id: int, now: datetime, until: datetime, lease: datetime, most: int
) -> list[Delivery]:
    """At most `most` rows that changed up to `until`, to be sent now; who does not bring them to an end by `lease` has lost them."""
    named = {"target_id": target_id, "now": now, "until": until, "most": most}
    ids = list(connection.execute(_DUE, named).scalars())
    if not ids:
        return []
    rows = connection.execute(_TAKE, {"ids": ids, "lease": lease}).all()
    return sorted((Delivery(*row) for row in rows), key=lambda each: each.id)


_SETTLE = update(delivery).where(delivery.c.id == bindparam("delivery_id"))


def settle(connection: Connection, of: Delivery, now: datetime, refused: int, completed: bool, error: str = "") -> None:
    """It was sent; where its figures have changed since it was taken it is due again at once."""
    is_last = delivery.c.turn == of.turn
    values = {
        "state": case((is_last, "refused" if refused else "sent"), else_="waiting"),
        "next_at": now,
        "tries": 0,
        "sent_at": now,
        "sent_turn": of.turn,
        "refused": refused,
        "refused_at": now if refused else None,
        "completed": completed,
        "error": whole_characters(error),
    }
    connection.execute(_SETTLE.values(values), {"delivery_id": of.id})


def put_off(connection: Connection, of: Delivery, next_at: datetime, error: str) -> None:
    """It could not be sent; it is due again then."""
    connection.execute(_SETTLE.values(next_at=next_at, error=whole_characters(error)), {"delivery_id": of.id})


def drop(connection: Connection, of: Delivery) -> None:
    """The target has no name for the unit: nothing is due there. What was ever sent is kept."""
    connection.execute(delivery.delete().where(delivery.c.id == of.id, delivery.c.sent_turn == 0))


def delivery_of(connection: Connection, delivery_id: int) -> Delivery | None:
    """The one with this id."""
    row = connection.execute(select(*_COLUMNS).where(delivery.c.id == delivery_id)).first()
    return Delivery(*row) if row else None


def unsettled(connection: Connection, most: int) -> list[Delivery]:
    """What waits or was refused, the newest change first."""
    statement = select(*_COLUMNS).where(delivery.c.state != "sent")
    statement = statement.order_by(delivery.c.changed_at.desc(), delivery.c.id.desc()).limit(most)
    return [Delivery(*row) for row in connection.execute(statement)]


def sent_last(connection: Connection, most: int) -> list[Delivery]:
    """What was sent and waits for nothing, the newest first."""
    statement = select(*_COLUMNS).where(delivery.c.state == "sent", delivery.c.sent_at.is_not(None))
    statement = statement.order_by(delivery.c.sent_at.desc(), delivery.c.id.desc()).limit(most)
    return [Delivery(*row) for row in connection.execute(statement)]


def refused_since(connection: Connection, since: datetime) -> list[Delivery]:
    """Of which a taker has refused a value since then, oldest first."""
    statement = select(*_COLUMNS).where(delivery.c.state == "refused", delivery.c.refused_at >= since)
    return [Delivery(*row) for row in connection.execute(statement.order_by(delivery.c.refused_at, delivery.c.id))]


def waiting(connection: Connection, target_id: int) -> int:
    """How many wait for a target."""
    of = (delivery.c.target_id == target_id, delivery.c.state == "waiting")
    return int(connection.execute(select(func.count()).where(*of)).scalar_one())


def counts(connection: Connection) -> dict[int, dict[str, int]]:
    """How many of each state, by the target's id."""
    statement = select(delivery.c.target_id, delivery.c.state, func.count()).group_by(
        delivery.c.target_id, delivery.c.state
    )
    found: dict[int, dict[str, int]] = {}
    for target_id, state, count in connection.execute(statement):
        found.setdefault(target_id, {})[state] = count
    return found
