"""An office on both databases, and the stand-in for DHIS2 in both its modes."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from simulator.dhis2 import Dhis2Server
from tests.databases import fresh_of_kind
from tests.portal.office import TOKEN, Office, dhis2_metadata, prepare_office
from tests.sqlite import fresh_sqlite


@pytest.fixture(params=["sqlite", "postgresql"])
def office_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh_of_kind(request, tmp_path / "office.db", prepare_office)


@pytest.fixture
def office(office_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("PORTAL_TINH", TOKEN)
    office = Office(office_url)
    yield office
    office.close()


def prepare_approving(url: str) -> None:
    prepare_office(url, "chair")


@pytest.fixture
def approving_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """One whose reports wait for a chair's approval."""
    monkeypatch.setenv("PORTAL_TINH", TOKEN)
    office = Office(fresh_sqlite(tmp_path / "approving.db", prepare_approving))
    yield office
    office.close()


@pytest.fixture(params=["2.42", "2.43"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Dhis2Server]:
    async with Dhis2Server(dhis2_metadata(), request.param) as server:
        yield server
