"""The ticks of the running program: at each minute of its clock what is due is done, one tick at a time."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.running.alerts import Alerts
from bot.running.clerk import Clerk
from bot.running.clock import Now, real
from bot.running.due import Due
from bot.running.lasting_work import LastingWork
from bot.running.observer import Observer
from reminders.ticker import keep_ticking, start_ticker
from storage.schedule.clock_set_back import AHEAD, count_from_now

logger = logging.getLogger(__name__)

GLANCE = 0.5
"""How often, in real seconds, a simulated clock is looked at."""


class Ticks:
    """`ended` is told that a tick has come to its end, be it that it was given up.

    `began_at`: the first tick's moment, or that of the first after the clock was set back; None before any.
    """

    def __init__(
        self, now: Now, due: Due, clerk: Clerk, alerts: Alerts, observer: Observer, ended: Callable[[], None]
    ) -> None:
        self._now, self._due, self._clerk, self._alerts = now, due, clerk, alerts
        self._observer, self._ended = observer, ended
        self.began_at: datetime | None = None
        self._ticking = asyncio.Lock()
        self._ticked_at: datetime | None = None
        self._clock_is_mended = False
        self._ticker: AsyncIOScheduler | None = None

    def begin(self, work: LastingWork) -> None:
        """At each minute of the machine's own clock from now on."""
        self._ticker = start_ticker(self.tick)
        work.begin(keep_ticking(self._ticker, real))

    def end(self) -> None:
        if self._ticker is not None:
            self._ticker.shutdown(wait=False)
            self._ticker = None

    async def tick(self) -> None:
        """Says what is due now. The trouble of one part stays there: it is in the log, and the next tick works it out anew."""
        async with self._ticking:
            now, began = self._now(), time.monotonic()
            if self._ticked_at is None or now < self._ticked_at - AHEAD:
                self.began_at, self._clock_is_mended = now, False
            self._ticked_at = now
            is_done = await self._due.tick(now)
            self._ended()
            if is_done:
                self._clerk.look()
                self._observer.ticked(time.monotonic() - began)
            elif not self._clerk.is_waiting:
                await self._alerts.given_up(now, self._due.given_up)

    async def watch_minutes(self) -> None:
        """Each minute of a simulated clock that nobody else ticks: what fails twice in a minute would count as two."""
        while True:
            is_new = self._ticked_at is None or _minute(self._now()) != _minute(self._ticked_at)
            if is_new and not self._ticking.locked():
                await self.tick()
            await asyncio.sleep(GLANCE)

    async def mend_clock(self, now: datetime) -> None:
        """At the start, and when the clock was set back: what was noted for a time ahead holds nobody back. Where that fails, whatever
        else is due is done all the same.
        """
        if self._clock_is_mended:
            return
        if changed := await self._clerk.write(lambda connection: count_from_now(connection, now)):
            logger.warning(
                "The clock stood ahead: %d rows were noted for later than now; they count from now.", changed
            )
        self._clock_is_mended = True


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
