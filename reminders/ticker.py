"""The ticker: one job a minute, at its start. What is due is worked out by the tick, so a minute missed is no harm."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

TICK = "tick"
LOOK_SECONDS = 5.0
MINUTE = timedelta(minutes=1)


def start_ticker(tick: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
    """Calls `tick` in the running event loop at the start of every minute, one call at a time; `shutdown()` ends it.

    A call that is late is made all the same, and several missed ones are made up for by one.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(tick, EveryMinute(), id=TICK, coalesce=True, misfire_grace_time=None, max_instances=1)
    scheduler.start()
    return scheduler


async def keep_ticking(scheduler: AsyncIOScheduler, now: Callable[[], datetime]) -> None:
    """Until it is cancelled: where the machine's clock is set back, what comes next is its next minute, and not the one in an hour or
    a year that was next before.
    """
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        job, following = scheduler.get_job(TICK), _following(now())
        if job is not None and job.next_run_time > following:
            job.modify(next_run_time=following)


class EveryMinute(BaseTrigger):  # type: ignore[misc]  # the library is not typed
    """The minute that follows now, whatever was last: a clock that jumps a year ahead has missed one and not half a million, each of
    which the library's own triggers would go through while everybody waits.
    """

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        return _following(now)


def _following(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + MINUTE
