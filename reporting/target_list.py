"""The list of targets of indicators as a CSV file: unit, indicator, bound, value, of, each, from, to, change, form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import cast

from reporting.amounts import LARGEST, to_keep
from reporting.csv_rows import read_rows
from reporting.errors import Refused
from reporting.figures.indicator_targets import BOUNDS, EACH, Bound, Number
from reporting.period_types import PeriodKind

COLUMNS = ("unit", "indicator", "bound", "value", "of", "each", "from", "to", "change", "form")
NEEDED = COLUMNS[:4]
_BOUNDS: Mapping[str, Bound] = {
    **{bound: bound for bound in BOUNDS},
    ">=": "at least",
    "≥": "at least",
    "<=": "at most",
    "≤": "at most",
    "ít nhất": "at least",
    "nhiều nhất": "at most",
}
_EACH: Mapping[str, PeriodKind] = {
    **{each: each for each in EACH},
    "ngày": "daily",
    "tuần": "weekly",
    "tháng": "monthly",
    "quý": "quarterly",
    "năm": "yearly",
}


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A line of the list, in the words of the file; `row` counts from 1 with the heading, as a spreadsheet does.

    `is_percentage`: the value is written with «%».
    """

    row: int
    unit: str
    indicator: str
    bound: Bound
    value: Number
    is_percentage: bool
    of: str = ""
    each: PeriodKind | str = ""
    since: date | None = None
    until: date | None = None
    least_change: Number | None = None
    form: str = ""


def read_targets(text: str, problems: list[Refused]) -> list[TargetLine]:
    """The lines of the file; what is wrong with them is added to `problems`, each with its row, its column and what to do.

    Raises Refused where it is no CSV, or is without the columns that there must be.
    """
    rows = read_rows(text, COLUMNS, NEEDED, "targets_columns")
    return [line for number, row in rows if (line := _line(number, row, problems))]


def _line(number: int, cells: Mapping[str, str], problems: list[Refused]) -> TargetLine | None:
    before = len(problems)
    problems += [Refused("targets_empty", row=str(number), column=name) for name in NEEDED if not cells[name]]
    bound = _BOUNDS.get(cells["bound"].casefold())
    if cells["bound"] and bound is None:
        problems.append(Refused("targets_bound", row=str(number), cell=cells["bound"]))
    each = _EACH.get(cells["each"].casefold(), "")
    if cells["each"] and not each:
        problems.append(Refused("targets_each", row=str(number), cell=cells["each"], kinds=", ".join(EACH)))
    value = _number(number, "value", cells["value"].removesuffix("%"), problems)
    change = _number(number, "change", cells["change"].removesuffix("%"), problems)
    since, until = (_day(number, name, cells[name], problems) for name in ("from", "to"))
    if not cells["each"] and not cells["to"]:
        problems.append(Refused("targets_no_end", row=str(number)))
    if since is not None and until is not None and until < since:
        problems.append(Refused("targets_row", row=str(number), column="to", why=Refused("targets_days")))
    if change is not None and change <= 0:
        problems.append(Refused("targets_change", row=str(number), cell=cells["change"]))
    if len(problems) > before or value is None:
        return None
    named = (cells["unit"], cells["indicator"], cast("Bound", bound), value, cells["value"].endswith("%"))
    return TargetLine(number, *named, cells["of"], each, since, until, change, cells["form"])


def _number(row: int, column: str, cell: str, problems: list[Refused]) -> Number | None:
    """A cell's number, «95», «95,5» or «95.5»; None where it is empty, or is none, which is added to `problems`."""
    if not cell:
        return None
    try:
        kept = to_keep(Decimal(cell.strip().replace(",", ".")))
    except InvalidOperation:
        kept = None
    if kept is None or abs(kept) > LARGEST:
        problems.append(Refused("targets_number", row=str(row), column=column, cell=cell))
        return None
    return int(kept) if kept == kept.to_integral_value() else kept


def _day(row: int, column: str, cell: str, problems: list[Refused]) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        problems.append(Refused("targets_day", row=str(row), column=column, cell=cell))
        return None


def spelled_value(value: Number) -> str:
    """As the file has it."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
