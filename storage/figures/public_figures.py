"""Public figures one by one: of some units and days, and each unit's newest."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, bindparam, func, select

from reporting.amounts import from_amount
from reporting.figures.areas import Among
from reporting.figures.figure import Figure
from reporting.forms import Form, Question
from storage.database.tables import metadata
from storage.figures.figures import BY_UNIT
from storage.figures.suppressed import in_few
from storage.figures.totals import by_index

figure, unit = metadata.tables["figure"], metadata.tables["unit"]

BY_NEWEST = unit.join(figure, unit.c.id == figure.c.unit_id)
"""What `newest_of_unit` is a condition of."""
_BETWEEN = select(figure).where(
    figure.c.form == bindparam("form"),
    figure.c.indicator.in_(bindparam("indicators", expanding=True)),
    figure.c.period >= bindparam("first_on"),
    figure.c.period <= bindparam("last_on"),
)
SOME, _MOST = Among(()), Among((), is_all_but=True)
_OF_UNITS = by_index(_BETWEEN.where(figure.c.unit_id.in_(bindparam("ids", expanding=True))), SOME)
_OF_OTHERS = by_index(_BETWEEN.where(figure.c.unit_id.not_in(bindparam("ids", expanding=True))), _MOST)


def one_by_one(
    connection: Connection,
    form: Form,
    questions: Sequence[Question],
    among: Among | Sequence[int],
    first_on: date,
    last_on: date,
) -> list[Figure]:
    """The figures of these indicators, units and days."""
    listed = among if isinstance(among, Among) else Among(tuple(among))
    statement = _with_wholes(_OF_OTHERS if listed.is_all_but else _OF_UNITS, form, questions)
    names = [question.name for question in questions]
    named = {"form": form.key, "indicators": names, "ids": listed.ids, "first_on": first_on, "last_on": last_on}
    return [_figure(row) for row in connection.execute(statement, named).mappings()]


def _with_wholes(statement: Select[Any], form: Form, questions: Iterable[Question]) -> Select[Any]:
    column = in_few(form, questions)
    return statement if column is None else statement.add_columns(column.label("in_few"))


_other = figure.alias()
_NEWEST_OF_UNIT = (
    select(_other.c.period)
    .where(_other.c.form == bindparam("form"), _other.c.indicator == bindparam("indicator"))
    .where(_other.c.unit_id == unit.c.id, _other.c.period <= bindparam("until"))
    .order_by(_other.c.period.desc())
    .limit(1)
    .with_hint(_other, BY_UNIT, "sqlite")
    .correlate(unit)
    .scalar_subquery()
)
"""The newest period of one unit of an outer statement: one look into the key's index."""
OF_INDICATOR = (figure.c.form == bindparam("form"), figure.c.indicator == bindparam("indicator"))
IS_NEWEST = and_(*OF_INDICATOR, figure.c.period == _NEWEST_OF_UNIT)
"""That a figure of `BY_NEWEST` is its unit's newest; wants `form`, `indicator` and `until`."""
_THESE_UNITS = unit.c.id.in_(bindparam("ids", expanding=True))
WITH_NEWEST = unit.outerjoin(figure, and_(IS_NEWEST, figure.c.unit_id == unit.c.id))
"""Units, each with its newest figure if it has any. An inner join SQLite would begin with the figures: whole histories."""
_NEWEST = select(figure).select_from(WITH_NEWEST).where(_THESE_UNITS)
_each = select(_NEWEST_OF_UNIT.label("period")).select_from(unit).where(_THESE_UNITS).subquery()
_NEWEST_PERIOD = select(func.max(_each.c.period))
_NEWEST_OF_ALL = (
    select(figure.c.period)
    .where(*OF_INDICATOR, figure.c.period <= bindparam("until"))
    .order_by(figure.c.period.desc())
    .limit(1)
)
_OLDEST = select(figure.c.period).where(*OF_INDICATOR).order_by(figure.c.period).limit(1)
_NEWEST_OF_OTHERS = _NEWEST_OF_ALL.where(figure.c.unit_id.not_in(bindparam("ids", expanding=True)))


def newest(
    connection: Connection, form: Form, question: Question, unit_ids: Sequence[int], until: date
) -> list[Figure]:
    """Each of the units' newest figure for a period up to `until`."""
    named = {"form": form.key, "indicator": question.name, "until": until, "ids": list(unit_ids)}
    statement = _with_wholes(_NEWEST, form, (question,))
    rows = connection.execute(statement, named).mappings()
    return [_figure(row) for row in rows if row["unit_id"] is not None]


def newest_period(connection: Connection, form: str, indicator: str, among: Among, until: date) -> date | None:
    """The newest period up to `until` for which any of the units has a figure."""
    named: dict[str, object] = {"form": form, "indicator": indicator, "until": until}
    if among.is_all_but and not among.ids:
        statement = _NEWEST_OF_ALL
    else:
        statement = _NEWEST_OF_OTHERS if among.is_all_but else _NEWEST_PERIOD
        named["ids"] = list(among.ids)
    period: date | None = connection.execute(statement, named).scalar()
    return period


def oldest_period(connection: Connection, form: str, indicator: str) -> date | None:
    """The first period for which any unit has a figure."""
    period: date | None = connection.execute(_OLDEST, {"form": form, "indicator": indicator}).scalar()
    return period


def _figure(row: RowMapping) -> Figure:
    return Figure(
        unit_id=row["unit_id"],
        indicator=row["indicator"],
        period=row["period"],
        value=row["choice"] if row["amount"] is None else from_amount(row["amount"]),
        as_of=row["as_of"],
        revision=row["revision"],
        source=row["source"],
        in_few=bool(row.get("in_few")),
    )
