"""Long reads beside the clerk's writing: each on a thread of its own, in a transaction that sees one moment."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")

MOST_AT_ONCE = 4


class Readers:
    """Reads on `engine`, off the event loop, until they are closed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, "read")

    async def read(self, what: Callable[[Connection], T]) -> T:
        """What `what` finds. Whoever is cancelled meanwhile waits no longer, though the read goes on to its end."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, what)

    def _read(self, what: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return what(connection)

    async def close(self) -> None:
        """Waits for what is being read, then lets the database go: no connection is left behind with whoever was cancelled."""
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()
