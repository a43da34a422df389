"""While very many are heard, what a reporter said among them is stored soon: residents are answered one by one until all is heard."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.running.clerk import BURST, Clerk
from reporting.effects import Effect
from storage.database.engines import writing_engine
from storage.messages import inbox
from tests.bot.mouth import tables
from tests.channels import CHANNELS
from tests.sqlite import fresh_sqlite

NOW = datetime(2021, 11, 10, tzinfo=UTC)
BATCHES = 4


@pytest.fixture
def long_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, a burst is not over before the test is."""
    monkeypatch.setattr("bot.running.clerk.BURST_SECONDS", 60.0)
    monkeypatch.setattr("bot.running.clerk.NEXT_SECONDS", 0.0)


@pytest.mark.usefixtures("long_burst")
async def test_in_a_burst_no_group_of_residents_is_waited_for(tmp_path: Path) -> None:
    """What follows is there as soon as the first resident is being answered; he is the only one until it is stored."""
    loop, stored, before = asyncio.get_running_loop(), 0, dict[int, int]()
    hearing, all_handled = list[asyncio.Task[None]](), threading.Event()

    def heard(channel: str, raw: str) -> inbox.Heard:
        nonlocal stored
        stored += 1
        return inbox.Heard(channel, raw, raw, raw)

    def follows(there: threading.Event) -> None:
        hearing.append(asyncio.create_task(hears(len(hearing) + 1)))
        loop.call_soon(there.set)  # after the task has begun

    def handle(_: Connection, __: inbox.Entry, ___: datetime) -> Sequence[Effect]:
        batches = stored // BURST
        before[batches] = before.get(batches, 0) + 1
        if batches < BATCHES and before[batches] == 1:
            there = threading.Event()
            loop.call_soon_threadsafe(follows, there)
            assert there.wait(30)
        elif sum(before.values()) == BATCHES * BURST:
            all_handled.set()
        return []

    engine = writing_engine(fresh_sqlite(tmp_path / "inbox.db", tables))
    clerk = Clerk(engine, lambda: NOW, heard, handle, handle, CHANNELS)

    async def hears(batch: int) -> None:
        await clerk.hear([str(batch * BURST + number) for number in range(BURST)], "telegram")

    clerk.start()
    await hears(0)
    assert await asyncio.to_thread(all_handled.wait, 20)
    await asyncio.gather(*hearing)
    await clerk.stop()
    engine.dispose()
    assert stored == sum(before.values()) == BATCHES * BURST
    assert [before[batch] for batch in range(1, BATCHES)] == [1] * (BATCHES - 1)
