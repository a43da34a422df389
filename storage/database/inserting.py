"""Inserts of the database at hand: both SQLite and PostgreSQL know ON CONFLICT, each in its own construct of SQLAlchemy."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database.prepared import told_error


def insert_for(dialect: str, into: Table) -> PostgresInsert | SqliteInsert:
    """An insert into a table with `on_conflict_do_nothing` and `on_conflict_do_update`, for the dialect of this name."""
    return postgresql.insert(into) if dialect == "postgresql" else sqlite.insert(into)


def insert_into(connection: Connection, into: Table) -> PostgresInsert | SqliteInsert:
    """The same for the database of a connection."""
    return insert_for(connection.dialect.name, into)


def insert_rows(connection: Connection, into: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds rows by the thousand: numbers, texts, days, aware moments and None, in the order of `columns`.

    SQLite takes them one after the other by one statement that is compiled once, PostgreSQL by COPY.
    """
    names, dialect = ", ".join(f'"{each}"' for each in columns), connection.dialect
    cursor = connection.connection.cursor()
    try:
        if dialect.name == "postgresql":
            with cursor.copy(f'copy "{into.name}" ({names}) from stdin') as copy:
                for row in rows:
                    copy.write("\t".join(map(_copied, row)) + "\n")
        else:
            marks = ", ".join("?" * len(columns))
            of_time = [
                (place, processor)
                for place, name in enumerate(columns)
                if isinstance(into.c[name].type, Date | UTCDateTime)
                and (processor := into.c[name].type.dialect_impl(dialect).bind_processor(dialect)) is not None
            ]
            statement = f'insert into "{into.name}" ({names}) values ({marks})'  # noqa: S608 - names of ours
            cursor.executemany(statement, _as_kept(rows, of_time))  # type: ignore[arg-type]  # SQLite's takes any iterable
    except dialect.loaded_dbapi.Error as error:
        raise told_error(connection, f"insert into {into.name}", (), error) from error
    finally:
        cursor.close()


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


def _copied(value: Any) -> str:
    """A value as COPY reads it."""
    if isinstance(value, str):
        return value.translate(_ESCAPED) if not value.isalnum() else value
    return "\\N" if value is None else value.isoformat() if isinstance(value, date) else str(value)
