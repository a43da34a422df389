"""Export figures: every figure of some days, of all units or of one with all under it, in the order of days, units and questions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from reporting.figures.areas import Areas
from reporting.figures.figure import Figure
from reporting.rounds.periods import check_days
from reporting.units import Unit
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from understanding.units_now import units_as_now


@dataclass(frozen=True, slots=True)
class ExportedFigure:
    """A figure by the code of its unit and the name of its indicator; `value` None: not reported.

    Of an opening balance, which comes before the unit began, `unit` has its first day too: another may have had the code.
    """

    on: date
    unit: str
    indicator: str
    value: int | Decimal | str | None
    units: tuple[int, int] | None = None
    """By the units of today: how many former units have it, and of how many that reported then."""


@dataclass(frozen=True, slots=True)
class ExportedAsNow:
    """Figures by the units of today; `not_added`: the states of several former units, which nobody can add up, by indicator;
    `divided`: the former units whose figures stand there as their own, as it is not known which part is whose.
    """

    rows: list[ExportedFigure]
    not_added: dict[str, int]
    divided: tuple[Unit, ...]


def export_figures(
    connection: Connection, first_on: date, last_on: date, today: date, unit_code: str = ""
) -> list[ExportedFigure]:
    """The figures from `first_on` to `last_on` (date.min and date.max: from the first, to the last).

    `unit_code`: the code that a unit has today, «» for all units. Refused for days in the wrong order and an unknown unit.
    """
    check_days(first_on, last_on)
    tree, wanted = units.tree(connection), None
    if unit_code:
        wanted = [each.id for each in tree.under(tree.known(unit_code, today), today)]
    known = forms.in_force(connection, max(today, last_on), since=date.min)
    found = [
        ExportedFigure(each.period, _named(tree.unit(each.unit_id), each.period), each.indicator, each.value)
        for each in figures.export(connection, known, first_on, last_on, wanted)
    ]
    return sorted(found, key=lambda each: (each.on, each.unit))


def export_figures_as_now(
    connection: Connection, first_on: date, last_on: date, today: date, unit_code: str = ""
) -> ExportedAsNow:
    """The same by the units of today: flows, stocks and totals of former units are added up for what they are part of now.

    An opening balance is left out: it stands in the figures of the former units already.
    """
    check_days(first_on, last_on)
    was = units.tree(connection)
    tree = units_as_now(was, today)
    top = tree.unit(was.known(unit_code, today).id) if unit_code else None
    rows, divided = list[ExportedFigure](), dict[int, Unit]()
    not_added = Counter[str]()
    for form in forms.in_force(connection, max(today, last_on)):
        of_place: dict[tuple[date, str, Unit], list[Figure]] = {}
        for each in figures.export(connection, [form], first_on, last_on, None):
            unit = tree.unit(each.unit_id)
            if not was.unit(each.unit_id).exists(each.period) or (top is not None and not tree.is_within(unit, top)):
                continue
            now = tree.place_of(unit)
            if len(now) > 1:
                divided[unit.id] = unit
            of_place.setdefault((each.period, each.indicator, now[0] if len(now) == 1 else unit), []).append(each)
        areas = Areas(tree)
        for (on, name, unit), found in of_place.items():
            expected = [one for one in areas.members(form, unit, on) if tree.place_of(tree.unit(one)) == (unit,)]
            counts = (len(found), max(len(expected), len(found)))
            if form.by_name[name].kind == "state" and counts[1] > 1:
                not_added[name] += 1
                continue
            value = _sum([each.value for each in found])
            rows.append(ExportedFigure(on, _named(was.unit(unit.id), on), name, value, counts))
    rows.sort(key=lambda each: (each.on, each.unit))
    return ExportedAsNow(rows, dict(not_added), tuple(divided.values()))


def _sum(values: Sequence[int | Decimal | str | None]) -> int | Decimal | str | None:
    """Numbers added up; one value alone as it is."""
    return values[0] if len(values) == 1 else sum(each for each in values if isinstance(each, int | Decimal))


def _named(unit: Unit, period: date) -> str:
    return unit.code if unit.exists(period) else unit.identity
