"""The fixture `postgres`: a throw-away PostgreSQL cluster, with a new database for whoever asks."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.environment import memory_folder, not_on_this_machine
from tests.machine import find_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A running cluster, one for each process of the tests; it is gone when they end.

    In memory where there is room: on a disk a new database takes ten times as long, though none of it has to stay there.
    """
    programs = find_postgres()
    if programs is None:
        not_on_this_machine("PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="giaoban-", dir=memory_folder()) as folder:
        cluster = Cluster(programs, Path(folder))
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()


KIND = "postgresql"
"""How a test's parameter names it."""


def fresh_database(postgres: Cluster, prepare: Callable[[str], object] | None = None) -> str:
    """The URL of a new database, a copy of what `prepare(url)` made when one was first wanted.

    `prepare` must have closed its connections when it returns. The last 16 databases are kept, older ones dropped.
    """
    return postgres.new_database(prepare)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes the fixture, or is tried on PostgreSQL too, has its mark: `pytest -m "not postgres"` leaves it out."""
    for item in items:
        tried = item.callspec.params.values() if hasattr(item, "callspec") else ()
        if "postgres" in getattr(item, "fixturenames", ()) or KIND in [each for each in tried if isinstance(each, str)]:
            item.add_marker(pytest.mark.postgres)
