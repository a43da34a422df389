"""A revision number that can be waited for: the simulator's only way to wait for a change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which whoever waits for what a bot has to do gives up, if he says nothing else: a busy machine may take its time."""


class Pulse:
    """Wakes everyone who waits, each time something has changed."""

    def __init__(self) -> None:
        self.revision = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Say that something has changed. Call it in the event loop of those who wait."""
        self.revision += 1
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def wait(self, timeout: float | None = None) -> bool:
        """Wait for the next beat, at most `timeout` seconds; False when none came."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait({future}, timeout=timeout)
        finally:
            self._waiting.discard(future)
        return future.done()

    async def until(self, ready: Callable[[], T | None], timeout: float, what: str) -> T:
        """Wait until `ready()` returns something true, and return that; raise TimeoutError with `what`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            found = ready()
            if found:
                return found
            left = end - loop.time()
            if left <= 0 or not await self.wait(left):
                found = ready()
                if found:
                    return found
                raise TimeoutError(what)
