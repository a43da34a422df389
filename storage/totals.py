"""What the database adds up for residents: the totals of wide areas day by day, and each of many units over a span of days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, func, literal, or_, select, true

from reporting.amounts import from_amount, to_amount
from reporting.forms import Form, Question
from reporting.rounds.standings import Coverage
from reporting.telling.amounts import Amount, Gathered, exactly, gathered
from reporting.telling.areas import Among, Areas
from reporting.telling.known import Fact, Spread, Sum
from reporting.units import Unit, UnitTree
from storage.figures import BY_DAY, BY_UNIT
from storage.tables import metadata

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
    connection: Connection, form: Form, question: Question, among: Among, first: date, last: date
) -> dict[date, Sum]:
    """The totals over these units by period: sums, or how many of them stand at each choice of a state."""
    where = between(form, question, among, first, last)
    if question.kind == "state":
        counted = select(figure.c.period, figure.c.choice, func.count(), *_STAMPS).where(where)
        counted = counted.group_by(figure.c.period, figure.c.choice).order_by(figure.c.period, figure.c.choice)
        return _spreads(connection, by_index(counted, among))
    statement = select(figure.c.period, func.sum(figure.c.amount), func.count(), *_STAMPS)
    statement = statement.where(where, figure.c.amount.is_not(None)).group_by(figure.c.period)
    return {
        period: Sum(period, exactly(from_amount(int(amount))), *rest)
        for period, amount, *rest in connection.execute(by_index(statement, among))
    }


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
        found[period] = _with_choice(found[period], one) if period in found else one
    return found


def _with_choice(sofar: Sum, one: Sum) -> Sum:
    assert isinstance(sofar.value, Spread)
    assert isinstance(one.value, Spread)
    spread, as_of = Spread((*sofar.value.counts, *one.value.counts)), max(sofar.as_of, one.as_of)
    return Sum(one.period, spread, sofar.units + one.units, as_of, max(sofar.revision, one.revision))


def by_group(
    connection: Connection,
    form: Form,
    question: Question,
    tops: Sequence[Unit],
    areas: Areas,
    among: Among,
    *days: date,
) -> dict[int, dict[date, Sum]]:
    """The totals of several areas by unit id and period, group by group: what is held back of a district's is so of its province's.

    No unit that reports may stand above another that does. `days`: the first and the last.
    """
    below = question.suppress_below or 0
    is_held = and_(figure.c.amount > 0, figure.c.amount < to_amount(below))
    held = (func.sum(case((is_held, each), else_=0)) for each in (1, figure.c.amount))
    columns = (figure.c.period, unit.c.parent_id, func.sum(figure.c.amount), func.count(), *_STAMPS, *held)
    existed = (
        or_(unit.c.since.is_(None), unit.c.since <= figure.c.period),
        or_(unit.c.until.is_(None), unit.c.until > figure.c.period),
    )
    statement = (
        select(*columns)
        .join(unit, unit.c.id == figure.c.unit_id)
        .where(between(form, question, among, *days), figure.c.amount.is_not(None), *existed)
        .group_by(figure.c.period, unit.c.parent_id)
    )
    by_period: dict[date, dict[int, _Group]] = {}
    for period, parent, *row in connection.execute(by_index(statement, among)):
        by_period.setdefault(period, {})[parent] = _group(below, *row)
    groups = _Groups(areas.tree, {parent for rows in by_period.values() for parent in rows})
    return {top.id: dict(_sums(groups, top, by_period)) for top in tops}


def _sums(groups: "_Groups", top: Unit, by_period: Mapping[date, Mapping[int, "_Group"]]) -> Iterator[tuple[date, Sum]]:
    for period, rows in by_period.items():
        if (found := groups.gathered(top, rows, period)) is not None:
            yield period, Sum(period, found.parts.total().amount, found.units, found.as_of, found.revision)


@dataclass(frozen=True, slots=True)
class _Group:
    """The figures of the units right under one, or of all under it."""

    parts: Gathered
    units: int
    as_of: datetime
    revision: int

    def __add__(self, other: "_Group") -> "_Group":
        units, as_of = self.units + other.units, max(self.as_of, other.as_of)
        return _Group(self.parts + other.parts, units, as_of, max(self.revision, other.revision))

    @property
    def as_one(self) -> "_Group":
        """As what is told of it, to be put together with others."""
        return replace(self, parts=gathered(self.parts.total()))


def _group(below: int, amount: Any, units: int, as_of: datetime, revision: int, held: int, inside: Any) -> _Group:
    value, held_value, told = from_amount(int(amount)), from_amount(int(inside)), Amount(held, held * (below - 1))
    parts = Gathered(value, exactly(value - held_value) + told, int(held), held_value, told)
    return _Group(parts, units, as_of, revision)


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

    def gathered(self, of: Unit, rows: Mapping[int, _Group], on: date) -> _Group | None:
        """All that is under a unit: the figures right under it, and each group below as what is told of it."""
        below = (self.gathered(each, rows, on) for each in self._below.get(of.id, ()) if each.exists(on))
        found = [*([rows[of.id]] if of.id in rows else []), *(each.as_one for each in below if each is not None)]
        return sum(found[1:], start=found[0]) if found else None


def of_each(
    connection: Connection,
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
    below = question.suppress_below or 0
    is_held = and_(figure.c.amount > 0, figure.c.amount < to_amount(below))
    low, high = (
        case((is_held, to_amount(bound)), else_=figure.c.amount) if below else figure.c.amount
        for bound in (1, below - 1)
    )
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
