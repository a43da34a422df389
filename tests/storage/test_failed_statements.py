"""A statement that fails is no secret between it and whoever ran it: what comes after is not taken for kept."""

from contextlib import suppress

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from storage.database.engines import writing_engine
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
