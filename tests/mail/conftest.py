"""The house with Telegram's simulator and a strict mail server."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator import Simulator
from tests.conversations.house import START, prepare
from tests.mail.mail_house import MailHouse
from tests.mail.mail_server import StrictMailServer
from tests.ports import free_port
from tests.postgres import fresh_database
from tests.sqlite import fresh_sqlite


@pytest.fixture
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MailHouse]:
    """On SQLite, but where a test asks for PostgreSQL."""
    if getattr(request, "param", "sqlite") == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"), prepare)
    else:
        url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    server = StrictMailServer()
    await server.start()
    async with Simulator(start=START, seed=1) as simulator:
        simulator.clock.run(0)
        simulator.bot()
        house = MailHouse(simulator, url, server, free_port())
        await house.start()
        yield house
        await asyncio.wait_for(house.stop(), 60)
    await server.stop()
    house.finish()
