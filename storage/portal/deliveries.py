"""What is due at targets: a row for each unit and period, written in the transaction that changes its figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Date, Integer, bindparam, case, func, literal, or_, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database.engines import EngineMemory
from storage.database.inserting import insert_for
from storage.database.tables import metadata
from storage.portal.targets import target

delivery, unit, figure = (metadata.tables[name] for name in ("portal_delivery", "unit", "figure"))
_IS_NEW = {"state": "waiting", "tries": 0, "sent_turn": 0, "refused": 0, "completed": False}


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
_OF_FORM = select(target.c.id).where(
    target.c.form == bindparam("form"),
    target.c.since <= bindparam("period", type_=Date),
    or_(bindparam("provisional").is_(False), target.c.sends_provisional.is_(True)),
)
_SINCE_OF_FORM = select(target.c.id, target.c.since).where(target.c.form == bindparam("form"))


def _above() -> Any:
    """The unit and all above it, by their ids."""
    one = select(unit.c.id, unit.c.parent_id).where(unit.c.id == bindparam("unit_id")).cte("above", recursive=True)
    return one.union(select(unit.c.id, unit.c.parent_id).where(unit.c.id == one.c.parent_id))


_ABOVE = select(_above().c.id)


def note_change(
    connection: Connection, form: str, unit_id: int, period: date, at: datetime, *, provisional: bool = False
) -> None:
    """The figures of a unit and period are others now: they are due at the form's targets, and so are the totals above.

    Totals of later periods that were sent are due again: the unit may stand in them with these values. `provisional`: what has changed
    waits for approval.
    """
    named = {"form": form, "period": period, "provisional": provisional}
    ids = list(connection.execute(_OF_FORM, named).scalars())
    if not ids:
        return
    above = list(connection.execute(_ABOVE, {"unit_id": unit_id}).scalars())
    rows = [{"target_id": one, "unit_id": each, "period": period} for one in ids for each in above]
    _make_due(connection, rows, at)
    later = (delivery.c.target_id.in_(ids), delivery.c.period > period, delivery.c.unit_id.in_(set(above) - {unit_id}))
    connection.execute(update(delivery).where(*later).values(_changed(literal(at, UTCDateTime()))))


def note_changes(connection: Connection, form: str, places: Collection[tuple[int, date]], at: datetime) -> None:
    """The same of many units (by id) and periods at once; each row is due once, however much of it has changed."""
    targets = connection.execute(_SINCE_OF_FORM, {"form": form}).all()
    if not targets or not places:
        return
    parents = dict(connection.execute(select(unit.c.id, unit.c.parent_id)).tuples().all())
    above = {one: _up_from(one, parents) for one in {unit_id for unit_id, _ in places}}
    for target_id, since in targets:
        due, first = set[tuple[int, date]](), dict[int, date]()
        for unit_id, period in places:
            if since > period:
                continue
            for each in above[unit_id]:
                due.add((each, period))
                if each != unit_id:
                    first[each] = min(period, first.get(each, period))
        make_due(connection, target_id, sorted(due, key=lambda place: (place[1], place[0])), at, known_too=True)
        for each, period in first.items():
            later = (delivery.c.target_id == target_id, delivery.c.period > period, delivery.c.unit_id == each)
            connection.execute(update(delivery).where(*later).values(_changed(literal(at, UTCDateTime()))))


def _up_from(unit_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and all above it."""
    found, at = list[int](), unit_id
    while at not in found:
        found.append(at)
        parent = parents.get(at)
        if parent is None:
            break
        at = parent
    return found


def note_moved(connection: Connection, moved: Collection[int], above: Collection[int], at: datetime) -> None:
    """Units stand elsewhere in the tree now, or report no more: the totals of all `above` them, then and now, are due again.

    They are due for each period that was ever due there, and for those of the moved units themselves. All units by their ids.
    """
    connection.execute(
        update(delivery).where(delivery.c.unit_id.in_(above)).values(_changed(literal(at, UTCDateTime())))
    )
    places = select(delivery.c.target_id, delivery.c.period).distinct().where(delivery.c.unit_id.in_(moved))
    rows = [
        {"target_id": target_id, "unit_id": each, "period": period}
        for target_id, period in connection.execute(places).all()
        for each in above
    ]
    _make_due(connection, rows, at, known_too=False)


def _changed(at: Any) -> dict[str, Any]:
    """What is on its way is left to whoever has it: he sees by the `turn` that it was not the last."""
    next_at = case((delivery.c.state == "waiting", delivery.c.next_at), else_=at)
    return {"turn": delivery.c.turn + 1, "changed_at": at, "next_at": next_at, "state": "waiting"}


def _make_due(connection: Connection, rows: Sequence[dict[str, Any]], at: datetime, *, known_too: bool = True) -> None:
    if not rows:
        return
    EngineMemory.of(connection).dues += 1
    statement = _put(connection.dialect.name, known_too=known_too)
    new = {**_IS_NEW, "turn": 1, "changed_at": at, "next_at": at}
    connection.execute(statement, [{**row, **new} for row in rows])


@lru_cache
def _put(dialect: str, *, known_too: bool) -> Any:
    """The statement that makes rows due: built once, it costs more than its run."""
    statement, keys = insert_for(dialect, delivery), ["target_id", "unit_id", "period"]
    if known_too:
        return statement.on_conflict_do_update(index_elements=keys, set_=_changed(statement.excluded.changed_at))
    return statement.on_conflict_do_nothing(index_elements=keys)


def make_due(
    connection: Connection, target_id: int, places: Iterable[tuple[int, date]], at: datetime, *, known_too: bool
) -> None:
    """These units (by id) and periods are due at a target; those that it knows only if `known_too`."""
    rows = [{"target_id": target_id, "unit_id": one, "period": period} for one, period in places]
    for start in range(0, len(rows), 500):
        _make_due(connection, rows[start : start + 500], at, known_too=known_too)


def forget_sent(connection: Connection, target_id: int, first_on: date, last_on: date) -> None:
    """What was sent of these periods counts as not sent: it leaves again though nothing has changed."""
    of = (delivery.c.target_id == target_id, delivery.c.period.between(first_on, last_on))
    connection.execute(update(delivery).where(*of).values(sent_turn=0))


def places_with_figures(connection: Connection, form: str, first_on: date, last_on: date) -> list[tuple[int, date]]:
    """The units and periods of which there is an accepted figure, oldest first."""
    columns = (figure.c.unit_id, figure.c.period)
    statement = select(*columns).distinct().where(figure.c.form == form, figure.c.period.between(first_on, last_on))
    return [(one, period) for one, period in connection.execute(statement.order_by(figure.c.period, figure.c.unit_id))]


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
        "error": error,
    }
    connection.execute(_SETTLE.values(values), {"delivery_id": of.id})


def put_off(connection: Connection, of: Delivery, next_at: datetime, error: str) -> None:
    """It could not be sent; it is due again then."""
    connection.execute(_SETTLE.values(next_at=next_at, error=error), {"delivery_id": of.id})


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
