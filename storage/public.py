"""What residents are told: the accepted figures, without those that wait for approval. Read only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, bindparam, func, select, tuple_

from reporting.amounts import from_amount
from reporting.answers import values_of
from reporting.figures import Figure
from reporting.forms import Form, Question
from reporting.telling.areas import Among, Areas
from reporting.telling.known import Known, Sum, Wanted
from reporting.units import Unit
from storage import reports, rounds
from storage.tables import metadata

figure, report, unit = (metadata.tables[name] for name in ("figure", "report", "unit"))

FEW_UNITS = 100
"""The figures of so many units are read one by one, so that those without can be named; of more the database adds them up."""
FEW_FIGURES = 10_000
_PUBLIC = figure.c.provisional.is_(False)
_Key = tuple[int, str]

_BETWEEN = select(figure).where(
    figure.c.form == bindparam("form"),
    figure.c.indicator.in_(bindparam("indicators", expanding=True)),
    _PUBLIC,
    figure.c.period >= bindparam("first_on"),
    figure.c.period <= bindparam("last_on"),
)
_OF_UNITS = _BETWEEN.where(figure.c.unit_id.in_(bindparam("ids", expanding=True)))
_OF_OTHERS = _BETWEEN.where(figure.c.unit_id.not_in(bindparam("ids", expanding=True)))
_WITH_FIGURES = (
    select(figure.c.unit_id, figure.c.period)
    .where(figure.c.unit_id.in_(bindparam("ids", expanding=True)), figure.c.form == bindparam("form"), _PUBLIC)
    .where(figure.c.period >= bindparam("first_on"), figure.c.period <= bindparam("last_on"))
    .distinct()
)


def known(connection: Connection, wanted: Wanted, areas: Areas) -> Known:
    """Reads what is wanted: a few statements, whatever the number of units."""
    form, names = wanted.form, wanted.names
    first, last = wanted.periods[0], wanted.periods[-1]
    cells: dict[_Key, dict[date, Figure]] = {}
    sums: dict[_Key, dict[date, Sum]] = {}
    own = [each.id for each in wanted.units if areas.is_own(form, each, last)]
    if wanted.each:
        _add_side_by_side(connection, wanted, areas, cells)
    else:
        _keep(cells, _figures(connection, form.key, names, own, first, last))
        _add_newest(connection, wanted, own, cells)
        for each in wanted.units:
            if each.id not in own:
                _add_total(connection, wanted, each, areas, cells, sums)
    periods = [*(period for of in cells.values() for period in of), *(period for of in sums.values() for period in of)]
    return Known(
        wanted,
        areas,
        cells,
        sums,
        _with_figures(connection, form.key, () if wanted.each else own, first, last),
        rounds.suspensions(connection, min([first, *periods]), last),
        _grounds(connection, form, cells),
    )


def _add_side_by_side(
    connection: Connection, wanted: Wanted, areas: Areas, cells: dict[_Key, dict[date, Figure]]
) -> None:
    """The figures of many units for the same periods; where none has any, for the newest period before."""
    form, first, last = wanted.form, wanted.periods[0], wanted.periods[-1]
    ids = {one for each in wanted.units for one in areas.members(form, each, last) or (each.id,)}
    among = areas.all_of(ids)
    for question in wanted.questions:
        if form.schedule.period == "on change":
            _keep(cells, _newest(connection, form.key, question.name, sorted(ids), last))
            continue
        found = list(_figures(connection, form.key, [question.name], among, first, last))
        if not found and (newest := _newest_period(connection, form.key, question.name, among, last)) is not None:
            found = list(_figures(connection, form.key, [question.name], among, newest, newest))
        _keep(cells, found)


def _add_newest(
    connection: Connection, wanted: Wanted, unit_ids: Sequence[int], cells: dict[_Key, dict[date, Figure]]
) -> None:
    """The newest figure of those units that have none for the last period wanted."""
    last = wanted.periods[-1]
    for question in wanted.questions:
        lacking = [one for one in unit_ids if last not in cells.get((one, question.name), {})]
        if lacking:
            _keep(cells, _newest(connection, wanted.form.key, question.name, lacking, last))


def _add_total(
    connection: Connection,
    wanted: Wanted,
    of: Unit,
    areas: Areas,
    cells: dict[_Key, dict[date, Figure]],
    sums: dict[_Key, dict[date, Sum]],
) -> None:
    """A total's parts, one by one where they are few or must be, else as the database adds them up."""
    form, first, last = wanted.form, wanted.periods[0], wanted.periods[-1]
    members = areas.members(form, of, last)
    for question in wanted.questions:
        among = areas.among(form, of, first, last)
        if question.kind == "state" and form.schedule.period == "on change":
            _keep(cells, _newest(connection, form.key, question.name, members, last))
            continue
        spans = _spans(connection, wanted, question, among)
        alone = question.suppress_below is not None or question.kind == "state"
        few = len(members) <= FEW_UNITS and len(members) * len(wanted.periods) * len(wanted.questions) <= FEW_FIGURES
        for start, end in spans:
            if alone or few:
                _keep(cells, _figures(connection, form.key, [question.name], among, start, end))
            else:
                here = sums.setdefault((of.id, question.name), {})
                here.update({one.period: one for one in _sums(connection, form.key, question.name, among, start, end)})


def _spans(connection: Connection, wanted: Wanted, question: Question, among: Among) -> list[tuple[date, date]]:
    """The days to be read for a total: those wanted, and the newest period known with the one before it."""
    first, last = wanted.periods[0], wanted.periods[-1]
    newest = _newest_period(connection, wanted.form.key, question.name, among, last)
    if newest is None:
        return []
    before = _newest_period(connection, wanted.form.key, question.name, among, date.fromordinal(newest.toordinal() - 1))
    extra = [each for each in (newest, before) if each is not None and not first <= each <= last]
    return [(first, last), *((each, each) for each in extra)]


