"""The ticker: one job a minute, at its start. What is due is worked out by the tick, so a minute missed is no harm."""

from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger


def start_ticker(tick: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
    """Calls `tick` in the running event loop at the start of every minute, one call at a time; `shutdown()` ends it.

    A call that is late is made all the same, and several missed ones are made up for by one.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        tick, CronTrigger(second=0, timezone=UTC), id="tick", coalesce=True, misfire_grace_time=None, max_instances=1
    )
    scheduler.start()
    return scheduler
