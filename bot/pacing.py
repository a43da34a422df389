"""The gate that every message passes on its way to Telegram: it opens at the pace of the limits, for what is most urgent."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from reporting.pace import Pace


class GateClosed(Exception):
    """The program ends: the message was not sent."""


@dataclass(order=True, slots=True)
class _Waiter:
    order: tuple[int, int]
    chat: str = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)


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

    async def wait(self, chat: str, rank: int, order: int) -> None:
        """Returns when a message to `chat` may go: the lowest rank first, then the lowest order. Raises GateClosed."""
        if self._is_closed:
            raise GateClosed
        waiter = _Waiter((rank, order), chat, asyncio.get_running_loop().create_future())
        self._waiters.append(waiter)
        self._let_through()
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            raise

    def pause(self, seconds: float, chat: str | None = None) -> None:
        """Nothing goes for so long, to `chat` (Telegram asked for it) or to anybody."""
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
            if at > now:
                self._timer = asyncio.get_running_loop().call_later(at - now, self._let_through)
                return

    def _let_one(self, now: float) -> float:
        """Lets the first one through whose chat may be sent to; else the earliest moment at which one may."""
        earliest = float("inf")
        for waiter in sorted(self._waiters):
            at = self.pace.chat_at(waiter.chat, now)
            if at <= now:
                self._waiters.remove(waiter)
                if not waiter.turn.done():
                    self.pace.take(waiter.chat, now)
                    waiter.turn.set_result(None)
                return now
            earliest = min(earliest, at)
        return earliest