def _figures(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    among: Among | Sequence[int],
    first_on: date,
    last_on: date,
) -> Iterable[Figure]:
    listed = among if isinstance(among, Among) else Among(tuple(among))
    statement = _OF_OTHERS if listed.is_all_but else _OF_UNITS
    named = {"form": form, "indicators": list(indicators), "ids": listed.ids, "first_on": first_on, "last_on": last_on}
    return [_figure(row) for row in connection.execute(statement, named).mappings()]


def _newest(
    connection: Connection, form: str, indicator: str, unit_ids: Sequence[int], until: date
) -> Iterable[Figure]:
    """Each of the units' newest figure for a period up to `until`."""
    period = _newest_of_unit(form, indicator, until)
    statement = (
        select(figure)
        .join(unit, unit.c.id == figure.c.unit_id)
        .where(unit.c.id.in_(unit_ids), figure.c.form == form, figure.c.indicator == indicator)
        .where(figure.c.period == period)
    )
    return [_figure(row) for row in connection.execute(statement).mappings()]


def _newest_of_unit(form: str, indicator: str, until: date) -> Any:
    """The newest period of one unit of an outer statement: one look into the key's index."""
    other = figure.alias()
    return (
        select(other.c.period)
        .where(other.c.form == form, other.c.indicator == indicator, other.c.unit_id == unit.c.id)
        .where(other.c.period <= until, other.c.provisional.is_(False))
        .order_by(other.c.period.desc())
        .limit(1)
        .correlate(unit)
        .scalar_subquery()
    )


def _newest_period(connection: Connection, form: str, indicator: str, among: Among, until: date) -> date | None:
    """The newest period up to `until` for which any of the units has a figure."""
    if not among.is_all_but:
        by_unit = select(_newest_of_unit(form, indicator, until).label("period")).select_from(unit)
        each = by_unit.where(unit.c.id.in_(among.ids)).subquery()
        statement: Select[Any] = select(func.max(each.c.period))
    else:
        statement = (
            select(figure.c.period)
            .where(figure.c.form == form, figure.c.indicator == indicator, figure.c.period <= until)
            .where(_PUBLIC, within(among))
            .order_by(figure.c.period.desc())
            .limit(1)
        )
    period: date | None = connection.execute(statement).scalar()
    return period


def _sums(
    connection: Connection, form: str, indicator: str, among: Among, first_on: date, last_on: date
) -> Iterable[Sum]:
    columns = (
        figure.c.period,
        func.sum(figure.c.amount),
        func.count(),
        func.max(figure.c.as_of),
        func.max(figure.c.revision),
    )
    statement = (
        select(*columns)
        .where(figure.c.form == form, figure.c.indicator == indicator, _PUBLIC, figure.c.amount.is_not(None))
        .where(figure.c.period >= first_on, figure.c.period <= last_on, within(among))
        .group_by(figure.c.period)
    )
    for period, amount, units, as_of, revision in connection.execute(statement):
        yield Sum(indicator, period, from_amount(int(amount)), units, as_of, revision)


def within(among: Among | Sequence[int]) -> ColumnElement[bool]:
    """That a figure is of one of these units."""
    if not isinstance(among, Among):
        return figure.c.unit_id.in_(among)
    return figure.c.unit_id.not_in(among.ids) if among.is_all_but else figure.c.unit_id.in_(among.ids)


def _with_figures(
    connection: Connection, form: str, unit_ids: Sequence[int], first_on: date, last_on: date
) -> frozenset[tuple[int, date]]:
    """The units and periods with any public figure: what has been reported, even where one indicator was left out."""
    if not unit_ids:
        return frozenset()
    named = {"ids": unit_ids, "form": form, "first_on": first_on, "last_on": last_on}
    return frozenset((one, period) for one, period in connection.execute(_WITH_FIGURES, named))


def _grounds(
    connection: Connection, form: Form, cells: Mapping[_Key, Mapping[date, Figure]]
) -> dict[tuple[int, date], str]:
    """What the newest report of a unit says in words beside a state, where the form makes that public: a decision's number."""
    texts = [each.name for each in form.asked if each.type == "text" and each.kind is None and each.is_public]
    states = {name for _, name in cells if name in form.by_name and form.by_name[name].kind == "state"}
    wanted = {(one, max(of)) for (one, name), of in cells.items() if name in states and of}
    if not texts or not wanted or len(wanted) > FEW_UNITS:
        return {}
    statement = (
        select(report.c.unit_id, report.c.period)
        .where(report.c.form == form.key, tuple_(report.c.unit_id, report.c.period).in_(wanted))
        .distinct()
    )
    found = {}
    for one, period in connection.execute(statement).all():
        newest = reports.newest(connection, form.key, one, period)
        values = values_of(newest.answers) if newest is not None else {}
        found[one, period] = next((str(values[name]) for name in texts if name in values), "")
    return found


def _keep(cells: dict[_Key, dict[date, Figure]], found: Iterable[Figure]) -> None:
    for each in found:
        cells.setdefault((each.unit_id, each.indicator), {})[each.period] = each


def _figure(row: RowMapping) -> Figure:
    return Figure(
        unit_id=row["unit_id"],
        indicator=row["indicator"],
        period=row["period"],
        value=row["choice"] if row["amount"] is None else from_amount(row["amount"]),
        as_of=row["as_of"],
        revision=row["revision"],
        provisional=row["provisional"],
        source=row["source"],
    )
