"""What becomes due at targets: figures have changed, or units stand elsewhere; written in the transaction that changes them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Date, bindparam, case, literal, or_, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database.engines import EngineMemory
from storage.database.inserting import insert_for
from storage.database.tables import metadata
from storage.portal.targets import target

delivery, unit, figure = (metadata.tables[name] for name in ("portal_delivery", "unit", "figure"))
_IS_NEW = {"state": "waiting", "tries": 0, "sent_turn": 0, "refused": 0, "completed": False}
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
    parents = dict(connection.execute(select(unit.c.id, unit.c.parent_id)).all())
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


def note_ended(connection: Connection, ended: Mapping[int, date], at: datetime) -> None:
    """From a day on these units (by id) are no more, or are again: what was sent of them from then on is due again."""
    for unit_id, since in ended.items():
        its_own = (delivery.c.unit_id == unit_id, delivery.c.period >= since)
        connection.execute(update(delivery).where(*its_own).values(_changed(literal(at, UTCDateTime()))))


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
