"""The house, on SQLite and on PostgreSQL, with three communes, a reporter and a leader."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversations.house import House, Talker, prepare, running_house
from tests.databases import fresh_of_kind


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh_of_kind(request, tmp_path / "giaoban.db", prepare)


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with running_house(database_url) as house:
        yield house


@pytest.fixture
async def reporter(house: House) -> Talker:
    return await house.joined("Lê Văn Nam", "reporter", "15742")


@pytest.fixture
async def leader(house: House) -> Talker:
    return await house.joined("Trần Thị Hoa", "leader", "397")


@pytest.fixture
async def resident(house: House) -> Talker:
    return house.talker("Bà Lan")
