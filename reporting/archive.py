"""The archive: history as a CSV file with columns date, unit, indicator, value."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reporting.csv_rows import cell_rows
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
    for number, cells in cell_rows(text, COLUMNS, COLUMNS, "archive_columns"):
        written, unit, indicator, value = cells
        on = days.get(written)
        if on is None or not (unit and indicator and value):
            on = _day(number, cells, problems)
            if on is None:
                continue
            days[written] = on
        yield ArchiveLine(number, on, unit, indicator, value)


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


def _day(number: int, cells: Sequence[str], problems: ProblemList) -> date | None:
    """The day of a line; None where the line cannot be taken, which is added to `problems`."""
    empty = [name for name, cell in zip(COLUMNS, cells, strict=True) if not cell]
    for name in empty:
        problems.add(Refused("archive_empty", row=str(number), column=name))
    written = cells[0]
    try:
        on = date.fromisoformat(written) if written else None
    except ValueError:
        problems.add(Refused("archive_day", row=str(number), cell=written))
        return None
    return None if empty else on
