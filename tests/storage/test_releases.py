"""Databases of earlier releases, kept as files with data of every table: brought up to date they have lost nothing."""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database.engines import reading_engine
from storage.database.migrate import differences, migrate
from storage.database.tables import metadata
from storage.database.version import MIGRATIONS, newest_revision, revision
from tests.postgres import fresh_database
from tests.storage.kept import ZONE, Release, answer, broken, counts, kept, letters, told_by

MOST_BYTES = 1_000_000
CHANGES = "changes_rows_of"
"""What a migration calls the tables whose rows it adds to, or takes away, or that it takes away whole, on purpose."""


@pytest.fixture(params=kept(), ids=lambda release: release.head)
def release(request: pytest.FixtureRequest) -> Release:
    of: Release = request.param
    return of


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, release: Release, tmp_path: Path) -> str:
    """The release's database as it was kept, in a place of its own."""
    if request.param == "postgresql":
        return release.load_postgresql(fresh_database(request.getfixturevalue("postgres")))
    return release.load_sqlite(tmp_path / "kept.db")


def opened(url: str) -> Iterator[Connection]:
    engine = reading_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def as_kept(url: str) -> Iterator[Connection]:
    yield from opened(url)


@pytest.fixture
def migrated(url: str) -> Iterator[Connection]:
    migrate(url, ZONE)
    yield from opened(url)


def test_it_has_data_of_every_table(release: Release, as_kept: Connection) -> None:
    assert revision(as_kept) == release.head
    has = counts(as_kept)
    assert has
    assert [name for name, count in has.items() if not count] == []
    if release.head == newest_revision():
        assert set(has) == set(metadata.tables)


def test_it_is_small(release: Release) -> None:
    assert sum(file.stat().st_size for file in release.folder.iterdir()) <= MOST_BYTES


def test_no_row_is_lost_on_the_way_to_the_newest_revision(release: Release, url: str) -> None:
    for connection in opened(url):
        before = counts(connection)
    assert migrate(url, ZONE) == (release.head, newest_revision())
    for connection in opened(url):
        after = counts(connection)
        assert broken(connection) == []
        assert differences(connection) == []
    on_purpose = declared_since(release.head)
    changed = {name: (count, after.get(name)) for name, count in before.items() if after.get(name) != count}
    assert {name: counted for name, counted in changed.items() if name not in on_purpose} == {}


def declared_since(head: str) -> set[str]:
    """The tables that the migrations after this one say they change the rows of."""
    every = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    later = takewhile(lambda script: script.revision != head, every)
    return {name for script in later for name in getattr(script.module, CHANGES, ())}


def test_the_program_reads_the_same_in_it(release: Release, migrated: Connection) -> None:
    expected = release.expected
    told = told_by(migrated, datetime.fromisoformat(expected["at"]))
    for subject, read in told.items():
        assert read == expected[subject], subject
    assert all(letters(migrated))


def test_residents_are_told_the_same_figures(release: Release, migrated: Connection) -> None:
    expected = release.expected
    assert expected["residents"]
    for question, fragments in expected["residents"].items():
        said = answer(migrated, datetime.fromisoformat(expected["at"]), question)
        assert [each for each in fragments if each not in said] == [], f"{question}\n{said}"
