"""A town on a database in memory, for each test anew."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from storage.database.engines import EngineMemory
from storage.database.tables import metadata
from tests.residents.town import Town, town_of


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://", execution_options={"memory": EngineMemory()})
    metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def town(connection: Connection) -> Town:
    return town_of(connection)


@pytest.fixture
def harvest(connection: Connection) -> Town:
    return town_of(connection, small=True)
