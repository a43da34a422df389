"""An office on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database.engines import writing_engine
from tests.databases import fresh_of_kind
from tests.services.office import Office, furnish
from tests.services.targeted import publish_daily


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    url = fresh_of_kind(request, tmp_path / "giaoban.db", furnish)
    engine = writing_engine(url)
    with engine.begin() as connection:
        yield Office(connection)
    engine.dispose()


@pytest.fixture
def daily(office: Office) -> Office:
    """An office with a form that targets can be set for."""
    publish_daily(office)
    return office
