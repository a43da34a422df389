"""What late units stand with in the totals that the public is told of what is carried forward: their newest accepted value."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import Connection, bindparam, exists, select

from reporting.figures.areas import Among, Areas
from reporting.figures.carried import Last, heeds_reports
from reporting.figures.facts import Alike, sum_of
from reporting.figures.figure import Figure
from reporting.figures.known import Wanted
from reporting.figures.sums import Late, Sum, Withheld, added_up, with_late
from reporting.forms import Form, Question
from reporting.units import Unit
from storage.database.prepared import PreparedStatement, among, gathered
from storage.database.tables import metadata
from storage.figures import carried, group_totals
from storage.figures.among_units import BY_DAY
from storage.figures.public_figures import newest, newest_together

figure, unit = metadata.tables["figure"], metadata.tables["unit"]

LOOKED_UP = 100_000
"""So many units are looked up for the days before the newest of a total, one a day; earlier days are then gaps."""
Cells = Mapping[int, Mapping[date, Figure]]


def of_days(
    connection: Connection,
    form: Form,
    question: Question,
    unit_ids: Collection[int],
    days: Sequence[date],
    cells: Cells,
) -> dict[date, Late]:
    """By day (in order), of those of the units that have no figure of it in `cells`, their newest before and their last report.

    `cells`: all that the units have from the first of these days to the last.
    """
    if not days:
        return {}
    short = [one for one in unit_ids if any(day not in cells.get(one, ()) for day in days)]
    before = [one for one in short if days[0] not in cells.get(one, ())]
    last = {each.unit_id: each for each in newest(connection, form, question, before, days[0] - timedelta(days=1))}
    names = (question.name,)
    asked = short if heeds_reports(question) else ()
    reports = carried.reported(connection, form, names, days[0], days[-1], asked, accepted=True)[question.name]
    found: dict[date, dict[int, Last[Sum]]] = {}
    for day in days:
        of_day = found.setdefault(day, {})
        for one in short:
            cell = cells.get(one, {}).get(day)
            if cell is not None:
                last[one] = cell
            elif one in last or one in reports:
                of_day[one] = _last(question, last.get(one), reports.get(one, ()), day)
    return dict(found)


def _last(question: Question, of: Figure | None, reports: Sequence[date], day: date) -> Last[Sum]:
    count = bisect_right(reports, day)
    reported = reports[count - 1] if count else None
    if of is None:
        return Last(None, None, reported)
    return Last(sum_of(question, of, 0), of.period, reported)


def carry(
    connection: Connection,
    form: Form,
    question: Question,
    of: Unit,
    areas: Areas,
    sums: Mapping[date, Sum],
    groups: Among | None,
    few: int,
    most: int = LOOKED_UP,
) -> dict[date, Sum]:
    """The totals of a wide area, whole: `sums` are of those units that have a figure of the day; `groups` the units above them.

    A day for which too many would have to be looked up is not told, but never the newest. `most`: so many may be.
    """
    found: dict[date, Sum] = {}
    left, never = most, frozenset[int]()
    for day in sorted(sums, reverse=True):
        members = areas.members_by_parent(form, of, day)
        if sums[day].units >= sum(map(len, members.values())):
            found[day] = sums[day]
            continue
        short = _short(connection, form, question, members, day, groups)
        cost = sum(map(len, short.values()))
        if found and cost > left:
            found[day] = replace(sums[day], value=Withheld(()))
            continue
        left -= cost if found else 0
        lacking = _lacking(connection, form, question, short, day, few) - never
        if len(lacking) > few and question.suppress_below is None and not heeds_reports(question):
            found[day] = _with_many(connection, form, question, sums[day], lacking)
            never |= lacking - found[day].carried.keys()
            continue
        late = of_days(connection, form, question, sorted(lacking), (day,), {})[day]
        never |= lacking - late.keys()
        found[day] = with_late(question, sums[day], late)
    return found


def _with_many(connection: Connection, form: Form, question: Question, own: Sum, lacking: Collection[int]) -> Sum:
    """As `with_late`, of numbers that are told as they are and stand whatever was reported since: the database adds them up."""
    of_late = newest_together(connection, form, question, sorted(lacking), own.period - timedelta(days=1))
    together = added_up([own, *(of for of, _ in of_late.values())])
    return replace(together, period=own.period, carried={one: day for day, (_, ids) in of_late.items() for one in ids})


def carry_side_by_side(
    connection: Connection,
    form: Form,
    question: Question,
    tops: Iterable[Unit],
    areas: Areas,
    sums: Mapping[int, Mapping[date, Sum]],
    groups: Among | None,
    few: int,
) -> dict[int, dict[date, Sum]]:
    """The same for many areas beside each other, by unit id: of each its newest total."""
    by_day: dict[date, list[Unit]] = {}
    for top in tops:
        if sums.get(top.id):
            by_day.setdefault(max(sums[top.id]), []).append(top)
    found: dict[int, dict[date, Sum]] = {}
    for day, of_day in by_day.items():
        members = {top.id: areas.members_by_parent(form, top, day) for top in of_day}
        together = {parent: ids for each in members.values() for parent, ids in each.items()}
        short = _short(connection, form, question, together, day, groups)
        lacking = sorted(_lacking(connection, form, question, short, day, few))
        late = of_days(connection, form, question, lacking, (day,), {})[day]
        for top in of_day:
            theirs = [one for parent, ids in members[top.id].items() if parent in short for one in ids]
            of_top = {one: late[one] for one in theirs if one in late}
            found[top.id] = {day: with_late(question, sums[top.id][day], of_top)}
    return found


Periods = Mapping[tuple[int, str], Mapping[date, object]]


def beside(
    connection: Connection, wanted: Wanted, areas: Areas, read: Iterable[Periods], alike: Iterable[Alike]
) -> dict[tuple[int, str], Last[Sum]]:
    """Of what is carried, what those units last had that have none of the newest period that any beside them has.

    `read`, `alike`: what has been read of the units, their totals' parts and their totals, as `Known` has it.
    """
    form, last, found = wanted.form, wanted.periods[-1], dict[tuple[int, str], Last[Sum]]()
    carried_ones = [each for each in wanted.questions if each.name in form.carried]
    is_beside = wanted.as_one or (not wanted.each and len(wanted.units) > 1)
    if not is_beside or not carried_ones or form.schedule.period == "on change":
        return found
    own, read = [each.id for each in wanted.units if areas.is_own(form, each, last)], list(read)
    for question in carried_ones:
        had = {one: each.fact.period for each in alike for one in each.unit_ids}
        had |= {one: max(of) for each in read for (one, name), of in each.items() if name == question.name and of}
        if had:
            day = max(had.values())
            lacking = [one for one in own if had.get(one) != day]
            of_late = of_days(connection, form, question, lacking, (day,), {})[day]
            found.update({(one, question.name): each for one, each in of_late.items()})
    return found


ByParent = Mapping[int | None, frozenset[int]]
"""Ids of units by that of the unit right above them."""


def _short(
    connection: Connection, form: Form, question: Question, members: ByParent, day: date, groups: Among | None
) -> ByParent:
    """The groups that do not have all their figures of the day."""
    if groups is None:
        return members
    had = group_totals.units_by_parent(connection, form, question, groups, day)
    return {parent: ids for parent, ids in members.items() if parent is None or had.get(parent, 0) < len(ids)}


_OF_DAY = select(figure.c.unit_id).where(
    figure.c.form == bindparam("form"),
    figure.c.indicator == bindparam("indicator"),
    figure.c.period == bindparam("day"),
)
_HAS = exists(_OF_DAY.where(figure.c.unit_id == unit.c.id).correlate(unit))
_HAD = PreparedStatement(
    lambda dialect: select(gathered(dialect, _OF_DAY.with_hint(figure, BY_DAY, "sqlite").subquery().c.unit_id))
)
TIMES = 10
"""Of more units than so many times few all that have a figure of the day are read, of others each is looked up."""


def _lacking(
    connection: Connection, form: Form, question: Question, members: ByParent, day: date, few: int
) -> frozenset[int]:
    """Those of the units that have no figure of the day."""
    ids = frozenset[int]().union(*members.values())
    named = {"form": form.key, "indicator": question.name, "day": day}
    if len(ids) > few * TIMES:
        ((had,),) = _HAD.rows(connection, **named)
        return ids.difference(had or ())
    parents = [each for each in members if each is not None]
    found = set[int]()
    for is_root in [False] * bool(parents) + [True] * (None in members):
        found.update(one for (one,) in _without(is_root).rows(connection, **named, parents=parents))
    return ids & found


@lru_cache
def _without(is_root: bool) -> PreparedStatement:
    """The units of some groups, or those that stand under none, which have no figure of a day."""
    lacking = select(unit.c.id).where(~_HAS)
    if is_root:
        return PreparedStatement(lacking.where(unit.c.parent_id.is_(None)))
    return PreparedStatement(lambda dialect: lacking.where(among(dialect, unit.c.parent_id, "parents")))
