"""Figures: the newest value of every indicator, unit and period, the accepted one and the one that waits for approval."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, delete, func, select

from reporting.amounts import from_amount
from reporting.answers import Values
from reporting.figures.figure import Figure
from reporting.forms import Form
from storage.database.inserting import insert_for
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.figures import figure_rows, group_totals, pending_figures
from storage.figures.among_units import BY_UNIT, BY_UNIT_AND_DAY
from storage.figures.pending_figures import Within
from storage.figures.wide_sums import sums_of_halves, whole_sum
from storage.portal import due_deliveries

figure, waits = metadata.tables["figure"], metadata.tables["waiting"]


def with_history(connection: Connection, form: str, names: Collection[str]) -> set[str]:
    """Those of a form's indicators that have any figure, accepted or not."""
    found = set()
    for name in names:
        kept = (
            select(of.c.unit_id).where(of.c.form == form, of.c.indicator == name).limit(1) for of in (figure, waits)
        )
        if any(connection.execute(each).first() is not None for each in kept):
            found.add(name)
    return found


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of an indicator over the units that have it for a period; `units`: how many have. `as_of`: of the newest."""

    indicator: str
    period: date
    value: int | Decimal
    units: int
    as_of: datetime
    provisional: bool


def put(
    connection: Connection,
    form: Form,
    unit_id: int,
    period: date,
    values: Values,
    *,
    as_of: datetime,
    revision: int,
    source: str,
    provisional: bool = False,
    given: Collection[str] = (),
) -> None:
    """The values become the figures of a unit and period; those of this form's other indicators are no more.

    `source`: «report», or «import» for the archive. What the form calculates is marked «calculated», but for what is `given`.
    `provisional`: they wait for approval, and what was accepted stands until then. What has changed is due at the form's targets.
    """
    about = {"form": form.key, "unit_id": unit_id, "period": period}
    rows = [about | each._asdict() for each in figure_rows.made(form, values, given, as_of, revision, source)]
    if provisional:
        gone = {"as_of": as_of, "revision": revision, "source": source}
        pending_figures.put(connection, form.key, unit_id, period, rows, gone)
        due_deliveries.note_change(connection, form.key, unit_id, period, as_of, provisional=True)
        return
    kept = [row["indicator"] for row in rows]
    connection.execute(_DROP, {"unit_id": unit_id, "period": period, "form": form.key, "kept": kept})
    if rows:
        connection.execute(_upsert(connection.dialect.name), rows)
    group_totals.add_up(connection, form.key, unit_id, period)
    due_deliveries.note_change(connection, form.key, unit_id, period, as_of)


_DROP = (
    delete(figure)
    .where(
        figure.c.unit_id == bindparam("unit_id"),
        figure.c.period == bindparam("period"),
        figure.c.form == bindparam("form"),
        figure.c.indicator.not_in(bindparam("kept", expanding=True)),
    )
    .with_hint(BY_UNIT_AND_DAY, dialect_name="sqlite")
)
"""Without the hint SQLite reads all that the form ever had."""


@lru_cache
def _upsert(dialect: str) -> Any:
    """The statement that adds figures or puts new ones in the place of old: built once, it costs more than its run."""
    statement = insert_for(dialect, figure)
    changed = ("amount", "choice", "as_of", "revision", "source")
    return statement.on_conflict_do_update(
        index_elements=["form", "indicator", "unit_id", "period"],
        set_={name: statement.excluded[name] for name in changed},
    )


def _of_period(columns: Any) -> Sequence[ColumnElement[bool]]:
    return (
        columns.unit_id == bindparam("unit_id"),
        columns.period == bindparam("period"),
        columns.form == bindparam("form"),
    )


_OF_PERIOD = PreparedStatement(pending_figures.newest(_of_period))
_ACCEPTED_OF_PERIOD = PreparedStatement(pending_figures.accepted(_of_period))


def of_period(
    connection: Connection, form: str, unit_id: int, period: date, *, accepted: bool = False
) -> dict[str, Figure]:
    """A unit's figures for one period, by indicator. `accepted`: without what waits for approval."""
    statement = _ACCEPTED_OF_PERIOD if accepted else _OF_PERIOD
    rows = statement.rows(connection, unit_id=unit_id, period=period, form=form)
    found = [_figure(dict(zip(pending_figures.NAMES, row, strict=True))) for row in rows]
    return {each.indicator: each for each in found}


def of_units(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    unit_ids: Collection[int] | None,
    first_on: date,
    last_on: date,
) -> list[Figure]:
    """The figures of these indicators and units (None: of all) with periods from `first_on` to `last_on`, in order of period."""
    statement = pending_figures.newest(*_within(form, indicators, unit_ids, first_on, last_on)).order_by("period")
    return [_figure(row) for row in connection.execute(statement).mappings()]


def newest(
    connection: Connection, form: str, indicator: str, unit_id: int, until: date, *, accepted: bool = False
) -> Figure | None:
    """The newest figure of a unit's indicator for a period up to `until`. `accepted`: without what waits for approval."""
    within = _within(form, [indicator], [unit_id], date.min, until)
    found = [
        _figure(row)
        for each in ((pending_figures.accepted(*within),) if accepted else pending_figures.legs(*within))
        for row in connection.execute(each.order_by(each.selected_columns.period.desc()).limit(1)).mappings()
    ]
    return max(found, key=lambda each: each.period, default=None)


def totals(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    unit_ids: Collection[int] | None,
    first_on: date,
    last_on: date,
) -> list[Total]:
    """Per indicator and period the sum over these units (None: over all), with how many of them have a value."""
    each = pending_figures.newest(*_within(form, indicators, unit_ids, first_on, last_on)).subquery()
    columns = (
        each.c.indicator,
        each.c.period,
        *sums_of_halves(each.c.amount),
        func.count(),
        func.max(each.c.as_of),
        func.count().filter(each.c.provisional.is_(True)),
    )
    statement = select(*columns).where(each.c.amount.is_not(None))
    statement = statement.group_by(each.c.indicator, each.c.period).order_by(each.c.period)
    return [
        Total(name, period, from_amount(whole_sum(high, low)), units, as_of, provisional > 0)
        for name, period, high, low, units, as_of, provisional in connection.execute(statement)
    ]


def export(connection: Connection, form: str, names: Sequence[str], first_on: date, last_on: date) -> Iterator[Figure]:
    """All figures of these indicators of a form, in their order, period by period and unit by unit."""
    order = {name: place for place, name in enumerate(names)}
    found = of_units(connection, form, names, None, first_on, last_on)
    yield from sorted(found, key=lambda each: (each.period, each.unit_id, order[each.indicator]))


def _within(
    form: str, indicators: Collection[str], unit_ids: Collection[int] | None, first_on: date, last_on: date
) -> tuple[Within, str]:
    """What is a condition of figures, and the index that SQLite is to take."""

    def within(columns: Any) -> Iterator[ColumnElement[bool]]:
        yield columns.form == form
        yield columns.indicator.in_(indicators)
        yield columns.period.between(first_on, last_on)
        if unit_ids is not None:
            yield columns.unit_id.in_(unit_ids)

    return within, BY_UNIT if unit_ids is not None else ""


def _figure(row: Mapping[str, Any] | RowMapping) -> Figure:
    return Figure(
        unit_id=row["unit_id"],
        indicator=row["indicator"],
        period=row["period"],
        value=row["choice"] if row["amount"] is None else from_amount(row["amount"]),
        as_of=row["as_of"],
        revision=row["revision"],
        provisional=row["provisional"],
        source=row["source"],
    )
