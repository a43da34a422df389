"""A furnished district on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import fresh_of_kind
from tests.reminders.town import Town, tables


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database with our tables."""
    return fresh_of_kind(request, tmp_path / "rounds.db", tables)


@pytest.fixture
def empty_town(database_url: str) -> Iterator[Town]:
    town = Town(database_url)
    yield town
    town.close()


@pytest.fixture
def town(empty_town: Town) -> Town:
    """Three communes: Thọ Dân has a reporter and a chair, Dân Lực a reporter, Nưa nobody; and a leader above them."""
    empty_town.furnish()
    empty_town.join("Nam", "reporter", "Thọ Dân")
    empty_town.join("Hoa", "reporter", "Dân Lực")
    empty_town.join("Minh", "chair", "Thọ Dân")
    empty_town.join("Lan", "leader", "Triệu Sơn")
    return empty_town
