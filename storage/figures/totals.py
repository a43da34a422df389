"""What the database adds up for residents: the totals of wide areas day by day, and each of many units over a span of days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, literal, select, true

from reporting.amounts import from_amount
from reporting.figures.areas import Among, Areas
from reporting.figures.known import Fact
from reporting.figures.sums import Spread, Sum
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.rounds.standings import Coverage
from reporting.units import Unit, UnitTree
from storage.database.tables import metadata
from storage.figures import group_totals
from storage.figures.figures import BY_DAY, BY_UNIT
from storage.figures.suppressed import bounds

figure, unit = metadata.tables["figure"], metadata.tables["unit"]

_STAMPS = (func.max(figure.c.as_of), func.max(figure.c.revision))


def within(among: Among, column: ColumnElement[int] = figure.c.unit_id) -> ColumnElement[bool]:
    """That a figure, or what else has a unit's id in this column, is of one of these units."""
    if among.is_all_but:
        return column.not_in(among.ids) if among.ids else true()
    return column.in_(among.ids)


def by_index(statement: Select[Any], among: Among) -> Select[Any]:
    """The statement with the index that SQLite is to take."""
    return statement.with_hint(figure, BY_DAY if among.is_all_but else BY_UNIT, "sqlite")


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
    where = between(form, question, among, first, last)
    if question.kind == "state":
        counted = select(figure.c.period, figure.c.choice, func.count(), *_STAMPS).where(where)
        counted = counted.group_by(figure.c.period, figure.c.choice).order_by(figure.c.period, figure.c.choice)
        return _spreads(connection, by_index(counted, among))
    statement = select(figure.c.period, *_sums(form, question))
    statement = statement.where(where, figure.c.amount.is_not(None)).group_by(figure.c.period)
    return {period: _sum(period, *rest) for period, *rest in connection.execute(by_index(statement, among))}


def _sums(form: Form, question: Question) -> tuple[ColumnElement[Any], ...]:
    """What `_sum` is made of: the sums of what is told, how many figures, and their stamps."""
    return (*map(func.sum, bounds(form, question)), func.count(), *_STAMPS)


def _sum(period: date, low: Any, high: Any, units: int, as_of: datetime, revision: int) -> Sum:
    return Sum(period, Amount(from_amount(int(low)), from_amount(int(high))), units, as_of, revision)


def all_or(connection: Connection, form: Form, question: Question, among: Among) -> Among:
    """These units or, if they are all but some who never had a figure of this, simply all: that is read faster."""
    if not among.is_all_but or not among.ids:
        return among
    theirs = select(figure.c.unit_id).where(figure.c.form == form.key, figure.c.indicator == question.name)
    others = theirs.where(figure.c.unit_id.in_(among.ids)).limit(1).with_hint(figure, BY_UNIT, "sqlite")
    return among if connection.execute(others).first() is not None else Among((), is_all_but=True)


def between(form: Form, question: Question, among: Among, first: date, last: date) -> ColumnElement[bool]:
    """The public figures of these units and days."""
    return and_(
        figure.c.form == form.key,
        figure.c.indicator == question.name,
        figure.c.period >= first,
        figure.c.period <= last,
        within(among),
    )


def in_force(
    connection: Connection, where: ColumnElement[bool], on: date, source: FromClause, named: Mapping[str, object]
) -> dict[date, Sum]:
    """How many units stand at each choice on a day, of a state that holds on until it is set anew."""
    statement = select(literal(on), figure.c.choice, func.count(), *_STAMPS).select_from(source).where(where)
    return _spreads(connection, statement.group_by(figure.c.choice).order_by(figure.c.choice).params(named))


def _spreads(connection: Connection, statement: Select[Any]) -> dict[date, Sum]:
    found: dict[date, Sum] = {}
    for period, choice, units, as_of, revision in connection.execute(statement):
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
    statement = (
        select(figure.c.period, unit.c.parent_id, *_sums(form, question))
        .join(unit, unit.c.id == figure.c.unit_id)
        .where(between(form, question, among, first, last), figure.c.amount.is_not(None), group_totals.EXISTED)
        .group_by(figure.c.period, unit.c.parent_id)
    )
    found: dict[date, dict[int, Sum]] = {}
    for period, parent, *row in connection.execute(by_index(statement, among)):
        found.setdefault(period, {})[parent] = _sum(period, *row)
    return found


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
    connection: Connection,
    form: Form,
    question: Question,
    where: ColumnElement[bool],
    count: int,
    among: Among,
    source: FromClause = figure,
    named: Mapping[str, object] | None = None,
) -> dict[int, Fact]:
    """What is told of each unit by unit id: the sum of its figures of `count` periods or, of one period, the figure.

    `named`: what the condition `where` wants. Each bears the moment at which the newest of them all was published.
    """
    low, high = bounds(form, question)
    newest = select(func.max(figure.c.as_of)).select_from(source).where(where)
    as_of = connection.execute(by_index(newest, among), named).scalar()
    one = (figure.c.period, figure.c.revision, low, high, literal(1), figure.c.choice)
    many = (func.max(figure.c.period), func.max(figure.c.revision), func.sum(low), func.sum(high), func.count())
    columns = one if count == 1 else (*many, literal(None))
    statement = select(figure.c.unit_id, *columns).select_from(source).where(where)
    if count > 1:
        statement = statement.where(figure.c.amount.is_not(None)).group_by(figure.c.unit_id)
    return {
        unit_id: _fact(count, as_of, *row) for unit_id, *row in connection.execute(by_index(statement, among), named)
    }


def _fact(
    count: int,
    as_of: datetime | None,
    period: date,
    revision: int,
    low: Any,
    high: Any,
    received: int,
    choice: str | None,
) -> Fact:
    value = str(choice) if low is None else Amount(from_amount(int(low)), from_amount(int(high)))
    periods = Coverage(received, count) if count > 1 else None
    return Fact(period, value, as_of, periods=periods, is_corrected=revision > 1)
