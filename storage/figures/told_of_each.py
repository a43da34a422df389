"""What is told of each of very many units, as they are listed and ranked: its figure, or the sum of its figures."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select

from reporting.amounts import from_amount
from reporting.figures.areas import Among
from reporting.figures.known import Fact
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.rounds.standings import Coverage
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.figures.among_units import Scope, between, by_index, named_between, of_scope, scope_of
from storage.figures.public_figures import BY_NEWEST, IS_NEWEST
from storage.figures.suppressed import SmallParts, bounds, small_parts
from storage.figures.wide_sums import sums_of_halves, whole_sum

figure, unit = metadata.tables["figure"], metadata.tables["unit"]


def of_each(
    connection: Connection, form: Form, question: Question, among: Among, first: date, last: date, count: int
) -> dict[int, Fact]:
    """What is told of each of these units by unit id: the sum of its figures of `count` periods or, of one period, the figure.

    Each bears the moment at which the newest of them all was published.
    """
    named = named_between(form, question, among, first, last)
    told = (scope_of(among), count > 1, question.suppress_below, small_parts(form, (question,)))
    (as_of,) = _newest_moment(told[0]).rows(connection, **named)[0]
    on = None if count > 1 else first
    rows = _of_each(*told).rows(connection, **named)
    return _facts(count, as_of, on, map(_with_sums, rows) if count > 1 else rows)


def newest_of_each(
    connection: Connection, form: Form, question: Question, among: Among, until: date
) -> dict[int, Fact]:
    """The same of each one's newest figure up to a day."""
    named = {"form": form.key, "indicator": question.name, "until": until, "ids": among.ids}
    parts = small_parts(form, (question,))
    (as_of,) = _newest_moment_of(scope_of(among)).rows(connection, **named)[0]
    statement = _newest_of_each(scope_of(among), question.suppress_below, parts)
    return _facts(1, as_of, None, statement.rows(connection, **named))


_MOMENT = select(func.max(figure.c.as_of))


@lru_cache
def _newest_moment(scope: Scope) -> PreparedStatement:
    return PreparedStatement(lambda dialect: by_index(_MOMENT.where(between(dialect, scope)), scope))


@lru_cache
def _newest_moment_of(scope: Scope) -> PreparedStatement:
    newest = _MOMENT.select_from(BY_NEWEST).where(IS_NEWEST)
    return PreparedStatement(lambda dialect: by_index(newest.where(of_scope(dialect, scope, unit.c.id)), "some"))


def _told(is_sum: bool, below: int | None, parts: SmallParts) -> Select[Any]:
    """What `_fact` is made of: a figure, or the sum of several of one unit."""
    low, high = bounds(below, parts)
    if not is_sum:
        return select(figure.c.unit_id, figure.c.revision, low, high, literal(1), figure.c.choice)
    summed = select(
        figure.c.unit_id, func.max(figure.c.revision), *sums_of_halves(low), *sums_of_halves(high), func.count()
    )
    summed = summed.add_columns(literal(None), func.max(figure.c.period))
    return summed.where(figure.c.amount.is_not(None)).group_by(figure.c.unit_id)


@lru_cache
def _of_each(scope: Scope, is_sum: bool, below: int | None, parts: SmallParts) -> PreparedStatement:
    told = _told(is_sum, below, parts)
    return PreparedStatement(lambda dialect: by_index(told.where(between(dialect, scope)), scope))


@lru_cache
def _newest_of_each(scope: Scope, below: int | None, parts: SmallParts) -> PreparedStatement:
    told = _told(False, below, parts).add_columns(figure.c.period).select_from(BY_NEWEST).where(IS_NEWEST)
    return PreparedStatement(lambda dialect: by_index(told.where(of_scope(dialect, scope, unit.c.id)), "some"))


def _with_sums(row: Sequence[Any]) -> Sequence[Any]:
    """The row of a sum as that of a figure."""
    unit_id, revision, *halves, received, choice, period = row
    return unit_id, revision, whole_sum(*halves[:2]), whole_sum(*halves[2:]), received, choice, period


def _facts(count: int, as_of: datetime | None, on: date | None, rows: Iterable[Sequence[Any]]) -> dict[int, Fact]:
    """The facts of `_told` by unit id; where many units have the same, they have one Fact. `on`: the period that all are of."""
    known: dict[tuple[Any, ...], Fact] = {}
    found: dict[int, Fact] = {}
    for one, *told in rows:
        key = tuple(told) if on is None else (*told, on)
        if key not in known:
            known[key] = _fact(count, as_of, *key)
        found[one] = known[key]
    return found


def _fact(
    count: int,
    as_of: datetime | None,
    revision: int,
    low: Any,
    high: Any,
    received: int,
    choice: str | None,
    period: date,
) -> Fact:
    value = str(choice) if low is None else Amount(from_amount(int(low)), from_amount(int(high)))
    periods = Coverage(received, count) if count > 1 else None
    return Fact(period, value, as_of, periods=periods, is_corrected=revision > 1)
