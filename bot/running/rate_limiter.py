"""The gate that every message passes on its way to its messenger: it opens at the pace of the limits, for what is most urgent."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from reporting.pace import Pace, Passing


class GateClosed(Exception):
    """The program ends: the message was not sent."""


@dataclass(order=True, slots=True)
class _Waiter:
    order: tuple[int, int]
    chat: str = field(compare=False)
    turn: asyncio.Future[Passing] = field(compare=False)


class Gate:
    """Messages wait here for their turn. `steady` is a clock in seconds that never jumps."""

    def __init__(self, pace: Pace, steady: Callable[[], float] = time.monotonic) -> None:
        self.pace = pace
        self.steady = steady
        self._waiters: list[_Waiter] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiters)

    @asynccontextmanager
    async def passing(self, chat: str, rank: int, order: int) -> AsyncIterator[None]:
        """Entered when a message to `chat` may go: the lowest rank first, then the lowest order; left when it is answered.

        Raises GateClosed.
        """
        passing = await self._wait(chat, rank, order)
        try:
            yield
        finally:
            self._arrived(passing)

    async def _wait(self, chat: str, rank: int, order: int) -> Passing:
        if self._is_closed:
            raise GateClosed
        waiter = _Waiter((rank, order), chat, asyncio.get_running_loop().create_future())
        self._waiters.append(waiter)
        self._let_through()
        try:
            return await waiter.turn
        except asyncio.CancelledError:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            elif waiter.turn.done() and not waiter.turn.cancelled() and waiter.turn.exception() is None:
                self._arrived(waiter.turn.result())
            raise

    def _arrived(self, passing: Passing) -> None:
        self.pace.arrived(passing, self.steady())
        self._let_through()

    def pause(self, seconds: float, chat: str | None = None) -> None:
        """Nothing goes for so long, to `chat` (the messenger asked for it) or to anybody."""
        now = self.steady()
        if chat is None:
            self.pace.pause_all(now + seconds)
        else:
            self.pace.flooded(chat, now + seconds, now)
        self._let_through()

    def close(self) -> None:
        """Whoever waits, or comes later, is told that the gate is closed."""
        self._is_closed = True
        for waiter in self._waiters:
            if not waiter.turn.done():
                waiter.turn.set_exception(GateClosed())
        self._waiters.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _let_through(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiters:
            now = self.steady()
            at = self.pace.open_at(now)
            if at <= now:
                at = self._let_one(now)
            if at == math.inf:
                return  # whoever is answered next goes on
            if at > now:
                self._timer = asyncio.get_running_loop().call_later(at - now, self._let_through)
                return

    def _let_one(self, now: float) -> float:
        """Lets the first one through whose chat may be sent to; else the earliest moment at which one may."""
        earliest = math.inf
        for waiter in sorted(self._waiters):
            at = self.pace.chat_at(waiter.chat, now)
            if at <= now:
                self._waiters.remove(waiter)
                if not waiter.turn.done():
                    waiter.turn.set_result(self.pace.take(waiter.chat, now))
                return now
            earliest = min(earliest, at)
        return earliest
