"""What the database adds up for residents: the totals of wide areas day by day, and each of many units over a span of days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, select

from reporting.amounts import from_amount
from reporting.figures.areas import Among, Areas
from reporting.figures.known import Fact
from reporting.figures.sums import Spread, Sum
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.rounds.standings import Coverage
from reporting.units import Unit, UnitTree
from storage.database.prepared import Prepared
from storage.database.prepared import among as one_of
from storage.database.tables import metadata
from storage.figures import group_totals
from storage.figures.among_units import ALL, BY_UNIT, Scope, by_index, of_scope, scope_of
from storage.figures.public_figures import BY_NEWEST, IS_NEWEST
from storage.figures.suppressed import SmallParts, bounds, small_parts

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
    if groups is not None and question.suppress_below is None:
        return group_totals.sums(connection, form, question, groups, first, last)
    named = _named(form, question, among, first, last)
    if question.kind == "state":
        return _spreads(_counted(scope_of(among)).rows(connection, **named))
    statement = _added_up(scope_of(among), question.suppress_below, small_parts(form, (question,)))
    return {period: _sum(period, *rest) for period, *rest in statement.rows(connection, **named)}


def _named(form: Form, question: Question, among: Among, first: date, last: date) -> dict[str, object]:
    return {"form": form.key, "indicator": question.name, "first_on": first, "last_on": last, "ids": among.ids}


def _between(dialect: str, scope: Scope) -> ColumnElement[bool]:
    """The public figures of the units and days."""
    return and_(
        figure.c.form == bindparam("form"),
        figure.c.indicator == bindparam("indicator"),
        figure.c.period >= bindparam("first_on"),
        figure.c.period <= bindparam("last_on"),
        of_scope(dialect, scope),
    )


@lru_cache
def _counted(scope: Scope) -> Prepared:
    of_each = (figure.c.period, figure.c.choice)
    counted = select(*of_each, func.count(), *_STAMPS).group_by(*of_each).order_by(*of_each)
    return Prepared(lambda dialect: by_index(counted.where(_between(dialect, scope)), scope))


@lru_cache
def _added_up(scope: Scope, below: int | None, parts: SmallParts) -> Prepared:
    added_up = select(figure.c.period, *_sums(below, parts)).where(figure.c.amount.is_not(None))
    added_up = added_up.group_by(figure.c.period)
    return Prepared(lambda dialect: by_index(added_up.where(_between(dialect, scope)), scope))


def _sums(below: int | None, parts: SmallParts) -> tuple[ColumnElement[Any], ...]:
    """What `_sum` is made of: the sums of what is told, how many figures, and their stamps."""
    return (*map(func.sum, bounds(below, parts)), func.count(), *_STAMPS)


def _sum(period: date, low: Any, high: Any, units: int, as_of: datetime, revision: int) -> Sum:
    return Sum(period, Amount(from_amount(int(low)), from_amount(int(high))), units, as_of, revision)


def all_or(connection: Connection, form: Form, question: Question, among: Among) -> Among:
    """These units or, if they are all but some who never had a figure of this, simply all: that is read faster."""
    if not among.is_all_but or not among.ids:
        return among
    has_any = _ANY.first(connection, form=form.key, indicator=question.name, ids=among.ids)
    return among if has_any is not None else ALL


_ANY = Prepared(
    lambda dialect: (
        select(figure.c.unit_id)
        .where(figure.c.form == bindparam("form"), figure.c.indicator == bindparam("indicator"))
        .where(one_of(dialect, figure.c.unit_id, "ids"))
        .limit(1)
        .with_hint(figure, BY_UNIT, "sqlite")
    )
)


@lru_cache
def _in_force(scope: Scope) -> Prepared:
    stands = select(figure.c.choice, func.count(), *_STAMPS).select_from(BY_NEWEST).where(IS_NEWEST)
    stands = stands.group_by(figure.c.choice).order_by(figure.c.choice)
    return Prepared(lambda dialect: stands.where(of_scope(dialect, scope, unit.c.id)))


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
    if groups is not None and question.suppress_below is None:
        by_period = group_totals.sums_by_parent(connection, form, question, groups, first, last)
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
    for period, parent, *row in statement.rows(connection, **_named(form, question, among, first, last)):
        found.setdefault(period, {})[parent] = _sum(period, *row)
    return found


@lru_cache
def _of_parents(scope: Scope, below: int | None, parts: SmallParts) -> Prepared:
    added_up = (
        select(figure.c.period, unit.c.parent_id, *_sums(below, parts))
        .join(unit, unit.c.id == figure.c.unit_id)
        .where(figure.c.amount.is_not(None), group_totals.EXISTED)
        .group_by(figure.c.period, unit.c.parent_id)
    )
    return Prepared(lambda dialect: by_index(added_up.where(_between(dialect, scope)), scope))


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


def of_each(
    connection: Connection, form: Form, question: Question, among: Among, first: date, last: date, count: int
) -> dict[int, Fact]:
    """What is told of each of these units by unit id: the sum of its figures of `count` periods or, of one period, the figure.

    Each bears the moment at which the newest of them all was published.
    """
    named = _named(form, question, among, first, last)
    told = (scope_of(among), count > 1, question.suppress_below, small_parts(form, (question,)))
    (as_of,) = _newest_moment(told[0]).rows(connection, **named)[0]
    on = None if count > 1 else first
    return _facts(count, as_of, on, _of_each(*told).rows(connection, **named))


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
def _newest_moment(scope: Scope) -> Prepared:
    return Prepared(lambda dialect: by_index(_MOMENT.where(_between(dialect, scope)), scope))


@lru_cache
def _newest_moment_of(scope: Scope) -> Prepared:
    newest = _MOMENT.select_from(BY_NEWEST).where(IS_NEWEST)
    return Prepared(lambda dialect: by_index(newest.where(of_scope(dialect, scope, unit.c.id)), "some"))


def _told(is_sum: bool, below: int | None, parts: SmallParts) -> Select[Any]:
    """What `_fact` is made of: a figure, or the sum of several of one unit."""
    low, high = bounds(below, parts)
    if not is_sum:
        return select(figure.c.unit_id, figure.c.revision, low, high, literal(1), figure.c.choice)
    summed = select(figure.c.unit_id, func.max(figure.c.revision), func.sum(low), func.sum(high), func.count())
    summed = summed.add_columns(literal(None), func.max(figure.c.period))
    return summed.where(figure.c.amount.is_not(None)).group_by(figure.c.unit_id)


@lru_cache
def _of_each(scope: Scope, is_sum: bool, below: int | None, parts: SmallParts) -> Prepared:
    told = _told(is_sum, below, parts)
    return Prepared(lambda dialect: by_index(told.where(_between(dialect, scope)), scope))


@lru_cache
def _newest_of_each(scope: Scope, below: int | None, parts: SmallParts) -> Prepared:
    told = _told(False, below, parts).add_columns(figure.c.period).select_from(BY_NEWEST).where(IS_NEWEST)
    return Prepared(lambda dialect: by_index(told.where(of_scope(dialect, scope, unit.c.id)), "some"))


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
