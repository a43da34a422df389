"""Everything in the database as lines of JSON, and back: the same file serves SQLite and PostgreSQL."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Table, func, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from reporting.errors import Refused
from storage.database.tables import metadata

KIND = "giaoban backup"
BATCH = 500


def copy_out(connection: Connection, revision: str, now: datetime) -> Iterator[str]:
    """A first line that says what this is, then a line a row: [table, {column: value}]. Links to later tables come last."""
    yield json.dumps({"kind": KIND, "revision": revision, "at": now.isoformat()})
    for table in metadata.sorted_tables:
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
            yield json.dumps([table.name, {name: _out(value) for name, value in row.items()}], ensure_ascii=False)


def copy_in(connection: Connection, lines: Iterable[str], revision: str, file: str) -> int:
    """Fills an empty database; how many rows. Refused where it is not empty, or the file is none of ours or of another revision."""
    rows = iter(lines)
    _check_head(next(rows, ""), revision, file)
    if any(
        connection.execute(select(func.count()).select_from(table)).scalar_one() for table in metadata.sorted_tables
    ):
        raise Refused("restore_not_empty")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    count, at = 0, None
    waiting: list[dict[str, Any]] = []
    links: list[tuple[Table, int, dict[str, Any]]] = []
    for number, line in enumerate(rows, start=2):
        table, values = _row(line, number, file)
        late = {name: values.pop(name) for name in _late(table) if values.get(name) is not None}
        if late:
            links.append((table, values["id"], late))
            values |= dict.fromkeys(late)
        if table is not at or len(waiting) >= BATCH:
            _insert(connection, at, waiting)
            at, waiting = table, []
        waiting.append(values)
        count += 1
    _insert(connection, at, waiting)
    for table, key, late in links:
        connection.execute(update(table).where(table.c.id == key).values(late))
    _count_on(connection)
    return count


def _insert(connection: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if table is not None and rows:
        connection.execute(table.insert(), rows)


def _late(table: Table) -> list[str]:
    """Columns that link to their own table, or to one that is filled later."""
    order = [each.name for each in metadata.sorted_tables]
    place = order.index(table.name)
    return [key.parent.name for key in table.foreign_keys if order.index(key.column.table.name) >= place]


def _check_head(line: str, revision: str, file: str) -> None:
    try:
        head = json.loads(line)
        is_ours = head["kind"] == KIND
        stands = str(head["revision"])
    except (ValueError, TypeError, KeyError):
        is_ours, stands = False, ""
    if not is_ours:
        raise Refused("restore_not_ours", file=file)
    if stands != revision:
        raise Refused("restore_other_version", file=file, stands=stands, wanted=revision)


def _row(line: str, number: int, file: str) -> tuple[Table, dict[str, Any]]:
    try:
        name, values = json.loads(line)
        table = metadata.tables[name]
        return table, {column.name: _in(column.type, values[column.name]) for column in table.columns}
    except (ValueError, TypeError, KeyError):
        raise Refused("restore_broken", file=file, row=str(number)) from None


def _out(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _in(kind: Any, value: Any) -> Any:
    readers: list[tuple[type, Callable[[str], Any]]] = [
        (UTCDateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
        (LargeBinary, b64decode),
    ]
    return next((read(value) for of, read in readers if isinstance(kind, of) and value is not None), value)


def _count_on(connection: Connection) -> None:
    """PostgreSQL's counters go on behind the highest key."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            highest = select(func.coalesce(func.max(column), 1)).scalar_subquery()
            counter = func.setval(func.pg_get_serial_sequence(f'"{table.name}"', column.name), highest)
            connection.execute(select(counter))
