"""`giaoban migrate`: it says what it does, can be given up, asks for room first; and two releases keep out of each other's way."""

import _thread
import os
import signal
import subprocess
import sys
import threading
from collections import namedtuple
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from simulator import DEFAULT_TOKEN
from storage.database import migrate as migrating
from storage.database.engines import reading_engine, writing_engine
from storage.database.migrate import MigrationStep, migrate
from storage.database.stopped_by_hand import given_up_by_hand
from storage.database.version import known_revisions, newest_revision, revision
from tests.desk.conftest import Giaoban
from tests.storage.kept import counts, kept

RELEASE = kept()[0]
LATER = sorted(each for each in known_revisions() if each > RELEASE.head)


@pytest.fixture
def old_release(empty_database: str, tmp_path: Path) -> str:
    """The database of an earlier release, where the commands look for theirs."""
    if empty_database.startswith("sqlite"):
        return RELEASE.load_sqlite(tmp_path / "desk.db")
    return RELEASE.load_postgresql(empty_database)


def state(url: str) -> tuple[str | None, dict[str, int]]:
    """At which revision a database is, and how many rows each of its tables has."""
    engine = reading_engine(url)
    with engine.begin() as connection:
        found = revision(connection), counts(connection)
    engine.dispose()
    return found


def change(url: str, statement: str) -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_each_step_is_told_before_it_is_done(giaoban_anew: Giaoban, old_release: str) -> None:
    status, printed, complained = giaoban_anew("migrate")
    lines = printed.splitlines()
    assert (status, complained) == (0, "")
    assert lines[0] == f"Bước 1/{len(LATER)}: 0013 pending"
    assert [line.split(":")[1].split()[0] for line in lines[:-1]] == LATER
    assert lines[-1] == f"Đã nâng cơ sở dữ liệu từ {RELEASE.head} lên {newest_revision()}."
    assert giaoban_anew("migrate")[1] == f"Cơ sở dữ liệu đã ở phiên bản mới nhất ({newest_revision()}).\n"


def test_a_long_step_says_that_it_goes_on(
    giaoban_anew: Giaoban, old_release: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.migrate.LONG_STEP", 0.0)
    status, printed, _ = giaoban_anew("migrate")
    assert status == 0
    assert "  … đã 0 giây" in printed.splitlines()


@pytest.mark.parametrize("place", [2, len(LATER)])
def test_given_up_between_two_steps_nothing_has_changed(old_release: str, place: int) -> None:
    before = state(old_release)

    def give_up(step: MigrationStep) -> None:
        if step.place == place:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(old_release, tell=give_up)
    assert state(old_release) == before
    assert migrate(old_release) == (RELEASE.head, newest_revision())


def test_given_up_in_the_middle_of_a_step_nothing_has_changed(old_release: str) -> None:
    """On PostgreSQL, where a step can be made to wait; by Ctrl-C it ends at once and says so."""
    if old_release.startswith("sqlite"):
        return
    before = state(old_release)
    with psycopg.connect(old_release) as other:
        other.execute("lock table audit in access exclusive mode")
        environment = os.environ | {"DATABASE_URL": old_release}
        command = [sys.executable, "-m", "bot.cli.main", "migrate"]
        with (
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running,
            ExitStack() as stack,
        ):
            stack.callback(running.kill)  # whatever fails here: it waits for a lock that is held until it has ended
            assert running.stdout is not None
            while "0020" not in running.stdout.readline().decode():
                assert running.poll() is None
            waits = "select exists (select from pg_locks where not granted and relation = 'audit'::regclass)"
            while other.execute(waits).fetchone() != (True,):
                assert running.poll() is None  # a cancel that comes before the statement waits is heard by nobody
            running.send_signal(signal.SIGINT)
            _, complained = running.communicate(timeout=60)
        other.rollback()
    assert running.returncode == 130
    assert "Đã dừng" in complained.decode()
    assert state(old_release) == before


def test_a_long_statement_of_sqlite_is_given_up_at_once(tmp_path: Path) -> None:
    engine = migrating._engine(f"sqlite:///{tmp_path / 'long.db'}")
    endless = "with recursive n(i) as (select begun() union all select i + 1 from n) select count(*) from n"
    timer = threading.Timer(0.1, _thread.interrupt_main)

    def begun() -> int:
        timer.start()  # Ctrl-C before the statement has begun would end the tests
        return 1

    with engine.connect() as connection:
        connection.begin()
        raw: Any = connection.connection.dbapi_connection
        raw.create_function("begun", 0, begun)
        with pytest.raises(KeyboardInterrupt), given_up_by_hand():
            connection.execute(text(endless))
    timer.join()
    engine.dispose()


def test_too_little_room_is_said_before_anything_is_done(
    giaoban_anew: Giaoban, old_release: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not old_release.startswith("sqlite"):
        return
    before = state(old_release)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(migrating, "disk_usage", lambda _: usage(1 << 30, (1 << 30) - 4096, 4096))
    status, printed, complained = giaoban_anew("migrate")
    assert (status, printed) == (1, "")
    assert "MB" in complained
    assert "Chưa thay đổi gì" in complained
    assert state(old_release) == before


@pytest.mark.parametrize("command", [("migrate",), ("standing",), ("run",)])
def test_a_program_refuses_the_database_of_a_newer_release(
    giaoban: Giaoban, empty_database: str, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("BOT_TOKEN", DEFAULT_TOKEN)
    assert giaoban("migrate")[0] == 0
    change(empty_database, "update alembic_version set version_num = '9999'")
    status, printed, complained = giaoban(*command)
    assert (status, printed) == (1, "")
    assert complained == (
        f"giaoban: Cơ sở dữ liệu đã được bản phát hành mới hơn nâng lên 9999; chương trình này chỉ biết đến {newest_revision()} "
        "nên không đụng vào. Hãy dùng bản mới của chương trình.\n"
    )
    assert state(empty_database)[0] == "9999"


def test_a_program_says_how_the_database_of_an_older_release_is_brought_up_to_date(
    giaoban_anew: Giaoban, old_release: str
) -> None:
    status, printed, complained = giaoban_anew("standing")
    assert (status, printed) == (1, "")
    assert complained.endswith("Hãy chạy: giaoban migrate\n")
    assert state(old_release)[0] == RELEASE.head
