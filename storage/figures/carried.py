"""What each unit brings into totals of what is carried forward: its newest values, and when it reported last.

Each unit is looked up by an index, whatever lies between: a statement for each indicator, and as a rule one for the reports.
Leaders read what waits for approval in the place of what is accepted; the public (`accepted`) what is accepted alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, select

from reporting.amounts import from_amount
from reporting.figures.carried import Last
from reporting.figures.figure import Figure
from reporting.forms import Form
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.figures import figures, pending_figures
from storage.figures.among_units import BY_UNIT
from storage.reports import forms

figure, report, form, unit = (metadata.tables[name] for name in ("figure", "report", "form", "unit"))


def lasts(
    connection: Connection,
    of: Form,
    names: Iterable[str],
    until: date,
    unit_ids: Collection[int] | None = None,
    *,
    accepted: bool = False,
) -> dict[str, dict[int, Last[int | Decimal]]]:
    """Of each indicator the newest number of each unit (`unit_ids` None: of all) for a period up to `until`, by unit id.

    Opening balances are among them. Which of the units are in the total of a period (those that exist on it) is the caller's to say.
    A unit with neither a value nor a report is not in it.
    """
    names = list(names)
    newest = newest_figures(connection, of, names, until, unit_ids, accepted=accepted)
    reports = reported(connection, of, names, until, until, unit_ids, accepted=accepted)
    return {name: lasts_of(newest[name], reports[name]) for name in names}


def lasts_of(newest: Mapping[int, Figure], reports: Mapping[int, Sequence[date]]) -> dict[int, Last[int | Decimal]]:
    """Both sides in one, by unit id."""
    found: dict[int, Last[int | Decimal]] = {}
    for one in newest.keys() | reports.keys():
        last, of_unit = newest.get(one), reports.get(one, ())
        value = last.value if last is not None and not isinstance(last.value, str) else None
        found[one] = Last(value, last.period if last is not None else None, of_unit[-1] if of_unit else None)
    return found


def newest_figures(
    connection: Connection,
    of: Form,
    names: Iterable[str],
    until: date,
    unit_ids: Collection[int] | None = None,
    *,
    accepted: bool = False,
) -> dict[str, dict[int, Figure]]:
    """Of each of these numbers the newest figure of each unit for a period up to `until`, by unit id."""
    found: dict[str, dict[int, Figure]] = {}
    for name in names:
        rows = _of_units(connection, _newest, {"form": of.key, "name": name, "until": until}, unit_ids)
        found[name] = {
            unit_id: Figure(unit_id, name, period, from_amount(amount), as_of=as_of, revision=revision, source=source)
            for unit_id, period, amount, as_of, revision, source in rows
            if unit_id is not None
        }
    if not accepted:
        _overlay(connection, of, found, until, unit_ids)
    return found


def reported(
    connection: Connection,
    of: Form,
    names: Iterable[str],
    first: date,
    until: date,
    unit_ids: Collection[int] | None = None,
    *,
    accepted: bool = False,
) -> dict[str, dict[int, list[date]]]:
    """When the units reported from `first` to `until`, after the last time before; of each unit in order.

    Indicators that came and went with the same versions of the form share one table.
    """
    by_versions: dict[frozenset[str] | None, dict[int, list[date]]] = {}
    found: dict[str, dict[int, list[date]]] = {}
    for name, versions in _versions_with(connection, of, names).items():
        if versions not in by_versions:
            by_versions[versions] = _reported(connection, of, first, until, unit_ids, versions, accepted=accepted)
        found[name] = by_versions[versions]
    return found


def _reported(
    connection: Connection,
    of: Form,
    first: date,
    until: date,
    unit_ids: Collection[int] | None,
    versions: frozenset[str] | None,
    *,
    accepted: bool,
) -> dict[int, list[date]]:
    named: dict[str, Any] = {"form": of.key}
    if versions is not None:
        named["versions"] = sorted(versions)
    options = accepted, versions is not None
    before = first if first == until else first - timedelta(days=1)
    found: dict[int, list[date]] = {}
    for unit_id, period in _of_units(connection, _last_reports, {**named, "until": before}, unit_ids, *options):
        if period is not None:
            found[unit_id] = [period]
    if first < until:
        named |= {"first": first, "until": until}
        for unit_id, period in _of_units(connection, _reports_between, named, unit_ids, *options):
            found.setdefault(unit_id, []).append(period)
    return found


def _of_units(
    connection: Connection,
    make: Callable[..., Select[Any]],
    named: Mapping[str, Any],
    unit_ids: Collection[int] | None,
    *options: bool,
) -> Sequence[Sequence[Any]]:
    """The rows of a statement that is made for all units or for some."""
    if unit_ids is None:
        return _prepared(make, False, *options).rows(connection, **named)
    return _prepared(make, True, *options).rows(connection, **named, ids=list(unit_ids)) if unit_ids else ()


@lru_cache
def _prepared(make: Callable[..., Select[Any]], *options: bool) -> PreparedStatement:
    return PreparedStatement(lambda dialect: make(dialect, *options))


def _newest(dialect: str, of_some: bool) -> Select[Any]:
    """The newest figure of each unit: one step in the key's index for each."""
    last = figure.alias("last")
    newest = (
        select(last.c.period)
        .where(
            last.c.form == bindparam("form"),
            last.c.indicator == bindparam("name"),
            last.c.unit_id == unit.c.id,
            last.c.period <= bindparam("until"),
            last.c.amount.is_not(None),
        )
        .order_by(last.c.period.desc())
        .limit(1)
        .with_hint(last, BY_UNIT, "sqlite")
        .correlate(unit)
        .scalar_subquery()
    )
    its_own = and_(
        figure.c.form == bindparam("form"),
        figure.c.indicator == bindparam("name"),
        figure.c.unit_id == unit.c.id,
        figure.c.period == newest,
    )
    columns = (figure.c.unit_id, figure.c.period, figure.c.amount, figure.c.as_of, figure.c.revision, figure.c.source)
    each = unit.outerjoin(figure, its_own)  # an inner join SQLite would begin with the figures, all of them
    statement = select(*columns).select_from(each).with_hint(figure, BY_UNIT, "sqlite")
    return statement.where(among(dialect, unit.c.id, "ids")) if of_some else statement


