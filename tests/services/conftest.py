"""An office on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database.engines import writing_engine
from tests.postgres import fresh_database
from tests.services.office import Office, furnish
from tests.services.targeted import publish_daily
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


@pytest.fixture
def daily(office: Office) -> Office:
    """An office with a form that targets can be set for."""
    publish_daily(office)
    return office
