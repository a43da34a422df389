"""Told to end while it is still starting, the program ends in order too."""

import asyncio
from pathlib import Path

from sqlalchemy import select

from bot.running.program import Program
from bot.settings import Settings
from reporting.pace import UNHURRIED
from reporting.people import Address
from reporting.say import Rank, Say
from simulator import DEFAULT_TOKEN, Simulator
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.messages import outbox
from tests.channels import CHANNELS
from tests.conversations.house import START, prepare
from tests.sqlite import fresh_sqlite

SLOW = 0.5
"""Seconds that a message takes on its way."""
rows = metadata.tables["outbox"].c


class Starting(Program):
    """One whose first tick has much to make up for: it takes for ever."""

    async def tick(self) -> None:
        await asyncio.Event().wait()


async def test_what_is_on_its_way_is_waited_for_and_marked(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    engine = writing_engine(url)
    async with Simulator(start=START, seed=1) as simulator:
        bot, nam = simulator.bot(), simulator.person("Lê Văn Nam")
        nam.private().started = True
        with engine.begin() as connection:
            outbox.put(
                connection, [Say(Address("telegram", str(nam.id)), "Kính chào", rank=Rank.REPLY)], START, CHANNELS
            )
        slow = simulator.faults.add(method="sendMessage", delay=SLOW)
        settings = Settings(bot_token=DEFAULT_TOKEN, bot_api_url=simulator.url, database_url=url, _env_file=None)
        running = asyncio.create_task(Starting(settings, simulator.clock.now, UNHURRIED).run())
        async with asyncio.timeout(60):
            while not slow.happened:
                await bot.change.wait(0.05)
        running.cancel()
        await asyncio.wait({running}, timeout=60)
        assert running.cancelled()
        assert len(bot.asked("sendMessage")) == 1
    with engine.begin() as connection:
        assert connection.execute(select(rows.state, rows.uncertain)).one() == ("said", 0)
    engine.dispose()
