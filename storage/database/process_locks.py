"""Locks between processes: one at a time imports, ticks, or runs on a SQLite file; who is killed holds nobody up."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, text

from storage.database.engines import FOR_US_ALONE, database_url

_IMPORTS = 0x67696169
"""The advisory lock of who imports («giai»)."""
THE_CLOCK = 0x6769616F62616E
"""The advisory lock of whoever ticks («giaoban»)."""
_TRY = text("select pg_try_advisory_lock(:key)")


@contextmanager
def alone(engine: Engine) -> Iterator[bool]:
    """Whether nobody else imports, and keeps it so for as long as the context lasts."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            is_alone = bool(connection.execute(_TRY, {"key": _IMPORTS}).scalar_one())
            connection.commit()
            yield is_alone
            connection.invalidate()
        return
    with _file_alone(engine.url, "import") as is_alone:
        yield is_alone


@contextmanager
def running_alone(setting: str) -> Iterator[bool]:
    """Whether no other program runs on the SQLite file of DATABASE_URL, and keeps it so for as long as the context lasts.

    On PostgreSQL several may run.
    """
    url = database_url(setting)
    if url.get_backend_name() != "sqlite":
        yield True
        return
    with _file_alone(url, "run") as is_alone:
        yield is_alone


def may_tick(connection: Connection) -> bool:
    """Whether this transaction is the one that ticks, until it ends; False if another process is at it.

    The lock belongs to the transaction, so that a killed process leaves none behind. On SQLite there is one writer anyway.
    """
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.execute(text("select pg_try_advisory_xact_lock(:clock)"), {"clock": THE_CLOCK}).scalar_one())


@contextmanager
def _file_alone(url: URL, purpose: str) -> Iterator[bool]:
    """A lock on an empty file beside the database's; the kernel takes it from whoever ends, however he ends."""
    if not url.database or url.database == ":memory:":
        yield True
        return
    mark = os.open(f"{url.database}-{purpose}", os.O_CREAT | os.O_RDWR, FOR_US_ALONE)
    try:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(mark)
