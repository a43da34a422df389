"""Everything in the database as lines of JSON, and back: the same file serves SQLite and PostgreSQL.

The first line says what the file is, then a line is a row: [table, {column: value}]. The last one counts the rows of each table.
"""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, LargeBinary, MetaData, Table, func, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from reporting.errors import Refused
from storage.database.tables import metadata

KIND = "giaoban backup"
BATCH = 2000
END = "rows"
VERSION_TABLE = "alembic_version"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class BackupHead:
    """What a file says of itself first. `has_end`: its last line counts its rows; files of earlier releases had none."""

    revision: str
    at: str
    has_end: bool


def copy_out(connection: Connection, revision: str, now: datetime) -> Iterator[str]:
    """The lines, in bounded memory; the connection's transaction has to see one moment (`see_one_moment`)."""
    yield _encode({"kind": KIND, "revision": revision, "at": now.isoformat(), "end": True})
    counted: dict[str, int] = {}
    for table in metadata.sorted_tables:
        counted[table.name] = 0
        statement = select(table).order_by(*table.primary_key.columns)
        names = [column.name for column in table.columns]
        written = [_writer(column.type) for column in table.columns]
        for row in connection.execute(statement, execution_options={"yield_per": BATCH}):
            values = [
                value if write is None or value is None else write(value)
                for write, value in zip(written, row, strict=True)
            ]
            counted[table.name] += 1
            yield _encode([table.name, dict(zip(names, values, strict=True))])
    yield _encode({END: counted})


def backup_head(line: str, file: str) -> BackupHead:
    """The file's first line. Refused where it is none of ours."""
    try:
        head = json.loads(line)
        if head["kind"] == KIND:
            return BackupHead(str(head["revision"]), str(head["at"]), bool(head.get("end")))
    except (ValueError, TypeError, KeyError, AttributeError):
        pass
    raise Refused("restore_not_ours", file=file)


def copy_in(
    connection: Connection,
    head: BackupHead,
    lines: Iterable[str],
    file: str,
    progress: Callable[[int], None] = lambda _: None,
) -> dict[str, int]:
    """Fills an empty database with the lines after the head; how many rows of each table.

    The database is at the head's revision. Refused where it is not empty, where a line is broken, and where rows are missing.
    """
    tables = tables_here(connection)
    if any(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables.values()):
        raise Refused("restore_not_empty")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    late = {name: _late(table, list(tables)) for name, table in tables.items()}
    counted, end, at = Counter[str](), None, ""
    waiting: list[dict[str, Any]] = []
    links: list[tuple[Table, int, dict[str, Any]]] = []
    for number, line in enumerate(lines, start=2):
        name, values = _row(tables, line, number, file)
        if name == END:
            end = values
            continue
        later = {column: values.pop(column) for column in late[name] if values.get(column) is not None}
        if later:
            links.append((tables[name], values["id"], later))
            values |= dict.fromkeys(later)
        if name != at or len(waiting) >= BATCH:
            _insert(connection, tables.get(at), waiting)
            at, waiting = name, []
            progress(counted.total())
        waiting.append(values)
        counted[name] += 1
    _insert(connection, tables.get(at), waiting)
    for table, key, later in links:
        connection.execute(update(table).where(table.c.id == key).values(later))
    if head.has_end:
        _check_end(counted, end, file)
    _count_on(connection, tables.values())
    return dict(counted)


def _check_end(counted: Mapping[str, int], end: Mapping[str, int] | None, file: str) -> None:
    """Refused where the file was cut off, or a line of it is gone."""
    if end is None:
        raise Refused("restore_cut", file=file)
    for name, count in end.items():
        if counted.get(name, 0) != count:
            raise Refused("restore_count", file=file, table=name, found=counted.get(name, 0), count=count)


def tables_here(connection: Connection) -> dict[str, Table]:
    """The tables as they are in this database, parents first; types are those of the code where it still has the column."""
    here = MetaData()
    here.reflect(connection)
    for table in here.tables.values():
        ours = metadata.tables.get(table.name)
        for column in table.columns:
            if ours is not None and column.name in ours.columns:
                column.type = ours.columns[column.name].type
            elif isinstance(column.type, DateTime):
                column.type = UTCDateTime()
    return {table.name: table for table in here.sorted_tables if table.name != VERSION_TABLE}


def _insert(connection: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if table is not None and rows:
        connection.execute(table.insert(), rows)


def _late(table: Table, order: list[str]) -> list[str]:
    """Columns that link to their own table, or to one that is filled later."""
    place = order.index(table.name)
    return [key.parent.name for key in table.foreign_keys if order.index(key.column.table.name) >= place]


def _row(tables: Mapping[str, Table], line: str, number: int, file: str) -> tuple[str, Any]:
    """A row's table and its values; `END` and the counts of the last line."""
    try:
        read = json.loads(line)
        if isinstance(read, dict):
            return END, dict(read[END])
        name, values = read
        return name, {column.name: _in(column.type, values[column.name]) for column in tables[name].columns}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("restore_broken", file=file, row=str(number)) from None


def _writer(kind: Any) -> Callable[[Any], Any] | None:
    """How values of a column are written; None: as they are."""
    if isinstance(kind, LargeBinary):
        return lambda value: b64encode(value).decode()
    return (lambda value: value.isoformat()) if isinstance(kind, UTCDateTime | Date) else None


def _in(kind: Any, value: Any) -> Any:
    readers: list[tuple[type, Callable[[str], Any]]] = [
        (UTCDateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
        (LargeBinary, b64decode),
    ]
    return next((read(value) for of, read in readers if isinstance(kind, of) and value is not None), value)


def _count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL's counters go on behind the highest key."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            counter = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            if connection.execute(select(counter)).scalar() is not None:
                highest = select(func.coalesce(func.max(column), 1)).scalar_subquery()
                connection.execute(select(func.setval(counter, highest)))
