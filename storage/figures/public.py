"""What residents are told: the accepted figures; of those that wait for approval only that they do. Read only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from sqlalchemy import Connection

from reporting.figures.areas import Among, Areas
from reporting.figures.facts import Alike
from reporting.figures.figure import Figure
from reporting.figures.known import Known, Wanted
from reporting.figures.sums import Late, Sum
from reporting.forms import Form, Question
from reporting.units import Unit
from storage.figures import carried_for_public, pending_figures, told_of_each, totals
from storage.figures.among_units import ALL
from storage.figures.grounds import public_grounds
from storage.figures.public_figures import newest, newest_period, one_by_one
from storage.figures.received import received
from storage.schedule import suspensions

FEW_UNITS = 100
"""The figures of so many units are read one by one, so that those without can be named; of more the database adds them up."""
FIGURES_OF_EACH = 10
_Key = tuple[int, str]
_ID = attrgetter("id")


@dataclass(frozen=True, slots=True)
class _Found:
    """What has been read so far: figures, totals, and late units' last values, as `Known` has them."""

    cells: dict[_Key, dict[date, Figure]] = field(default_factory=dict)
    sums: dict[_Key, dict[date, Sum]] = field(default_factory=dict)
    late: dict[_Key, dict[date, Late]] = field(default_factory=dict)

    def keep(self, figures: Iterable[Figure]) -> None:
        for each in figures:
            self.cells.setdefault((each.unit_id, each.indicator), {})[each.period] = each


def known(connection: Connection, wanted: Wanted, areas: Areas, few: int = FEW_UNITS) -> Known:
    """Reads what is wanted: a few statements, whatever the number of units. `few`: so many are read one by one."""
    form, first, last = wanted.form, wanted.periods[0], wanted.periods[-1]
    found = _Found()
    as_one, alike = frozenset[int](), list[Alike]()
    own = [] if wanted.each else [each.id for each in wanted.units if areas.is_own(form, each, last)]
    if wanted.each:
        as_one, alike = _add_side_by_side(connection, wanted, areas, found, few)
    else:
        found.keep(one_by_one(connection, form, wanted.questions, own, first, last))
        _add_newest(connection, wanted, own, found)
        for each in wanted.units:
            if each.id not in own:
                _add_total(connection, wanted, each, areas, found, few)
    periods = [period for read in (found.cells, found.sums) for of in read.values() for period in of]
    if len(as_one) == len(wanted.units) and as_one <= areas.alone(form, first, last):
        come, is_told = frozenset[tuple[int, date]](), form.schedule.period == "on change"
    else:
        come, is_told = received(connection, wanted, areas, found.cells, found.sums, own, few)
    return Known(
        wanted,
        areas,
        found.cells,
        found.sums,
        come,
        suspensions.touching(connection, min([first, *periods]), last),
        public_grounds(connection, form, found.cells),
        as_one,
        alike,
        is_told,
        pending_figures.of_days(
            connection, form.key, wanted.names, date.min if form.schedule.period == "on change" else first, last
        ),
        found.late,
        carried_for_public.beside(connection, wanted, areas, (found.cells, found.sums), alike),
    )


def _add_side_by_side(
    connection: Connection,
    wanted: Wanted,
    areas: Areas,
    found: _Found,
    few: int,
) -> tuple[frozenset[int], list[Alike]]:
    """The figures of many units for the same periods; where none has any, for the newest period before.

    If more are wanted than few, each as one, then the units' own as one, and the totals by group.
    """
    form, last = wanted.form, wanted.periods[-1]
    own, members = _members(wanted, areas)
    units, as_one, alike = list(wanted.units), frozenset[int](), list[Alike]()
    if wanted.as_one and (len(own) > few or len(own.union(*members.values())) > few):
        question = wanted.questions[0]
        as_one = frozenset(one for one in own if _is_there(areas.tree.itself(one), wanted.periods))
        together = [each for each in units if each.id in members]
        units = [each for each in units if each.id in own - as_one]
        if as_one:
            among = totals.all_or(connection, form, question, areas.all_of(as_one))
            alike = _as_one(connection, wanted, question, among, areas)
        is_summed = question.kind != "state" and form.schedule.period != "on change"
        if is_summed and not areas.is_nested(form, last) and areas.adds_up_by_parent(together):
            _add_groups(connection, wanted, question, together, areas, found, few)
        else:
            units = [*units, *together]
    ids = {one for each in units for one in members.get(each.id, (each.id,))}
    for question in wanted.questions if ids else ():
        read = _of_all(connection, wanted, question, ids, areas)
        found.keep(read)
        tops = [each.id for each in units if each.id in members] if question.name in form.carried else []
        days = sorted({each.period for each in read})[-1 if form.schedule.period == "on change" else 0 :]
        of_tops = {one for top in tops for one in members[top]}
        of_late = carried_for_public.of_days(connection, form, question, of_tops, days, _by_unit(read))
        found.late.update({(top, question.name): of_late for top in tops})
    return as_one, alike


def _is_there(unit: Unit, periods: Sequence[date]) -> bool:
    """Whether a unit is there in all of these periods: what it had before and after is not told of it."""
    return unit.exists(periods[0]) and unit.exists(periods[-1])


