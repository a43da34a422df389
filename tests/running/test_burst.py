"""While very many are heard, what a reporter said among them is stored soon, and answered before the next group of residents."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from bot.running.clerk import BURST, Clerk
from reporting.effects import Effect
from storage.database.engines import writing_engine
from storage.messages import inbox
from tests.bot.mouth import tables
from tests.channels import CHANNELS
from tests.sqlite import fresh_sqlite
from tests.storage.test_inbox import has_duty

NOW = datetime(2021, 11, 10, tzinfo=UTC)
BATCHES = 4
LAN = "lan"


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
            assert there.wait(60)
        elif sum(before.values()) == BATCHES * BURST:
            all_handled.set()
        return []

    engine = writing_engine(fresh_sqlite(tmp_path / "inbox.db", tables))
    clerk = Clerk(engine, lambda: NOW, heard, handle, handle, CHANNELS)

    async def hears(batch: int) -> None:
        await clerk.hear([str(batch * BURST + number) for number in range(BURST)], "telegram")

    clerk.start()
    await hears(0)
    assert await asyncio.to_thread(all_handled.wait, 60)
    await asyncio.gather(*hearing)
    await clerk.stop()
    engine.dispose()
    assert stored == sum(before.values()) == BATCHES * BURST
    assert [before[batch] for batch in range(1, BATCHES)] == [1] * (BATCHES - 1)


async def test_while_residents_wait_staff_are_answered_by_a_commit_of_their_own(tmp_path: Path) -> None:
    """Or they would wait for all of the residents in whose group they are."""
    loop, hearing, all_handled = asyncio.get_running_loop(), list[asyncio.Task[None]](), threading.Event()
    order = list[str]()

    def comes(there: threading.Event) -> None:
        hearing.append(asyncio.create_task(clerk.hear([LAN], "telegram")))
        loop.call_soon(there.set)  # after the task has begun

    def handle(_: Connection, entry: inbox.Entry, __: datetime) -> Sequence[Effect]:
        order.append("staff" if entry.rank == inbox.STAFF else "resident")
        if order.count("resident") == 1 and not hearing:
            there = threading.Event()
            loop.call_soon_threadsafe(comes, there)
            assert there.wait(60)
        if order.count("resident") == BURST - 1:
            all_handled.set()
        return []

    engine = writing_engine(fresh_sqlite(tmp_path / "inbox.db", tables))
    with engine.begin() as connection:
        has_duty(connection, LAN, NOW.date())
    clerk = Clerk(engine, lambda: NOW, as_it_came, handle, handle, CHANNELS)
    clerk.start()
    event.listen(engine, "commit", lambda _: order.append("commit"))
    await clerk.hear([str(number) for number in range(BURST - 1)], "telegram")
    assert await asyncio.to_thread(all_handled.wait, 60)
    await asyncio.gather(*hearing)
    await clerk.stop()
    engine.dispose()
    at = order.index("staff")
    assert order[at - 1 : at + 2] == ["commit", "staff", "commit"]
    assert "resident" in order[at + 2 :]


def as_it_came(channel: str, raw: str) -> inbox.Heard:
    return inbox.Heard(channel, raw, raw, raw)
