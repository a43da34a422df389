"""systemd is told that the program is alive as long as it is, and no longer."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from psycopg.errors import TooManyConnections
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.running.lasting_work import WorkEnded
from bot.running.liveness import TICK_SECONDS, Liveness
from bot.running.watchdog import ALIVE, MOST_WRONG, TIMES, Watchdog
from tests.conversations.house import House, Talker
from tests.running.log_lines import logged

SOON = "20000"
"""Microseconds."""


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


async def told(systemd: socket.socket) -> bytes:
    async with asyncio.timeout(60):
        return await asyncio.get_running_loop().sock_recv(systemd, 100)


def is_told(systemd: socket.socket) -> bool:
    """Whether anything was told since it was asked for last."""
    try:
        return systemd.recv(100) == ALIVE
    except BlockingIOError:
        return False


def test_it_is_told_until_something_stands_still_that_only_a_new_start_would_mend(systemd: socket.socket) -> None:
    seconds, troubles = [0.0], list[str]()
    liveness = Liveness(lambda: troubles, lambda: seconds[0])
    watchdog = Watchdog(liveness.deadly, {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": SOON})
    assert watchdog.is_wanted
    for _ in range(3):
        watchdog.look()
        assert is_told(systemd)
    seconds[0] = TICK_SECONDS + 1
    for _ in range(MOST_WRONG - 1):
        watchdog.look()
        assert not is_told(systemd)
    liveness.ticked()
    watchdog.look()
    assert is_told(systemd)


def test_it_ends_in_order_before_it_would_be_killed_and_has_time_to(systemd: socket.socket) -> None:
    broken = ["zalo"]
    watchdog = Watchdog(lambda: broken, {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": SOON})
    for _ in range(MOST_WRONG - 1):
        watchdog.look()
        assert not is_told(systemd)
    with pytest.raises(WorkEnded, match="zalo"):
        watchdog.look()
    assert is_told(systemd)
    assert MOST_WRONG < TIMES


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": "/x"}, {"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "0"}])
def test_nobody_is_told_where_nobody_waits(environment: dict[str, str]) -> None:
    assert not Watchdog(list, environment).is_wanted


def test_in_a_container_it_ends_by_itself_though_there_is_nobody_to_tell() -> None:
    """Docker starts anew what has ended, and nothing that stands still."""
    watchdog = Watchdog(lambda: ["tick"], {"WATCHDOG_USEC": SOON})
    assert watchdog.is_wanted
    for _ in range(MOST_WRONG - 1):
        watchdog.look()
    with pytest.raises(WorkEnded, match="tick"):
        watchdog.look()


async def test_a_program_at_work_tells_it_and_ends_by_itself_where_a_messenger_has_broken(
    house: House, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.stop()
    monkeypatch.setenv("NOTIFY_SOCKET", systemd.getsockname())
    monkeypatch.setenv("WATCHDOG_USEC", SOON)
    await house.start()
    assert await told(systemd) == ALIVE
    house.running.edges._broken.add("zalo")
    async with asyncio.timeout(60):
        with pytest.raises(WorkEnded, match="zalo"):
            await house.running._work.lasts()
    await house.running.clerk.stop()
    assert house.running.liveness.deadly() == ["clerk", "zalo"]


async def test_a_program_that_works_and_only_reads_in_vain_is_alive(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server has no connection left for who reads; the one that writes is held."""
    program = house.running
    tick, late = program.tick, [0.0]

    async def no_place(_: object) -> object:
        raise OperationalError("select", {}, TooManyConnections())

    monkeypatch.setattr(program.readers, "read", no_place)
    monkeypatch.setattr(program.liveness, "_steady", lambda: late[0])
    program.liveness.ticked()
    late[0] = TICK_SECONDS + 1
    assert program.liveness.deadly() == ["tick"]
    async with logged("This minute's tick is given up"):
        await tick()
    assert program.liveness.deadly() == []
    async with logged("Alert: reading is failure: doctor_tick_given_up"):
        await tick()
        await tick()
    await reporter.says("/baocao")
    reporter.hears("Số ca mắc mới")


async def test_where_nothing_is_written_either_nobody_is_told_later_that_nothing_could_be_read(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    program, waiting = house.running, list[Callable[[Connection], None]]()

    async def written_later(change: Callable[[Connection], None]) -> None:
        waiting.append(change)
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.running.alerts.WRITES_WITHIN", 0.0)
    monkeypatch.setattr(program.alerts, "_write", written_later)
    await program.alerts.given_up(program.now(), 3)
    (change,) = waiting
    await program.clerk.write(change)
    assert "doctor_tick_given_up" not in caplog.text