def _members(wanted: Wanted, areas: Areas) -> tuple[frozenset[int], dict[int, tuple[int, ...]]]:
    """The ids of the units that have reported for themselves alone, if anybody has; and by the ids of the others who has for them."""
    form, first, last = wanted.form, wanted.periods[0], wanted.periods[-1]
    ids = frozenset(map(_ID, wanted.units))
    of_others = (
        (one, areas.during(form, areas.tree.unit(one), first, last)) for one in ids - areas.alone(form, first, last)
    )
    members = {one: of for one, of in of_others if of and of != (one,)}
    return ids.difference(members), members


def _of_all(
    connection: Connection, wanted: Wanted, question: Question, ids: Collection[int], areas: Areas
) -> Sequence[Figure]:
    """All figures of these units for the periods wanted, or for the newest that any has; of what holds on, each one's newest."""
    form, last = wanted.form, wanted.periods[-1]
    if form.schedule.period == "on change":
        return newest(connection, form, question, sorted(ids), last)
    among = areas.all_of(ids)
    days = _days_with_any(connection, wanted, question, among)
    return one_by_one(connection, form, [question], among, *days) if days else ()


def _by_unit(read: Iterable[Figure]) -> dict[int, dict[date, Figure]]:
    found: dict[int, dict[date, Figure]] = {}
    for each in read:
        found.setdefault(each.unit_id, {})[each.period] = each
    return found


def _days_with_any(
    connection: Connection, wanted: Wanted, question: Question, among: Among
) -> tuple[date, date] | None:
    """The first and last day wanted if any of the units has a figure in them; else the newest day before that has one."""
    first, last = wanted.periods[0], wanted.periods[-1]
    newest = newest_period(connection, wanted.form.key, question.name, among, last)
    if newest is None or newest >= first:
        return (first, last) if newest is not None else None
    return newest, newest


def _as_one(connection: Connection, wanted: Wanted, question: Question, among: Among, areas: Areas) -> list[Alike]:
    """What is told of units' own figures: of a flow the sum over the periods, else the newest in them."""
    form, count = wanted.form, len(wanted.periods)
    if form.schedule.period == "on change" or (count > 1 and not question.sums_over_periods):
        return told_of_each.newest_of_each(connection, form, question, among, wanted.periods[-1])
    days = _days_with_any(connection, wanted, question, among)
    if days is None:
        return []
    count = count if days[0] != days[1] else 1
    groups = _groups(areas, form, areas.tree.roots(days[1]), days, among) if count > 1 else None
    return told_of_each.of_each(connection, form, question, among, *days, count, groups if groups is ALL else None)


def _add_groups(
    connection: Connection,
    wanted: Wanted,
    question: Question,
    units: Sequence[Unit],
    areas: Areas,
    found: _Found,
    few: int,
) -> None:
    form, last = wanted.form, wanted.periods[-1]
    reporting = {one for each in units for one in areas.during(form, each, wanted.periods[0], last)}
    among = totals.all_or(connection, form, question, areas.all_of(reporting))
    days = _days_with_any(connection, wanted, question, among)
    is_asked_for = days is not None and days[0] >= wanted.periods[0]  # else others may have reported then
    groups = areas.groups(form, units, *days) if days and is_asked_for else None
    sums = totals.by_group(connection, form, question, units, areas, among, *days, groups) if days else {}
    if question.name in form.carried and question.adds_up:
        sums = carried_for_public.carry_side_by_side(connection, form, question, units, areas, sums, groups, few)
    found.sums.update({(one, question.name): of for one, of in sums.items()})


def _add_newest(connection: Connection, wanted: Wanted, unit_ids: Sequence[int], found: _Found) -> None:
    """The newest figure of those units that have none for the last period wanted."""
    last = wanted.periods[-1]
    for question in wanted.questions:
        lacking = [one for one in unit_ids if last not in found.cells.get((one, question.name), {})]
        if lacking:
            found.keep(newest(connection, wanted.form, question, lacking, last))


def _add_total(
    connection: Connection,
    wanted: Wanted,
    of: Unit,
    areas: Areas,
    found: _Found,
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
                found.keep(newest(connection, form, question, members, last))
            else:
                found.sums[key] = totals.in_force(connection, form, question, areas.all_of(members), last)
            continue
        everyone = areas.among(form, of, date.min, last)
        of_all = totals.all_or(connection, form, question, everyone)
        for days in _spans(connection, wanted, question, of_all, areas):
            of_days = areas.among(form, of, *days)
            among = of_all if of_days is everyone else totals.all_or(connection, form, question, of_days)
            if is_few:
                read = one_by_one(connection, form, [question], among, *days)
                found.keep(read)
                if question.name in form.carried:
                    among_days = sorted({each.period for each in read})
                    units = areas.during(form, of, *days)
                    of_late = carried_for_public.of_days(connection, form, question, units, among_days, _by_unit(read))
                    found.late.setdefault(key, {}).update(of_late)
                continue
            groups = _groups(areas, form, [of], days, among)
            sums = totals.day_by_day(connection, form, question, among, *days, groups)
            if question.name in form.carried and question.has_total(len(members)):
                sums = carried_for_public.carry(connection, form, question, of, areas, sums, groups, few)
            found.sums.setdefault(key, {}).update(sums)


def _groups(areas: Areas, form: Form, units: Sequence[Unit], days: tuple[date, date], among: Among) -> Among | None:
    """By which groups a total of all of these is added up; simply by all if all others never had a figure, and all were always in
    the same groups.
    """
    groups = areas.groups(form, units, *days)
    return ALL if groups is not None and among is ALL and areas.is_unchanged(form, days[-1]) else groups


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
    return [*areas.stretches(wanted.form, first, last), *((each, each) for each in extra)]
