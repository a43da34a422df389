"""What keeps PostgreSQL's plans right in a sudden crowd, of which its statistics know nothing yet."""

from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, select

from storage.database.engines import EngineMemory

STALE_AFTER = 500
"""New rows. The plan of a statement that is run again is kept: one that was made while a table was all but empty reads all of
it, and nobody tells the server of a crowd before autovacuum looks, once a minute.
"""


def note_new_rows(connection: Connection, rows: int) -> None:
    """So many were put where many come in a crowd; on SQLite nothing is to be done."""
    if connection.dialect.name != "postgresql":
        return
    memory = EngineMemory.of(connection)
    memory.unplanned += rows
    if memory.unplanned >= STALE_AFTER:
        memory.unplanned = 0
        connection.exec_driver_sql("discard plans")


def the_first(dialect: str, statement: Select[Any], most: str) -> Select[Any]:
    """Of its ordered rows as many as this parameter says. PostgreSQL does not see how many those are, and reads them by the index that
    has their order: of a few that it believes to be there it would sort all.
    """
    number = bindparam(most, type_=Integer)
    return statement.limit(select(number).scalar_subquery() if dialect == "postgresql" else number)
