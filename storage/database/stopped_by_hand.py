"""Ctrl-C in the middle of a long statement of SQLite, or while its file is another's: by itself either would go on until it is done.

`stoppable_postgresql` does the same for PostgreSQL.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SQLiteConnection
from time import monotonic
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

INSTRUCTIONS = 200_000
"""After so many of SQLite's own it looks whether somebody wants to give up: some milliseconds."""
LOCKED_MILLISECONDS = 250
"""So long it waits for somebody else's lock before it looks: meanwhile SQLite sleeps, and Python hears of nothing."""


def look_up(connection: SQLiteConnection, glance: Callable[[], object] = lambda: None) -> None:
    """From now on Python hears of Ctrl-C while a statement goes on, and `glance` is called again and again."""

    def goes_on() -> int:
        glance()
        return 0

    connection.set_progress_handler(goes_on, INSTRUCTIONS)


def begin_stoppably(
    connection: Connection, begin: str, wait_seconds: float, glance: Callable[[], object] = lambda: None
) -> None:
    """Begins a transaction; while the file is another's Python hears of Ctrl-C, and `glance` is called again and again."""
    raw: Any = connection.connection.dbapi_connection
    until = monotonic() + wait_seconds
    raw.execute(f"PRAGMA busy_timeout={LOCKED_MILLISECONDS}")
    try:
        while monotonic() < until:
            glance()
            try:
                raw.execute(begin)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
            else:
                return
        connection.exec_driver_sql(begin)  # its error is told as SQLAlchemy's
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(wait_seconds * 1000)}")


@contextmanager
def given_up_by_hand() -> Iterator[None]:
    """What SQLite calls interrupted is Ctrl-C, which it heard of in the middle of a long statement."""
    try:
        yield
    except OperationalError as error:
        if str(error.orig) == "interrupted":
            raise KeyboardInterrupt from None
        raise
