"""The archive: history as a CSV file with columns date, unit, indicator, value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reporting.csv_rows import read_rows
from reporting.errors import Refused, by_row, refuse_all

COLUMNS = ("date", "unit", "indicator", "value")


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """A figure as it stands in the file; `row` counts from 1 with the heading."""

    row: int
    on: date
    unit: str
    indicator: str
    value: str


def read_archive(text: str, problems: list[Refused] | None = None) -> list[ArchiveLine]:
    """The lines of the file. What cannot be taken is added to `problems`, or raised where there is no such list."""
    found = list[Refused]() if problems is None else problems
    read = (_line(number, cells, found) for number, cells in read_rows(text, COLUMNS, COLUMNS, "archive_columns"))
    lines = [line for line in read if line is not None]
    seen: dict[tuple[date, str, str], int] = {}
    for line in lines:
        key = (line.on, line.unit, line.indicator)
        if key in seen:
            found.append(Refused("archive_twice", row=str(line.row), first=str(seen[key])))
        seen.setdefault(key, line.row)
    if problems is None:
        refuse_all(sorted(found, key=by_row))
    return lines


def _line(number: int, cells: Mapping[str, str], found: list[Refused]) -> ArchiveLine | None:
    """The line; None where it cannot be taken, which is added to `found`."""
    empty = [Refused("archive_empty", row=str(number), column=name) for name in COLUMNS if not cells[name]]
    found += empty
    try:
        on = date.fromisoformat(cells["date"]) if cells["date"] else None
    except ValueError:
        on = None
        found.append(Refused("archive_day", row=str(number), cell=cells["date"]))
    if empty or on is None:
        return None
    return ArchiveLine(number, on, cells["unit"], cells["indicator"], cells["value"])
