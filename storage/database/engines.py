"""Connections to SQLite and PostgreSQL, set up so that what is committed stays, and what fails says nothing of whom it was about."""

from dataclasses import dataclass, field
from pathlib import Path
from secrets import randbits
from sqlite3 import Connection as SQLiteConnection
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from reporting.errors import Refused
from storage.database.audit_chain import link_lines
from storage.database.dialects import COMPILED
from storage.database.line_to_postgresql import ask_server, connect_options
from storage.database.stopped_by_hand import begin_stoppably, look_up

if TYPE_CHECKING:
    from reporting.forms import Form
    from storage.messages.outbox import Claimer

WAIT_SECONDS = 30

FOR_US_ALONE = 0o600
"""The mode of what nobody else may read: a new SQLite file, beside which SQLite keeps its own with the same mode, and backups."""

WRITERS = 0x67696177
"""The advisory lock that each process which writes shares («giaw»), with a number of its own beside it."""
_MINE = randbits(31)
_OTHERS = text(
    "select count(*) from pg_locks where locktype = 'advisory' and classid = :writers and objid <> :mine and objsubid = 2"
    " and database = (select oid from pg_database where datname = current_database())"
)


@dataclass(slots=True)
class EngineMemory:
    """What is remembered as long as an engine lives.

    `puts`: how often something was put into the outbox with it: so a speaker tells news from the echo of its own writing.
    `unplanned`: rows that were put since PostgreSQL's plans were made.
    `dues`: how often something became due at a portal with it.
    `versions`: forms by key and version, which never change once they are published.
    `units`: a transaction, and the stamp of the list of units that was read in it.
    `claimers`: by channel, the speakers that say a reply at once.
    `writes`: whether it is for whatever writes; what is only kept to be quick is not kept by one that reads.
    """

    puts: int = 0
    unplanned: int = 0
    dues: int = 0
    versions: "dict[tuple[str, ...], Form]" = field(default_factory=dict)
    units: tuple[object, object] = (None, None)
    claimers: "dict[str, Claimer]" = field(default_factory=dict)
    writes: bool = True

    @staticmethod
    def of(connection: Connection | Engine) -> "EngineMemory":
        """That of the engine, or of the connection's; of one that was made for a migration nothing is remembered."""
        memory: EngineMemory | None = connection.get_execution_options().get("memory")
        return memory if memory is not None else EngineMemory()


def database_url(setting: str) -> URL:
    """The setting DATABASE_URL with the driver that we use; the folder of an SQLite file is made. Refused for any other kind."""
    try:
        url = make_url(setting)
    except ArgumentError:
        raise Refused("database_unknown") from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise Refused("database_unknown")
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.database and url.database != ":memory:":
        file = Path(url.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() and not url.database.startswith("file:"):
            file.touch(mode=FOR_US_ALONE)
    return url


def writing_engine(setting: str, *, by_hand: bool = False) -> Engine:
    """The engine for whatever writes: one connection; on SQLite every transaction begins IMMEDIATE.

    `by_hand`: somebody sits before it, whose Ctrl-C is heard at any moment.
    """
    return _engine(setting, begin="BEGIN IMMEDIATE", connections=1, by_hand=by_hand)


def reading_engine(setting: str, *, by_hand: bool = False) -> Engine:
    """The engine for long reads: its transactions see one moment and hold nobody up. `by_hand`: as `writing_engine` has it."""
    return _engine(setting, begin="BEGIN", connections=4, by_hand=by_hand)


def see_one_moment(connection: Connection) -> None:
    """From now on, before anything else is asked in this transaction, it reads the database as it is now, and writes nothing."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("set transaction isolation level repeatable read, read only")


def _engine(setting: str, begin: str, connections: int, *, by_hand: bool) -> Engine:
    url = database_url(setting)
    url = url.set(drivername=f"{url.get_backend_name()}+giaoban")
    writes = connections == 1
    remembered = {"memory": EngineMemory(writes=writes), "compiled_cache": COMPILED}
    if url.get_backend_name() != "sqlite":
        other = create_engine(
            url,
            pool_size=connections,
            max_overflow=4,
            pool_pre_ping=connections > 1,
            connect_args=connect_options(url, writes=writes),
            execution_options=remembered,
            hide_parameters=True,
        )
        event.listen(other, "connect", lambda connection, _: ask_server(connection, writes=writes))
        if writes:
            event.listen(other, "connect", _shows_itself)
        event.listen(other, "commit", _refuse_what_failed)
        event.listen(other, "commit", link_lines)
        return other
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": WAIT_SECONDS},
        execution_options=remembered,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: SQLiteConnection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        if by_hand:
            look_up(connection)

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        if by_hand:
            begin_stoppably(connection, begin, WAIT_SECONDS)
        else:
            connection.exec_driver_sql(begin)

    event.listen(engine, "commit", link_lines)
    return engine


def _shows_itself(connection: Any, _record: Any) -> None:
    """Holds, as long as the connection stands, what tells other processes that this one writes too."""
    connection.execute("select pg_advisory_lock_shared(%s, %s)", (WRITERS, _MINE))
    connection.commit()


def _refuse_what_failed(connection: Connection) -> None:
    """Called right before every commit: where a statement failed PostgreSQL takes it for a rollback, and says so to nobody."""
    driver: Any = None if connection.invalidated else connection.connection.dbapi_connection
    if driver is not None and driver.info.transaction_status.name == "INERROR":
        raise RuntimeError(
            "a statement of this transaction failed, and whoever ran it went on: nothing of it can be kept"
        )


def answers_alone(connection: Connection) -> bool:
    """Whether no other process of ours writes to the database; an SQLite file has but one that answers."""
    if connection.dialect.name == "sqlite":
        return True
    return not connection.execute(_OTHERS, {"writers": WRITERS, "mine": _MINE}).scalar_one()
