"""An office on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database.engines import writing_engine
from tests.postgres import fresh_database
from tests.services.office import Office, furnish
from tests.sqlite import fresh_sqlite


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    if request.param == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"), furnish)
    else:
        url = fresh_sqlite(tmp_path / "giaoban.db", furnish)
    engine = writing_engine(url)
    with engine.begin() as connection:
        yield Office(connection)
    engine.dispose()
