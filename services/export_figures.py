"""Export figures: every figure of some days, of all units or of one with all under it, in the order of days, units and questions."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection

from reporting.amounts import from_amount
from reporting.forms import Question
from reporting.rounds.periods import check_days
from reporting.units import Unit, UnitTree
from storage.figures import day_values
from storage.figures.day_values import DayValue
from storage.organisation import units
from storage.reports import forms


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
    return _by_day(connection, tree, indicators_by_form(connection), (first_on, last_on), wanted)


def count_figures(connection: Connection, first_on: date, last_on: date) -> int:
    """How many there are of all units; what waits for approval is not counted."""
    return day_values.count(connection, first_on, last_on)


_made: Any = partial(tuple.__new__, ExportedFigure)
"""A row of its cells: NamedTuple's own way, which runs Python, takes twice as long, and of ours there are millions."""


def indicators_by_form(connection: Connection) -> dict[str, Mapping[str, Question]]:
    """All that may have figures: of each form that was ever published what any of its versions has, by name."""
    keys = dict.fromkeys(each.key for each in forms.in_force(connection, date.max, since=date.min))
    return {key: forms.indicators_ever(connection, key) for key in keys}


def _by_day(
    connection: Connection,
    tree: UnitTree,
    known: Mapping[str, Mapping[str, Question]],
    days: tuple[date, date],
    wanted: Sequence[int] | None,
) -> Iterator[ExportedFigure]:
    waits = {form: day_values.any_waits(connection, form) for form in known}
    orders = {form: {name: place for place, name in enumerate(names)} for form, names in known.items()}
    for on, of_day in periods_with_figures(connection, known, days):
        found: dict[tuple[str, int, int], list[DayValue]] = {}
        for place, form in enumerate(of_day):
            order = orders[form]
            values = day_values.of_day(connection, form, order, on, wanted, waits=waits[form])
            for unit_id, here in _by_unit(values).items():
                here.sort(key=lambda row: order[row[1]])
                found[named_at(tree.unit(unit_id), on), place, unit_id] = here
        for (unit, _, _), here in sorted(found.items()):
            yield from map(
                _made,
                [
                    (on, unit, name, choice if amount is None else from_amount(amount), None)
                    for _, name, amount, choice in here
                ],
            )


def _by_unit(values: Iterable[DayValue]) -> dict[int, list[DayValue]]:
    found: dict[int, list[DayValue]] = {}
    for row in values:
        if row[0] in found:
            found[row[0]].append(row)
        else:
            found[row[0]] = [row]
    return found


def periods_with_figures(
    connection: Connection, known: Mapping[str, Collection[str]], days: tuple[date, date]
) -> Iterator[tuple[date, list[str]]]:
    """The periods in their order, and the forms that have figures of each. `known`: by form its indicators."""
    found: dict[date, list[str]] = {}
    for form, names in known.items():
        for period in day_values.periods(connection, form, names, *days):
            found.setdefault(period, []).append(form)
    yield from sorted(found.items())


def named_at(unit: Unit, period: date) -> str:
    """By its code, of a day on which it was none yet with its first day."""
    return unit.code if unit.exists(period) else unit.identity
