"""Ctrl-C in the middle of a long statement of SQLite, which by itself would go on until it is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

INSTRUCTIONS = 200_000
"""After so many of SQLite's own it looks whether somebody wants to give up: some milliseconds."""


def look_up(connection: SQLiteConnection, glance: Callable[[], object] = lambda: None) -> None:
    """From now on Python hears of Ctrl-C while a statement goes on, and `glance` is called again and again."""

    def goes_on() -> int:
        glance()
        return 0

    connection.set_progress_handler(goes_on, INSTRUCTIONS)


@contextmanager
def given_up_by_hand() -> Iterator[None]:
    """What SQLite calls interrupted is Ctrl-C, which it heard of in the middle of a long statement."""
    try:
        yield
    except OperationalError as error:
        if str(error.orig) == "interrupted":
            raise KeyboardInterrupt from None
        raise


@contextmanager
def stoppable(connection: Connection) -> Iterator[None]:
    """Whatever is done with the connection can be stopped by Ctrl-C at any moment."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection
    look_up(raw)
    try:
        with given_up_by_hand():
            yield
    finally:
        raw.set_progress_handler(None, 0)
