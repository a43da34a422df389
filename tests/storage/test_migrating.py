"""The migrated database is the one that the tables in the code describe."""

from pathlib import Path

import pytest

from storage.engines import reading_engine, writing_engine
from storage.migrating import differences, is_empty, migrate, newest, revision
from tests.postgres import fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return fresh_database(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'new' / 'giaoban.db'}"


def test_migrations_make_just_the_tables_of_the_code(database_url: str) -> None:
    engine = writing_engine(database_url)
    assert is_empty(engine)
    assert migrate(database_url) == (None, newest())
    with engine.begin() as connection:
        assert revision(connection) == newest()
        assert differences(connection) == []
    engine.dispose()


def test_sqlite_keeps_what_is_committed_and_its_readers_see_one_moment(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'giaoban.db'}"
    migrate(url)
    writing, reading = writing_engine(url), reading_engine(url)
    with writing.begin() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        told = [connection.exec_driver_sql(f"PRAGMA {each}").scalar_one() for each in pragmas]
        assert told == ["wal", 2, 1]
    count = "select count(*) from person"
    with reading.begin() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 0
        with writing.begin() as writer:
            writer.exec_driver_sql("insert into person (name, language, created_at) values ('A', 'vi', '2021-11-10')")
        assert reader.exec_driver_sql(count).scalar_one() == 0
    with reading.begin() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 1
    writing.dispose()
    reading.dispose()
