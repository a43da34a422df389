"""What residents are told: the accepted figures; of those that wait for approval only that they do. Read only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, and_, select, tuple_

from reporting.answers import values_of
from reporting.figures import Figure
from reporting.forms import Form, Question
from reporting.telling.areas import Among, Areas
from reporting.telling.known import Fact, Known, Sum, Wanted
from reporting.units import Unit
from storage import reports, rounds, totals, waiting
from storage.public_figures import BY_NEWEST, IS_NEWEST, SOME, newest, newest_period, one_by_one
from storage.received import received
from storage.tables import metadata

figure, report, unit = (metadata.tables[name] for name in ("figure", "report", "unit"))

FEW_UNITS = 100
"""The figures of so many units are read one by one, so that those without can be named; of more the database adds them up."""
FIGURES_OF_EACH = 10
_Key = tuple[int, str]


def known(connection: Connection, wanted: Wanted, areas: Areas, few: int = FEW_UNITS) -> Known:
    """Reads what is wanted: a few statements, whatever the number of units. `few`: so many are read one by one."""
    form, first, last = wanted.form, wanted.periods[0], wanted.periods[-1]
    cells: dict[_Key, dict[date, Figure]] = {}
    sums: dict[_Key, dict[date, Sum]] = {}
    as_one: Mapping[int, Fact | None] = {}
    own = [] if wanted.each else [each.id for each in wanted.units if areas.is_own(form, each, last)]
    if wanted.each:
        as_one = _add_side_by_side(connection, wanted, areas, cells, sums, few)
    else:
        _keep(cells, one_by_one(connection, form, wanted.questions, own, first, last))
        _add_newest(connection, wanted, own, cells)
        for each in wanted.units:
            if each.id not in own:
                _add_total(connection, wanted, each, areas, cells, sums, few)
    periods = [*(period for of in cells.values() for period in of), *(period for of in sums.values() for period in of)]
    come, is_told = received(connection, wanted, areas, cells, own, few)
    return Known(
        wanted,
        areas,
        cells,
        sums,
        come,
        rounds.suspensions(connection, min([first, *periods]), last),
        _grounds(connection, form, cells),
        as_one,
        is_told,
        waiting.of_days(
            connection, form.key, wanted.names, date.min if form.schedule.period == "on change" else first, last
        ),
    )


def _add_side_by_side(
    connection: Connection,
    wanted: Wanted,
    areas: Areas,
    cells: dict[_Key, dict[date, Figure]],
    sums: dict[_Key, dict[date, Sum]],
    few: int,
) -> Mapping[int, Fact | None]:
    """The figures of many units for the same periods; where none has any, for the newest period before.

    If more are wanted than few, each as one, then the units' own as one, and the totals by group.
    """
    form, last = wanted.form, wanted.periods[-1]
    members = {each.id: areas.during(form, each, wanted.periods[0], last) or (each.id,) for each in wanted.units}
    units, as_one = list(wanted.units), dict[int, Fact | None]()
    if wanted.as_one and len({one for ids in members.values() for one in ids}) > few:
        question = wanted.questions[0]
        own = [each.id for each in units if members[each.id] == (each.id,)]
        among = totals.all_or(connection, form, question, areas.all_of(own))
        as_one = {**dict.fromkeys(own), **_as_one(connection, wanted, question, among)} if own else {}
        units = [each for each in units if members[each.id] != (each.id,)]
        is_summed = question.kind != "state" and form.schedule.period != "on change"
        if is_summed and not areas.is_nested(form, last):
            _add_groups(connection, wanted, question, units, areas, sums)
            units = []
    ids = {one for each in units for one in members[each.id]}
    for question in wanted.questions if ids else ():
        if form.schedule.period == "on change":
            _keep(cells, newest(connection, form, question, sorted(ids), last))
            continue
        among = areas.all_of(ids)
        days = _days_with_any(connection, wanted, question, among)
        _keep(cells, one_by_one(connection, form, [question], among, *days) if days else ())
    return as_one


def _days_with_any(
    connection: Connection, wanted: Wanted, question: Question, among: Among
) -> tuple[date, date] | None:
    """The first and last day wanted if any of the units has a figure in them; else the newest day before that has one."""
    first, last = wanted.periods[0], wanted.periods[-1]
    newest = newest_period(connection, wanted.form.key, question.name, among, last)
    if newest is None or newest >= first:
        return (first, last) if newest is not None else None
    return newest, newest


def _as_one(connection: Connection, wanted: Wanted, question: Question, among: Among) -> Mapping[int, Fact]:
    """What is told of units' own figures: of a flow the sum over the periods, else the newest in them."""
    form, count = wanted.form, len(wanted.periods)
    if form.schedule.period == "on change" or (count > 1 and question.kind != "flow"):
        where = and_(IS_NEWEST, totals.within(among, unit.c.id))
        named = {"form": form.key, "indicator": question.name, "until": wanted.periods[-1]}
        return totals.of_each(connection, form, question, where, 1, SOME, BY_NEWEST, named)
    days = _days_with_any(connection, wanted, question, among)
    if days is None:
        return {}
    count = count if days[0] != days[1] else 1
    return totals.of_each(connection, form, question, totals.between(form, question, among, *days), count, among)


