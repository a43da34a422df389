"""Long writing in short transactions, so that whoever else writes waits a moment and no more."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from reporting.road import Road
from storage.database.audit import by_road

T = TypeVar("T")
R = TypeVar("R")
SECONDS = 0.2
"""So long a piece is to take."""
FIRST_SIZE = 2000.0
"""How much is done at first, by `weight`."""
PAUSE = 0.06
"""On SQLite nobody is told that it is his turn: who waits looks again every 50 ms within the first quarter of a second."""
UNPAUSED = 0.05
"""Small pieces may follow each other for so long without a pause: with one that takes as long as it is to, a quarter of a second."""
_CACHE = "PRAGMA cache_size=-65536"
_UNSAVED = {"sqlite": "PRAGMA synchronous=NORMAL", "postgresql": "set local synchronous_commit = off"}


class Pieces:
    """Transactions one after the other; of a `Connection` all is one transaction, which is its owner's.

    What is committed here lies on the disk when the last (`one(is_last=True)`) does.
    """

    def __init__(self, source: Engine | Connection, road: str = Road.COMMAND) -> None:
        self.source, self._road = source, road
        self._size = FIRST_SIZE
        self._unpaused = 0.0

    @property
    def is_one(self) -> bool:
        """Whether all is one transaction."""
        return isinstance(self.source, Connection)

    @contextmanager
    def one(self, *, is_last: bool = False) -> Iterator[Connection]:
        """The connection of a piece."""
        if isinstance(self.source, Connection):
            yield self.source
            return
        is_sqlite = self.source.dialect.name == "sqlite"
        with self.source.connect() as connection:
            if is_sqlite:
                raw = connection.connection.cursor()
                raw.execute("PRAGMA synchronous=FULL" if is_last else _UNSAVED["sqlite"])
                raw.execute(_CACHE)
                raw.close()
            with connection.begin(), by_road(connection, self._road):
                began = time.monotonic()
                if not is_sqlite and not is_last:
                    connection.exec_driver_sql(_UNSAVED["postgresql"])
                yield connection
        if is_sqlite:
            self._let_others(time.monotonic() - began)

    def each(self, items: Iterable[T], do: Callable[[Connection, list[T]], R], weight: int = 1) -> Iterator[R]:
        """Does it with some of the items at a time, a transaction each, and yields what comes of it once that is committed.

        How many is learnt from how long the last took. `weight`: how much work one of them is about. Where somebody else wrote the
        same on PostgreSQL it is done once more.
        """
        waiting = iter(items)
        while some := list(islice(waiting, most := max(1, int(self._size / weight)))):
            try:
                took, done = self._do(some, do)
            except (IntegrityError, OperationalError):
                if self.is_one or self.source.dialect.name != "postgresql":
                    raise
                took, done = self._do(some, do)
            if len(some) == most:
                self._size = max(1.0, self._size * min(2.0, max(0.5, SECONDS / max(took, 0.001))))
            yield done

    def _let_others(self, took: float) -> None:
        """Somebody who waits for the file gets it, if he may have waited for some while."""
        self._unpaused += took
        if self._unpaused >= UNPAUSED:
            time.sleep(PAUSE)
            self._unpaused = 0.0

    def _do(self, some: list[T], do: Callable[[Connection, list[T]], R]) -> tuple[float, R]:
        """How many seconds it took, and what came of it."""
        with self.one() as connection:
            began = time.monotonic()
            done = do(connection, some)
            took = time.monotonic() - began
        return took, done
