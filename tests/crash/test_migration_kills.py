"""Wherever a migration is killed the database is the one of before, or the new one whole; and the next start brings it there."""

import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import inspect

from storage.database.engines import reading_engine
from storage.database.migrate import differences
from storage.database.version import newest_revision, revision
from tests.endurance import SEED, times
from tests.environment import ROOT
from tests.postgres import fresh_database
from tests.storage.kept import Release, broken, counts, kept

KILLS = times(4, 60)
STATEMENTS = {"sqlite": 250, "postgresql": 100}
"""A migration from the oldest kept release has more than so many; beyond its last one nobody is killed."""
pytestmark = [pytest.mark.endure, pytest.mark.timeout(300 if KILLS < 10 else 0)]
OLDEST: Release = kept()[0]


class Migrations:
    """The process from which they are forked, one at a time."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.crash.migrating"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def run(self, url: str, statement: int = 0, at_commit: Literal["", "before", "after"] = "") -> int:
        """Its exit code, negative for a signal."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([url, statement, at_commit]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def migrations() -> Iterator[Migrations]:
    migrations = Migrations()
    yield migrations
    migrations.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return OLDEST.load_postgresql(fresh_database(request.getfixturevalue("postgres")))
    return OLDEST.load_sqlite(tmp_path / "kept.db")


Stand = tuple[str | None, dict[str, int], dict[str, list[str]]]


def stands(url: str) -> Stand:
    """At which revision a database is that holds together, how many rows each table has, and which columns and indexes."""
    engine = reading_engine(url)
    try:
        with engine.begin() as connection:
            at = revision(connection)
            if (
                at == newest_revision() or connection.dialect.name == "sqlite"
            ):  # elsewhere it wants the tables as they are now
                assert broken(connection) == []
            told, rows = inspect(connection), counts(connection)
            shapes = {
                name: sorted(
                    [str(each["name"]) for each in (*told.get_columns(name), *told.get_indexes(name))],
                )
                for name in rows
            }
            return at, rows, shapes
    finally:
        engine.dispose()


def test_a_killed_migration_leaves_the_database_of_before_and_is_made_good(url: str, migrations: Migrations) -> None:
    chance, before, kills = random.Random(SEED), stands(url), 0
    while kills < KILLS:
        statement = chance.randint(1, STATEMENTS[url.partition(":")[0]])
        ended = migrations.run(url, statement)
        assert ended == -signal.SIGKILL, f"statement {statement}, ENDURE_SEED={SEED}: there are not so many"
        kills += 1
        assert stands(url) == before, f"killed before statement {statement}, ENDURE_SEED={SEED}"
    assert migrations.run(url, at_commit="before") == -signal.SIGKILL
    assert stands(url) == before
    assert migrations.run(url, at_commit="after") == -signal.SIGKILL
    after = stands(url)
    assert after[0] == newest_revision()
    assert migrations.run(url) == 0
    assert stands(url) == after
    engine = reading_engine(url)
    with engine.begin() as connection:
        assert differences(connection) == []
    engine.dispose()
