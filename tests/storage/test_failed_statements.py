"""A statement that fails is no secret between it and whoever ran it: what comes after is not taken for kept. Whom it was about is."""

from collections.abc import Callable
from contextlib import suppress
from traceback import format_exception

import pytest
from sqlalchemy import Connection, Engine, bindparam, text
from sqlalchemy.exc import DBAPIError

from storage.database.engines import reading_engine, writing_engine
from storage.database.migrate import _engine as migrating_engine
from storage.database.prepared import PreparedStatement
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
