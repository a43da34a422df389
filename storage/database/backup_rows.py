"""How rows stand in a backup: a heading names a table and its columns, then a line is a row, a list of its cells.

Cells are as SQLite keeps them: moments are text in UTC, JSON is text, yes and no are 1 and 0; bytes are hexadecimal. Either database
makes the lines by itself, which takes a third of what Python takes for it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, LargeBinary, Table
from sqlalchemy.types import JSON
from sqlmodel.sql.sqltypes import UTCDateTime

from reporting.errors import Refused
from storage.database.inserting import AT_ONCE
from storage.database.prepared import driver_cursor


@dataclass(frozen=True, slots=True)
class RowsOfTable:
    """Some rows of a table, each with its cells in the order of the table's columns, as SQLite keeps them."""

    table: Table
    rows: Sequence[Sequence[Any]]


def table_line(table: Table) -> str:
    """The line before a table's rows."""
    return json.dumps({"table": table.name, "columns": [column.name for column in table.columns]})


def written_rows(connection: Connection, table: Table) -> Iterator[tuple[int, bytes]]:
    """The rows in the order of their key, some at a time: how many, and their lines."""
    dialect = connection.dialect
    cells = ", ".join(_cell(dialect.name, column) for column in table.columns)
    order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    source = f'from "{table.name}" order by {order}'
    with driver_cursor(connection, f"read {table.name}") as cursor:
        if dialect.name == "postgresql":
            with cursor.copy(f"copy (select json_build_array({cells}) {source}) to stdout") as copied:
                while some := list(islice(copied, AT_ONCE)):
                    yield (
                        len(some),
                        b"".join(some).replace(rb"\\", b"\\"),
                    )  # COPY doubles them, and has nothing else to escape
        else:
            cursor.execute(f"select json_array({cells}) {source}")
            while some := cursor.fetchmany(AT_ONCE):
                yield len(some), "".join([f"{line}\n" for (line,) in some]).encode()


def _cell(dialect: str, column: Column[Any]) -> str:
    """A column as the database itself writes it into a line."""
    name, kind = f'"{column.name}"', column.type
    if isinstance(kind, LargeBinary):
        return (
            f"encode({name}, 'hex')"
            if dialect == "postgresql"
            else f"case when {name} is not null then hex({name}) end"
        )
    if dialect == "postgresql":
        if isinstance(kind, UTCDateTime):
            return f"to_char({name} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        if isinstance(kind, JSON | Date):
            return f"{name}::text"
        if isinstance(kind, Boolean):
            return f"{name}::int"
    return name


def read_by_headings(
    lines: Iterable[str], tables: Mapping[str, Table], file: str
) -> Iterator[RowsOfTable | Mapping[str, Any]]:
    """The rows under their headings, and whatever other objects stand between them. Refused where a line is neither."""
    reading: _Reading | None = None
    for first, some in _alike(lines):
        if not some[0].startswith("{"):
            if reading is None:
                raise broken(file, first)
            yield RowsOfTable(reading.table, reading.rows(some, first))
            continue
        found = _decoded(some[0], file, first)
        if "table" not in found:
            yield found
            continue
        reading = _Reading.under(found, tables, file, first)


def _alike(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows some at a time, and each other line by itself; with the number of the first of them in the file, whose head is read."""
    number, waiting = 2, iter(lines)
    while some := list(islice(waiting, AT_ONCE)):
        began = 0
        for place in [place for place, line in enumerate(some) if line.startswith("{")]:
            if place > began:
                yield number + began, some[began:place]
            yield number + place, some[place : place + 1]
            began = place + 1
        if began < len(some):
            yield number + began, some[began:]
        number += len(some)


def _decoded(text: str, file: str, number: int) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise broken(file, number) from None


def broken(file: str, number: int) -> Refused:
    """That a line cannot be read."""
    return Refused("restore_broken", file=file, row=str(number))


_CHECKS: tuple[tuple[type, Callable[[str], Any]], ...] = (
    (UTCDateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (LargeBinary, bytes.fromhex),
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is known of the rows under a heading. `places`: where the table's columns stand in a line, None where in their order.

    `checks`: columns whose cells have to be days, moments or bytes, by place in the table.
    """

    table: Table
    file: str
    places: tuple[int, ...] | None
    checks: Mapping[int, Callable[[str], Any]]

    @classmethod
    def under(cls, found: Mapping[str, Any], tables: Mapping[str, Table], file: str, number: int) -> "_Reading":
        table, columns = tables.get(str(found["table"])), found.get("columns")
        if table is None or not isinstance(columns, list) or sorted(map(str, columns)) != sorted(table.columns.keys()):
            raise broken(file, number)
        names = table.columns.keys()
        places = None if columns == names else tuple(columns.index(name) for name in names)
        checks = {
            place: check
            for place, column in enumerate(table.columns)
            for kind, check in _CHECKS
            if isinstance(column.type, kind)
        }
        return cls(table, file, places, checks)

    def rows(self, lines: Sequence[str], first: int) -> list[list[Any]]:
        try:
            return self._read(lines)
        except (ValueError, TypeError, IndexError):
            for number, line in enumerate(lines, first):
                try:
                    self._read([line])
                except (ValueError, TypeError, IndexError):
                    raise broken(self.file, number) from None
            raise

    def _read(self, lines: Sequence[str]) -> list[list[Any]]:
        rows: list[list[Any]] = json.loads(f"[{','.join(lines)}]")
        width = len(self.table.columns)
        if len(rows) != len(lines) or any(len(row) != width for row in rows):
            raise ValueError(lines[0])
        if self.places is not None:
            rows = [[row[place] for place in self.places] for row in rows]
        for place, check in self.checks.items():
            for value in {row[place] for row in rows} - {None}:
                check(value)
        return rows
