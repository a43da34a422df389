"""What each unit's figures come to over a span of days: added up, and as they stood first and last, by two statements."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, func, or_, select

from reporting.amounts import from_amount
from storage.database.tables import metadata
from storage.figures import pending_figures
from storage.figures.among_units import BY_DAY, BY_UNIT
from storage.figures.wide_sums import sums_of_halves, whole_sum

unit = metadata.tables["unit"]
Number = int | Decimal
FEW = 500
"""So many units at most are asked for by their ids."""


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """Of one unit and indicator: the sum, the sum before the split, how many figures, and the values at three of the days.

    `last`, `last_before`, `first`: the newest value, the newest before the split, and the first, with their days; None: there is none.
    An opening balance, of a day on which the unit was not yet, is among these three, and in no sum. What came for days on which it
    was no more is in nothing.
    """

    total: Number | None
    before: Number | None
    count: int
    last: tuple[date, Number]
    last_before: tuple[date, Number] | None
    first: tuple[date, Number]


def unit_spans(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    unit_ids: Collection[int],
    first_on: date,
    last_on: date,
    split_on: date,
) -> dict[tuple[int, str], UnitSpan]:
    """By unit id and indicator, of periods from `first_on` to `last_on`, waiting figures too; the split is before `split_on`."""
    among, few = frozenset(unit_ids), len(unit_ids) <= FEW

    def within(columns: Any) -> Iterator[ColumnElement[bool]]:
        yield columns.form == form
        yield columns.indicator.in_(indicators)
        yield columns.period.between(first_on, last_on)
        yield columns.amount.is_not(None)
        if few:
            yield columns.unit_id.in_(among)

    each = pending_figures.newest(within, BY_UNIT if few else BY_DAY).subquery()
    summed = _summed(each, split_on)
    values = _values_at_ends(connection, each, summed)
    return {
        (unit_id, indicator): UnitSpan(
            total=_whole(high, low),
            before=_whole(high_before, low_before),
            count=count,
            last=(last, values[unit_id, indicator, last]),
            last_before=None if last_before is None else (last_before, values[unit_id, indicator, last_before]),
            first=(first, values[unit_id, indicator, first]),
        )
        for unit_id, indicator, high, low, high_before, low_before, count, first, last, last_before in (
            connection.execute(summed)
        )
        if unit_id in among
    }


def _whole(high: Any, low: Any) -> Number | None:
    return None if high is None else from_amount(whole_sum(high, low))


def _summed(each: Subquery, split_on: date) -> Select[Any]:
    """By unit and indicator the sums, in halves, of all and of those before the split, how many, and the days of three values."""
    is_before, has_begun = each.c.period < split_on, or_(unit.c.since.is_(None), unit.c.since <= each.c.period)
    columns = (
        each.c.unit_id,
        each.c.indicator,
        *(half.filter(has_begun) for half in sums_of_halves(each.c.amount)),
        *(half.filter(has_begun, is_before) for half in sums_of_halves(each.c.amount)),
        func.count().filter(has_begun),
        func.min(each.c.period).label("first"),
        func.max(each.c.period).label("last"),
        func.max(each.c.period).filter(is_before).label("last_before"),
    )
    counted = select(*columns).join_from(each, unit, unit.c.id == each.c.unit_id)
    has_not_ended = or_(unit.c.until.is_(None), each.c.period < unit.c.until)
    return counted.where(has_not_ended).group_by(each.c.unit_id, each.c.indicator)


def _values_at_ends(connection: Connection, each: Subquery, summed: Select[Any]) -> dict[tuple[int, str, date], Number]:
    """The values of those three days, by unit id, indicator and day."""
    ends = summed.subquery()
    at_ends = or_(each.c.period == ends.c.first, each.c.period == ends.c.last, each.c.period == ends.c.last_before)
    same = and_(each.c.unit_id == ends.c.unit_id, each.c.indicator == ends.c.indicator)
    standing = select(each.c.unit_id, each.c.indicator, each.c.period, each.c.amount).join(ends, and_(same, at_ends))
    return {
        (unit_id, indicator, period): from_amount(amount)
        for unit_id, indicator, period, amount in connection.execute(standing)
    }
