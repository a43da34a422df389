"""Everything in the database as lines of JSON, and back: the same file serves SQLite and PostgreSQL.

The first line says what the file is, then a line is a row: [table, {column: value}]. The last one counts the rows of each table.
"""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
    select,
    update,
)
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from reporting.errors import Refused
from storage.database.inserting import insert_rows
from storage.database.tables import metadata

KIND = "giaoban backup"
BATCH = 2000
END = "rows"
ROOM = 65_536
"""So many kilobytes of an SQLite file stay in memory while it is filled."""
MOST_KNOWN = 2_000
_NOTHING = "null"
VERSION_TABLE = "alembic_version"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class BackupHead:
    """What a file says of itself first. `has_end`: its last line counts its rows; files of earlier releases had none.

    `rows`: how many are to come; 0 where it does not say.
    """

    revision: str
    at: str
    has_end: bool
    rows: int = 0


def copy_out(connection: Connection, revision: str, now: datetime, rows: int = 0) -> Iterator[str]:
    """The lines, in bounded memory; the connection's transaction has to see one moment (`see_one_moment`). `rows`: as counted."""
    yield json.dumps({"kind": KIND, "revision": revision, "at": now.isoformat(), "end": True, "rows": rows})
    counted: dict[str, int] = {}
    for table in metadata.sorted_tables:
        counted[table.name] = 0
        statement = select(table).order_by(*table.primary_key.columns)
        cells = [_writer(column.type) for column in table.columns]
        named = ",".join(f"{_encode(column.name)}:%s" for column in table.columns)
        line = f"[{_encode(table.name)},{{{named}}}]"
        for some in connection.execute(statement, execution_options={"yield_per": BATCH}).partitions():
            counted[table.name] += len(some)
            columns = [
                [_NOTHING if value is None else write(value) for value in column]
                for write, column in zip(cells, zip(*some, strict=True), strict=True)
            ]
            yield from map(line.__mod__, zip(*columns, strict=True))
    yield _encode({END: counted})


def count_rows(connection: Connection) -> int:
    """How many rows `copy_out` would write."""
    counts = (select(func.count()).select_from(table) for table in metadata.sorted_tables)
    return sum(int(connection.execute(count).scalar_one()) for count in counts)


def backup_head(line: str, file: str) -> BackupHead:
    """The file's first line. Refused where it is none of ours."""
    try:
        head = json.loads(line)
        if head["kind"] == KIND:
            return BackupHead(str(head["revision"]), str(head["at"]), bool(head.get("end")), int(head.get("rows", 0)))
    except (ValueError, TypeError, KeyError, AttributeError):
        pass
    raise Refused("restore_not_ours", file=file)


def copy_in(
    connection: Connection,
    head: BackupHead,
    lines: Iterable[str],
    file: str,
    progress: Callable[[int, int], None] = lambda _, __: None,
) -> dict[str, int]:
    """Fills an empty database with the lines after the head; how many rows of each table.

    The database is at the head's revision. Refused where it is not empty, where a line is broken, and where rows are missing.
    """
    tables = tables_here(connection)
    _make_ready(connection, tables.values())
    late = {name: _late(table, list(tables)) for name, table in tables.items()}
    readers = {name: [(each.name, _reader(each.type)) for each in table.columns] for name, table in tables.items()}
    counted, end, at = Counter[str](), None, ""
    waiting: list[dict[str, Any]] = []
    links: list[tuple[Table, int, dict[str, Any]]] = []
    for number, line in enumerate(lines, start=2):
        name, values = _row(readers, line, number, file)
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
            if counted:
                progress(counted.total(), head.rows)
        waiting.append(values)
        counted[name] += 1
    _insert(connection, tables.get(at), waiting)
    for table, key, later in links:
        connection.execute(update(table).where(table.c.id == key).values(later))
    if head.has_end:
        _check_end(counted, end, file)
    _count_on(connection, tables.values())
    return dict(counted)


def _make_ready(connection: Connection, tables: Iterable[Table]) -> None:
    """Refused where anything is there already."""
    if any(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables):
        raise Refused("restore_not_empty")
    if connection.dialect.name == "sqlite":
        for pragma in ("defer_foreign_keys=ON", f"cache_size=-{ROOM}"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")


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
    if table is None or not rows:
        return
    if all(isinstance(each.type, _PLAIN) for each in table.columns):
        columns = [each.name for each in table.columns]
        insert_rows(connection, table, columns, map(itemgetter(*columns), rows))
    else:
        connection.execute(table.insert(), rows)


_PLAIN = (Integer, String, AutoString, Date, UTCDateTime)
"""Kinds of columns whose values need nothing done to them."""


def _late(table: Table, order: list[str]) -> list[str]:
    """Columns that link to their own table, or to one that is filled later."""
    place = order.index(table.name)
    return [key.parent.name for key in table.foreign_keys if order.index(key.column.table.name) >= place]


def _row(
    readers: Mapping[str, Sequence[tuple[str, Callable[[Any], Any] | None]]], line: str, number: int, file: str
) -> tuple[str, Any]:
    """A row's table and its values; `END` and the counts of the last line."""
    try:
        read = json.loads(line)
        if isinstance(read, dict):
            return END, dict(read[END])
        name, values = read
        return name, {
            column: values[column] if read_in is None or values[column] is None else read_in(values[column])
            for column, read_in in readers[name]
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("restore_broken", file=file, row=str(number)) from None


class _Known(dict[Any, Any]):
    """What there is again and again, worked out once; of what is always another no more is kept than a little."""

    def __init__(self, work_out: Callable[[Any], Any]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: Any) -> Any:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[key] = self._work_out(key)
        return found


def _writer(kind: Any) -> Callable[[Any], str]:
    """How values of a column are written."""
    if isinstance(kind, LargeBinary):
        return lambda value: _encode(b64encode(value).decode())
    if isinstance(kind, UTCDateTime | Date):
        return _Known(lambda value: _encode(value.isoformat())).__getitem__
    if isinstance(kind, Integer):
        return str
    return _Known(_encode).__getitem__ if isinstance(kind, AutoString) else _encode


def _reader(kind: Any) -> Callable[[Any], Any] | None:
    """How values of a column that were written are read; None: as they are."""
    if isinstance(kind, LargeBinary):
        return b64decode
    if isinstance(kind, UTCDateTime):
        return _Known(datetime.fromisoformat).__getitem__
    return _Known(date.fromisoformat).__getitem__ if isinstance(kind, Date) else None


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
