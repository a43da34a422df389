"""What is usual for a unit's figures: what was worked out for the report that was opened last, and what the desk has set instead."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Connection, bindparam, delete, func, or_, select

from reporting.amounts import from_amount, to_amount
from reporting.figures.usual_range import Number, UsualRange
from storage.database.engines import EngineMemory
from storage.database.inserting import insert_for, insert_into
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata

usual_range, set_range = metadata.tables["usual_range"], metadata.tables["set_range"]

Kept = Mapping[str, Sequence[Any]]
"""By indicator the columns of a `UsualRange`, as JSON has them."""
SetRow = Sequence[Any]
"""An indicator with the two bounds that the desk has set."""


@dataclass(frozen=True, slots=True)
class SetRange:
    """What the desk says of a unit's figure: `low` to `high` (None: no bound), for periods up to `until` (None: for good).

    `set_by`: a person's id, None for the desk's command line.
    """

    form: str
    unit_id: int
    indicator: str
    low: Number | None
    high: Number | None
    until: date | None
    reason: str
    set_by: int | None
    set_at: datetime


def columns_there(dialect: str, form: Any, unit_id: Any, period: Any) -> list[Any]:
    """Two columns of a statement that has the others: what was worked out for the period, and what the desk has set."""
    kept = select(usual_range.c.ranges).where(
        usual_range.c.form == form, usual_range.c.unit_id == unit_id, usual_range.c.period == period
    )
    cells = (set_range.c.indicator, set_range.c.low, set_range.c.high)
    if dialect == "postgresql":
        listed = func.json_agg(func.json_build_array(*cells), type_=JSON)
    else:
        listed = func.json_group_array(func.json_array(*cells), type_=JSON)
    by_desk = select(listed).where(set_range.c.form == form, set_range.c.unit_id == unit_id, _holds(period))
    return [kept.scalar_subquery(), by_desk.scalar_subquery()]


def read(kept: Kept | None, by_desk: Iterable[SetRow] | None) -> dict[str, UsualRange]:
    """The ranges of these two columns; what the desk says goes before what was worked out."""
    found = {name: UsualRange(*map(_number, cells)) for name, cells in (kept or {}).items()}
    for name, low, high in by_desk or ():
        found[name] = UsualRange(_amount(low), _amount(high), by_desk=True)
    return found


_THERE = PreparedStatement(
    lambda dialect: select(*columns_there(dialect, bindparam("form"), bindparam("unit_id"), bindparam("period")))
)


def there(connection: Connection, form: str, unit_id: int, period: date) -> tuple[Kept | None, Sequence[SetRow] | None]:
    """The two columns of a unit's period by themselves."""
    ((kept, by_desk),) = _THERE.rows(connection, form=form, unit_id=unit_id, period=period)
    return kept, by_desk


def keep(connection: Connection, form: str, unit_id: int, period: date, ranges: Mapping[str, UsualRange]) -> None:
    """What is usual for a unit's figures of a period, in the place of what was kept for another.

    Whoever only reads keeps nothing: SQLite calls its file locked where somebody has written since such a transaction began.
    """
    if not EngineMemory.of(connection).writes:
        return
    cells = {name: [str(each) if isinstance(each, Decimal) else each for each in of] for name, of in ranges.items()}
    _KEEP.run(connection, form=form, unit_id=unit_id, period=period, ranges=cells)


def _keep(dialect: str) -> Any:
    values = {each.name: bindparam(each.name, type_=each.type) for each in usual_range.c}
    add = insert_for(dialect, usual_range).values(values)
    changed = {name: add.excluded[name] for name in ("period", "ranges")}
    return add.on_conflict_do_update(index_elements=["form", "unit_id"], set_=changed)


_KEEP = PreparedStatement(_keep)


def of_units(
    connection: Connection, form: str, period: date, names: Collection[str], unit_ids: Collection[int] | None
) -> dict[int, dict[str, UsualRange]]:
    """By unit id the ranges of these indicators that reports of a period were filled in by. `unit_ids`: None for all units."""
    kept = select(usual_range.c.unit_id, usual_range.c.ranges).where(
        usual_range.c.form == form, usual_range.c.period == period
    )
    by_desk = select(set_range.c.unit_id, set_range.c.indicator, set_range.c.low, set_range.c.high).where(
        set_range.c.form == form, set_range.c.indicator.in_(names), _holds(period)
    )
    if unit_ids is not None:
        kept = kept.where(usual_range.c.unit_id.in_(unit_ids))
        by_desk = by_desk.where(set_range.c.unit_id.in_(unit_ids))
    found = {
        unit_id: read({name: ranges[name] for name in names if name in ranges}, ())
        for unit_id, ranges in connection.execute(kept)
    }
    for unit_id, *row in connection.execute(by_desk):
        found.setdefault(unit_id, {}).update(read(None, [row]))
    return found


def set_one(connection: Connection, new: SetRange) -> None:
    """The desk's range of a unit's figure, in the place of the one that it set before."""
    values = asdict(new) | {
        "low": None if new.low is None else to_amount(new.low),
        "high": None if new.high is None else to_amount(new.high),
    }
    add = insert_into(connection, set_range)
    changed = {name: add.excluded[name] for name in ("low", "high", "until", "reason", "set_by", "set_at")}
    connection.execute(add.on_conflict_do_update(index_elements=["form", "unit_id", "indicator"], set_=changed), values)


def take_back(connection: Connection, form: str, unit_id: int, indicator: str) -> bool:
    """What the desk has set is no more; whether there was anything."""
    here = (set_range.c.form == form, set_range.c.unit_id == unit_id, set_range.c.indicator == indicator)
    return connection.execute(delete(set_range).where(*here)).rowcount > 0


def all_set(connection: Connection, since: date) -> Iterator[SetRange]:
    """All that the desk has set and that still holds for periods from a day on."""
    order = (set_range.c.form, set_range.c.unit_id, set_range.c.indicator)
    for row in connection.execute(select(set_range).where(_holds(since)).order_by(*order)).mappings():
        yield SetRange(**{**row, "low": _amount(row["low"]), "high": _amount(row["high"])})


def _holds(period: Any) -> Any:
    return or_(set_range.c.until.is_(None), set_range.c.until >= period)


def _number(cell: Any) -> Any:
    """A fraction stands as text, so that no digit of it is lost."""
    return Decimal(cell) if isinstance(cell, str) else cell


def _amount(amount: int | None) -> Number | None:
    return None if amount is None else from_amount(amount)
