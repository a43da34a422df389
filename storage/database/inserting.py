"""Inserts of the database at hand: both SQLite and PostgreSQL know ON CONFLICT, each in its own construct of SQLAlchemy."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert


def insert_for(dialect: str, into: Table) -> PostgresInsert | SqliteInsert:
    """An insert into a table with `on_conflict_do_nothing` and `on_conflict_do_update`, for the dialect of this name."""
    return postgresql.insert(into) if dialect == "postgresql" else sqlite.insert(into)


def insert_into(connection: Connection, into: Table) -> PostgresInsert | SqliteInsert:
    """The same for the database of a connection."""
    return insert_for(connection.dialect.name, into)
