"""Ctrl-C always takes effect: whatever a command waits for, on either database, and however often asking the server was in vain."""

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import psycopg
import pytest

from bot.cli import reports
from bot.cli.migrate import _MigrationProgress
from bot.cli.progress import Progress
from bot.settings import Settings
from reporting.report_tables import ReportTable
from storage.database import stopped_by_hand
from storage.database.engines import reading_engine, writing_engine
from tests.cluster import Cluster
from tests.desk.conftest import Giaoban
from tests.desk.test_backup_and_restore import as_that_release_wrote_it
from tests.desk.test_upgrading import RELEASE, state
from tests.environment import ROOT
from tests.postgres import fresh_database

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
WAITING = "select count(*) from pg_locks where not granted"
HISTORY = "date,unit,indicator,value\n2021-11-08,15742,f0_new,4\n2021-11-08,15745,f0_new,2\n"
MERGERS = ROOT / "docs" / "mergers_2025.csv"
LOST = sorted({0, 1, *Random(20).sample(range(2, 12), 2)})
"""So many requests to give up come to the server before the statement does."""


def ask_to_end(number: int = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


@contextmanager
def asked_when_it_waits(url: str, number: int = signal.SIGINT) -> Iterator[None]:
    """Somebody sends the signal as soon as anybody waits for a lock of this server."""

    def watch() -> None:
        with psycopg.connect(url, autocommit=True) as watching:
            while not over.is_set():
                if watching.execute(WAITING).fetchone() != (0,):
                    ask_to_end(number)
                    return
                watching.execute("select pg_sleep(0.01)")

    over = threading.Event()
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


@contextmanager
def requests_lost(monkeypatch: pytest.MonkeyPatch, most: int) -> Iterator[list[bool]]:
    """The first few requests to give up come too early, and nobody hears of them; one of True for each that was made."""
    asked, cancel = list[bool](), psycopg.Connection.cancel_safe

    def asks(self: psycopg.Connection[Any], **options: Any) -> None:
        asked.append(True)
        if len(asked) > most:
            cancel(self, **options)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Connection, "cancel_safe", asks)
        yield asked


