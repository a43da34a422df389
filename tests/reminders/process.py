"""One of two processes that tick and speak on the same database, with the real speaker; it can be killed at any moment."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, event

from bot.running.timing import Timing
from bot.telegram.speaker import Speaker
from reminders.context import Tick
from reminders.plan import Planned, plan
from reminders.tick import say
from reporting.pace import UNHURRIED
from reporting.rounds.quiet_hours import QuietHours
from reporting.say import Drawn
from simulator import DEFAULT_TOKEN, Simulator
from storage.database.engines import reading_engine, writing_engine
from tests.channels import CHANNELS
from tests.reminders.door import Door
from tests.reminders.town import ZONE

T = TypeVar("T")
FOR_EVER = 1 << 60
HASTY = Timing(linger=0.002, reply_lingers=0.002, rest=0.1, backoff=1.0)
"""What the speaker waits for in the world's time, and not by its steady clock, is over sooner."""


class Killed(Exception):
    """The process is gone: nothing of what it wants is done any more."""


class Process:
    """`changed` is set whenever it has written, or died. `behind`: by how much its clock is wrong.

    `quiet`: the quiet hours that it keeps.
    """

    def __init__(self, url: str, simulator: Simulator, door: Door, name: str, changed: asyncio.Event) -> None:
        self.engine, self.reading = writing_engine(url), reading_engine(url)
        for engine in (self.engine, self.reading):
            event.listen(engine, "before_cursor_execute", self._statement)
            event.listen(engine, "commit", self._statement)
        self.door, self.pen = door, asyncio.Lock()
        self.behind = timedelta(0)
        self.quiet: QuietHours | None = None
        self.owner = ""
        self.is_dead = False
        self._simulator, self._name, self._changed = simulator, name, changed
        self._lives, self._lives_for = 0, FOR_EVER
        self._began_at = simulator.clock.now()
        self._speaker: Speaker | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._has_written = asyncio.Event()

    @property
    def runs(self) -> bool:
        """Whether it has been started, and not been buried or stopped since."""
        return self._speaking is not None

    def now(self) -> datetime:
        return self._simulator.clock.now() - self.behind

    def _steady(self) -> float:
        """Seconds that pass with the simulator's clock, and in the world's time while that stands."""
        return time.monotonic() + (self._simulator.clock.now() - self._began_at).total_seconds()

    async def starts(self) -> None:
        """A new life; returns when it has looked into the outbox for the first time."""
        self._lives += 1
        self.owner = f"{self._name} {self._lives}"
        self.is_dead, self._lives_for = False, FOR_EVER
        self._has_written.clear()
        self._speaker = Speaker(
            DEFAULT_TOKEN,
            self.door.url,
            self.write,
            self.now,
            _draw,
            limits=UNHURRIED,
            owner=self.owner,
            steady=self._steady,
            timing=HASTY,
            answer_seconds=1.0,
        )
        self._speaking = asyncio.create_task(self._speaker.run())
        await self._has_written.wait()

    async def stops(self) -> None:
        """As it is told to by SIGTERM, or, if it was killed, as it is cleared away: then nobody hears its last words."""
        if self._speaking is not None:
            self._speaking.cancel()
            await asyncio.wait({self._speaking})
            self._speaking = self._speaker = None
        self.door.kills(None)
        self.engine.dispose()
        self.reading.dispose()

    def dies_at_statement(self, number: int) -> None:
        """It is killed when it wants this statement, or commit, executed: the 1st, 2nd …"""
        self._lives_for = number

    def dies_in_call(self, when: Literal["before", "after"]) -> None:
        """It is killed by its next call, before Telegram hears of it or after."""
        self.door.kills(self._dies, when)

    def _dies(self) -> None:
        self.is_dead = True

    def _statement(self, *_: Any) -> None:
        self._lives_for -= 1
        if self._lives_for <= 0:
            self._dies()
        if self.is_dead:
            raise Killed

    async def write(self, change: Callable[[Connection], T]) -> T:
        """As the clerk does it: one after the other, in another thread, with an echo to the speaker."""
        try:
            async with self.pen:
                made = await asyncio.to_thread(self._transaction, change)
            if self.is_dead:
                raise Killed
        finally:
            self._has_written.set()
            self._changed.set()
        if self._speaker is not None:
            self._speaker.wake()
        return made

    def _transaction(self, change: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return change(connection)

    async def tick(self) -> bool:
        """Plans what is due and puts it in the outbox, as the program does; whether it came to its end."""
        now = self.now()
        with suppress(Killed):
            planned = await asyncio.to_thread(self._plan, now)
            for part in planned.parts() if planned is not None else ():
                await self.write(partial(say, planned=part))
            return True
        self._changed.set()
        return False

    def _plan(self, now: datetime) -> Planned | None:
        with self.reading.begin() as connection:
            return plan(Tick(connection, now, ZONE, CHANNELS, self.quiet))


def _draw(drawn: Drawn) -> bytes:
    raise AssertionError(f"reminders have no pictures, and yet {drawn.maker} is to be drawn")
