"""Inserts of the database at hand: both SQLite and PostgreSQL know ON CONFLICT, each in its own construct of SQLAlchemy."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database.prepared import driver_cursor

AT_ONCE = 1000
"""So many rows go to the database, or come from it, together."""
MOST_KNOWN, LONGEST_KNOWN = 2_000, 64


def insert_for(dialect: str, into: Table) -> PostgresInsert | SqliteInsert:
    """An insert into a table with `on_conflict_do_nothing` and `on_conflict_do_update`, for the dialect of this name."""
    return postgresql.insert(into) if dialect == "postgresql" else sqlite.insert(into)


def insert_into(connection: Connection, into: Table) -> PostgresInsert | SqliteInsert:
    """The same for the database of a connection."""
    return insert_for(connection.dialect.name, into)


def insert_rows(connection: Connection, into: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds rows by the thousand: numbers, texts, days, aware moments and None, in the order of `columns`."""
    dialect = connection.dialect
    if dialect.name == "postgresql":
        _copy(connection, into, columns, rows)
        return
    of_time = [
        (place, processor)
        for place, name in enumerate(columns)
        if isinstance(into.c[name].type, Date | UTCDateTime)
        and (processor := into.c[name].type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    _insert(connection, into, columns, _as_kept(rows, of_time))


def insert_as_kept(connection: Connection, into: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds rows whose cells are as a backup has them (`backup_rows`): on PostgreSQL in a transaction whose time zone is UTC."""
    of_bytes = [place for place, name in enumerate(columns) if isinstance(into.c[name].type, LargeBinary)]
    is_postgresql = connection.dialect.name == "postgresql"
    if of_bytes:
        rows = changed = [list(row) for row in rows]
        for row in changed:
            for place in of_bytes:
                if row[place] is not None:
                    row[place] = f"\\x{row[place]}" if is_postgresql else bytes.fromhex(row[place])
    if is_postgresql:
        _copy(connection, into, columns, rows)
    else:
        _insert(connection, into, columns, rows)


def _insert(connection: Connection, into: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """SQLite takes them one after the other by one statement that is compiled once."""
    statement = f'insert into "{into.name}" ({_named(columns)}) values ({", ".join("?" * len(columns))})'  # noqa: S608 - names of ours
    with driver_cursor(connection, f"insert into {into.name}") as cursor:
        cursor.executemany(statement, rows)


def _copy(connection: Connection, into: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """PostgreSQL takes them by COPY."""
    waiting, known = iter(rows), _Escaped()
    with (
        driver_cursor(connection, f"insert into {into.name}") as cursor,
        cursor.copy(f'copy "{into.name}" ({_named(columns)}) from stdin') as copy,
    ):
        while some := list(islice(waiting, AT_ONCE)):
            copy.write(
                "".join(
                    [
                        "\t".join([str(each) if type(each) is int else known[each] for each in row]) + "\n"
                        for row in some
                    ]
                )
            )


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{each}"' for each in columns)


def _as_kept(
    rows: Iterable[Sequence[Any]], of_time: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterator[Sequence[Any]]:
    """Rows with their days and moments as SQLite keeps them; each is worked out once."""
    known: dict[Any, Any] = {None: None}
    for row in rows:
        made = list(row)
        for place, kept in of_time:
            value = made[place]
            found = known.get(value)
            if found is None and value is not None:
                found = known[value] = kept(value)
            made[place] = found
        yield made


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class _Escaped(dict[Any, str]):
    """Values as COPY reads them, worked out once; of what is always another, and of long texts, no more is kept than a little."""

    def __missing__(self, value: Any) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        escaped = _copied(value)
        if len(escaped) < LONGEST_KNOWN:
            self[value] = escaped
        return escaped


def _copied(value: Any) -> str:
    if isinstance(value, str):
        return value.translate(_ESCAPED) if not value.isalnum() else value
    return "\\N" if value is None else value.isoformat() if isinstance(value, date) else str(value)
