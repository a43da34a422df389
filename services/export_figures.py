"""Export figures: every figure of some days, of all units or of one with all under it, in the order of days, units and questions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from reporting.rounds.periods import check_days
from reporting.units import Unit
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms


@dataclass(frozen=True, slots=True)
class ExportedFigure:
    """A figure by the code of its unit and the name of its indicator; `value` None: not reported.

    Of an opening balance, which comes before the unit began, `unit` has its first day too: another may have had the code.
    """

    on: date
    unit: str
    indicator: str
    value: int | Decimal | str | None


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


def _named(unit: Unit, period: date) -> str:
    return unit.code if unit.exists(period) else unit.identity
