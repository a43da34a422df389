"""Brings the database up to date, by Alembic: all steps in one transaction, so whoever gives up has the old release's database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from sqlite3 import Connection as SQLiteConnection
from typing import Any
from zoneinfo import ZoneInfo

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from reporting.errors import Refused
from storage.database.engines import WAIT_SECONDS, database_url
from storage.database.line_to_postgresql import ask_server, connect_options
from storage.database.stopped_by_hand import begin_stoppably, given_up_by_hand, look_up
from storage.database.tables import metadata
from storage.database.version import MIGRATIONS, check_known, revision

LOCK = 0x6769616F6D6967
"""The advisory lock of whoever migrates («giaomig»)."""
UTC = ZoneInfo("UTC")
WAITING_APART = "0011"
"""Until then a figure that waited for approval overwrote the accepted one."""
ROOM = 2
"""So many times its own size an SQLite file may need beside itself: what is rewritten stands in its log until the end."""
MEGABYTE = 1 << 20
CACHE = 65_536
"""So many kilobytes of an SQLite file stay in memory meanwhile: a table that is rewritten goes into the log once, not page by page."""
SMALL = 256 * MEGABYTE
"""Of a file that is no larger what is sorted, and what a statement may have to take back, stays in memory too."""


@dataclass(frozen=True, slots=True)
class MigrationStep:
    """One of the migrations on the way: the `place`-th of `count`, its number and what it is about."""

    place: int
    count: int
    revision: str
    name: str


@dataclass(frozen=True, slots=True)
class FilledAt:
    """What fills a database that was empty, once it is at this revision, and before it is brought further."""

    revision: str
    fill: Callable[[Connection], object]


Tell = Callable[[MigrationStep], None]
Glance = Callable[[], None]


def _nothing(*_: object) -> None:
    """Nobody is told."""


def migrate(
    setting: str,
    zone: ZoneInfo = UTC,
    to: str = "head",
    tell: Tell = _nothing,
    glance: Glance = _nothing,
    filling: FilledAt | None = None,
) -> tuple[str | None, str]:
    """Brings the database at DATABASE_URL up to date, or `to` a revision; its revision before and after. `zone`: where the units are.

    `tell` hears of each step before it is done, `glance` is called again and again meanwhile. Ctrl-C at any moment leaves the
    database as it was. On SQLite foreign keys are off meanwhile, or the batch copies would delete child rows; they are checked at
    the end.

    Raises Refused where a newer release has been here, where what is to be filled is there already, or the disk has too little room.
    """
    engine = _engine(setting, glance)
    try:
        with given_up_by_hand(), engine.connect() as connection, connection.begin():
            if connection.dialect.name != "sqlite":
                connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            before = revision(connection)
            check_known(before)
            if filling is not None and before is not None:  # somebody else has made it since it was seen to be empty
                raise Refused("restore_not_empty")
            steps = list(_steps(before, to))
            if steps and before is not None:
                _check_room(engine)
            config = _config(connection)
            config.attributes["on_version_apply"] = _telling(steps, tell)
            if filling is not None:
                command.upgrade(config, filling.revision)
                filling.fill(connection)
            command.upgrade(config, to)
            stood = before if filling is None else filling.revision
            if stood is not None and stood < WAITING_APART <= (revision(connection) or ""):
                _recompute_accepted(connection, zone)
            _check_links(connection)
            after = revision(connection) or ""
    finally:
        engine.dispose()
    return before, after


def _steps(before: str | None, to: str) -> Iterator[MigrationStep]:
    """The migrations from a revision on, up to another, in their order."""
    scripts = [each for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions() if each.revision > (before or "")]
    wanted = sorted(each.revision for each in scripts if to == "head" or each.revision <= to)
    names = {each.revision: Path(each.path).stem.partition("_")[2].replace("_", " ") for each in scripts}
    for place, number in enumerate(wanted, 1):
        yield MigrationStep(place, len(wanted), number, names[number])


def _telling(steps: list[MigrationStep], tell: Tell) -> Callable[..., None]:
    """Tells of the first step now, and of the next whenever one is done; that is what Alembic calls."""
    left = iter(steps)

    def done(**_: Any) -> None:
        step = next(left, None)
        if step is not None:
            tell(step)

    done()
    return done


def _check_room(engine: Engine) -> None:
    """Refused where an SQLite file's disk has not what it may need beside it. How full PostgreSQL's disk is, is not seen from here."""
    file = Path(engine.url.database or "")
    if engine.dialect.name != "sqlite" or not file.is_file():
        return
    wanted, free = ROOM * file.stat().st_size, disk_usage(file.parent).free
    if free < wanted:
        raise Refused("migrate_no_room", wanted=-(-wanted // MEGABYTE), free=free // MEGABYTE, folder=str(file.parent))


def _recompute_accepted(connection: Connection, zone: ZoneInfo) -> None:
    """Done here and not in the migration: the rules read the tables as they are now, after the last of the migrations."""
    from storage.database.recompute_accepted import (
        recompute_accepted,  # it brings the rules, which no other command that migrates needs
    )

    recompute_accepted(connection, zone)


def differences(connection: Connection) -> list[object]:
    """What the tables in the code have that the migrated database has not, or the other way round."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(setting: str, glance: Glance = _nothing) -> Engine:
    """On SQLite the driver leaves transactions to us: it would begin none before a change of tables, and that would stay."""
    url = database_url(setting)
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite:
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    else:
        ours = url.set(drivername="postgresql+giaoban")
        options = connect_options(url, writes=True)
        engine = create_engine(ours, poolclass=NullPool, connect_args=options, hide_parameters=True)
    event.listen(engine, "before_cursor_execute", lambda *_: glance())
    if not is_sqlite:
        event.listen(engine, "connect", lambda connection, _: _reached(connection, glance))
        return engine

    @event.listens_for(engine, "connect")
    def _connected(connection: SQLiteConnection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={WAIT_SECONDS * 1000}",
            "journal_mode=WAL",
            "foreign_keys=OFF",
            f"cache_size=-{CACHE}",
            f"temp_store={'MEMORY' if _is_small(engine) else 'DEFAULT'}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        look_up(connection, glance)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        begin_stoppably(connection, "BEGIN IMMEDIATE", WAIT_SECONDS, glance)

    return engine


def _reached(connection: Any, glance: Glance) -> None:
    ask_server(connection, writes=False)
    connection.glance = glance


def _is_small(engine: Engine) -> bool:
    file = Path(engine.url.database or "")
    return not file.is_file() or file.stat().st_size <= SMALL


def _check_links(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration left {len(broken)} rows whose parents are missing: {broken[:5]}")