def _of_reports(dialect: str, accepted: bool, of_versions: bool) -> list[Any]:
    here = [report.c.form == bindparam("form"), report.c.period <= bindparam("until")]
    if accepted:
        here.append(report.c.provisional.is_(False))
    if of_versions:
        here.append(among(dialect, report.c.version, "versions"))
    return here


def _last_reports(dialect: str, of_some: bool, accepted: bool, of_versions: bool) -> Select[Any]:
    newest = (
        select(report.c.period)
        .where(*_of_reports(dialect, accepted, of_versions), report.c.unit_id == unit.c.id)
        .order_by(report.c.period.desc())
        .limit(1)
        .correlate(unit)
        .scalar_subquery()
    )
    statement = select(unit.c.id.label("unit_id"), newest.label("period"))
    return statement.where(among(dialect, unit.c.id, "ids")) if of_some else statement


def _reports_between(dialect: str, of_some: bool, accepted: bool, of_versions: bool) -> Select[Any]:
    here = [*_of_reports(dialect, accepted, of_versions), report.c.period >= bindparam("first")]
    if of_some:
        here.append(among(dialect, report.c.unit_id, "ids"))
    return select(report.c.unit_id, report.c.period).distinct().where(*here).order_by(report.c.period)


_VERSIONS = PreparedStatement(select(form.c.version).where(form.c.key == bindparam("key")))


def _versions_with(connection: Connection, of: Form, names: Iterable[str]) -> dict[str, frozenset[str] | None]:
    """The versions of the form that have each indicator; None: all."""
    known = {one: forms.version(connection, of.key, one) for (one,) in _VERSIONS.rows(connection, key=of.key)}
    found: dict[str, frozenset[str] | None] = {}
    for name in names:
        having = frozenset(one for one, each in known.items() if name in each.by_name)
        found[name] = None if len(having) == len(known) else having
    return found


def _overlay(
    connection: Connection,
    of: Form,
    found: dict[str, dict[int, Figure]],
    until: date,
    unit_ids: Collection[int] | None,
) -> None:
    """Puts what waits in the place of what is accepted; where that will be no more stands what is older."""
    ids = None if unit_ids is None else list(unit_ids)
    gone = []
    for row in pending_figures.between(connection, of.key, list(found), date.min, until, ids):
        of_units = found[row.indicator]
        held = of_units.get(row.unit_id)
        if row.amount is None:
            gone.append(row)
        elif held is None or held.period <= row.period:
            of_units[row.unit_id] = _figure(row, row.indicator, provisional=True)
    for row in gone:
        held = found[row.indicator].get(row.unit_id)
        if held is not None and held.period == row.period:
            older = figures.newest(connection, of.key, row.indicator, row.unit_id, until)
            found[row.indicator].pop(row.unit_id)
            if older is not None:
                found[row.indicator][row.unit_id] = older


def _figure(row: Row[Any], name: str, *, provisional: bool = False) -> Figure:
    value = from_amount(row.amount)
    stamps = {"as_of": row.as_of, "revision": row.revision, "source": row.source}
    return Figure(row.unit_id, name, row.period, value, **stamps, provisional=provisional)
