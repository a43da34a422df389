"""The simulator's clock: it stands, runs at any speed, and can be moved forward."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from simulator.pulse import Pulse


class Clock:
    """Time as everybody in the simulator sees it.

    Without `start` it is the machine's own time. With `start` (aware) it stands still there until it
    is moved or told to run.
    """

    def __init__(self, start: datetime | None = None, speed: float | None = None) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("the clock's start needs a time zone, such as 2021-11-10T15:30+07:00")
        self._pulse = Pulse()
        self.is_real = start is None and speed in (None, 1)
        self._speed = (1.0 if start is None else 0.0) if speed is None else _checked(speed)
        self._anchor = (start or datetime.now(UTC)).astimezone(UTC)
        self._anchored = time.monotonic()

    @property
    def speed(self) -> float:
        """Seconds of the simulator in one second of the world: 0 stands, 1 runs like ours."""
        return self._speed

    @property
    def revision(self) -> int:
        """Grows with each change of the clock by hand (not by running)."""
        return self._pulse.revision

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        if self.is_real:
            return datetime.now(UTC)
        return self._anchor + timedelta(seconds=(time.monotonic() - self._anchored) * self._speed)

    def seconds(self) -> float:
        """The present moment in seconds since 1970, as Telegram's `date` counts."""
        return self.now().timestamp()

    def move_to(self, moment: datetime) -> None:
        """Jump forward to `moment` (aware); ValueError when it lies in the past, as Telegram's time never goes back."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        if moment < self.now():
            raise ValueError("the clock only moves forward")
        self._set(moment.astimezone(UTC), self._speed)

    def advance(self, by: timedelta) -> None:
        """Jump forward by `by`."""
        if by < timedelta(0):
            raise ValueError("the clock only moves forward")
        self._set(self.now() + by, self._speed)

    def run(self, speed: float = 1.0) -> None:
        """Let the clock run `speed` times as fast as the world's; 0 stops it."""
        self._set(self.now(), _checked(speed))

    def changed(self, after: int | None = None, timeout: float | None = None) -> Changes:
        """The changes by hand after revision `after` (default: from now on).

        `await` it for the next one (the new moment), or iterate over it with `async for`.
        """
        return Changes(self, self.revision if after is None else after, timeout)

    def wake(self) -> None:
        """Wake those who wait for a change without one, as at the end of the simulator."""
        self._pulse.beat()

    def restore(self, moment: datetime, speed: float) -> None:
        """Take up a saved time again, whatever it is."""
        self._set(moment.astimezone(UTC), speed)

    def _set(self, moment: datetime, speed: float) -> None:
        self.is_real = False
        self._anchor, self._anchored, self._speed = moment, time.monotonic(), speed
        self._pulse.beat()

    async def _wait(self, after: int, timeout: float | None) -> int:
        if self.revision <= after:
            await self._pulse.wait(timeout)
        return self.revision


class Changes:
    """The clock's changes by hand, to be awaited (the next) or iterated over."""

    def __init__(self, clock: Clock, after: int, timeout: float | None) -> None:
        self._clock, self._after, self._timeout = clock, after, timeout

    async def _next(self) -> datetime:
        self._after = await self._clock._wait(self._after, self._timeout)
        return self._clock.now()

    def __await__(self):  # type: ignore[no-untyped-def]  # the coroutine's own generator has no public type
        return self._next().__await__()

    async def __aiter__(self) -> AsyncIterator[datetime]:
        while True:
            yield await self._next()


def _checked(speed: float) -> float:
    if not 0 <= speed <= 86400:
        raise ValueError("the clock's speed lies between 0 (stands still) and 86400 (a day each second)")
    return float(speed)
