"""What totals come to where small counts are held back: the kept sums, less the small ones, and with what is told of these."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, and_, case, func, not_, or_, select

from reporting.amounts import from_amount, to_amount
from reporting.figures.areas import Among
from reporting.figures.sums import Sum
from reporting.figures.told_amounts import Amount, exactly
from reporting.forms import Form, Question
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.figures import group_totals
from storage.figures.among_units import Scope, between, by_index, named_between, scope_of
from storage.figures.held_back_counts import SmallParts, in_few, small_parts
from storage.figures.wide_sums import sums_of_halves, whole_sum

figure, unit = metadata.tables["figure"], metadata.tables["unit"]


def held_back_of(
    connection: Connection,
    form: Form,
    question: Question,
    among: Among,
    first: date,
    last: date,
    sums: Mapping[date, Sum],
) -> dict[date, Sum]:
    """Sums over units by period, whole, as they are told. `among`: these units."""
    if question.suppress_below is None:
        return dict(sums)
    statement = _small(scope_of(among), question.suppress_below, small_parts(form, (question,)), False)
    rows = statement.rows(connection, **named_between(form, question, among, first, last))
    told = {period: _told(sums[period], question.suppress_below, *row) for period, *row in rows}
    return {**sums, **told}


def held_back_of_parents(
    connection: Connection,
    form: Form,
    question: Question,
    among: Among,
    first: date,
    last: date,
    sums: Mapping[date, Mapping[int, Sum]],
) -> dict[date, dict[int, Sum]]:
    """The same by the unit right above them."""
    found = {period: dict(of_day) for period, of_day in sums.items()}
    if question.suppress_below is None:
        return found
    statement = _small(scope_of(among), question.suppress_below, small_parts(form, (question,)), True)
    for period, parent, *row in statement.rows(connection, **named_between(form, question, among, first, last)):
        found[period][parent] = _told(found[period][parent], question.suppress_below, *row)
    return found


def _told(of: Sum, below: int, low: int, high: int, *halves: Any) -> Sum:
    """`low`: so many are told as one at least, `high`: so many as fewer than `below`; `halves`: what they are together."""
    assert isinstance(of.value, Amount)
    others = exactly(-from_amount(whole_sum(*halves)))
    return replace(of, value=of.value + others + Amount(low, high * (below - 1)))


@lru_cache
def _small(scope: Scope, below: int, parts: SmallParts, is_by_parent: bool) -> PreparedStatement:
    """Of each period the figures that are held back: the smallest and the largest, as `suppressed.bounds` has them, and their sum."""
    amount, is_part = figure.c.amount, in_few(parts)
    is_held_back = amount > 0 if is_part is None else and_(amount >= 0, or_(amount > 0, is_part))
    least = func.count() if is_part is None else func.count(case((and_(amount > 0, not_(is_part)), 1)))
    group = (figure.c.period, *((unit.c.parent_id,) if is_by_parent else ()))
    small = select(*group, least, func.count(), *sums_of_halves(amount)).group_by(*group)
    small = small.where(amount < to_amount(below), is_held_back)
    if is_by_parent:
        small = small.join(unit, unit.c.id == figure.c.unit_id).where(group_totals.EXISTED)
    return PreparedStatement(lambda dialect: by_index(small.where(between(dialect, scope)), scope))
