"""Nothing of the program ends, hangs or fails without a word: it ends as a whole, is called dead, or the desk's chat is told."""

import asyncio
import threading
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.exc import OperationalError

from bot.running import run
from bot.running.clerk import ClerkGone
from bot.running.edges import AT_WORK_SECONDS, Edges
from bot.running.lasting_work import LastingWork, WorkEnded
from bot.running.left_imports import LeftImports
from bot.running.liveness import Liveness
from bot.running.messenger import Messenger
from bot.running.program import Program
from reporting.pace import UNHURRIED
from storage.database.away import is_away
from tests.channels import CHANNELS
from tests.conversations.house import House
from tests.services.office import ZONE

NOBODY = "http://127.0.0.1:9"
PARTS = (
    "PortalSender.run",
    "keep_ticking",
    "Edges.ended",
    "Program._watch_clerk",
    "Program._watch_tables",
    "Program._watch_minutes",
)
NOW = datetime(2021, 11, 10, tzinfo=UTC)


async def part(program: Program, name: str) -> asyncio.Task[None]:
    """One of its tasks, once it was begun."""
    while True:
        for task in program._work._tasks:
            if task.get_name() == name:
                return task
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", PARTS)
async def test_whatever_of_it_ends_without_a_word_ends_the_program(house: House, name: str) -> None:
    house.kind = Program
    await house.restart()
    (await part(house.running, name)).cancel()
    with pytest.raises(WorkEnded, match=name):
        await house.running._work.lasts()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", PARTS[:2])
