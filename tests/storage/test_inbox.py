"""A failing update is tried three times in all, by however many processes, and is set aside once; to take few, few are read."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from storage.database.engines import writing_engine
from storage.messages import inbox
from tests.bot.mouth import database_url

NOW = datetime(2021, 11, 10, 8, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = database_url(request.param, tmp_path, lambda: request.getfixturevalue("postgres"))
    engine = writing_engine(url)
    yield engine
    engine.dispose()


def test_whoever_comes_after_the_last_try_sets_nothing_aside_again(engine: Engine) -> None:
    with engine.begin() as connection:
        inbox.put(connection, [inbox.Heard("telegram", "1", "5", "{}")], ["5"], NOW)
    with engine.connect() as connection, connection.begin() as given_up:
        (entry,) = inbox.take(connection, 10, NOW)
        given_up.rollback()
    became = []
    for _ in range(4):
        with engine.begin() as connection:
            became.append(inbox.failed(connection, entry.id, "ValueError", NOW, keep_text=True))
    assert became == ["again", "again", "aside", "settled"]


def test_staff_can_be_taken_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        inbox.put(connection, [inbox.Heard("telegram", str(chat), str(chat), "{}") for chat in range(4)], ["2"], NOW)
        assert [each.chat for each in inbox.take(connection, 10, NOW, rank=inbox.STAFF)] == ["2"]
        assert inbox.take(connection, 10, NOW, rank=inbox.STAFF) == []
        assert [each.chat for each in inbox.take(connection, 10, NOW)] == ["0", "1", "3"]


@pytest.mark.postgres
def test_a_burst_is_taken_by_its_keys_where_the_database_knows_of_none_that_wait(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = database_url("postgresql", tmp_path, lambda: request.getfixturevalue("postgres"))
    engine = writing_engine(url)
    with engine.begin() as connection:
        waits(connection, range(1000))
        inbox.take(connection, 1000, NOW)
        connection.exec_driver_sql("analyze inbox")
        waits(connection, range(1000, 2000))
        said: list[tuple[str, Any]] = []
        event.listen(connection, "before_cursor_execute", lambda *of: said.append((of[2], of[3])))
        assert len(inbox.take(connection, 5, NOW)) == 5
        (taking, parameters), *_ = said
        plan = connection.exec_driver_sql(f"explain (analyze, format json) {taking}", parameters).scalar_one()
        assert max(rows_read(plan[0]["Plan"])) <= 5 * 5, (
            "each of five beside each of five, but never beside all that wait"
        )
    engine.dispose()


def waits(connection: Connection, numbers: Sequence[int]) -> None:
    inbox.put(connection, [inbox.Heard("telegram", str(each), str(each), "{}") for each in numbers], [], NOW)


def rows_read(node: dict[str, Any]) -> Iterator[int]:
    """Of each step of a plan, how many rows it read at a time, those that it dropped among them."""
    yield node["Actual Rows"] + sum(count for what, count in node.items() if what.startswith("Rows Removed"))
    for each in node.get("Plans", ()):
        yield from rows_read(each)
