"""Brings the database up to date, by Alembic."""

from sqlite3 import Connection as SQLiteConnection
from typing import Any
from zoneinfo import ZoneInfo

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from storage.database.engines import database_url
from storage.database.tables import metadata
from storage.database.version import MIGRATIONS, revision

LOCK = 0x6769616F6D6967
"""The advisory lock of whoever migrates («giaomig»)."""
UTC = ZoneInfo("UTC")
WAITING_APART = "0011"
"""Until then a figure that waited for approval overwrote the accepted one."""


def migrate(setting: str, zone: ZoneInfo = UTC, to: str = "head") -> tuple[str | None, str]:
    """Brings the database at DATABASE_URL up to date, or `to` a revision; its revision before and after. `zone`: where the units are.

    All of it is one transaction. On SQLite foreign keys are off meanwhile, or the batch copies would delete child rows; they are
    checked at the end.
    """
    engine = _engine(setting)
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection, connection.begin():
        if not is_sqlite:
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        before = revision(connection)
        command.upgrade(_config(connection), to)
        if before is not None and before < WAITING_APART <= (revision(connection) or ""):
            _restore(connection, zone)
        _check_links(connection)
        after = revision(connection) or ""
    engine.dispose()
    return before, after


def _restore(connection: Connection, zone: ZoneInfo) -> None:
    """Done here and not in the migration: the rules read the tables as they are now, after the last of the migrations."""
    from storage.database.restore_accepted import (
        restore,  # it brings the rules, which no other command that migrates needs
    )

    restore(connection, zone)


def differences(connection: Connection) -> list[object]:
    """What the tables in the code have that the migrated database has not, or the other way round."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(setting: str) -> Engine:
    """For the whole of it one transaction, on SQLite too: its driver would commit each change of a table by itself."""
    engine = create_engine(database_url(setting), poolclass=NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _connected(connection: SQLiteConnection, _record: Any) -> None:
            connection.isolation_level = None
            for pragma in ("journal_mode=WAL", "foreign_keys=OFF"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begun(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _check_links(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration left {len(broken)} rows whose parents are missing: {broken[:5]}")
