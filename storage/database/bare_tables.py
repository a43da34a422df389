"""Tables without their indexes while they are filled: made at the end, an index takes a fraction of the time, and little memory."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_SQLITE = "select name, sql from sqlite_master where type = 'index' and sql is not null order by rowid"
_POSTGRESQL = (
    "select quote_ident(relname), pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid"
    " where relnamespace = current_schema()::regnamespace"
    " and not exists (select from pg_constraint where conindid = indexrelid) order by indexrelid"
)
_LINKS = (
    "select 'alter table ' || conrelid::regclass || ' drop constraint ' || quote_ident(conname),"
    " 'alter table ' || conrelid::regclass || ' add constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)"
    " from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by oid"
)


@contextmanager
def bare(connection: Connection) -> Iterator[None]:
    """All tables of the database; the indexes of keys stay. On PostgreSQL links between tables are checked at the end, too.

    It belongs to the transaction: where that is given up they are as they were.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    indexes = connection.exec_driver_sql(_SQLITE if is_sqlite else _POSTGRESQL).all()
    links = [] if is_sqlite else connection.exec_driver_sql(_LINKS).all()
    for statement in [*(drop for drop, _ in links), *(f"drop index {name}" for name, _ in indexes)]:
        connection.exec_driver_sql(statement)
    yield
    for _, statement in [*indexes, *links]:
        connection.exec_driver_sql(statement)
