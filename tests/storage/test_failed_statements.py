"""A statement that fails is no secret between it and whoever ran it: what comes after is not taken for kept. Whom it was about is."""

from collections.abc import Callable
from contextlib import suppress
from traceback import format_exception

import pytest
from sqlalchemy import Connection, Engine, bindparam, text
from sqlalchemy.exc import DBAPIError

from storage.database.away import is_away
from storage.database.engines import reading_engine, writing_engine
from storage.database.migrate import _engine as migrating_engine
from storage.database.prepared import PreparedStatement, driver_cursor
from tests.cluster import Cluster
from tests.postgres import fresh_database

WRONG = text("select 1 / 0")


def kept(engine: Engine) -> list[int]:
    with engine.begin() as connection:
        return list(connection.execute(text("select number from kept")).scalars())


def swallows(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into kept values (1)"))
        with suppress(DBAPIError):
            connection.execute(WRONG)


def test_a_transaction_in_which_a_failure_was_swallowed_is_not_taken_for_committed(postgres: Cluster) -> None:
    engine = writing_engine(fresh_database(postgres))
    with engine.begin() as connection:
        connection.execute(text("create table kept (number int)"))
    with pytest.raises(RuntimeError, match="nothing of it can be kept"):
        swallows(engine)
    assert kept(engine) == []
    with engine.begin() as connection:
        connection.execute(text("insert into kept values (2)"))
        with suppress(DBAPIError), connection.begin_nested():
            connection.execute(WRONG)
    assert kept(engine) == [2], "what was rolled back to a savepoint has not failed"
    engine.dispose()


NOWHERE = text("insert into nowhere (chat, words) values (:chat, :words)")
PREPARED = PreparedStatement(NOWHERE.bindparams(bindparam("chat"), bindparam("words")))
OF_SOMEBODY = {"chat": "chat-4711", "words": "Nhà tôi có người ốm"}
FAILING: dict[str, Callable[[Connection], object]] = {
    "one": lambda connection: connection.execute(NOWHERE, OF_SOMEBODY),
    "several": lambda connection: connection.execute(NOWHERE, [OF_SOMEBODY, OF_SOMEBODY]),
    "prepared": lambda connection: PREPARED.run(connection, **OF_SOMEBODY),
    "prepared, several": lambda connection: PREPARED.run_each(connection, [OF_SOMEBODY, OF_SOMEBODY]),
}


@pytest.mark.parametrize("does", FAILING.values(), ids=FAILING.keys())
@pytest.mark.parametrize("engine_of", [writing_engine, reading_engine, migrating_engine])
def test_what_somebody_wrote_does_not_come_into_the_log_with_a_statement_that_fails(
    url: str, engine_of: Callable[[str], Engine], does: Callable[[Connection], object]
) -> None:
    engine = engine_of(url)
    with pytest.raises(DBAPIError) as failed, engine.begin() as connection:
        does(connection)
    engine.dispose()
    told = "".join(format_exception(failed.value))
    assert "insert into nowhere" in told
    assert not [value for value in OF_SOMEBODY.values() if value in told]


BROKEN_RULES = {
    "not null": ("insert into kept values (:chat, null, :words)", "null value in column"),
    "unique": ("insert into kept values (:chat, 1, :words), (:chat, 1, :words)", "duplicate key value"),
    "in a function": ("select fails(:chat, :words)", "division by zero"),
    "no number": (
        "select cast(cast(:words as text) as int), cast(:chat as text)",
        "invalid input syntax for type integer",
    ),
}


def runs(connection: Connection, statement: str) -> None:
    connection.execute(text(statement), OF_SOMEBODY)


def runs_prepared(connection: Connection, statement: str) -> None:
    bound = text(statement).bindparams(bindparam("chat"), bindparam("words"))
    PreparedStatement(bound).run(connection, **OF_SOMEBODY)


def runs_as_the_driver(connection: Connection, statement: str) -> None:
    values = {name: f"'{value}'" for name, value in OF_SOMEBODY.items()}
    for name, value in values.items():
        statement = statement.replace(f":{name}", value)
    with driver_cursor(connection, "what was being done") as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("does", [runs, runs_prepared, runs_as_the_driver])
@pytest.mark.parametrize(("statement", "why"), BROKEN_RULES.values(), ids=BROKEN_RULES.keys())
@pytest.mark.parametrize("engine_of", [writing_engine, reading_engine, migrating_engine])
def test_of_the_row_that_postgresql_refuses_nothing_comes_into_the_log(
    postgres: Cluster,
    engine_of: Callable[[str], Engine],
    statement: str,
    why: str,
    does: Callable[[Connection, str], object],
) -> None:
    """The server adds it in lines of its own: «Failing row contains (…)», «Key (chat)=(…) already exists»."""
    engine = engine_of(fresh_database(postgres, with_rules))
    with pytest.raises(DBAPIError) as failed, engine.begin() as connection:
        does(connection, statement)
    engine.dispose()
    told = "".join(format_exception(failed.value))
    assert why in told
    assert not [value for value in OF_SOMEBODY.values() if value in told]
    assert not is_away(failed.value)
    assert getattr(failed.value.orig, "sqlstate", None)
    if why.startswith("duplicate"):
        assert OF_SOMEBODY["chat"] in failed.value.orig.diag.message_detail  # type: ignore[union-attr]  # it is psycopg's


def with_rules(url: str) -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text("create table kept (chat text primary key, number int not null, words text)"))
        connection.exec_driver_sql(
            "create function fails(chat text, words text) returns int language plpgsql as $$"
            " begin execute format('select 1 / 0 as %%I, %%L', chat, words); return 1; end $$"
        )
    engine.dispose()


def test_nor_does_what_is_copied(postgres: Cluster) -> None:
    engine = writing_engine(fresh_database(postgres, with_rules))
    with (
        pytest.raises(DBAPIError) as failed,
        engine.begin() as connection,
        driver_cursor(connection, "copy") as cursor,
        cursor.copy("copy kept from stdin") as copy,
    ):
        copy.write(f"{OF_SOMEBODY['chat']}\t{OF_SOMEBODY['words']}\tx\n")
    engine.dispose()
    told = "".join(format_exception(failed.value))
    assert "invalid input syntax for type integer" in told
    assert not [value for value in OF_SOMEBODY.values() if value in told]
