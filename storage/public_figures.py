"""Public figures one by one: of some units and days, and each unit's newest."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, select

from reporting.amounts import from_amount
from reporting.figures import Figure
from reporting.telling.areas import Among
from storage import totals
from storage.figures import BY_UNIT
from storage.tables import metadata
from storage.totals import by_index

figure, unit = metadata.tables["figure"], metadata.tables["unit"]

PUBLIC = figure.c.provisional.is_(False)
BY_NEWEST = unit.join(figure, unit.c.id == figure.c.unit_id)
"""What `newest_of_unit` is a condition of."""
_BETWEEN = select(figure).where(
    figure.c.form == bindparam("form"),
    figure.c.indicator.in_(bindparam("indicators", expanding=True)),
    PUBLIC,
    figure.c.period >= bindparam("first_on"),
    figure.c.period <= bindparam("last_on"),
)
SOME, _MOST = Among(()), Among((), is_all_but=True)
_OF_UNITS = by_index(_BETWEEN.where(figure.c.unit_id.in_(bindparam("ids", expanding=True))), SOME)
_OF_OTHERS = by_index(_BETWEEN.where(figure.c.unit_id.not_in(bindparam("ids", expanding=True))), _MOST)


def one_by_one(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    among: Among | Sequence[int],
    first_on: date,
    last_on: date,
) -> list[Figure]:
    """The figures of these indicators, units and days."""
    listed = among if isinstance(among, Among) else Among(tuple(among))
    statement = _OF_OTHERS if listed.is_all_but else _OF_UNITS
    named = {"form": form, "indicators": list(indicators), "ids": listed.ids, "first_on": first_on, "last_on": last_on}
    return [_figure(row) for row in connection.execute(statement, named).mappings()]


def newest(connection: Connection, form: str, indicator: str, unit_ids: Sequence[int], until: date) -> list[Figure]:
    """Each of the units' newest figure for a period up to `until`."""
    period = newest_of_unit(form, indicator, until)
    statement = (
        select(figure)
        .join(unit, unit.c.id == figure.c.unit_id)
        .where(unit.c.id.in_(unit_ids), figure.c.form == form, figure.c.indicator == indicator)
        .where(figure.c.period == period)
    )
    return [_figure(row) for row in connection.execute(statement).mappings()]


def newest_of_unit(form: str, indicator: str, until: date) -> Any:
    """The newest period of one unit of an outer statement: one look into the key's index."""
    other = figure.alias()
    return (
        select(other.c.period)
        .where(other.c.form == form, other.c.indicator == indicator, other.c.unit_id == unit.c.id)
        .where(other.c.period <= until, other.c.provisional.is_(False))
        .order_by(other.c.period.desc())
        .limit(1)
        .with_hint(other, BY_UNIT, "sqlite")
        .correlate(unit)
        .scalar_subquery()
    )


def newest_period(connection: Connection, form: str, indicator: str, among: Among, until: date) -> date | None:
    """The newest period up to `until` for which any of the units has a figure."""
    if not among.is_all_but:
        by_unit = select(newest_of_unit(form, indicator, until).label("period")).select_from(unit)
        each = by_unit.where(unit.c.id.in_(among.ids)).subquery()
        statement: Select[Any] = select(func.max(each.c.period))
    else:
        statement = (
            select(figure.c.period)
            .where(figure.c.form == form, figure.c.indicator == indicator, figure.c.period <= until)
            .where(PUBLIC, totals.within(among))
            .order_by(figure.c.period.desc())
            .limit(1)
        )
    period: date | None = connection.execute(statement).scalar()
    return period


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
