"""What is told of each of very many units, as they are listed and ranked: its figure, or the sum of its figures.

The database gathers those of which the same is told, so that there are as many rows as there are values, and not as units.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from reporting.amounts import from_amount
from reporting.figures.areas import Among
from reporting.figures.facts import Alike, Fact
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.rounds.standings import Coverage
from storage.database.prepared import PreparedStatement, gathered
from storage.database.tables import metadata
from storage.figures import group_totals
from storage.figures.among_units import Scope, between, by_index, named_between, of_scope, scope_of
from storage.figures.held_back_counts import SmallParts, bounds, small_parts
from storage.figures.public_figures import BY_NEWEST, IS_NEWEST
from storage.figures.wide_sums import sums_of_halves, whole_sum

figure, unit = metadata.tables["figure"], metadata.tables["unit"]


def of_each(
    connection: Connection,
    form: Form,
    question: Question,
    among: Among,
    first: date,
    last: date,
    count: int,
    groups: Among | None = None,
) -> list[Alike]:
    """What is told of each of these units: the sum of its figures of `count` periods or, of one period, the figure.

    Each bears the moment at which the newest of them all was published. `groups`: the units right above them, if they are all that
    report under these: then that moment is read from what these have.
    """
    named = named_between(form, question, among, first, last)
    told = (scope_of(among), question.suppress_below, small_parts(form, (question,)))
    if count > 1:
        if groups is None:
            (as_of,) = _newest_moment(told[0]).rows(connection, **named)[0]
        else:
            as_of = group_totals.newest_moment(connection, form, question, groups, first, last)
        return [_alike_sum(count, as_of, *row) for row in _summed(*told).rows(connection, **named)]
    rows = _of_each(question.kind == "state", *told).rows(connection, **named)
    newest = max((moment for *_, moment in rows), default=None)
    return [_alike(newest, first, *row) for *row, _ in rows]


def newest_of_each(connection: Connection, form: Form, question: Question, among: Among, until: date) -> list[Alike]:
    """The same of each one's newest figure up to a day."""
    named = {"form": form.key, "indicator": question.name, "until": until, "ids": among.ids}
    parts = small_parts(form, (question,))
    (as_of,) = _newest_moment_of(scope_of(among)).rows(connection, **named)[0]
    statement = _newest_of_each(question.kind == "state", scope_of(among), question.suppress_below, parts)
    return [_alike(as_of, period, *row) for *row, period in statement.rows(connection, **named)]


_MOMENT = select(func.max(figure.c.as_of))


@lru_cache
def _newest_moment(scope: Scope) -> PreparedStatement:
    return PreparedStatement(lambda dialect: by_index(_MOMENT.where(between(dialect, scope)), scope))


@lru_cache
def _newest_moment_of(scope: Scope) -> PreparedStatement:
    newest = _MOMENT.select_from(BY_NEWEST).where(IS_NEWEST)
    return PreparedStatement(lambda dialect: by_index(newest.where(of_scope(dialect, scope, unit.c.id)), "some"))


def _ends(below: int | None, parts: SmallParts) -> tuple[ColumnElement[Any], ...]:
    """Between what a figure is told to lie; one end where it is told as it is."""
    low, high = bounds(below, parts)
    return (low,) if below is None else (low, high)


def _gathered(dialect: str, told: Select[Any], *, has_moment: bool = False) -> Select[Any]:
    """The ids of the units, which stand first in what is told of each, that have all the rest in common; and that.

    `has_moment`: last stands the moment at which each was published, of which there is the newest.
    """
    each = told.subquery()
    one, *same = each.c
    moment = [func.max(same.pop())] if has_moment else []
    return select(gathered(dialect, one), *same, *moment).group_by(*same)


def _figures(is_state: bool, below: int | None, parts: SmallParts, *others: ColumnElement[Any]) -> Select[Any]:
    """What is told of each: no more than that, as every column is carried about for every unit."""
    told = (figure.c.choice,) if is_state else _ends(below, parts)
    return select(figure.c.unit_id, *_named((figure.c.revision > 1, *told, *others)))


@lru_cache
def _of_each(is_state: bool, scope: Scope, below: int | None, parts: SmallParts) -> PreparedStatement:
    told = _figures(is_state, below, parts, figure.c.as_of)
    return PreparedStatement(
        lambda dialect: _gathered(dialect, by_index(told.where(between(dialect, scope)), scope), has_moment=True),
    )


@lru_cache
def _newest_of_each(is_state: bool, scope: Scope, below: int | None, parts: SmallParts) -> PreparedStatement:
    told = _figures(is_state, below, parts, figure.c.period).select_from(BY_NEWEST).where(IS_NEWEST)

    def build(dialect: str) -> Select[Any]:
        return _gathered(dialect, by_index(told.where(of_scope(dialect, scope, unit.c.id)), "some"))

    return PreparedStatement(build)


@lru_cache
def _summed(scope: Scope, below: int | None, parts: SmallParts) -> PreparedStatement:
    halves = (half for end in _ends(below, parts) for half in sums_of_halves(end))
    of_unit = (func.count(), func.max(figure.c.revision) > 1, func.max(figure.c.period), *halves)
    told = select(figure.c.unit_id, *_named(of_unit)).where(figure.c.amount.is_not(None)).group_by(figure.c.unit_id)
    return PreparedStatement(
        lambda dialect: _gathered(dialect, by_index(told.where(between(dialect, scope)), scope)),
    )


def _named(columns: Iterable[Any]) -> list[ColumnElement[Any]]:
    return [each.label(f"told_{place}") for place, each in enumerate(columns)]


def _alike(as_of: datetime | None, period: date, unit_ids: Sequence[int], is_corrected: bool, *told: Any) -> Alike:
    value = told[0] if isinstance(told[0], str) else _amount(*map(int, told))
    return Alike(Fact(period, value, as_of, is_corrected=is_corrected), unit_ids)


def _alike_sum(
    count: int,
    as_of: datetime | None,
    unit_ids: Sequence[int],
    received: int,
    is_corrected: bool,
    period: date,
    *halves: Any,
) -> Alike:
    value = _amount(*(whole_sum(*halves[at : at + 2]) for at in range(0, len(halves), 2)))
    fact = Fact(period, value, as_of, periods=Coverage(received, count), is_corrected=is_corrected)
    return Alike(fact, unit_ids)


def _amount(*ends: int) -> Amount:
    """What lies between two ends, or is the one."""
    return Amount(from_amount(ends[0]), from_amount(ends[-1]))
