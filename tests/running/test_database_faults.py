"""The database is stopped, locked or full: what was heard waits unconfirmed, nobody counts a try, and all goes on by itself."""

import asyncio
import resource
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import create_engine, make_url, select

from bot.running import due
from handlers.common import join
from reminders.context import Tick
from reminders.jobs import JOBS
from reporting.say import Say
from simulator import Simulator
from storage.database.tables import metadata
from tests.cluster import Cluster
from tests.conversations.house import House, Talker
from tests.crash.commune import START, prepare
from tests.crash.ward import GLANCE, PATIENCE, Ward, Zygote
from tests.endurance import times
from tests.running.log_lines import logged
from tests.sqlite import fresh_sqlite

inbox = metadata.tables["inbox"]
LOCKED_SECONDS = times(1, 40)
"""More than SQLite itself waits, in the long run."""
LOOKS = times(1, 60)
"""So often is a server looked for that is away, once a second."""
ROOM = 40_000
"""So many bytes a file may have: less than what is committed before anything is brought back into the database's file."""


async def no_try_was_counted(house: House) -> None:
    rows = await house.running.clerk.write(lambda connection: connection.execute(select(inbox.c.state, inbox.c.tries)))
    assert {(row.state, row.tries) for row in rows} == {("done", 0)}


@contextmanager
def stopped(server: Cluster) -> Iterator[None]:
    """Whatever comes of it, the server is there again for the tests that follow."""
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def only_reading(url: str, server: Cluster) -> Iterator[None]:
    """All that are connected to the database are cut off, and whoever comes back may only read."""
    name = sql.Identifier(str(make_url(url).database))
    read_only = sql.SQL("alter database {} set default_transaction_read_only = on").format(name)
    with psycopg.connect(server.url("postgres"), autocommit=True) as other:
        other.execute(read_only)
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [make_url(url).database]
        )
        try:
            yield
        finally:
            other.execute(sql.SQL("alter database {} reset default_transaction_read_only").format(name))


@pytest.mark.endure
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_postgresql_is_stopped_for_a_while(
    house: House, reporter: Talker, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.outage.EVERY", 0.0)  # each try is told of
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    with stopped(postgres):
        async with logged("The database is away or locked"):
            await reporter.person.says("3")
        for _ in range(LOOKS - 1):
            async with logged("The database is away or locked"):
                pass
        assert house.simulator.first_bot.pending == 1, "it was confirmed, though it was not stored"
        async with logged("tick is given up"):
            house.simulator.clock.advance(timedelta(minutes=1))
            await house.running.tick()
    await house.settled()
    reporter.hears("(2/20)")
    await no_try_was_counted(house)
    await reporter.says("1")
    reporter.hears("(3/20)")
    house.simulator.clock.move_to(START.replace(hour=16, minute=0))
    await house.running.tick()
    assert not house.running.due.troubled
    reporter.forgets()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_after_a_failover_a_server_that_only_reads_is_waited_for(
    house: House, reporter: Talker, postgres: Cluster
) -> None:
    """The name leads to it for a while, until it may write or another is found."""
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    with only_reading(house.database_url, postgres):
        async with logged("The database is away or locked"):
            await reporter.person.says("3")
        assert house.simulator.first_bot.pending == 1, "it was confirmed, though it was not stored"
    await house.settled()
    reporter.hears("(2/20)")
    await no_try_was_counted(house)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("asked", ["select json_extract('{', '$.a')", "select abs(-9223372036854775808)"])
async def test_what_a_database_is_asked_wrongly_is_a_bug_and_holds_nobody_up(
    house: House, reporter: Talker, resident: Talker, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """SQLite's driver calls it by the same name as a lock; whoever took it for one would wait for ever, and everybody with him."""

    def greeting(*_: object) -> None:
        with create_engine("sqlite://").connect() as connection:
            connection.exec_driver_sql(asked)

    def job(tick: Tick) -> list[Say]:
        tick.connection.exec_driver_sql(asked)
        return []

    monkeypatch.setattr(join, "greeting", greeting)
    monkeypatch.setattr(due, "JOBS", (job, *JOBS))
    await resident.says("/start")
    resident.hears("Xin lỗi", "mã lỗi GB-")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await house.running.tick()
    assert {str(each) for each in house.running.due.troubled} == {"job"}


@pytest.mark.endure
@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_sqlite_file_is_locked_by_another_process(house: House, reporter: Talker) -> None:
    other = sqlite3.connect(house.database_url.removeprefix("sqlite:///"), isolation_level=None)
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    other.execute("BEGIN IMMEDIATE")
    await reporter.person.says("3")
    await asyncio.sleep(LOCKED_SECONDS)  # nobody tells of somebody who waits for a lock
    assert house.simulator.first_bot.pending == 1, "it was confirmed, though it was not stored"
    reporter.hears_nothing()
    other.execute("COMMIT")
    other.close()
    await house.simulator.idle_of_updates(PATIENCE)
    await house.settled()
    reporter.hears("(2/20)")
    await no_try_was_counted(house)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_database_is_full(house: House, reporter: Talker) -> None:
    """SQLite's own limit of pages: no room is left but what the last page has, then there is again."""
    other = sqlite3.connect(house.database_url.removeprefix("sqlite:///"))
    other.execute("VACUUM")
    other.close()

    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    said = 0
    async with logged("database or disk is full") as line:
        await house.running.clerk.write(
            lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=1").fetchall()
        )
        while not line.came.is_set():
            await reporter.person.says("nhiều lắm " * 200)
            said += 1
            await asyncio.sleep(0.02)  # each fills a part of a page; the log tells when it is too much
    assert house.simulator.first_bot.pending >= 1, "it was confirmed, though it was not stored"
    with house.running.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000").fetchall()
    await house.simulator.idle_of_updates(PATIENCE)
    await house.settled()
    assert len(reporter.forgets()) == said
    await reporter.says("3")
    reporter.hears("(2/20)")
    await no_try_was_counted(house)


async def test_the_disk_is_full(zygote: Zygote, tmp_path: Path) -> None:
    """The system lets the running bot write no file beyond a size, then lets it again."""
    url, log = fresh_sqlite(tmp_path / "giaoban.db", prepare), tmp_path / "bot.log"
    async with Simulator(start=START, seed=1) as simulator, Ward(zygote, simulator, url, log, deque()) as ward:
        await ward.person.says("/baocao")
        await ward.hears("(1/5)")
        was = resource.prlimit(ward.process, resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))
        said = 0
        while "The database is away or locked" not in ward.logged():
            if not simulator.first_bot.pending:
                await ward.person.says(f"nhiều lắm {said}")
                said += 1
            await asyncio.sleep(GLANCE)  # another process writes the log: nothing tells us of it
        assert simulator.first_bot.pending, "it was confirmed, though it was not stored"
        resource.prlimit(ward.process, resource.RLIMIT_FSIZE, was)
        await ward.settled()
        await ward.person.says("12")
        async with asyncio.timeout(PATIENCE):
            while "(2/5)" not in (await ward.person.next_message(PATIENCE)).text:
                pass
        assert [(row.state, row.tries) for row in ward.rows("inbox")] == [("done", 0)] * (said + 2)
        assert await ward.stops() == 0, ward.logged()
