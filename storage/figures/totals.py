"""What the database adds up for residents: the totals of wide areas day by day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from reporting.amounts import from_amount
from reporting.figures.areas import Among, Areas
from reporting.figures.sums import Spread, Sum
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.units import Unit, UnitTree
from storage.database.prepared import PreparedStatement
from storage.database.prepared import among as one_of
from storage.database.tables import metadata
from storage.figures import group_totals
from storage.figures.among_units import ALL, BY_UNIT, Scope, between, by_index, named_between, of_scope, scope_of
from storage.figures.held_back_counts import SmallParts, bounds, small_parts
from storage.figures.held_back_totals import held_back_of, held_back_of_parents
from storage.figures.public_figures import BY_NEWEST, IS_NEWEST
from storage.figures.wide_sums import sums_of_halves, whole_sum

figure, unit = metadata.tables["figure"], metadata.tables["unit"]

_STAMPS = (func.max(figure.c.as_of), func.max(figure.c.revision))


def day_by_day(
    connection: Connection,
    form: Form,
    question: Question,
    among: Among,
    first: date,
    last: date,
    groups: Among | None = None,
) -> dict[date, Sum]:
    """The totals over these units by period: sums, or how many of them stand at each choice of a state.

    `groups`: the units right above them, if they are all that report under these: then it is added up from what these have.
    """
    if groups is not None:
        sums = group_totals.sums(connection, form, question, groups, first, last)
        return held_back_of(connection, form, question, among, first, last, sums)
    named = named_between(form, question, among, first, last)
    if question.kind == "state":
        return _spreads(_counted(scope_of(among)).rows(connection, **named))
    statement = _added_up(scope_of(among), question.suppress_below, small_parts(form, (question,)))
    return {period: _sum(period, *rest) for period, *rest in statement.rows(connection, **named)}


@lru_cache
def _counted(scope: Scope) -> PreparedStatement:
    of_each = (figure.c.period, figure.c.choice)
    counted = select(*of_each, func.count(), *_STAMPS).group_by(*of_each).order_by(*of_each)
    return PreparedStatement(lambda dialect: by_index(counted.where(between(dialect, scope)), scope))


@lru_cache
def _added_up(scope: Scope, below: int | None, parts: SmallParts) -> PreparedStatement:
    added_up = select(figure.c.period, *_sums(below, parts)).where(figure.c.amount.is_not(None))
    added_up = added_up.group_by(figure.c.period)
    return PreparedStatement(lambda dialect: by_index(added_up.where(between(dialect, scope)), scope))


def _sums(below: int | None, parts: SmallParts) -> tuple[ColumnElement[Any], ...]:
    """What `_sum` is made of: the sums of what is told, how many figures, and their stamps."""
    low, high = bounds(below, parts)
    return (*sums_of_halves(low), *sums_of_halves(high), func.count(), *_STAMPS)


def _sum(period: date, *of: Any) -> Sum:
    *ends, units, as_of, revision = of
    low, high = (from_amount(whole_sum(*end)) for end in (ends[:2], ends[2:]))
    return Sum(period, Amount(low, high), units, as_of, revision)


def all_or(connection: Connection, form: Form, question: Question, among: Among) -> Among:
    """These units or, if they are all but some who never had a figure of this, simply all: that is read faster."""
    if not among.is_all_but or not among.ids:
        return among
    has_any = _ANY.first(connection, form=form.key, indicator=question.name, ids=among.ids)
    return among if has_any is not None else ALL


_ANY = PreparedStatement(
    lambda dialect: (
        select(figure.c.unit_id)
        .where(figure.c.form == bindparam("form"), figure.c.indicator == bindparam("indicator"))
        .where(one_of(dialect, figure.c.unit_id, "ids"))
        .limit(1)
        .with_hint(figure, BY_UNIT, "sqlite")
    )
)


@lru_cache
def _in_force(scope: Scope) -> PreparedStatement:
    stands = select(figure.c.choice, func.count(), *_STAMPS).select_from(BY_NEWEST).where(IS_NEWEST)
    stands = stands.group_by(figure.c.choice).order_by(figure.c.choice)
    return PreparedStatement(lambda dialect: stands.where(of_scope(dialect, scope, unit.c.id)))


def in_force(connection: Connection, form: Form, question: Question, among: Among, on: date) -> dict[date, Sum]:
    """How many units stand at each choice on a day, of a state that holds on until it is set anew."""
    statement = _in_force(scope_of(among))
    rows = statement.rows(connection, form=form.key, indicator=question.name, until=on, ids=among.ids)
    return _spreads((on, *row) for row in rows)


def _spreads(rows: Iterable[Sequence[Any]]) -> dict[date, Sum]:
    found: dict[date, Sum] = {}
    for period, choice, units, as_of, revision in rows:
        one = Sum(period, Spread(((str(choice), units),)), units, as_of, revision)
        found[period] = found[period] + one if period in found else one
    return found


def by_group(
    connection: Connection,
    form: Form,
    question: Question,
    tops: Sequence[Unit],
    areas: Areas,
    among: Among,
    first: date,
    last: date,
    groups: Among | None,
) -> dict[int, dict[date, Sum]]:
    """The totals of several areas by unit id and period, of what the units right above those that report have.

    No unit that reports may stand above another that does.
    """
    if groups is not None:
        kept = group_totals.sums_by_parent(connection, form, question, groups, first, last)
        by_period = held_back_of_parents(connection, form, question, among, first, last, kept)
    else:
        by_period = _by_parent(connection, form, question, among, first, last)
    above = _Groups(areas.tree, {parent for rows in by_period.values() for parent in rows})
    found = {top.id: {period: above.total(top, rows, period) for period, rows in by_period.items()} for top in tops}
    return {one: {period: of for period, of in sums.items() if of is not None} for one, sums in found.items()}


def _by_parent(
    connection: Connection, form: Form, question: Question, among: Among, first: date, last: date
) -> dict[date, dict[int, Sum]]:
    """What the units right under one have together, by period and its id."""
    statement = _of_parents(scope_of(among), question.suppress_below, small_parts(form, (question,)))
    found: dict[date, dict[int, Sum]] = {}
    for period, parent, *row in statement.rows(connection, **named_between(form, question, among, first, last)):
        found.setdefault(period, {})[parent] = _sum(period, *row)
    return found


@lru_cache
def _of_parents(scope: Scope, below: int | None, parts: SmallParts) -> PreparedStatement:
    added_up = (
        select(figure.c.period, unit.c.parent_id, *_sums(below, parts))
        .join(unit, unit.c.id == figure.c.unit_id)
        .where(figure.c.amount.is_not(None), group_totals.EXISTED)
        .group_by(figure.c.period, unit.c.parent_id)
    )
    return PreparedStatement(lambda dialect: by_index(added_up.where(between(dialect, scope)), scope))


class _Groups:
    """The units that stand above `parents`, and these."""

    def __init__(self, tree: UnitTree, parents: Iterable[int]) -> None:
        self._below: dict[int | None, list[Unit]] = {}
        seen: set[int] = set()
        for parent in parents:
            for each in tree.above(tree.unit(parent)):
                if each.id in seen:
                    break
                seen.add(each.id)
                self._below.setdefault(each.parent_id, []).append(each)

    def total(self, of: Unit, rows: Mapping[int, Sum], on: date) -> Sum | None:
        """All that is under a unit. `rows`: the sums over the units right under each."""
        below = (self.total(each, rows, on) for each in self._below.get(of.id, ()) if each.exists(on))
        found = [*([rows[of.id]] if of.id in rows else []), *(each for each in below if each is not None)]
        return reduce(add, found) if found else None