async def test_so_it_does_while_no_messenger_is_reached_yet(house: House, name: str) -> None:
    await house.stop()
    house.settings = house.settings.model_copy(update={"bot_api_url": NOBODY})
    program = Program(house.settings, house.simulator.clock.now, UNHURRIED)
    running = asyncio.create_task(program.run())
    (await part(program, name)).cancel()
    with pytest.raises(WorkEnded, match=name):
        await running


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_clerk_that_dies_ends_the_program(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.settled()

    def dies() -> bool:
        raise ZeroDivisionError

    clerk, found = house.running.clerk, list[list[str]]()
    while not clerk.idle.is_set():  # noqa: ASYNC110  # its thread sets it: it may be writing yet
        await asyncio.sleep(0.005)
    monkeypatch.setattr(clerk, "_store_mail", dies)
    waits = Future[None]()
    waits.add_done_callback(lambda _: found.append(house.running.liveness.deadly()))
    with clerk._wake:
        clerk._jobs.append((lambda _: None, waits))
    clerk.look()
    with pytest.raises(
        (ZeroDivisionError, WorkEnded, ClerkGone)
    ):  # be it that who speaks was just having something written
        await house.running._work.lasts()
    await asyncio.to_thread(clerk._thread.join)  # who was refused first hears of it before the others are
    assert waits.cancelled()
    assert (found, house.running.liveness.deadly()) == ([["clerk"]], ["clerk"])


async def idle() -> None:
    await asyncio.Event().wait()


async def fails() -> None:
    raise ZeroDivisionError


async def test_what_ends_with_an_error_ends_all_with_it() -> None:
    work = LastingWork()
    work.begin(idle())
    work.begin(fails())
    with pytest.raises(ZeroDivisionError):
        await work.lasts()
    await work.end()


class Simple:
    """A messenger that speaks until it is told to end, and then ends without a word."""

    def __init__(self, name: str) -> None:
        self.channel = CHANNELS[name]
        self.over = asyncio.Event()

    async def prepare(self) -> None:
        pass

    async def hear(self) -> None:
        await asyncio.Event().wait()

    async def speak(self) -> None:
        await self.over.wait()


async def prepared(_: Messenger) -> None:
    pass


async def test_the_only_messenger_that_speaks_no_more_is_no_messenger() -> None:
    telegram = Simple("telegram")
    edges = Edges([cast("Messenger", telegram)], prepared)
    await edges.start()
    telegram.over.set()
    with pytest.raises(WorkEnded, match=r"Simple\.speak"):
        await edges.ended()


@pytest.mark.parametrize(("worked", "is_dead"), [(AT_WORK_SECONDS, True), (1.0, False)])
async def test_one_of_several_that_breaks_at_work_is_mended_by_a_new_start_and_one_that_breaks_at_once_is_not(
    worked: float, is_dead: bool
) -> None:
    at = [0.0]
    telegram, zalo = Simple("telegram"), Simple("zalo")
    edges = Edges([cast("Messenger", telegram), cast("Messenger", zalo)], prepared, lambda: at[0])
    liveness = Liveness(edges.away, broken=edges.broken)
    await edges.start()
    assert (edges.away(), liveness.deadly()) == ([], [])
    at[0] = worked
    zalo.over.set()
    while not edges.away():  # noqa: ASYNC110  # nobody is told
        await asyncio.sleep(0)
    assert edges.away() == ["zalo"]
    assert liveness.deadly() == (["zalo"] if is_dead else [])
    await edges.stop()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_desk_hears_that_another_channel_is_away_and_nothing_of_its_own(house: House) -> None:
    desk = house.talker("Trực hệ thống")
    house.settings = house.settings.model_copy(update={"alert_chat": str(desk.person.id)})
    await house.restart()
    await desk.says("/start")
    desk.forgets()
    away = list[str]()
    house.running.alerts._away = lambda: away

    async def minutes(count: int) -> None:
        for _ in range(count):
            house.simulator.clock.move_to(house.simulator.clock.now() + timedelta(minutes=1))
            await house.running.tick()
        await house.settled()

    away[:] = ["zalo"]
    await minutes(3)
    desk.hears("⚠️ Cảnh báo hệ thống", "zalo", "systemctl restart giaoban")
    away[:] = ["telegram", "zalo"]
    await minutes(3)
    desk.hears_nothing()
    away.clear()
    await minutes(5)
    desk.hears("✅ Đã ổn trở lại", "Các kênh đều đang nghe và nói được")


@pytest.mark.parametrize("error", [ZeroDivisionError(), OperationalError("begin", {}, OSError("unable to connect"))])
async def test_what_an_import_cannot_be_taken_back_for_is_told_with_the_next_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Not as a database that is away: the whole tick would be given up, and the desk never told."""

    def take_back(*_: object) -> bool:
        raise error

    monkeypatch.setattr("bot.running.left_imports.take_back_left", take_back)
    found = LeftImports(f"sqlite:///{tmp_path / 'left.db'}", ZONE)
    found.begin(NOW)
    await found.finished()
    with pytest.raises(RuntimeError) as told:
        found.begin(NOW)
    assert told.value.__cause__ is error
    assert not is_away(told.value)
    await found.finished()


async def test_a_left_import_that_cannot_be_taken_back_is_told_of_while_it_is_tried_again_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A try may take longer than a minute, and only what two minutes in a row have found is told."""
    is_over, fails = threading.Event(), [True, False, True]

    def take_back(*_: object) -> bool:
        is_over.wait(10.0)
        if fails.pop(0):
            raise ZeroDivisionError
        return True

    monkeypatch.setattr("bot.running.left_imports.take_back_left", take_back)
    found = LeftImports(f"sqlite:///{tmp_path / 'left.db'}", ZONE)
    for _ in range(2):
        found.begin(NOW)
    is_over.set()
    await found.finished()
    is_over.clear()
    for _ in range(3):
        with pytest.raises(RuntimeError):
            found.begin(NOW)
        await asyncio.sleep(0)
    is_over.set()
    await found.finished()
    found.begin(NOW)
    await found.finished()
    found.nothing_left()
    fails.append(False)
    found.begin(NOW)
    await found.finished()


class Ended:
    """In the place of the end of the process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.why, self.came = "", threading.Event()
        monkeypatch.setattr(run, "_end_at_once", self._at_once)

    def _at_once(self, why: str) -> None:
        self.why = why
        self.came.set()


async def test_a_program_that_ends_by_itself_and_cannot_ends_at_its_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = Ended(monkeypatch)
    stopping = run._Stopping(0.0)
    stopping.begun()
    await asyncio.to_thread(ended.came.wait)
    assert "Not ended in order" in ended.why


async def test_asked_twice_it_ends_at_once_but_for_an_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = Ended(monkeypatch)
    working, stopping = asyncio.create_task(idle()), run._Stopping(3600.0)
    monkeypatch.setattr(run, "SAME_WISH_SECONDS", 3600.0)
    stopping.asked(working)
    stopping.asked(working)
    assert ended.why == ""
    assert working.cancelling() == 1
    monkeypatch.setattr(run, "SAME_WISH_SECONDS", -1.0)
    stopping.asked(working)
    assert ended.why == "Asked a second time to end"
    await asyncio.wait([working])
    assert stopping._limit is not None
    stopping._limit.cancel()
