"""The ticker: a tick at the start of every minute, whatever kept the program busy."""

from apscheduler.triggers.cron import CronTrigger

from reminders.ticker import start_ticker


async def test_one_job_ticks_every_minute_and_a_late_one_is_not_dropped() -> None:
    async def tick() -> None:
        """Nothing is due."""

    ticker = start_ticker(tick)
    try:
        (job,) = ticker.get_jobs()
        assert isinstance(job.trigger, CronTrigger)
        assert str(job.trigger) == "cron[second='0']"
        assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1)
    finally:
        ticker.shutdown(wait=False)
