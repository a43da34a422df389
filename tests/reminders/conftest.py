"""A furnished district on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import fresh_database
from tests.reminders.town import Town, tables
from tests.sqlite import fresh_sqlite


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database with our tables."""
    if request.param == "postgresql":
        return fresh_database(request.getfixturevalue("postgres"), tables)
    return fresh_sqlite(tmp_path / "rounds.db", tables)


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
