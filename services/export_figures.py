"""Export figures: every figure of some days, of all units or of one with all under it, in the order of days, units and questions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from reporting.amounts import from_amount
from reporting.figures.areas import Areas
from reporting.figures.figure import Figure
from reporting.forms import Form
from reporting.rounds.periods import check_days
from reporting.units import Unit, UnitTree
from reporting.units_as_now import UnitsAsNow
from storage.figures import day_values, figures
from storage.organisation import units
from storage.reports import forms
from understanding.units_now import units_as_now


class ExportedFigure(NamedTuple):
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
    """Figures by the units of today. When all `rows` have been read the rest is known: `not_added`, the states of several former
    units, which nobody can add up, by indicator; `divided`, by id the former units whose figures stand there as their own, as it is
    not known which part is whose.
    """

    rows: Iterator[ExportedFigure]
    not_added: Mapping[str, int]
    divided: Mapping[int, Unit]


def export_figures(
    connection: Connection, first_on: date, last_on: date, today: date, unit_code: str = ""
) -> Iterator[ExportedFigure]:
    """The figures from `first_on` to `last_on` (date.min and date.max: from the first, to the last), read day by day as they are used.

    `unit_code`: the code that a unit has today, «» for all units. Refused for days in the wrong order and an unknown unit.
    """
    check_days(first_on, last_on)
    tree, wanted = units.tree(connection), None
    if unit_code:
        wanted = [each.id for each in tree.under(tree.known(unit_code, today), today)]
    known = forms.in_force(connection, max(today, last_on), since=date.min)
    return _by_day(connection, tree, known, (first_on, last_on), wanted)


def _by_day(
    connection: Connection, tree: UnitTree, known: Sequence[Form], days: tuple[date, date], wanted: Sequence[int] | None
) -> Iterator[ExportedFigure]:
    waits = {form.key: day_values.any_waits(connection, form.key) for form in known}
    orders = {form.key: {question.name: place for place, question in enumerate(form.indicators)} for form in known}
    for on, of_day in _periods(connection, known, days):
        named = dict[int, str]()
        rows = []
        for place, form in enumerate(of_day):
            order = orders[form.key]
            for unit_id, name, amount, choice in day_values.of_day(
                connection, form.key, order, on, wanted, waits=waits[form.key]
            ):
                unit = named.get(unit_id) or named.setdefault(unit_id, _named(tree.unit(unit_id), on))
                rows.append((unit, place, unit_id, order[name], name, amount, choice))
        rows.sort(key=lambda row: row[:4])
        for unit, _, _, _, name, amount, choice in rows:
            yield ExportedFigure(on, unit, name, choice if amount is None else from_amount(amount))


def _periods(
    connection: Connection, known: Sequence[Form], days: tuple[date, date]
) -> Iterator[tuple[date, list[Form]]]:
    """The periods in their order, and the forms that have figures of each."""
    found: dict[date, list[Form]] = {}
    for form in known:
        names = [question.name for question in form.indicators]
        for period in day_values.periods(connection, form.key, names, *days):
            found.setdefault(period, []).append(form)
    yield from sorted(found.items())


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
    divided, not_added = dict[int, Unit](), Counter[str]()
    known = forms.in_force(connection, max(today, last_on), since=date.min)

    def rows() -> Iterator[ExportedFigure]:
        for on, of_day in _periods(connection, known, (first_on, last_on)):
            found = [
                each for form in of_day for each in _as_now(connection, form, on, was, tree, top, divided, not_added)
            ]
            yield from sorted(found, key=lambda each: each.unit)

    return ExportedAsNow(rows(), not_added, divided)


def _as_now(
    connection: Connection,
    form: Form,
    on: date,
    was: UnitTree,
    tree: UnitsAsNow,
    top: Unit | None,
    divided: dict[int, Unit],
    not_added: Counter[str],
) -> Iterator[ExportedFigure]:
    of_place: dict[tuple[str, Unit], list[Figure]] = {}
    for each in figures.export(connection, [form], on, on, None):
        unit = tree.unit(each.unit_id)
        if not was.unit(each.unit_id).exists(each.period) or (top is not None and not tree.is_within(unit, top)):
            continue
        now = tree.place_of(unit)
        if len(now) > 1:
            divided[unit.id] = unit
        of_place.setdefault((each.indicator, now[0] if len(now) == 1 else unit), []).append(each)
    areas = Areas(tree)
    for (name, unit), found in of_place.items():
        expected = [one for one in areas.members(form, unit, on) if tree.place_of(tree.unit(one)) == (unit,)]
        counts = (len(found), max(len(expected), len(found)))
        if form.by_name[name].kind == "state" and counts[1] > 1:
            not_added[name] += 1
            continue
        yield ExportedFigure(on, _named(was.unit(unit.id), on), name, _sum([each.value for each in found]), counts)


def _sum(values: Sequence[int | Decimal | str | None]) -> int | Decimal | str | None:
    """Numbers added up; one value alone as it is."""
    return values[0] if len(values) == 1 else sum(each for each in values if isinstance(each, int | Decimal))


def _named(unit: Unit, period: date) -> str:
    return unit.code if unit.exists(period) else unit.identity
