"""A failing update is tried three times in all, by however many processes, and is set aside once; to take few, few are read."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from reporting.people import Address, Duty
from reporting.unit_list import read_units
from storage.database.engines import writing_engine
from storage.messages import inbox
from storage.organisation import people, units
from tests.bot.mouth import database_url

NOW, DAY = datetime(2021, 11, 10, 8, 30, tzinfo=UTC), date(2021, 11, 10)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = database_url(request.param, tmp_path, lambda: request.getfixturevalue("postgres"))
    engine = writing_engine(url)
    yield engine
    engine.dispose()


def test_whoever_comes_after_the_last_try_sets_nothing_aside_again(engine: Engine) -> None:
    with engine.begin() as connection:
        waits(connection, [5])
    with engine.connect() as connection, connection.begin() as given_up:
        ((entry,), _) = inbox.take(connection, 10, NOW)
        given_up.rollback()
    became = []
    for _ in range(4):
        with engine.begin() as connection:
            became.append(inbox.failed(connection, entry.id, "ValueError", NOW, keep_text=True))
    assert became == ["again", "again", "aside", "settled"]


def test_staff_can_be_taken_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        has_duty(connection, "2", since=DAY)
        has_duty(connection, "3", since=DAY + timedelta(days=1))
        has_duty(connection, "1", since=DAY - timedelta(days=9), until=DAY)
        waits(connection, range(4))
        assert [each.chat for each in inbox.take(connection, 10, NOW, rank=inbox.STAFF)[0]] == ["2"]
        assert inbox.take(connection, 10, NOW, rank=inbox.STAFF) == ([], False)
        assert [each.chat for each in inbox.take(connection, 10, NOW)[0]] == ["0", "1", "3"]


@pytest.mark.postgres
def test_what_waits_at_a_chat_that_another_process_is_at_is_left_to_it_and_said_to_be_left(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = database_url("postgresql", tmp_path, lambda: request.getfixturevalue("postgres"))
    here, there = writing_engine(url), writing_engine(url)
    with here.begin() as connection:
        waits(connection, [1])
    with here.begin() as mine:
        (taken, leaves_some) = inbox.take(mine, 10, NOW)
        assert ([each.chat for each in taken], leaves_some) == (["1"], False)
        with there.begin() as theirs:
            inbox.put(theirs, [inbox.Heard("telegram", "2", "1", "{}")], NOW, DAY)
        with there.begin() as theirs:
            assert inbox.take(theirs, 10, NOW) == ([], True)
            waits(theirs, [3])
            (others, leaves_some) = inbox.take(theirs, 10, NOW)
            assert ([each.chat for each in others], leaves_some) == (["3"], True)
    with there.begin() as theirs:
        (last, leaves_some) = inbox.take(theirs, 10, NOW)
        assert ([each.chat for each in last], leaves_some) == (["1"], False)
    here.dispose()
    there.dispose()


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
        assert len(inbox.take(connection, 5, NOW)[0]) == 5
        (taking, parameters), *_ = said
        plan = connection.exec_driver_sql(f"explain (analyze, format json) {taking}", parameters).scalar_one()
        assert max(rows_read(plan[0]["Plan"])) <= 5 * 5, (
            "each of five beside each of five, but never beside all that wait"
        )
    engine.dispose()


def waits(connection: Connection, numbers: Sequence[int]) -> None:
    inbox.put(connection, [inbox.Heard("telegram", str(each), str(each), "{}") for each in numbers], NOW, DAY)


def has_duty(connection: Connection, chat: str, since: date, until: date | None = None) -> None:
    """Somebody who is found there is charged with something in these days."""
    units.put(connection, read_units("code,name,kind,parent,aliases,since,until\n1,Thọ Dân,xã,,,,"))
    (unit,) = units.tree(connection)
    person = people.add(connection, Address("telegram", chat), "Nam", "vi", NOW)
    people.charge(connection, Duty(person.id, unit.id, "reporter", since, until))


def rows_read(node: dict[str, Any]) -> Iterator[int]:
    """Of each step of a plan, how many rows it read at a time, those that it dropped among them."""
    yield node["Actual Rows"] + sum(count for what, count in node.items() if what.startswith("Rows Removed"))
    for each in node.get("Plans", ()):
        yield from rows_read(each)
