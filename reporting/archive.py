"""The archive: history as a CSV file with columns date, unit, indicator, value."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from reporting.csv_rows import read_rows
from reporting.errors import Refused
from reporting.problem_list import ProblemList

COLUMNS = ("date", "unit", "indicator", "value")


class ArchiveLine(NamedTuple):
    """A figure as it stands in the file; `row` counts from 1 with the heading."""

    row: int
    on: date
    unit: str
    indicator: str
    value: str


def archive_lines(text: str | Iterable[str], problems: ProblemList) -> Iterator[ArchiveLine]:
    """The lines of the file, one after the other. What cannot be taken is added to `problems`."""
    days: dict[str, date] = {}
    for number, cells in read_rows(text, COLUMNS, COLUMNS, "archive_columns"):
        line = _line(number, cells, problems, days)
        if line is not None:
            yield line


def read_archive(text: str) -> list[ArchiveLine]:
    """All of them, of a file that is small. Raises Refused with all that is wrong, a figure that stands there twice too."""
    problems = ProblemList()
    lines = list(archive_lines(text, problems))
    seen: dict[tuple[date, str, str], int] = {}
    for line in lines:
        first = seen.setdefault((line.on, line.unit, line.indicator), line.row)
        if first != line.row:
            problems.add(Refused("archive_twice", row=str(line.row), first=str(first)))
    problems.refuse()
    return lines


def _line(number: int, cells: Mapping[str, str], problems: ProblemList, days: dict[str, date]) -> ArchiveLine | None:
    """The line; None where it cannot be taken, which is added to `problems`. `days`: those that were read before."""
    empty = [name for name in COLUMNS if not cells[name]]
    for name in empty:
        problems.add(Refused("archive_empty", row=str(number), column=name))
    written = cells["date"]
    on = days.get(written)
    if on is None and written:
        try:
            on = days[written] = date.fromisoformat(written)
        except ValueError:
            problems.add(Refused("archive_day", row=str(number), cell=written))
    if empty or on is None:
        return None
    return ArchiveLine(number, on, cells["unit"], cells["indicator"], cells["value"])
