"""The house with two roads: Telegram's simulator, and Zalo's, which calls the bot."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.doctor.findings import Surroundings
from bot.settings import Settings
from bot.zalo.settings import ZaloSettings
from simulator import Simulator
from simulator.zalo import ZaloSimulator
from tests.conversations.house import START, prepare
from tests.ports import free_port
from tests.sqlite import fresh_sqlite
from tests.zalo.roads import SECRET, TwoRoads


@pytest.fixture
async def roads(tmp_path: Path) -> AsyncIterator[TwoRoads]:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    async with Simulator(start=START, seed=1) as simulator, ZaloSimulator(clock=simulator.clock) as zalo:
        simulator.clock.run(0)
        simulator.bot()
        house = TwoRoads(simulator, url, zalo, free_port())
        await house.start()
        yield house
        await asyncio.wait_for(house.stop(), 60)
    house.finish()


@pytest.fixture
def zalo_alone_settings() -> Surroundings:
    """What the doctor is given where everything is set for Zalo alone."""
    zalo = ZaloSettings(
        zalo_token="1:a",
        zalo_name="Bot Giao Ban",
        zalo_webhook_url="https://a.vn/zalo",
        zalo_webhook_secret=SECRET,
        _env_file=None,
    )
    settings = Settings(link_secret="a long secret of ours", _env_file=None).with_own(zalo)
    return Surroundings(settings.model_copy(update={"bot_token": ""}), START, None)


@pytest.fixture
async def zalo_alone(tmp_path: Path) -> AsyncIterator[TwoRoads]:
    """The same house where Telegram may not be used at all: there is no BOT_TOKEN."""
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    async with Simulator(start=START, seed=1) as simulator, ZaloSimulator(clock=simulator.clock) as zalo:
        simulator.clock.run(0)
        house = TwoRoads(simulator, url, zalo, free_port())
        house.settings = house.settings.model_copy(update={"bot_token": "", "link_secret": "a long secret of ours"})
        await house.start()
        yield house
        await asyncio.wait_for(house.stop(), 60)
    house.finish()