@pytest.fixture
def old_release(empty_database: str, tmp_path: Path) -> str:
    if empty_database.startswith("sqlite"):
        return RELEASE.load_sqlite(tmp_path / "desk.db")
    return RELEASE.load_postgresql(empty_database)


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.mark.parametrize("lost", LOST)
def test_an_upgrade_that_waits_ends_however_many_requests_were_lost(
    giaoban_anew: Giaoban, old_release: str, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    if is_sqlite(old_release):
        return
    before = state(old_release)
    with psycopg.connect(old_release) as other:
        other.execute("lock table audit in access exclusive mode")
        with requests_lost(monkeypatch, lost) as asked, asked_when_it_waits(old_release):
            status, _, complained = giaoban_anew("migrate")
        assert len(asked) > lost
        assert other.execute(WAITING).fetchone() == (0,), "nobody is left behind on the server, with locks of his own"
        other.rollback()
    assert status == 130
    assert "Đã dừng theo yêu cầu; không có gì bị làm dở dang." in complained
    assert state(old_release) == before
    assert giaoban_anew("migrate")[0] == 0


@pytest.mark.parametrize("place", sorted(Random(7).sample(range(1, 160), 4)))
def test_an_upgrade_ends_wherever_it_is_asked_to(
    giaoban_anew: Giaoban, old_release: str, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """Right before one of its statements is sent, or in the middle of it."""
    before, left = state(old_release), [place]

    def glance(_: _MigrationProgress) -> None:
        left[0] -= 1
        if left[0] == 0:
            ask_to_end()

    with monkeypatch.context() as patched:
        patched.setattr(_MigrationProgress, "glance", glance)
        status, _, complained = giaoban_anew("migrate")
    assert left[0] <= 0
    assert (status, "Đã dừng theo yêu cầu" in complained) == (130, True)
    assert state(old_release) == before
    assert giaoban_anew("migrate")[0] == 0


def test_whoever_asks_a_second_time_waits_no_more_for_the_server(
    giaoban_anew: Giaoban, old_release: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_sqlite(old_release):
        return

    def asks(_: psycopg.Connection[Any], **__: Any) -> None:
        ask_to_end()

    with psycopg.connect(old_release) as other:
        other.execute("lock table audit in access exclusive mode")
        with monkeypatch.context() as patched, asked_when_it_waits(old_release):
            patched.setattr(psycopg.Connection, "cancel_safe", asks)
            assert giaoban_anew("migrate")[0] == 130
        while other.execute(WAITING).fetchone() != (0,):  # the server notices by itself that nobody is there
            other.execute("select pg_sleep(0.05)")
        other.rollback()
    assert giaoban_anew("migrate")[0] == 0


def test_a_row_of_statements_of_which_one_waits_is_ended_by_one_request(
    empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver sends them without waiting for each, and would not hear that the server has given up."""
    if is_sqlite(empty_database):
        return
    engine = writing_engine(empty_database, by_hand=True)
    with psycopg.connect(empty_database) as other:
        other.execute("create table many (number int)")
        other.commit()
        other.execute("lock table many in access exclusive mode")
        with (
            requests_lost(monkeypatch, 0) as asked,
            asked_when_it_waits(empty_database),
            pytest.raises(KeyboardInterrupt),
            engine.begin() as connection,
        ):
            connection.exec_driver_sql("insert into many values (%s)", [(number,) for number in range(50)])
        assert len(asked) == 1
        while other.execute(WAITING).fetchone() != (0,):
            other.execute("select pg_sleep(0.05)")
        other.rollback()
        assert other.execute("select count(*) from many").fetchone() == (0,)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("select count(*) from many").scalar_one() == 0
    engine.dispose()


def test_an_upgrade_that_is_killed_holds_no_lock_for_long(old_release: str) -> None:
    if is_sqlite(old_release):
        return
    command = [sys.executable, "-m", "bot.cli.main", "migrate"]
    with psycopg.connect(old_release) as other:
        other.execute("lock table audit in access exclusive mode")
        environment = os.environ | {"DATABASE_URL": old_release}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as running:
            while other.execute(WAITING).fetchone() == (0,):
                assert running.poll() is None
            running.kill()
        while other.execute(WAITING).fetchone() != (0,):
            other.execute("select pg_sleep(0.05)")
        other.rollback()


@pytest.fixture
def long_commands(furnished: Giaoban, tmp_path: Path) -> dict[str, tuple[str, ...]]:
    """Each by its name, ready to be run."""
    (tmp_path / "history.csv").write_text(HISTORY, encoding="utf-8")
    return {
        "figures import": ("figures", "import", "history.csv"),
        "figures export": ("figures", "export", "-o", "figures.csv"),
        "reports export": ("reports", "export", "covid_daily", "-o", "reports.csv"),
        "units merge": ("units", "merge", str(MERGERS)),
        "backup": ("backup", "copy.gz"),
    }


def what_was_done(giaoban: Giaoban) -> str:
    return giaoban("audit", "show")[1]


@pytest.mark.parametrize("name", ["figures import", "figures export", "reports export", "units merge", "backup"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_long_command_that_waits_for_somebody_elses_lock_ends(
    furnished: Giaoban,
    empty_database: str,
    long_commands: dict[str, tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    number: int,
) -> None:
    before, files = what_was_done(furnished), {each.name for each in tmp_path.iterdir() if "desk.db" not in each.name}
    with a_lock(empty_database, monkeypatch, number):
        status, _, complained = furnished(*long_commands[name])
    assert status == (130 if number == signal.SIGINT else 143)
    assert "Đã dừng theo yêu cầu; không có gì bị làm dở dang." in complained
    assert what_was_done(furnished) == before
    assert {each.name for each in tmp_path.iterdir() if "desk.db" not in each.name} == files
    assert furnished(*long_commands[name])[0] == 0


@contextmanager
def a_lock(url: str, monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[None]:
    """Somebody else has the file, or the audit; and as soon as it is waited for, the signal comes."""
    if not is_sqlite(url):
        with psycopg.connect(url) as other, requests_lost(monkeypatch, 1):
            other.execute("lock table audit, figure in access exclusive mode")
            with asked_when_it_waits(url, number):
                yield
            assert other.execute(WAITING).fetchone() == (0,)
            other.rollback()
        return
    looks = list[bool]()

    def looked() -> float:
        looks.append(True)
        if len(looks) == 3:  # since when it began: it has waited once
            ask_to_end(number)
        return monotonic()

    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as locking, monkeypatch.context() as patched:
        locking.execute("begin immediate")
        patched.setattr(stopped_by_hand, "monotonic", looked)
        yield


@pytest.mark.parametrize("release", ["this", "an earlier one"])
def test_a_restore_that_is_given_up_or_refused_leaves_the_database_as_empty_as_it_was(
    furnished: Giaoban, empty_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, release: str
) -> None:
    if release == "this":
        assert furnished("backup", "copy.gz")[0] == 0
    else:
        write_older(tmp_path / "copy.gz")
    whole = gzip.decompress((tmp_path / "copy.gz").read_bytes())
    (tmp_path / "cut.gz").write_bytes(gzip.compress(whole[: len(whole) // 2]))
    monkeypatch.setenv("DATABASE_URL", another_like(empty_database))
    with monkeypatch.context() as patched:
        patched.setattr(Progress, "at", lambda *_: ask_to_end())
        status, _, complained = furnished("restore", "copy.gz")
    assert (status, "không có gì bị làm dở dang" in complained) == (130, True)
    assert furnished("restore", "cut.gz")[0] == 1
    assert furnished("restore", "copy.gz")[0] == 0
    assert "restore" in what_was_done(furnished)
    assert furnished("audit", "verify")[0] == 0


def another_like(url: str) -> str:
    cluster = Cluster.of(url)
    return fresh_database(cluster) if cluster else f"{url}.other"


def write_older(path: Path) -> None:
    engine = reading_engine(RELEASE.load_sqlite(path.with_name("kept.db")))
    with engine.begin() as connection:
        lines = list(as_that_release_wrote_it(connection, RELEASE.head))
    engine.dispose()
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


def test_an_import_that_is_asked_twice_leaves_the_rest_to_others_and_says_so(
    furnished: Giaoban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "history.csv").write_text(HISTORY, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Progress, "at", lambda *_: ask_to_end())
        status, _, complained = furnished("figures", "import", "history.csv")
    assert status == 130
    assert "Đã dừng ngay. Số liệu đã nhập dở" in complained
    assert "2 ngày-đơn vị" in furnished("figures", "import", "history.csv")[1]
    assert "import taken back" in furnished("audit", "export")[1]


def test_of_several_files_all_are_there_or_none(
    furnished: Giaoban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A form with a repeat has a file more."""
    tables = [ReportTable("first", ["a"]), ReportTable("second", ["b"])]
    monkeypatch.setattr("bot.cli.reports.export_reports", lambda *_: tables)
    as_csv = reports.as_csv

    def interrupted(table: ReportTable) -> bytes:
        if table is tables[1]:
            ask_to_end()
        return as_csv(table)

    with monkeypatch.context() as patched:
        patched.setattr(reports, "as_csv", interrupted)
        assert furnished("reports", "export", "covid_daily", "-o", "out.csv")[0] == 130
    assert [each.name for each in tmp_path.iterdir() if "out" in each.name or ".part" in each.name] == []
    assert furnished("reports", "export", "covid_daily", "-o", "out.csv")[0] == 0
    assert {each.name for each in tmp_path.iterdir() if "out" in each.name} == {"out.csv", "out-second.csv"}


def test_who_was_started_not_to_hear_of_it_does_not(furnished: Giaoban, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(_: Settings) -> datetime:
        ask_to_end()
        return NOW

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        monkeypatch.setattr("bot.cli.backup.now", asked)
        assert furnished("backup", "copy.gz")[0] == 0
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
