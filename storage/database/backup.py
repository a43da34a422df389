"""Everything in the database as lines of JSON, and back: the same file serves SQLite and PostgreSQL.

The first line says what the file is, then come the tables (`backup_rows`). The last line counts the rows of each.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, DateTime, MetaData, Table, func, select
from sqlmodel.sql.sqltypes import UTCDateTime

from reporting.errors import Refused
from storage.database.backup_rows import RowsOfTable, read_by_headings, table_line, written_rows
from storage.database.bare_tables import bare
from storage.database.inserting import insert_as_kept
from storage.database.older_backup import read_older_rows
from storage.database.tables import metadata
from storage.database.version import newest_revision

KIND = "giaoban backup"
FORMAT = 2
"""1, or nothing: as `older_backup` reads it."""
END = "rows"
ROOM = 32_768
"""So many kilobytes of an SQLite file stay in memory while it is filled."""
VERSION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class BackupHead:
    """What a file says of itself first. `has_end`: its last line counts its rows; files of earlier releases had none.

    `rows`: how many are to come; 0 where it does not say. `format`: how its rows stand there.
    """

    revision: str
    at: str
    has_end: bool
    rows: int = 0
    format: int = 1


def copy_out(connection: Connection, revision: str, now: datetime, rows: int = 0) -> Iterator[tuple[int, bytes]]:
    """The lines, many at a time, and how many rows are in them; in bounded memory. `rows`: as counted.

    The connection's transaction has to see one moment (`see_one_moment`).
    """
    about = {"kind": KIND, "revision": revision, "at": now.isoformat(), "end": True, "rows": rows, "format": FORMAT}
    yield 0, _line(json.dumps(about))
    counted: dict[str, int] = {}
    for table in metadata.sorted_tables:
        counted[table.name] = 0
        yield 0, _line(table_line(table))
        for count, some in written_rows(connection, table):
            counted[table.name] += count
            yield count, some
    yield 0, _line(json.dumps({END: counted}))


def _line(text: str) -> bytes:
    return f"{text}\n".encode()


def count_rows(connection: Connection) -> int:
    """How many rows `copy_out` would write."""
    counts = (select(func.count()).select_from(table) for table in metadata.sorted_tables)
    return sum(int(connection.execute(count).scalar_one()) for count in counts)


def backup_head(line: str, file: str) -> BackupHead:
    """The file's first line. Refused where it is none of ours, or of a kind that only a later release knows."""
    try:
        head = json.loads(line)
        if head["kind"] != KIND:
            raise Refused("restore_not_ours", file=file)
        end, rows, found = bool(head.get("end")), int(head.get("rows", 0)), int(head.get("format", 1))
        read = BackupHead(str(head["revision"]), str(head["at"]), end, rows, found)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("restore_not_ours", file=file) from None
    if read.format > FORMAT:
        raise Refused("restore_other_version", file=file, stands=read.revision, wanted=newest_revision())
    return read


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
    counted = Counter[str]()
    end: Mapping[str, int] | None = None
    read = read_by_headings if head.format == FORMAT else read_older_rows
    with bare(connection):
        for found in read(lines, tables, file):
            if isinstance(found, RowsOfTable):
                insert_as_kept(connection, found.table, found.table.columns.keys(), found.rows)
                counted[found.table.name] += len(found.rows)
                progress(counted.total(), head.rows)
            else:
                end = found.get(END, end)
        if head.has_end:
            _check_end(counted, end, file)
    if connection.dialect.name == "postgresql":
        _count_on(connection, tables.values())
        connection.exec_driver_sql("analyze " + ", ".join(f'"{name}"' for name in tables))
    return dict(counted)


def _make_ready(connection: Connection, tables: Iterable[Table]) -> None:
    """Refused where anything is there already."""
    if any(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables):
        raise Refused("restore_not_empty")
    if connection.dialect.name == "sqlite":
        for pragma in ("defer_foreign_keys=ON", f"cache_size=-{ROOM}"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
    else:
        connection.exec_driver_sql("set local time zone 'UTC'")


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


def _count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL's counters go on behind the highest key."""
    for table in tables:
        for column in table.primary_key.columns:
            counter = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            if connection.execute(select(counter)).scalar() is not None:
                highest = select(func.coalesce(func.max(column), 1)).scalar_subquery()
                connection.execute(select(func.setval(counter, highest)))
