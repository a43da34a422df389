"""Two processes speak for one bot on PostgreSQL: each message once, at one bot's pace, and one goes on for the other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from bot.running.timing import Timing
from reporting.pace import Limits
from reporting.retries import Said, fate
from reporting.say import Rank
from simulator import Simulator
from storage.messages import delivery
from storage.messages.delivery import Mark
from tests.bot.mouth import PATIENCE, Mouth, database_url, say, somebody
from tests.cluster import Cluster

T = TypeVar("T")
GONE_AFTER = 600.0
"""Longer than any machine stands still: whoever is at work is not taken for gone."""
HAND = 8
"""So many a process takes at once."""


class One(Mouth):
    """One process of several."""

    async def has_claimed(self, count: int) -> None:
        """Returns when it has taken so many to say, said or not."""
        async with asyncio.timeout(PATIENCE):
            while sum(row.claimed_by == self.options["owner"] for row in self.rows()) < count:
                self._written.clear()
                await self._written.wait()


class Killed(One):
    """A process that can be killed at once: what it was doing is never heard of again."""

    is_dead = False

    async def write(self, change: Callable[[Connection], T]) -> T:
        made = await super().write(change)
        if self.is_dead:
            await asyncio.Event().wait()
        return made


@pytest.fixture
async def both(postgres: Cluster, tmp_path: Path) -> AsyncIterator[tuple[One, Killed]]:
    url = database_url("postgresql", tmp_path, lambda: postgres)
    async with Simulator(start=datetime(2021, 11, 10, 8, 30, tzinfo=UTC), speed=1.0) as sim:
        sim.bot()
        pair = (
            One(sim, url, Limits(), owner="one", gone_after=GONE_AFTER, timing=Timing(farewell=0.2)),
            Killed(sim, url, Limits(), owner="other", gone_after=GONE_AFTER, timing=Timing(farewell=0.2)),
        )
        yield pair
        for mouth in pair:
            await mouth.stops()
            mouth.engine.dispose()


async def test_each_message_is_said_once_at_the_pace_of_one_bot(both: tuple[One, One]) -> None:
    one, other = both
    crowd = [await somebody(one.sim, f"Người dân {n}") for n in range(100)]
    await one.puts(*(say(each, "Bản tin", Rank.BROADCAST) for each in crowd))
    began = asyncio.get_running_loop().time()
    other.starts()
    await other.has_claimed(HAND)
    async with other._lock:  # however slow the machine is, it does not go on before there are two
        one.starts()
        await one.has_claimed(HAND)
    rows = await one.settles(*["said"] * 100)
    assert all([message.text for message in each.heard] == ["Bản tin"] for each in crowd)
    assert asyncio.get_running_loop().time() - began > 100 / 30
    shares = [sum(row.claimed_by == owner for row in rows) for owner in ("one", "other")]
    assert min(shares) >= HAND


async def test_one_goes_on_with_what_the_other_was_doing_when_it_was_killed(both: tuple[One, Killed]) -> None:
    one, other = both
    crowd = [await somebody(one.sim, f"Người dân {n}") for n in range(12)]
    other.is_dead = True
    await one.puts(*(say(each, "Bản tin", Rank.BROADCAST) for each in crowd))
    other.starts()
    await other.has_claimed(HAND)
    one.starts()
    await one.has_claimed(4)
    await one.passes(GONE_AFTER)
    rows = await one.settles(*["said"] * 12)
    assert sorted(row.uncertain for row in rows) == [0] * 4 + [1] * 8
    assert all([message.text for message in each.heard] == ["Bản tin"] for each in crowd)


async def test_what_waited_for_another_process_is_said_as_soon_as_that_one_has_marked_it(
    both: tuple[Mouth, Mouth],
) -> None:
    one, other = both
    unhurried = Mouth(one.sim, str(one.engine.url), Limits(), owner="one", timing=Timing(rest=600.0))
    person = await somebody(one.sim, "Cán bộ")
    await one.puts(say(person, "Câu 1"))
    with other.engine.begin() as connection:
        (first,) = delivery.claim(connection, "telegram", "other", other.now(), 1)
    await one.puts(say(person, "Câu 2"))
    unhurried.starts()
    await unhurried.next_write()
    with other.engine.begin() as connection:
        delivery.mark(
            connection, "telegram", "other", [Mark(first.id, str(person.id), fate(Said("1"), 0))], other.now()
        )
    await unhurried.settles("said", "said")
    assert [message.text for message in person.heard] == ["Câu 2"]
    await unhurried.stops()
    unhurried.engine.dispose()
