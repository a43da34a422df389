"""Backups that the program makes by itself: one a day, old ones go, a failure is an audit line of which the desk is told once."""

import asyncio
import fcntl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine

from bot.running.backups import Backups, backups_in
from reminders.backups import due_backups
from reminders.context import Tick
from reporting.people import Address, Duty
from reporting.rotation import BackupPlan, Rotation
from reporting.unit_list import read_units
from storage.database.backup_file import write_backup
from storage.database.backup_log import newest_backup
from storage.database.engines import writing_engine
from storage.organisation import people, units
from tests.channels import CHANNELS
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = datetime(2021, 11, 9, 19, 30, tzinfo=UTC)
"""02:30 of the tenth in Vietnam."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('backups') / 'giaoban.db'}"
    begin_at(url)
    return url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = writing_engine(url)
    yield engine
    engine.dispose()


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def newest_file(folder: Path) -> Path:
    there = backups_in(folder)
    return there[max(there)]


def backups(engine: Engine, url: str, folder: Path | str, at: time = time(2, 30)) -> Backups:
    async def write(change: Callable[[Connection], None]) -> None:
        with engine.begin() as connection:
            change(connection)

    return Backups(BackupPlan(str(folder), at, Rotation(2, 0, 0)), url, ZONE, write)


async def test_one_is_made_a_day_from_its_hour_on_and_old_ones_go(engine: Engine, url: str, tmp_path: Path) -> None:
    (tmp_path / "giaoban-notes.txt").touch()
    made = backups(engine, url, tmp_path)
    assert not made.is_due(NIGHT - timedelta(minutes=1))
    for day in range(3):
        now = NIGHT + timedelta(days=day)
        assert made.is_due(now)
        await made.make(now)
        written = newest_file(tmp_path).stat()
        await made.make(now + timedelta(hours=12))
        assert newest_file(tmp_path).stat() == written
    assert sorted(backups_in(tmp_path)) == [date(2021, 11, 11), date(2021, 11, 12)]
    assert {each.stat().st_mode & 0o777 for each in backups_in(tmp_path).values()} == {0o600}
    assert "giaoban-notes.txt" in names(tmp_path)
    with engine.begin() as connection:
        newest = newest_backup(connection)
    assert newest is not None
    assert (newest.at, newest.failed) == (NIGHT + timedelta(days=2), False)


async def test_none_is_made_where_no_folder_is_named_and_none_twice_by_two_programs(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    assert not backups(engine, url, "").is_due(NIGHT)
    first, second = backups(engine, url, tmp_path), backups(engine, url, tmp_path)
    await first.make(NIGHT)
    written = newest_file(tmp_path).stat()
    await second.make(NIGHT)
    assert newest_file(tmp_path).stat() == written


async def test_a_program_that_ends_leaves_no_half_of_one(engine: Engine, url: str, tmp_path: Path) -> None:
    with engine.begin() as connection:
        for number in range(2000):
            people.add(connection, Address("telegram", f"filler {number}"), "Lan", "vi", NIGHT)
    made = backups(engine, url, tmp_path)
    await made.stop()
    await made.make(NIGHT)
    assert names(tmp_path) == []


async def test_told_to_end_in_the_middle_of_one_it_is_given_up_and_made_after_the_next_start(
    engine: Engine, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def halting(
        connection: Connection, path: Path, revision: str, now: datetime, progress: Callable[[int, int], None]
    ) -> int:
        def halts(done: int, total: int) -> None:
            begun.set()
            goes_on.wait(60)
            progress(done, total)

        return write_backup(connection, path, revision, now, halts)

    monkeypatch.setattr("bot.running.backups.write_backup", halting)
    made = backups(engine, url, tmp_path)
    made.begin(NIGHT)
    await asyncio.to_thread(begun.wait, 60)
    assert names(tmp_path) == ["giaoban-2021-11-10.jsonl.gz.part"]
    stopping = asyncio.create_task(made.stop())
    await asyncio.sleep(0)
    goes_on.set()
    await stopping
    assert names(tmp_path) == []
    after = backups(engine, url, tmp_path)
    assert after.is_due(NIGHT)
    await after.make(NIGHT)
    assert names(tmp_path) == ["giaoban-2021-11-10.jsonl.gz"]


async def test_a_failure_is_told_to_each_admin_once_a_day_and_tried_again_in_an_hour(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    (tmp_path / "no folder").touch()
    made = backups(engine, url, tmp_path / "no folder" / "backups")
    await made.make(NIGHT)
    assert not made.is_due(NIGHT + timedelta(minutes=59))
    assert made.is_due(NIGHT + timedelta(hours=1))
    assert made.is_due(NIGHT - timedelta(days=365)), "the clock had been ahead by a year"
    with engine.begin() as connection:
        units.put(connection, read_units("code,name,kind,parent,aliases,since,until\n1,A,xã,,,,\n"))
        admin = people.add(connection, Address("telegram", "9"), "Quản trị", "vi", NIGHT)
        people.charge(connection, Duty(admin.id, 1, "admin", date(2021, 11, 1)))
    told = []
    for minutes in (1, 2, 61):
        with engine.begin() as connection:
            tick = Tick(connection, NIGHT + timedelta(minutes=minutes), ZONE, CHANNELS)
            told += due_backups(tick)
    (say,) = told
    assert say.to == admin.address
    assert "Không ghi được bản sao lưu của ngày 10/11/2021" in str(say.text)
    assert "không có tệp hay thư mục này" in str(say.text)
    await backups(engine, url, tmp_path / "good").make(NIGHT + timedelta(hours=2))
    with engine.begin() as connection:
        assert due_backups(Tick(connection, NIGHT + timedelta(days=1), ZONE, CHANNELS)) == []


async def test_one_of_which_nothing_comes_for_hours_is_told_by_the_tick(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    """A folder that does not answer, or another process that is at it and stands still."""
    made = backups(engine, url, tmp_path)
    with (tmp_path / "giaoban-2021-11-10.jsonl.gz.part").open("wb") as others:
        fcntl.flock(others, fcntl.LOCK_EX)
        for minutes in (0, 1, 180):
            made.begin(NIGHT + timedelta(minutes=minutes))
            await made.finished()
        with pytest.raises(TimeoutError):
            made.begin(NIGHT + timedelta(minutes=181))
        await made.finished()
    made.begin(NIGHT - timedelta(minutes=1))
    made.begin(NIGHT + timedelta(minutes=182))
    await made.finished()
    assert names(tmp_path) == ["giaoban-2021-11-10.jsonl.gz"]


async def test_of_one_that_is_begun_late_it_is_told_after_midnight_too(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    evening = NIGHT.replace(hour=16, minute=0)  # 23:00
    made = backups(engine, url, tmp_path, time(23))
    with (tmp_path / "giaoban-2021-11-09.jsonl.gz.part").open("wb") as others:
        fcntl.flock(others, fcntl.LOCK_EX)
        for minutes in (0, 59, 60, 180):
            made.begin(evening + timedelta(minutes=minutes))
            await made.finished()
        with pytest.raises(TimeoutError):
            made.begin(evening + timedelta(minutes=181))
        await made.finished()
    with pytest.raises(TimeoutError):  # of this one nothing has come yet
        made.begin(evening + timedelta(minutes=182))
    await made.finished()
    assert names(tmp_path) == ["giaoban-2021-11-09.jsonl.gz"]
    made.begin(evening + timedelta(minutes=183))
    await made.finished()
    assert names(tmp_path) == ["giaoban-2021-11-09.jsonl.gz"], "it is not yet time for the next day's"


async def test_a_folder_that_does_not_answer_holds_nobody_up(
    engine: Engine, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, whole, here = list[int](), Path.exists, threading.get_ident()

    def exists(path: Path, **given: bool) -> bool:
        if path.is_relative_to(tmp_path):
            asked.append(threading.get_ident())
        return whole(path, **given)

    made = backups(engine, url, tmp_path)
    with monkeypatch.context() as slow:
        slow.setattr(Path, "exists", exists)
        for minutes in (0, 1):
            made.begin(NIGHT + timedelta(minutes=minutes))
            await made.finished()
    assert asked
    assert here not in asked


async def test_a_failure_of_whatever_kind_is_told(
    engine: Engine, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.running.backups.write_backup", fails)
    made = backups(engine, url, tmp_path)
    await made.make(NIGHT)
    assert not made.is_due(NIGHT + timedelta(minutes=59))
    with engine.begin() as connection:
        newest = newest_backup(connection)
    assert newest is not None
    assert (newest.failed, newest.why) == (True, "db_other")
