"""The list of units as a CSV file: code, name, kind, parent, aliases, since, until."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from reporting.errors import Refused

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

    Raises Refused for the first line that cannot be taken: nothing is imported by halves.
    """
    rows = csv.DictReader(StringIO(text.lstrip("\ufeff")))
    missing = [name for name in COLUMNS[:4] if name not in (rows.fieldnames or ())]
    if missing:
        raise Refused("units_columns", columns=", ".join(missing), wanted=",".join(COLUMNS))
    lines = [_line(number, row) for number, row in enumerate(rows, start=2) if any(row.values())]
    seen: set[tuple[str, date | None]] = set()
    for line in lines:
        if (line.code, line.since) in seen:
            raise Refused("units_twice", row=str(line.row), code=line.code)
        seen.add((line.code, line.since))
    return _parents_first(lines, known)


def _line(number: int, row: dict[str, str | None]) -> UnitLine:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in ("code", "name", "kind"):
        if not cells[name]:
            raise Refused("units_empty", row=str(number), column=name)
    aliases = tuple(filter(None, (alias.strip() for alias in cells["aliases"].split(";"))))
    since, until = _day(number, "since", cells["since"]), _day(number, "until", cells["until"])
    if since and until and until <= since:
        raise Refused("units_dates", row=str(number), code=cells["code"])
    return UnitLine(number, cells["code"], cells["name"], cells["kind"], cells["parent"], aliases, since, until)


def _day(number: int, column: str, cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise Refused("units_day", row=str(number), column=column, cell=cell) from None


def _parents_first(lines: list[UnitLine], known: frozenset[str]) -> list[UnitLine]:
    placed, done, waiting = [], set(known - {line.code for line in lines}), lines
    while waiting:
        ready = [line for line in waiting if not line.parent or line.parent in done]
        if not ready:
            line = waiting[0]
            raise Refused("units_parent", row=str(line.row), code=line.code, parent=line.parent)
        placed += ready
        done |= {line.code for line in ready}
        waiting = [line for line in waiting if line not in ready]
    return placed
