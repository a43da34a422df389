"""The list of units as a CSV file: code, name, kind, parent, aliases, since, until."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.csv_rows import read_rows
from reporting.errors import Refused, by_row, refuse_all
from reporting.units import Unit, UnitTree

COLUMNS = ("code", "name", "kind", "parent", "aliases", "since", "until")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line of the list; `row` counts from 1 with the heading, as a spreadsheet does."""

    row: int
    code: str
    name: str
    kind: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


def read_units(text: str, known: frozenset[str] = frozenset()) -> list[UnitLine]:
    """The lines, parents before children. `known`: codes that may be named as parents without standing in the file.

    Raises Refused with every line that cannot be taken: nothing is imported by halves.
    """
    found: list[Refused] = []
    lines = [
        line
        for number, row in read_rows(text, COLUMNS, COLUMNS[:4], "units_columns")
        if (line := _line(number, row, found))
    ]
    seen: set[tuple[str, date | None]] = set()
    for line in lines:
        if (line.code, line.since) in seen:
            found.append(Refused("units_twice", row=str(line.row), code=line.code))
        seen.add((line.code, line.since))
    placed = parents_first(lines, known, found)
    refuse_all(sorted(found, key=by_row))
    return placed


def _line(number: int, cells: Mapping[str, str], found: list[Refused]) -> UnitLine | None:
    """The line; None where its code is missing. What is wrong with it is added to `found`."""
    found += [
        Refused("units_empty", row=str(number), column=name) for name in ("code", "name", "kind") if not cells[name]
    ]
    aliases = aliases_in(cells["aliases"])
    since, until = (day_in(number, name, cells[name], found) for name in ("since", "until"))
    if since and until and until <= since:
        found.append(Refused("units_dates", row=str(number), code=cells["code"]))
    if not cells["code"]:
        return None
    return UnitLine(number, cells["code"], cells["name"], cells["kind"], cells["parent"], aliases, since, until)


def aliases_in(cell: str) -> tuple[str, ...]:
    """The names that a cell lists, by «;»."""
    return tuple(filter(None, (alias.strip() for alias in cell.split(";"))))


def day_in(row: int, column: str, cell: str, found: list[Refused]) -> date | None:
    """A cell's day; None where it is empty, or is none, which is added to `found`."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        found.append(Refused("units_day", row=str(row), column=column, cell=cell))
        return None


def parents_first(lines: list[UnitLine], known: frozenset[str], found: list[Refused]) -> list[UnitLine]:
    """The lines in that order. Parents that are nowhere are added to `found`; of a ring its first line."""
    codes = known | {line.code for line in lines}
    lost = (line for line in lines if line.parent and line.parent not in codes)
    found += [Refused("units_parent", row=str(line.row), code=line.code, parent=line.parent) for line in lost]
    placed, done, waiting = [], set(known - {line.code for line in lines}), lines
    while waiting:
        ready = [line for line in waiting if not line.parent or line.parent in done or line.parent not in codes]
        if not ready:
            line = waiting[0]
            found.append(Refused("units_parent", row=str(line.row), code=line.code, parent=line.parent))
            ready = [line]
        placed += ready
        done |= {line.code for line in ready}
        waiting = [line for line in waiting if line not in ready]
    return placed


def refuse_orphans(lines: Sequence[UnitLine], tree: UnitTree) -> None:
    """Raises Refused where a unit of these lines, or a unit under one of them, outlives its parent. `tree`: with the lines."""
    rows = {(line.code, line.since): line.row for line in lines}
    found = []
    for unit in tree:
        parent = tree.unit(unit.parent_id) if unit.parent_id is not None else None
        if parent is None or not _outlives(unit, parent):
            continue
        row = rows.get((unit.code, unit.since)) or rows.get((parent.code, parent.since))
        if row is not None:
            named = {"unit": unit.title_with_code, "code": unit.code, "parent": parent.title_with_code}
            found.append(Refused("units_orphan", row=str(row), day=parent.until, **named))
    refuse_all(sorted(found, key=by_row))


def _outlives(unit: Unit, parent: Unit) -> bool:
    return parent.until is not None and (unit.until is None or unit.until > parent.until)
