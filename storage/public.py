"""What residents are told: the accepted figures, without those that wait for approval. Read only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, bindparam, func, select, tuple_

from reporting.amounts import from_amount
from reporting.answers import values_of
from reporting.figures import Figure
from reporting.forms import Form, Question
from reporting.telling.areas import Among, Areas
from reporting.telling.known import Fact, Known, Sum, Wanted
from reporting.units import Unit
from storage import reports, rounds, totals
from storage.figures import BY_UNIT
from storage.tables import metadata
from storage.totals import by_index

figure, report, unit = (metadata.tables[name] for name in ("figure", "report", "unit"))

FEW_UNITS = 100
"""The figures of so many units are read one by one, so that those without can be named; of more the database adds them up."""
FEW_FIGURES = 1_000
_PUBLIC = figure.c.provisional.is_(False)
_BY_UNIT = unit.join(figure, unit.c.id == figure.c.unit_id)
_Key = tuple[int, str]

_BETWEEN = select(figure).where(
    figure.c.form == bindparam("form"),
    figure.c.indicator.in_(bindparam("indicators", expanding=True)),
    _PUBLIC,
    figure.c.period >= bindparam("first_on"),
    figure.c.period <= bindparam("last_on"),
)
_SOME, _MOST = Among(()), Among((), is_all_but=True)
_OF_UNITS = by_index(_BETWEEN.where(figure.c.unit_id.in_(bindparam("ids", expanding=True))), _SOME)
_OF_OTHERS = by_index(_BETWEEN.where(figure.c.unit_id.not_in(bindparam("ids", expanding=True))), _MOST)
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
    as_one: Mapping[int, Fact] | None = None
    own = [] if wanted.each else [each.id for each in wanted.units if areas.is_own(form, each, last)]
    if wanted.each:
        as_one = _add_side_by_side(connection, wanted, areas, cells, sums)
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
        _with_figures(connection, form.key, own, first, last),
        rounds.suspensions(connection, min([first, *periods]), last),
        _grounds(connection, form, cells),
        as_one,
    )


def _add_side_by_side(
    connection: Connection,
    wanted: Wanted,
    areas: Areas,
    cells: dict[_Key, dict[date, Figure]],
    sums: dict[_Key, dict[date, Sum]],
) -> Mapping[int, Fact] | None:
    """The figures of many units for the same periods; where none has any, for the newest period before.

    If more are wanted than few, each as one, then the units' own as one, and the totals by group.
    """
    form, last = wanted.form, wanted.periods[-1]
    members = {each.id: areas.members(form, each, last) or (each.id,) for each in wanted.units}
    units, as_one = list(wanted.units), None
    if wanted.as_one and len({one for ids in members.values() for one in ids}) > FEW_UNITS:
        question = wanted.questions[0]
        own = [each.id for each in units if members[each.id] == (each.id,)]
        among = totals.all_or(connection, form, question, areas.all_of(own))
        as_one = _as_one(connection, wanted, question, among) if own else None
        units = [each for each in units if members[each.id] != (each.id,)]
        is_summed = question.kind != "state" and form.schedule.period != "on change"
        if is_summed and not areas.is_nested(form, last):
            _add_groups(connection, wanted, question, units, areas, sums)
            units = []
    ids = {one for each in units for one in members[each.id]}
    for question in wanted.questions if ids else ():
        if form.schedule.period == "on change":
            _keep(cells, _newest(connection, form.key, question.name, sorted(ids), last))
            continue
        among = areas.all_of(ids)
        days = _days_with_any(connection, wanted, question, among)
        _keep(cells, _figures(connection, form.key, [question.name], among, *days) if days else ())
    return as_one


def _days_with_any(
    connection: Connection, wanted: Wanted, question: Question, among: Among
) -> tuple[date, date] | None:
    """The first and last day wanted if any of the units has a figure in them; else the newest day before that has one."""
    first, last = wanted.periods[0], wanted.periods[-1]
    newest = _newest_period(connection, wanted.form.key, question.name, among, last)
    if newest is None or newest >= first:
        return (first, last) if newest is not None else None
    return newest, newest


def _as_one(connection: Connection, wanted: Wanted, question: Question, among: Among) -> Mapping[int, Fact]:
    """What is told of units' own figures: of a flow the sum over the periods, else the newest in them."""
    form, count = wanted.form, len(wanted.periods)
    if form.schedule.period == "on change" or (count > 1 and question.kind != "flow"):
        newest = figure.c.period == _newest_of_unit(form.key, question.name, wanted.periods[-1])
        where = and_(figure.c.form == form.key, figure.c.indicator == question.name, newest)
        return totals.of_each(connection, question, and_(where, totals.within(among, unit.c.id)), 1, _SOME, _BY_UNIT)
    days = _days_with_any(connection, wanted, question, among)
    if days is None:
        return {}
    count = count if days[0] != days[1] else 1
    return totals.of_each(connection, question, totals.between(form, question, among, *days), count, among)


def _add_groups(
    connection: Connection,
    wanted: Wanted,
    question: Question,
    units: Sequence[Unit],
    areas: Areas,
    sums: dict[_Key, dict[date, Sum]],
) -> None:
    form, last = wanted.form, wanted.periods[-1]
    reporting = {one for each in units for one in areas.members(form, each, last)}
    among = totals.all_or(connection, form, question, areas.all_of(reporting))
    days = _days_with_any(connection, wanted, question, among)
    found = totals.by_group(connection, form, question, units, areas, among, *days) if days else {}
    sums.update({(one, question.name): of for one, of in found.items()})


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
    few = len(members) <= FEW_UNITS and len(members) * len(wanted.periods) * len(wanted.questions) <= FEW_FIGURES
    for question in wanted.questions:
        key, is_held = (of.id, question.name), question.suppress_below is not None
        if question.kind == "state" and form.schedule.period == "on change":
            _keep(cells, _newest(connection, form.key, question.name, members, last))
            continue
        among = totals.all_or(connection, form, question, areas.among(form, of, first, last))
        for days in _spans(connection, wanted, question, among):
            if few or (is_held and areas.is_nested(form, last)):
                _keep(cells, _figures(connection, form.key, [question.name], among, *days))
            elif is_held:
                grouped = totals.by_group(connection, form, question, [of], areas, among, *days)
                sums.setdefault(key, {}).update(grouped[of.id])
            else:
                sums.setdefault(key, {}).update(totals.day_by_day(connection, form, question, among, *days))


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
        .with_hint(other, BY_UNIT, "sqlite")
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
            .where(_PUBLIC, totals.within(among))
            .order_by(figure.c.period.desc())
            .limit(1)
        )
    period: date | None = connection.execute(statement).scalar()
    return period


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
