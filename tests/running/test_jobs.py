"""What the clerk is asked to write while it is at work is written together, and whoever asked for what fails hears of it alone."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from bot.running.clerk import Clerk
from reporting.effects import Effect
from storage.database.engines import writing_engine
from storage.messages import inbox
from storage.messages.queues import inbox_queues
from tests.bot.mouth import tables
from tests.channels import CHANNELS
from tests.cluster import Cluster
from tests.postgres import fresh_database
from tests.sqlite import fresh_sqlite

NOW = datetime(2021, 11, 10, tzinfo=UTC)


def as_it_came(channel: str, raw: str) -> inbox.Heard:
    return inbox.Heard(channel, raw, raw, raw)


def clerk_of(engine: Engine, heard: Callable[[str, str], inbox.Heard] = as_it_came) -> Clerk:
    return Clerk(engine, lambda: NOW, heard, lambda *_: [], lambda *_: [], CHANNELS)


def adds(*numbers: int) -> Callable[[Connection], int]:
    def change(connection: Connection) -> int:
        for number in numbers:
            connection.exec_driver_sql("insert into numbers values (?)", (number,))
            assert number < 9
        return sum(numbers)

    return change


async def test_one_change_that_fails_leaves_nothing_behind_and_undoes_no_other(tmp_path: Path) -> None:
    engine = writing_engine(fresh_sqlite(tmp_path / "numbers.db", tables))
    with engine.begin() as connection:
        connection.exec_driver_sql("create table numbers(number integer unique)")
    began, goes_on = threading.Event(), threading.Event()

    def waits(_: Connection) -> None:
        began.set()
        assert goes_on.wait(60)

    clerk = clerk_of(engine)
    clerk.start()
    assert await asyncio.to_thread(clerk.idle.wait, 60)  # its first look commits too
    busy = asyncio.ensure_future(clerk.write(waits))
    assert await asyncio.to_thread(began.wait, 60)
    together = asyncio.gather(*(clerk.write(adds(*each)) for each in ((1, 2), (3, 9), (4,))), return_exceptions=True)
    await asyncio.sleep(0)  # each is asked for
    commits = list[Connection]()
    event.listen(engine, "commit", commits.append)
    goes_on.set()
    await busy
    first, failed, last = await together
    shared = len(commits)
    alone = await asyncio.gather(clerk.write(adds(5, 9)), return_exceptions=True)
    await clerk.stop()
    assert (first, last, _kept(engine)) == (3, 4, [1, 2, 4])
    assert shared == 2, "the one that was waited for, and the three together"
    assert isinstance(failed, AssertionError)
    assert isinstance(alone[0], AssertionError)


async def test_changes_that_cannot_be_committed_together_are_made_each_alone(tmp_path: Path) -> None:
    engine = writing_engine(fresh_sqlite(tmp_path / "numbers.db", tables))
    with engine.begin() as connection:
        connection.exec_driver_sql("create table numbers(number integer unique)")
    clerk = clerk_of(engine)
    failing = 1

    def refuses(_: Connection) -> None:
        nonlocal failing
        failing -= 1
        if failing >= 0:
            raise RuntimeError("nothing of it can be kept")

    event.listen(engine, "commit", refuses)
    waiting = asyncio.gather(*(clerk.write(adds(number)) for number in (1, 2)))
    await asyncio.sleep(0)  # each is asked for
    clerk.start()
    made = await waiting
    await clerk.stop()
    assert (made, _kept(engine)) == ([1, 2], [1, 2])


async def test_what_takes_longer_than_the_server_allows_is_told_to_whoever_asked_and_the_clerk_looks_on(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = writing_engine(fresh_database(postgres, tables))
    takes, looks = inbox.take, 2

    def slow(connection: Connection, *_: object) -> None:
        connection.exec_driver_sql("set local statement_timeout = 1")
        connection.exec_driver_sql("select pg_sleep(5)")

    def taken(connection: Connection, *rest: Any) -> tuple[list[inbox.Entry], bool]:
        nonlocal looks
        looks -= 1
        if looks > 0:
            slow(connection)
        return takes(connection, *rest)

    monkeypatch.setattr(inbox, "take", taken)
    monkeypatch.setattr("bot.running.clerk.PATIENCE", 0.01)
    clerk = clerk_of(engine)
    clerk.start()
    with pytest.raises(OperationalError):
        await clerk.write(slow)
    await clerk.hear(["1"], "telegram")
    assert await asyncio.to_thread(clerk.idle.wait, 60)
    assert looks <= 0
    await clerk.stop()
    engine.dispose()


async def test_what_cannot_be_stored_is_told_to_whoever_heard_it_and_all_others_go_on(tmp_path: Path) -> None:
    engine = writing_engine(fresh_sqlite(tmp_path / "numbers.db", tables))

    def heard(channel: str, raw: str) -> inbox.Heard:
        if raw == "9":
            raise ZeroDivisionError
        return inbox.Heard(channel, raw, raw, raw)

    clerk = clerk_of(engine, heard)
    waiting = asyncio.gather(*(clerk.hear([raw], "telegram") for raw in ("1", "9", "2")), return_exceptions=True)
    await asyncio.sleep(0)  # each is told
    clerk.start()
    first, failed, last = await waiting
    with engine.connect() as connection:
        stored = connection.exec_driver_sql("select update_id from inbox order by id").scalars().all()
    assert (first, last, list(stored)) == (None, None, ["1", "2"])
    assert isinstance(failed, ZeroDivisionError)
    assert not clerk.ended.done()
    await clerk.stop()
    engine.dispose()


def _kept(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        kept = [row[0] for row in connection.exec_driver_sql("select number from numbers order by number")]
    engine.dispose()
    return kept


async def test_what_came_from_a_messenger_that_is_not_set_any_more_waits_and_holds_nobody_up(tmp_path: Path) -> None:
    engine = writing_engine(fresh_sqlite(tmp_path / "inbox.db", tables))
    channels = {**CHANNELS, "zalo": replace(CHANNELS["zalo"], is_set=False)}
    handled = list[str]()

    def handle(_: Connection, entry: inbox.Entry, __: datetime) -> Sequence[Effect]:
        handled.append(entry.channel)
        return []

    clerk = Clerk(engine, lambda: NOW, as_it_came, handle, handle, channels)
    clerk.start()
    await clerk.hear(["1", "2"], "zalo")
    await clerk.hear(["3"], "telegram")
    assert await asyncio.to_thread(clerk.idle.wait, 20)
    assert handled == ["telegram"]
    assert sum(each.waiting for each in (await clerk.write(inbox_queues)).values()) == 2
    await clerk.stop()
    engine.dispose()
