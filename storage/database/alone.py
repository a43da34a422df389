"""One process at a time for long work on a database; who is killed holds nobody up."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

_IMPORTS = 0x67696169
"""The advisory lock of who imports («giai»)."""
_TRY = text("select pg_try_advisory_lock(:key)")


@contextmanager
def alone(engine: Engine) -> Iterator[bool]:
    """Whether nobody else is at it, and keeps it so for as long as the context lasts."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            is_alone = bool(connection.execute(_TRY, {"key": _IMPORTS}).scalar_one())
            connection.commit()
            yield is_alone
            connection.invalidate()
        return
    if not engine.url.database or engine.url.database == ":memory:":
        yield True
        return
    mark = os.open(f"{engine.url.database}-import", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(mark)
