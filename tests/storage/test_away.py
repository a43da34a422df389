"""What the database itself has against a statement is waited for; what was asked wrongly is not, or everybody would wait for ever."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, literal, select, text
from sqlalchemy.exc import DBAPIError

from storage.database.away import is_away
from storage.database.engines import reading_engine, writing_engine
from tests.cluster import Cluster
from tests.postgres import fresh_database

MANY = select(literal(1)).where(literal(1).in_(range(70_000)))
WRONG_ON_SQLITE = {
    "a sum that is too large": "select sum(x) from (select 9223372036854775807 as x union all select 1)",
    "no JSON": "select json_extract('{', '$.a')",
    "nested too deep": f"select {'+'.join(['1'] * 1200)}",
    "no such column": "select f0_new",
    "no SQL": "selects",
}
WRONG_ON_POSTGRESQL: dict[str, Callable[[Connection], object] | str] = {
    "a number that is too large": "select 9223372036854775807 + 1",
    "divided by nothing": "select 1 / 0",
    "no such column": "select f0_new",
    "takes longer than it may": "set local statement_timeout = 1; select pg_sleep(5)",
    "more parameters than there are places for": lambda connection: connection.execute(MANY),
}


def failure(engine: Engine, does: Callable[[Connection], object] | str) -> DBAPIError:
    """What a transaction comes to."""
    with pytest.raises(DBAPIError) as failed, engine.begin() as connection:
        connection.exec_driver_sql(does) if isinstance(does, str) else does(connection)
    return failed.value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "giaoban.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table kept (number int)")
    connection.close()
    return path


@pytest.fixture
def sqlite_engine(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr("storage.database.engines.WAIT_SECONDS", 0)
    engine = writing_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize("asked", WRONG_ON_SQLITE.values(), ids=WRONG_ON_SQLITE.keys())
def test_what_sqlite_was_asked_wrongly_is_not_waited_for(sqlite_engine: Engine, asked: str) -> None:
    assert not is_away(failure(sqlite_engine, asked))


def test_an_sqlite_file_that_is_locked_full_or_not_there_is_waited_for(sqlite_engine: Engine, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert is_away(failure(sqlite_engine, "select 1"))
    other.close()

    def fills(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1").fetchall()
        connection.exec_driver_sql("insert into kept select value from json_each(?)", (f"[{'1,' * 9999}1]",))

    assert is_away(failure(sqlite_engine, fills))
    nowhere = reading_engine(f"sqlite:///{file}")
    file.rename(file.with_suffix(".away"))
    file.mkdir()
    assert is_away(failure(nowhere, "select 1"))


@pytest.fixture
def postgresql_engine(postgres: Cluster) -> Iterator[Engine]:
    engine = writing_engine(fresh_database(postgres))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("asked", WRONG_ON_POSTGRESQL.values(), ids=WRONG_ON_POSTGRESQL.keys())
def test_what_postgresql_was_asked_wrongly_is_not_waited_for(
    postgresql_engine: Engine, asked: Callable[[Connection], object] | str
) -> None:
    assert not is_away(failure(postgresql_engine, asked))


def killed(connection: Connection) -> None:
    pid = connection.exec_driver_sql("select pg_backend_pid()").scalar_one()
    with psycopg.connect(connection.engine.url.render_as_string().replace("+giaoban", "")) as other:
        other.execute("select pg_terminate_backend(%s)", [pid])
    connection.execute(text("select 1"))


def locked(connection: Connection) -> None:
    connection.exec_driver_sql("set local lock_timeout = 1")
    with psycopg.connect(connection.engine.url.render_as_string().replace("+giaoban", "")) as other:
        other.execute("create table kept (number int)")
        connection.exec_driver_sql("create table kept (number int)")


def only_reads(connection: Connection) -> None:
    connection.exec_driver_sql("set transaction read only")
    connection.exec_driver_sql("create table kept (number int)")


@pytest.mark.parametrize("does", [killed, locked, only_reads])
def test_a_postgresql_that_is_gone_locked_or_only_reads_is_waited_for_and_reached_again(
    postgresql_engine: Engine, does: Callable[[Connection], None]
) -> None:
    assert is_away(failure(postgresql_engine, does))
    with postgresql_engine.begin() as connection:
        assert connection.exec_driver_sql("select 1").scalar_one() == 1
