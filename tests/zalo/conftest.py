"""The house with two roads: Telegram's simulator, and Zalo's, which calls the bot."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator import Simulator
from simulator.zalo import ZaloSimulator
from tests.conversations.house import START, prepare
from tests.sqlite import fresh_sqlite
from tests.zalo.roads import TwoRoads, free_port


@pytest.fixture
async def roads(tmp_path: Path) -> AsyncIterator[TwoRoads]:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    async with Simulator(start=START, seed=1) as simulator, ZaloSimulator(clock=simulator.clock) as zalo:
        simulator.clock.run(0)
        simulator.bot()
        house = TwoRoads(simulator, url, zalo, free_port())
        await house.start()
        yield house
        await asyncio.wait_for(house.stop(), 20)
    house.finish()
