"""Figures: the newest accepted value of every indicator, unit and period."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from reporting.amounts import from_amount, to_amount
from reporting.answers import Value, Values, values_of
from reporting.figures import Figure
from reporting.forms import Form
from storage import reports
from storage.forms import version
from storage.tables import metadata

figure = metadata.tables["figure"]

BY_UNIT, BY_DAY = "INDEXED BY sqlite_autoindex_figure_1", "INDEXED BY ix_figure_day"
BY_UNIT_AND_DAY = "INDEXED BY ix_figure_unit"
"""SQLite keeps no statistics to choose by. Of some units the key is taken; of all, the index of days, which holds the values; of
some units' days, whatever the indicator, that of units and days."""


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
    """
    rows = []
    for question in form.indicators:
        value = values.get(question.name)
        if value is None:
            continue
        calculated = question.calculation is not None and question.name not in given
        row = {
            "form": form.key,
            "indicator": question.name,
            "unit_id": unit_id,
            "period": period,
            "amount": to_amount(value) if isinstance(value, int | Decimal) else None,
            "choice": None if isinstance(value, int | Decimal) else str(value),
            "as_of": as_of,
            "revision": revision,
            "provisional": provisional,
            "source": "calculated" if calculated else source,
        }
        rows.append(row)
    kept = [row["indicator"] for row in rows]
    connection.execute(_DROP, {"unit_id": unit_id, "period": period, "form": form.key, "kept": kept})
    if rows:
        connection.execute(_upsert(connection.dialect.name), rows)


_DROP = delete(figure).where(
    figure.c.unit_id == bindparam("unit_id"),
    figure.c.period == bindparam("period"),
    figure.c.form == bindparam("form"),
    figure.c.indicator.not_in(bindparam("kept", expanding=True)),
)


@lru_cache
def _upsert(dialect: str) -> Any:
    """The statement that adds figures or puts new ones in the place of old: built once, it costs more than its run."""
    make = postgresql if dialect == "postgresql" else sqlite
    statement = make.insert(figure)
    changed = ("amount", "choice", "as_of", "revision", "provisional", "source")
    return statement.on_conflict_do_update(
        index_elements=["form", "indicator", "unit_id", "period"],
        set_={name: statement.excluded[name] for name in changed},
    )


_OF_PERIOD = select(figure).where(
    figure.c.unit_id == bindparam("unit_id"), figure.c.period == bindparam("period"), figure.c.form == bindparam("form")
)
_BEFORE = select(
    select(func.max(figure.c.period))
    .where(
        figure.c.unit_id == bindparam("unit_id"),
        figure.c.period < bindparam("before"),
        figure.c.form == bindparam("form"),
    )
    .scalar_subquery(),
    reports.BEFORE.scalar_subquery(),
)
"""The latest earlier period with a figure, and the one with a report."""


_AFTER = (
    select(figure.c.period)
    .where(
        figure.c.unit_id == bindparam("unit_id"),
        figure.c.period > bindparam("after"),
        figure.c.form == bindparam("form"),
    )
    .distinct()
    .order_by(figure.c.period)
)


def of_period(connection: Connection, form: str, unit_id: int, period: date) -> dict[str, Figure]:
    """A unit's figures for one period, by indicator."""
    rows = connection.execute(_OF_PERIOD, {"unit_id": unit_id, "period": period, "form": form}).mappings()
    return {row["indicator"]: _figure(row) for row in rows}


Last = tuple[date, Values, frozenset[str]]
"""A period, its values, and the calculated indicators that were held back in it."""


