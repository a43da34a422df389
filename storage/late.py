"""What late units stand with in the totals that the public is told of what is carried forward: their newest accepted value."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from reporting.carried import Last
from reporting.figures import Figure
from reporting.forms import Form, Question
from reporting.telling.areas import Among, Areas
from reporting.telling.known import sum_of
from reporting.telling.sums import Late, Sum, Withheld, with_late
from reporting.units import Unit
from storage import carried, group_totals
from storage.public_figures import newest
from storage.tables import metadata

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
    reports = carried.reported(connection, form, names, days[0], days[-1], short, accepted=True)[question.name]
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
) -> dict[date, Sum]:
    """The totals of a wide area, whole: `sums` are of those units that have a figure of the day; `groups` the units above them.

    A day for which too many would have to be looked up is not told, but never the newest.
    """
    found: dict[date, Sum] = {}
    left, never = LOOKED_UP, frozenset[int]()
    for day in sorted(sums, reverse=True):
        members = areas.members(form, of, day)
        if sums[day].units >= len(members):
            found[day] = sums[day]
            continue
        among = [one for one in _short(connection, form, question, areas, members, day, groups) if one not in never]
        if found and len(among) > left:
            found[day] = replace(sums[day], value=Withheld(()))
            continue
        left -= len(among) if found else 0
        lacking = _lacking(connection, form, question, among, day)
        late = of_days(connection, form, question, lacking, (day,), {})[day]
        never |= set(lacking) - late.keys()
        found[day] = with_late(question, sums[day], late)
    return found


def carry_side_by_side(
    connection: Connection,
    form: Form,
    question: Question,
    tops: Iterable[Unit],
    areas: Areas,
    sums: Mapping[int, Mapping[date, Sum]],
    groups: Among | None,
) -> dict[int, dict[date, Sum]]:
    """The same for many areas beside each other, by unit id: of each its newest total."""
    by_day: dict[date, list[Unit]] = {}
    for top in tops:
        if sums.get(top.id):
            by_day.setdefault(max(sums[top.id]), []).append(top)
    found: dict[int, dict[date, Sum]] = {}
    for day, of_day in by_day.items():
        members = {top.id: areas.members(form, top, day) for top in of_day}
        all_of = dict.fromkeys(one for each in members.values() for one in each)
        among = _short(connection, form, question, areas, list(all_of), day, groups)
        lacking = _lacking(connection, form, question, among, day)
        late = of_days(connection, form, question, lacking, (day,), {})[day]
        for top in of_day:
            theirs = {one: late[one] for one in members[top.id] if one in late}
            found[top.id] = {day: with_late(question, sums[top.id][day], theirs)}
    return found


def _short(
    connection: Connection,
    form: Form,
    question: Question,
    areas: Areas,
    members: Sequence[int],
    day: date,
    groups: Among | None,
) -> Sequence[int]:
    """Those of the units whose group does not have all its figures of the day."""
    if groups is None:
        return members
    had = group_totals.sums_by_parent(connection, form, question, groups, day, day).get(day, {})
    above = {one: areas.tree.unit(one).parent_id for one in members}
    counts = Counter(above.values())
    short = {one for one, count in counts.items() if one is None or one not in had or had[one].units < count}
    return [one for one in members if above[one] in short]


_HAS: Any = (
    exists()
    .where(
        figure.c.form == bindparam("form"),
        figure.c.indicator == bindparam("indicator"),
        figure.c.unit_id == unit.c.id,
        figure.c.period == bindparam("day"),
    )
    .correlate(unit)
)
_LACKING = select(unit.c.id).where(unit.c.id.in_(bindparam("ids", expanding=True)), ~_HAS).order_by(unit.c.id)


def _lacking(connection: Connection, form: Form, question: Question, ids: Sequence[int], day: date) -> list[int]:
    """Those of the units that have no figure of the day."""
    if not ids:
        return []
    named = {"form": form.key, "indicator": question.name, "ids": ids, "day": day}
    return list(connection.execute(_LACKING, named).scalars())
