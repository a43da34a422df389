"""The ticker: a tick at the start of every minute, whatever kept the program busy and whatever becomes of the machine's clock."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from reminders import ticker
from reminders.ticker import EveryMinute, keep_ticking, start_ticker

MINUTE, HOUR, YEAR = timedelta(minutes=1), timedelta(hours=1), timedelta(days=365)
TRUE = datetime(2021, 11, 10, 8, 30, tzinfo=UTC)


class Shown(datetime):
    """What the machine's clock shows: it is wrong by `by`. It stands, so that no minute is over while a test goes on."""

    by = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Shown":
        return cls.fromtimestamp((TRUE + cls.by).timestamp(), tz)


class Ticks:
    """How often was ticked."""

    def __init__(self) -> None:
        self.count, self.came = 0, asyncio.Event()

    async def tick(self) -> None:
        self.count += 1
        self.came.set()


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Ticks:
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Shown)
    monkeypatch.setattr(ticker, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(Shown, "by", timedelta())
    return Ticks()


@pytest.fixture
async def ticking(ticks: Ticks) -> AsyncIOScheduler:
    return start_ticker(ticks.tick)


@pytest.fixture(autouse=True)
def ended(ticking: AsyncIOScheduler) -> Iterator[None]:
    yield
    ticking.shutdown(wait=False)


async def test_one_job_ticks_every_minute_and_a_late_one_is_not_dropped(ticking: AsyncIOScheduler) -> None:
    (job,) = ticking.get_jobs()
    assert isinstance(job.trigger, EveryMinute)
    now = datetime(2021, 11, 10, 9, 0, 30, tzinfo=UTC)
    assert job.trigger.get_next_fire_time(now - YEAR, now) == datetime(2021, 11, 10, 9, 1, tzinfo=UTC)
    assert job.trigger.get_next_fire_time(None, now.replace(second=0)) == datetime(2021, 11, 10, 9, 1, tzinfo=UTC)
    assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1)


@pytest.mark.parametrize("by", [HOUR, YEAR])
async def test_a_clock_that_is_set_back_ticks_on_with_its_next_minute(
    ticking: AsyncIOScheduler, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    monkeypatch.setattr(Shown, "by", -by)
    keeping = asyncio.create_task(keep_ticking(ticking, lambda: Shown.now(UTC)))
    async with asyncio.timeout(60):
        while ticking.get_job("tick").next_run_time > Shown.now(UTC) + MINUTE:  # noqa: ASYNC110  # no event tells of it
            await asyncio.sleep(0.01)
    keeping.cancel()


async def test_a_clock_that_jumps_a_year_ahead_ticks_once_for_all_of_it_and_nobody_waits(
    ticking: AsyncIOScheduler, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[datetime] = []

    def counts(_: EveryMinute, __: datetime | None, now: datetime) -> datetime:
        looked.append(now)
        return ticker._following(now)

    monkeypatch.setattr(EveryMinute, "get_next_fire_time", counts)
    monkeypatch.setattr(Shown, "by", YEAR)
    ticking.wakeup()
    async with asyncio.timeout(60):
        await ticks.came.wait()
    assert ticks.count == 1
    assert len(looked) < 5
    assert ticking.get_job("tick").next_run_time <= Shown.now(UTC) + MINUTE
