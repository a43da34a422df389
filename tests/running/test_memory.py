"""Much waits, and the program's memory does not grow with it: what it looks at is bounded."""

import asyncio
import sqlite3
from collections import deque
from pathlib import Path

import pytest

from simulator import Simulator
from simulator.zalo import ZaloSimulator
from tests.crash.commune import START, prepare
from tests.crash.district import District, prepare_district
from tests.crash.ward import PATIENCE, Ward, Zygote
from tests.endurance import SEED, times
from tests.sqlite import fresh_sqlite

WAITING = times(20_000, 100_000)
LETTERS = 2_000
"""Of each message and each update: all of them together are 40 MB here, and 200 MB in the long run."""
MOST_MEGABYTES, FLAT_MEGABYTES = 30, 15
DAYS = times(3, 12)
pytestmark = [pytest.mark.endure, pytest.mark.timeout(300 if DAYS < 10 else 0)]
FILL = """
with recursive number(n) as (select 1 union all select n + 1 from number where n < {count})
insert into outbox (channel, address, topic, rank, key, say, created_at, tries, uncertain, claimed_by, message_id, state, error)
select 'telegram', 9000000 + n, null, 2, '', '{{"text":"{text}"}}', {now}, 0, 0, '', '', 'new', '' from number;
with recursive number(n) as (select 1 union all select n + 1 from number where n < {count})
insert into inbox (channel, update_id, chat, rank, raw, received_at, state, tries, error)
select 'telegram', n, 9000000 + n, 1, '{{"update_id":' || n || ',"poll":{{"x":"{text}"}}}}', {now}, 'new', 0, '' from number;
"""


async def test_memory_does_not_grow_with_what_waits(zygote: Zygote, tmp_path: Path) -> None:
    little = await peak(zygote, tmp_path / "little.db", 200)
    much = await peak(zygote, tmp_path / "much.db", WAITING)
    assert much - little < MOST_MEGABYTES, f"{little} MB with little, {much} MB with much"


async def test_memory_is_flat_while_everybody_reports_day_after_day(zygote: Zygote, tmp_path: Path) -> None:
    """In the long run as many reports as a province's 559 communes have in a day, and that again."""
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare_district)
    async with (
        Simulator(start=START, seed=SEED) as simulator,
        ZaloSimulator(clock=simulator.clock, seed=SEED) as zalo,
        District(zygote, simulator, zalo, url, tmp_path / "bot.log") as district,
    ):
        held = []
        for day in range(DAYS):
            await district.lives_through(day)
            held.append(_megabytes(district.process, "VmRSS"))
        assert held[-1] - held[DAYS // 3] < FLAT_MEGABYTES, f"{held} MB, ENDURE_SEED={SEED}"
        assert await district.stops() == 0, district.logged()


async def peak(zygote: Zygote, file: Path, waiting: int) -> float:
    """The most memory, in MB, that the bot has had when it has worked at so many updates and messages for a while."""
    url = fresh_sqlite(file, prepare)
    with sqlite3.connect(file) as connection:
        now = connection.execute("select max(at) from audit").fetchone()[0]
        connection.executescript(FILL.format(count=waiting, text="x" * LETTERS, now=repr(now)))
    connection.close()
    async with (
        Simulator(start=START, seed=1) as simulator,
        Ward(zygote, simulator, url, file.with_suffix(".log"), deque()) as ward,
    ):
        async with asyncio.timeout(PATIENCE * 3):
            while len(simulator.first_bot.asked("sendMessage")) < 150:
                await simulator.first_bot.change.wait(1)
        most = _megabytes(ward.process, "VmHWM")
        assert await ward.stops() in (0, 1), ward.logged()
    return most


def _megabytes(process: int, name: str) -> float:
    """«VmRSS», what a process holds in memory, or «VmHWM», the most that it has held."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(name))