def last_values(connection: Connection, form: Form, unit_id: int, before: date) -> Last | None:
    """What `${last-saved#…}` reads: the newest accepted values of the latest earlier period, and that period.

    Imported figures are among them; so are the answers of a report that make no figure. A calculated indicator that was held
    back then (it rests on what is not known yet) has its newest older value, and is named. None if there is no earlier period.
    """
    named = {"unit_id": unit_id, "before": before, "form": form.key}
    periods = connection.execute(_BEFORE, named).one()
    period: date | None = max((each for each in periods if each is not None), default=None)
    if period is None:
        return None
    values: dict[str, Value] = {}
    report = reports.newest(connection, form.key, unit_id, period)
    if report is not None:
        values.update(values_of(report.answers))
    for name, found in of_period(connection, form.key, unit_id, period).items():
        if found.value is not None:
            values[name] = found.value
    missing = [q.name for q in form.indicators if q.calculation is not None and q.name not in values]
    older = {name: newest(connection, form.key, name, unit_id, period) for name in missing}
    known = {name: each.value for name, each in older.items() if each is not None and each.value is not None}
    wanted: set[str] = set()
    if report is not None:
        wanted = {q.name for q in version(connection, form.key, report.version).indicators if q.relevant is None}
    return period, {**values, **known}, frozenset(name for name in missing if name in known or name in wanted)


def periods_after(connection: Connection, form: str, unit_id: int, period: date) -> list[date]:
    """The later periods for which the unit has figures, in order."""
    named = {"unit_id": unit_id, "after": period, "form": form}
    return list(connection.execute(_AFTER, named).scalars())


def of_units(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    unit_ids: Collection[int] | None,
    first_on: date,
    last_on: date,
) -> list[Figure]:
    """The figures of these indicators and units (None: of all) with periods from `first_on` to `last_on`, in order of period."""
    statement = _within(select(figure), form, indicators, unit_ids, first_on, last_on)
    return [_figure(row) for row in connection.execute(statement.order_by(figure.c.period)).mappings()]


def newest(
    connection: Connection, form: str, indicator: str, unit_id: int, until: date, public_only: bool = False
) -> Figure | None:
    """The newest figure of a unit's indicator for a period up to `until`."""
    statement = _within(select(figure), form, [indicator], [unit_id], date.min, until)
    if public_only:
        statement = statement.where(figure.c.provisional.is_(False))
    row = connection.execute(statement.order_by(figure.c.period.desc()).limit(1)).mappings().first()
    return _figure(row) if row else None


def totals(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    unit_ids: Collection[int] | None,
    first_on: date,
    last_on: date,
    public_only: bool = False,
) -> list[Total]:
    """Per indicator and period the sum over these units (None: over all), with how many of them have a value."""
    columns = (
        figure.c.indicator,
        figure.c.period,
        func.sum(figure.c.amount),
        func.count(),
        func.max(figure.c.as_of),
        func.count().filter(figure.c.provisional.is_(True)),
    )
    statement = _within(select(*columns), form, indicators, unit_ids, first_on, last_on)
    statement = statement.where(figure.c.amount.is_not(None))
    if public_only:
        statement = statement.where(figure.c.provisional.is_(False))
    statement = statement.group_by(figure.c.indicator, figure.c.period).order_by(figure.c.period)
    return [
        Total(name, period, from_amount(int(amount)), units, as_of, provisional > 0)
        for name, period, amount, units, as_of, provisional in connection.execute(statement)
    ]


def export(
    connection: Connection, forms: Sequence[Form], first_on: date, last_on: date, unit_ids: Collection[int] | None
) -> Iterator[Figure]:
    """All figures of these forms and units in the order of the forms' questions, period by period."""
    for form in forms:
        names = [question.name for question in form.indicators]
        order = {name: place for place, name in enumerate(names)}
        found = of_units(connection, form.key, names, unit_ids, first_on, last_on)
        yield from sorted(found, key=lambda each: (each.period, each.unit_id, order[each.indicator]))


def _within(
    statement: Select[Any],
    form: str,
    indicators: Collection[str],
    unit_ids: Collection[int] | None,
    first_on: date,
    last_on: date,
) -> Select[Any]:
    statement = statement.where(figure.c.form == form, figure.c.indicator.in_(indicators))
    statement = statement.where(figure.c.period >= first_on, figure.c.period <= last_on)
    if unit_ids is None:
        return statement
    return statement.where(figure.c.unit_id.in_(unit_ids)).with_hint(figure, BY_UNIT, "sqlite")


def _figure(row: RowMapping) -> Figure:
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
