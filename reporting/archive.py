"""The archive: history as a CSV file with columns date, unit, indicator, value."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from reporting.errors import Refused

COLUMNS = ("date", "unit", "indicator", "value")


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """A figure as it stands in the file; `row` counts from 1 with the heading."""

    row: int
    on: date
    unit: str
    indicator: str
    value: str


def read_archive(text: str) -> list[ArchiveLine]:
    """The lines of the file. Raises Refused for the first that cannot be taken: nothing is imported by halves."""
    rows = csv.DictReader(StringIO(text.lstrip("\ufeff")))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise Refused("archive_columns", columns=", ".join(missing), wanted=",".join(COLUMNS))
    lines = [_line(number, row) for number, row in enumerate(rows, start=2) if any(row.values())]
    seen: dict[tuple[date, str, str], int] = {}
    for line in lines:
        key = (line.on, line.unit, line.indicator)
        if key in seen:
            raise Refused("archive_twice", row=str(line.row), first=str(seen[key]))
        seen[key] = line.row
    return lines


def _line(number: int, row: dict[str, str | None]) -> ArchiveLine:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in COLUMNS:
        if not cells[name]:
            raise Refused("archive_empty", row=str(number), column=name)
    try:
        on = date.fromisoformat(cells["date"])
    except ValueError:
        raise Refused("archive_day", row=str(number), cell=cells["date"]) from None
    return ArchiveLine(number, on, cells["unit"], cells["indicator"], cells["value"])
