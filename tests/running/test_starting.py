"""At the start no messenger is reached: what needs none is done all the same."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.running import program, ticks
from bot.running.backups import backups_in
from tests.conversations.house import House, Talker

NOBODY = "http://127.0.0.1:9"


async def test_backups_are_made_and_reminders_planned_while_telegram_is_not_reached_yet(
    house: House, reporter: Talker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Queue[Callable[[], Awaitable[None]]]()

    def told(tick: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
        begun.put_nowait(tick)
        ticker = AsyncIOScheduler()
        ticker.start(paused=True)
        return ticker

    monkeypatch.setattr(ticks, "start_ticker", told)
    await house.stop()
    house.kind = program.Program
    settings, url = house.settings, house.settings.bot_api_url
    house.settings = settings.model_copy(
        update={"bot_api_url": NOBODY, "backup_folder": str(tmp_path), "backup_at": "15:00"}
    )
    starting = asyncio.create_task(house.start())
    tick = await asyncio.wait_for(begun.get(), 60)
    house.simulator.clock.move_to(house.simulator.clock.now().replace(hour=9, minute=0))  # 16:00, the first reminder's
    await tick()
    await house.running.backups.finished()
    assert len(backups_in(tmp_path)) == 1
    assert house.running.due.troubled == set()
    assert house.running.liveness.deadly() == []
    assert not starting.done()
    starting.cancel()
    await asyncio.wait({starting})
    await house.stop()
    house.settings = settings.model_copy(update={"bot_api_url": url})
    await house.start()
    await house.settled()
    reporter.hears("báo cáo")
