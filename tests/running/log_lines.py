"""Lines of the log, awaited."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 60.0


class Awaited(logging.Handler):
    """Is told of every line; `came` is set by one with these words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words, self._loop, self.came = words, asyncio.get_running_loop(), asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if self._words in record.getMessage():
            self._loop.call_soon_threadsafe(self.came.set)


@asynccontextmanager
async def logged(words: str) -> AsyncIterator[Awaited]:
    """Is left when a line with these words has been written since it was entered."""
    line, root = Awaited(words), logging.getLogger()
    root.addHandler(line)
    try:
        yield line
        async with asyncio.timeout(PATIENCE):
            await line.came.wait()
    finally:
        root.removeHandler(line)
