"""A speaker at the simulator, on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.mouth import Mouth, database_url, mouth_at


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return database_url(request.param, tmp_path, lambda: request.getfixturevalue("postgres"))


@pytest.fixture
async def mouth(url: str) -> AsyncIterator[Mouth]:
    async with mouth_at(url) as mouth:
        yield mouth
