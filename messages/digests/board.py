"""A digest's board: a row for each unit, or for each group where they are many, with a cell for each of the days."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from reporting.amounts import number
from reporting.digests.content import BoardRow
from reporting.digests.evidence import MOST_BARS, Evidence, Number
from reporting.digests.totals import total
from reporting.figures.carried import Whole
from reporting.forms import Question
from reporting.rounds.standings import Status
from reporting.units import Unit
from reporting.units_as_now import is_as_now


def board(evidence: Evidence, question: Question) -> tuple[BoardRow, ...]:
    """A row for each unit of any of the days, or where they are many for each group: the first headline on each of the days."""
    of_unit, days = evidence.history.get(question.name, {}), evidence.days
    units = evidence.units_by_day
    by_group = len(units) > MOST_BARS or is_as_now(evidence.tree)
    below: dict[int, tuple[Unit, list[Unit]]] = {}
    for unit in units:
        row = (evidence.group(unit) if by_group else None) or unit
        below.setdefault(row.id, (row, []))[1].append(unit)
    rows = []
    for row_id, (shown, units_of) in below.items():
        cells = [_cell(evidence, question, row_id, units_of, day) for day in days]
        marks = [[_mark(evidence, unit, day, of_unit) for unit in units_of] for day in days]
        owed = [sum(each.is_owed for each in of_day) for of_day in marks]
        rows.append(
            BoardRow(
                unit=shown.title,
                name=shown.name,
                values=tuple(number(each.value) for each in cells),
                units=tuple(each.units for each in cells),
                untold=tuple(each.is_untold for each in cells),
                of=max(owed, default=0),
                owed=tuple(owed),
                came=tuple(sum(each.has_come for each in of_day) for of_day in marks),
                late=tuple(sum(each.is_late for each in of_day) for of_day in marks),
                archive=tuple(sum(each.in_archive for each in of_day) for of_day in marks),
            )
        )
    return tuple(rows)


def _cell(evidence: Evidence, question: Question, row_id: int, units: list[Unit], day: date) -> Whole[Number]:
    """A unit's own value, or the total of a group's units."""
    if [unit.id for unit in units] != [row_id]:
        return total(evidence, question, units, (day,))
    value = evidence.history.get(question.name, {}).get(row_id, {}).get(day)
    return Whole(value, int(value is not None))


class _Mark(NamedTuple):
    """What a board shows of a unit on a day; `is_owed`: a report was expected, or has come all the same."""

    is_owed: bool
    has_come: bool
    is_late: bool = False
    in_archive: bool = False


def _mark(evidence: Evidence, unit: Unit, day: date, of_unit: Mapping[int, Mapping[date, Number]]) -> _Mark:
    """By the unit's standing; where there is none (a figure from before the form's first day, many units) by its figure."""
    standing = evidence.seen.get((unit.id, day))
    is_owed = unit.id in evidence.owing[day]
    if standing is None:
        is_known = day in of_unit.get(unit.id, {})
        return _Mark(is_owed or is_known, is_known, in_archive=is_known and len(evidence.units) <= MOST_BARS)
    came = standing.has_come
    return _Mark(standing.deadline.is_owed or came, came, standing.status is Status.LATE, standing.in_archive)
