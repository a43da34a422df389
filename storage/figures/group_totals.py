"""What the units right under one have together, kept day by day beside the figures: a country is added up from its districts."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    true,
)

from reporting.amounts import MILLION, from_amount
from reporting.figures.areas import Among
from reporting.figures.sums import Spread, Sum
from reporting.figures.told_amounts import exactly
from reporting.forms import Form, Question
from storage.database.prepared import PreparedStatement
from storage.database.prepared import among as one_of
from storage.database.tables import metadata
from storage.figures.among_units import BY_UNIT_AND_DAY, Scope, of_scope, scope_of

figure, unit, group_total = (metadata.tables[name] for name in ("figure", "unit", "group_total"))

KEY = ("form", "indicator", "period", "parent_id", "kind", "choice")
_COLUMNS = (*KEY, "whole", "millionths", "units", "as_of", "revision")
EXISTED = and_(
    or_(unit.c.since.is_(None), unit.c.since <= figure.c.period),
    or_(unit.c.until.is_(None), unit.c.until > figure.c.period),
)
_PARTS = (figure.c.amount.op("/")(MILLION), figure.c.amount % MILLION)
_CHOICE = func.coalesce(figure.c.choice, "")
_GROUP = (figure.c.form, figure.c.indicator, figure.c.period, unit.c.parent_id, unit.c.kind, _CHOICE)
_ADDED_UP: Select[Any] = (
    select(
        *_GROUP,
        *(func.coalesce(func.sum(cast(part, BigInteger)), 0) for part in _PARTS),
        func.count(),
        func.max(figure.c.as_of),
        func.max(figure.c.revision),
    )
    .join_from(unit, figure, figure.c.unit_id == unit.c.id)
    .where(unit.c.parent_id.is_not(None), EXISTED)
    .group_by(*_GROUP)
)
"""A row for each form, indicator, day and kind of units right under one, of a state for each choice."""
_PARENT = select(unit.c.parent_id).where(unit.c.id == bindparam("unit_id"))
_IN_TURN = text("select pg_advisory_xact_lock(cast(hashtext(:group) as bigint))")
"""Of two reports of one group at once the second waits here, and is added up with the first."""


def sums(
    connection: Connection, form: Form, question: Question, parents: Among, first: date, last: date
) -> dict[date, Sum]:
    """What the units right under these have together, by period."""
    found: dict[date, Sum] = {}
    for period, _, one in _sums(connection, form, question, parents, first, last, is_by_parent=False):
        found[period] = found[period] + one if period in found else one
    return found


def sums_by_parent(
    connection: Connection, form: Form, question: Question, parents: Among, first: date, last: date
) -> dict[date, dict[int, Sum]]:
    """The same for each of them, by period and id."""
    found: dict[date, dict[int, Sum]] = {}
    for period, parent, one in _sums(connection, form, question, parents, first, last, is_by_parent=True):
        of_day = found.setdefault(period, {})
        of_day[parent] = of_day[parent] + one if parent in of_day else one
    return found


def units_by_parent(
    connection: Connection, form: Form, question: Question, parents: Among, day: date
) -> dict[int, int]:
    """By the id of each of these, how many of the units right under it have a number for a day."""
    reports = form.reports_on(day)
    statement = _had(scope_of(parents), reports != ("leaves",))
    named = {"form": form.key, "indicator": question.name, "kinds": list(reports), "ids": parents.ids}
    return {parent: int(units) for parent, units in statement.rows(connection, day=day, **named)}


@lru_cache
def _had(scope: Scope, of_kinds: bool) -> PreparedStatement:
    here = group_total.c
    had = select(here.parent_id, func.sum(here.units)).group_by(here.parent_id)
    had = had.where(
        here.form == bindparam("form"), here.indicator == bindparam("indicator"), here.period == bindparam("day")
    )

    def build(dialect: str) -> Select[Any]:
        of_kind = one_of(dialect, here.kind, "kinds") if of_kinds else true()
        return had.where(here.choice == "", of_scope(dialect, scope, here.parent_id), of_kind)

    return PreparedStatement(build)


def newest_moment(
    connection: Connection, form: Form, question: Question, parents: Among, first: date, last: date
) -> datetime | None:
    """When the newest figure of the units right under these was published."""
    reports = form.reports_on(last)
    statement = _newest_moment(scope_of(parents), reports != ("leaves",))
    named = {"form": form.key, "indicator": question.name, "kinds": list(reports), "ids": parents.ids}
    found: datetime | None = statement.rows(connection, first_on=first, last_on=last, **named)[0][0]
    return found


@lru_cache
def _newest_moment(scope: Scope, of_kinds: bool) -> PreparedStatement:
    here = group_total.c
    newest = select(func.max(here.as_of)).where(
        here.form == bindparam("form"),
        here.indicator == bindparam("indicator"),
        here.period.between(bindparam("first_on"), bindparam("last_on")),
    )

    def build(dialect: str) -> Select[Any]:
        of_kind = one_of(dialect, here.kind, "kinds") if of_kinds else true()
        return newest.where(of_scope(dialect, scope, here.parent_id), of_kind)

    return PreparedStatement(build)


def _sums(
    connection: Connection,
    form: Form,
    question: Question,
    parents: Among,
    first: date,
    last: date,
    *,
    is_by_parent: bool,
) -> Iterator[tuple[date, int, Sum]]:
    reports = form.reports_on(last)
    is_state, of_kinds = question.kind == "state", reports != ("leaves",)
    statement = _added_up(scope_of(parents), is_state, of_kinds, is_by_parent)
    named = {"form": form.key, "indicator": question.name, "kinds": list(reports), "ids": parents.ids}
    rows = statement.rows(connection, first_on=first, last_on=last, **named)
    for period, parent, choice, whole, millionths, units, as_of, revision in rows:
        amount = exactly(from_amount(int(whole) * MILLION + int(millionths)))
        value = Spread(((choice, int(units)),)) if is_state else amount
        yield period, parent, Sum(period, value, int(units), as_of, revision)


@lru_cache
def _added_up(scope: Scope, is_state: bool, of_kinds: bool, is_by_parent: bool) -> PreparedStatement:
    here = group_total.c
    group = (here.period, *((here.parent_id,) if is_by_parent else ()), here.choice)
    values = (func.sum(here.whole), func.sum(here.millionths), func.sum(here.units))
    stamps = (func.max(here.as_of), func.max(here.revision))
    parent = here.parent_id if is_by_parent else literal(0)
    added_up = select(here.period, parent, here.choice, *values, *stamps).group_by(*group).order_by(*group)
    added_up = added_up.where(
        here.form == bindparam("form"),
        here.indicator == bindparam("indicator"),
        here.period.between(bindparam("first_on"), bindparam("last_on")),
        here.choice != "" if is_state else here.choice == "",
    )

    def build(dialect: str) -> Select[Any]:
        of_kind = one_of(dialect, here.kind, "kinds") if of_kinds else true()
        return added_up.where(of_scope(dialect, scope, here.parent_id), of_kind)

    return PreparedStatement(build)


def add_up(connection: Connection, form: str, unit_id: int, period: date) -> None:
    """The figures of a unit for a period have changed: so have the totals of its group."""
    parent_id = connection.execute(_PARENT, {"unit_id": unit_id}).scalar()
    if parent_id is None:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_IN_TURN, {"group": f"{form} {parent_id} {period}"})
    named = {"of_form": form, "of_parent": parent_id, "of_period": period}
    clear, fill = _of_day()
    connection.execute(clear, named)
    connection.execute(fill, named)


@lru_cache
def _of_day() -> tuple[Any, Any]:
    """The statements that forget a group's totals of a day and add them up anew."""
    here: dict[str, Any] = {name: bindparam(f"of_{name}") for name in ("form", "parent", "period")}
    clear = delete(group_total).where(
        group_total.c.form == here["form"],
        group_total.c.parent_id == here["parent"],
        group_total.c.period == here["period"],
    )
    added_up = _ADDED_UP.where(
        unit.c.parent_id == here["parent"], figure.c.form == here["form"], figure.c.period == here["period"]
    ).with_hint(figure, BY_UNIT_AND_DAY, "sqlite")
    return clear, insert(group_total).from_select(_COLUMNS, added_up)