def _add_groups(
    connection: Connection,
    wanted: Wanted,
    question: Question,
    units: Sequence[Unit],
    areas: Areas,
    sums: dict[_Key, dict[date, Sum]],
) -> None:
    form, last = wanted.form, wanted.periods[-1]
    reporting = {one for each in units for one in areas.during(form, each, wanted.periods[0], last)}
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
            _keep(cells, newest(connection, wanted.form, question, lacking, last))


def _add_total(
    connection: Connection,
    wanted: Wanted,
    of: Unit,
    areas: Areas,
    cells: dict[_Key, dict[date, Figure]],
    sums: dict[_Key, dict[date, Sum]],
    few: int,
) -> None:
    """A total's parts, one by one where they are few or must be, else as the database adds them up."""
    form, last = wanted.form, wanted.periods[-1]
    members = areas.members(form, of, last)
    figures = len(members) * len(wanted.periods) * len(wanted.questions)
    is_few = len(members) <= few and figures <= few * FIGURES_OF_EACH
    for question in wanted.questions:
        key = (of.id, question.name)
        if question.kind == "state" and form.schedule.period == "on change":
            if len(members) <= few:
                _keep(cells, newest(connection, form, question, members, last))
            else:
                where = and_(IS_NEWEST, totals.within(areas.all_of(members), unit.c.id))
                named = {"form": form.key, "indicator": question.name, "until": last}
                sums[key] = totals.in_force(connection, where, last, BY_NEWEST, named)
            continue
        among = totals.all_or(connection, form, question, areas.among(form, of, date.min, last))
        for days in _spans(connection, wanted, question, among, areas):
            among = totals.all_or(connection, form, question, areas.among(form, of, *days))
            if is_few:
                _keep(cells, one_by_one(connection, form, [question], among, *days))
            else:
                sums.setdefault(key, {}).update(totals.day_by_day(connection, form, question, among, *days))


def _spans(
    connection: Connection, wanted: Wanted, question: Question, among: Among, areas: Areas
) -> list[tuple[date, date]]:
    """The days to be read for a total, with the same units from end to end: those wanted, and the newest period known with the one
    before it.
    """
    first, last = wanted.periods[0], wanted.periods[-1]
    newest = newest_period(connection, wanted.form.key, question.name, among, last)
    if newest is None:
        return []
    before = newest_period(connection, wanted.form.key, question.name, among, date.fromordinal(newest.toordinal() - 1))
    extra = [each for each in (newest, before) if each is not None and not first <= each <= last]
    return [*areas.stretches(first, last), *((each, each) for each in extra)]


def _grounds(
    connection: Connection, form: Form, cells: Mapping[_Key, Mapping[date, Figure]]
) -> dict[tuple[int, date], str]:
    """What a unit's newest accepted report says in words beside a state, where the form makes that public: a decision's number."""
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
        newest = reports.newest(connection, form.key, one, period, accepted=True)
        values = values_of(newest.answers) if newest is not None else {}
        found[one, period] = next((str(values[name]) for name in texts if name in values), "")
    return found


def _keep(cells: dict[_Key, dict[date, Figure]], found: Iterable[Figure]) -> None:
    for each in found:
        cells.setdefault((each.unit_id, each.indicator), {})[each.period] = each
