"""A site over a town's figures, on a real port and a real database, SQLite or PostgreSQL, beside whoever writes."""

import csv
import json
import math
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.running.readers import Readers
from bot.web.dcat_entry import UNSTATED, Publisher
from bot.web.open_data import OpenData
from bot.web.open_memory import Memory
from storage.database.engines import reading_engine, writing_engine
from tests.databases import fresh_of_kind
from tests.reminders.town import tables
from tests.residents.town import ZONE, Town, town_of

Asked = Mapping[str, str]


@dataclass
class Answer:
    """What came over HTTP."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(StringIO(self.text)))


@dataclass
class Site:
    """The site of a town; `town` writes, `get` reads over HTTP."""

    town: Town
    address: str
    http: aiohttp.ClientSession
    open_data: OpenData

    def writes(self) -> None:
        """Commits what the town has put down: the site reads on connections of its own."""
        self.town.connection.commit()

    async def get(self, path: str, has: Asked | None = None, /, **asked: str) -> Answer:
        """`has`: the request's headers; the rest is asked for in the address."""
        self.writes()
        async with self.http.get(f"{self.address}{path}", params=asked, headers=has) as response:
            return Answer(response.status, response.headers, await response.text())

    async def figures(self, **asked: str) -> list[dict[str, Any]]:
        answer = await self.get("/figures.json", **asked)
        assert answer.status == 200, answer.text
        found: list[dict[str, Any]] = answer.json["figures"]
        return found

    async def figure(self, unit: str, indicator: str, **asked: str) -> dict[str, Any]:
        (row,) = await self.figures(unit=unit, indicator=indicator, **asked)
        return row


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database with our tables."""
    return fresh_of_kind(request, tmp_path / "town.db", tables)


async def site_of(
    url: str, *, small: bool = False, publisher: Publisher = UNSTATED, demonstration: bool = False
) -> AsyncIterator[Site]:
    writing, readers = writing_engine(url), Readers(reading_engine(url))
    connection = writing.connect()
    town = town_of(connection, small=small)
    connection.commit()
    open_data = OpenData(
        readers,
        lambda: town.now,
        ZONE,
        memory=Memory(costly=math.inf),
        publisher=publisher,
        demonstration=demonstration,
    )
    address = await open_data.start("127.0.0.1:0")
    async with aiohttp.ClientSession() as http:
        yield Site(town, address, http, open_data)
    await open_data.stop()
    connection.close()
    await readers.close()
    writing.dispose()


@pytest.fixture
async def site(database_url: str) -> AsyncIterator[Site]:
    async for each in site_of(database_url):
        yield each


@pytest.fixture
async def harvest_site(database_url: str) -> AsyncIterator[Site]:
    async for each in site_of(database_url, small=True):
        yield each