def add_up_day(connection: Connection, form: str, unit_ids: Collection[int], period: date) -> None:
    """The figures of these units for a period have changed: so have the totals of their groups."""
    found = _PARENTS.rows(connection, ids=list(unit_ids))
    parents = sorted({parent for (parent,) in found if parent is not None})
    if connection.dialect.name == "postgresql":
        for parent_id in parents:
            connection.execute(_IN_TURN, {"group": f"{form} {parent_id} {period}"})
    named = {"of_form": form, "of_parents": parents, "of_period": period}
    _CLEAR_DAY.run(connection, **named)
    _FILL_DAY.run(connection, **named)


_PARENTS = PreparedStatement(
    lambda dialect: select(unit.c.parent_id).distinct().where(one_of(dialect, unit.c.id, "ids"))
)
_CLEAR_DAY = PreparedStatement(
    lambda dialect: delete(group_total).where(
        group_total.c.form == bindparam("of_form"),
        group_total.c.period == bindparam("of_period"),
        one_of(dialect, group_total.c.parent_id, "of_parents"),
    )
)
_FILL_DAY = PreparedStatement(
    lambda dialect: insert(group_total).from_select(
        _COLUMNS,
        _ADDED_UP.where(
            one_of(dialect, unit.c.parent_id, "of_parents"),
            figure.c.form == bindparam("of_form"),
            figure.c.period == bindparam("of_period"),
        ).with_hint(figure, BY_UNIT_AND_DAY, "sqlite"),
    )
)


def rebuild(connection: Connection, parents: Collection[int] | None = None) -> None:
    """All totals of these groups (None: of all) are added up anew: other units are in them, or figures were put there from outside."""
    clear, added_up = delete(group_total), _ADDED_UP
    if parents is not None:
        if not parents:
            return
        clear = clear.where(group_total.c.parent_id.in_(parents))
        added_up = added_up.where(unit.c.parent_id.in_(parents))
    if connection.dialect.name == "postgresql":
        connection.execute(text("lock table group_total in exclusive mode"))
    connection.execute(clear)
    connection.execute(insert(group_total).from_select(_COLUMNS, added_up))
