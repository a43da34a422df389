"""A town on a database in memory, for each test anew."""

from collections.abc import Iterator
from sqlite3 import Connection as SQLiteConnection
from typing import Any, cast

import pytest
from sqlalchemy import Connection, create_engine

from storage.database.dialects import COMPILED
from storage.database.engines import EngineMemory
from storage.database.tables import metadata
from tests.residents.town import Town, town_of


def raw(connection: Connection) -> SQLiteConnection:
    """The driver's own connection."""
    inner: Any = connection.connection.dbapi_connection
    return cast("SQLiteConnection", inner)


@pytest.fixture(scope="session")
def our_tables() -> Iterator[SQLiteConnection]:
    """A database with our tables and nothing in them, to be copied."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        metadata.create_all(connection)
        connection.commit()
        yield raw(connection)
    engine.dispose()


@pytest.fixture
def connection(our_tables: SQLiteConnection) -> Iterator[Connection]:
    engine = create_engine(
        "sqlite+giaoban://", execution_options={"memory": EngineMemory(), "compiled_cache": COMPILED}
    )
    with engine.connect() as connection:
        our_tables.backup(raw(connection))
        yield connection
    engine.dispose()


@pytest.fixture
def town(connection: Connection) -> Town:
    return town_of(connection)


@pytest.fixture
def harvest(connection: Connection) -> Town:
    return town_of(connection, small=True)
