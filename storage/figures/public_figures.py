"""Public figures one by one: of some units and days, and each unit's newest."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, false, func, select

from reporting.amounts import from_amount
from reporting.figures.areas import Among
from reporting.figures.figure import Figure
from reporting.figures.sums import Sum
from reporting.figures.told_amounts import exactly
from reporting.forms import Form, Question
from storage.database.prepared import PreparedStatement, gathered
from storage.database.prepared import among as one_of
from storage.database.tables import metadata
from storage.figures.among_units import BY_UNIT, Scope, by_index, of_scope, scope_of
from storage.figures.held_back_counts import SmallParts, in_few, small_parts
from storage.figures.wide_sums import sums_of_halves, whole_sum

figure, unit = metadata.tables["figure"], metadata.tables["unit"]

BY_NEWEST = unit.join(figure, unit.c.id == figure.c.unit_id)
"""What `IS_NEWEST` is a condition of."""
_COLUMNS = (
    *(figure.c[name] for name in ("unit_id", "indicator", "period", "amount", "choice", "as_of", "revision", "source")),
)


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
    if not listed.ids and not listed.is_all_but:
        return []
    statement = _between(scope_of(listed), small_parts(form, questions))
    named = {"form": form.key, "indicators": [question.name for question in questions], "ids": listed.ids}
    return _figures(statement.rows(connection, first_on=first_on, last_on=last_on, **named))


@lru_cache
def _between(scope: Scope, parts: SmallParts) -> PreparedStatement:
    def build(dialect: str) -> Select[Any]:
        statement = select(*_COLUMNS, _in_few(parts)).where(
            figure.c.form == bindparam("form"),
            one_of(dialect, figure.c.indicator, "indicators"),
            figure.c.period >= bindparam("first_on"),
            figure.c.period <= bindparam("last_on"),
            of_scope(dialect, scope),
        )
        return by_index(statement, scope)

    return PreparedStatement(build)


def _in_few(parts: SmallParts) -> Any:
    column = in_few(parts)
    return (false() if column is None else column).label("in_few")


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
WITH_NEWEST = unit.outerjoin(figure, and_(IS_NEWEST, figure.c.unit_id == unit.c.id))
"""Units, each with its newest figure if it has any. An inner join SQLite would begin with the figures: whole histories."""
_NEWEST_OF_ALL = (
    select(figure.c.period)
    .where(*OF_INDICATOR, figure.c.period <= bindparam("until"))
    .order_by(figure.c.period.desc())
    .limit(1)
)
_OLDEST = PreparedStatement(select(figure.c.period).where(*OF_INDICATOR).order_by(figure.c.period).limit(1))


@lru_cache
def _newest(parts: SmallParts) -> PreparedStatement:
    return PreparedStatement(
        lambda dialect: (
            select(*_COLUMNS, _in_few(parts)).select_from(WITH_NEWEST).where(one_of(dialect, unit.c.id, "ids"))
        )
    )


def newest(
    connection: Connection, form: Form, question: Question, unit_ids: Sequence[int], until: date
) -> list[Figure]:
    """Each of the units' newest figure for a period up to `until`."""
    if not unit_ids:
        return []
    statement = _newest(small_parts(form, (question,)))
    rows = statement.rows(connection, form=form.key, indicator=question.name, until=until, ids=list(unit_ids))
    return _figures(row for row in rows if row[0] is not None)


_TOGETHER = PreparedStatement(
    lambda dialect: (
        select(
            figure.c.period,
            gathered(dialect, figure.c.unit_id),
            *sums_of_halves(figure.c.amount),
            func.max(figure.c.as_of),
            func.max(figure.c.revision),
        )
        .select_from(WITH_NEWEST)
        .where(one_of(dialect, unit.c.id, "ids"))
        .group_by(figure.c.period)
    )
)


def newest_together(
    connection: Connection, form: Form, question: Question, unit_ids: Sequence[int], until: date
) -> dict[date, tuple[Sum, Sequence[int]]]:
    """What the units' newest numbers up to a day come to, by their periods; with the ids of those whose they are."""
    rows = _TOGETHER.rows(connection, form=form.key, indicator=question.name, until=until, ids=list(unit_ids))
    return {
        period: (Sum(period, exactly(from_amount(whole_sum(high, low))), 0, as_of, revision), ids)
        for period, ids, high, low, as_of, revision in rows
        if period is not None
    }


@lru_cache
def _newest_period(scope: Scope) -> PreparedStatement:
    def build(dialect: str) -> Select[Any]:
        if scope != "some":
            return _NEWEST_OF_ALL.where(of_scope(dialect, scope))
        each = select(_NEWEST_OF_UNIT.label("period")).select_from(unit).where(of_scope(dialect, scope, unit.c.id))
        return select(func.max(each.subquery().c.period))

    return PreparedStatement(build)


def newest_period(connection: Connection, form: str, indicator: str, among: Among, until: date) -> date | None:
    """The newest period up to `until` for which any of the units has a figure."""
    statement = _newest_period(scope_of(among))
    row = statement.first(connection, form=form, indicator=indicator, until=until, ids=among.ids)
    period: date | None = row[0] if row is not None else None
    return period


def oldest_period(connection: Connection, form: str, indicator: str) -> date | None:
    """The first period for which any unit has a figure."""
    row = _OLDEST.first(connection, form=form, indicator=indicator)
    period: date | None = row[0] if row is not None else None
    return period


def _figures(rows: Iterable[Sequence[Any]]) -> list[Figure]:
    return [
        Figure(
            unit_id,
            indicator,
            period,
            choice if amount is None else from_amount(amount),
            as_of=as_of,
            revision=revision,
            source=source,
            in_few=bool(in_few),
        )
        for unit_id, indicator, period, amount, choice, as_of, revision, source, in_few in rows
    ]
