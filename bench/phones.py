"""The simulator with Telegram's limits in a process of its own: a phone in every commune, and reporters who report meanwhile."""

import asyncio
import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from bench.answers import ANSWERS

if TYPE_CHECKING:
    from simulator import Simulator
    from simulator.person import Person

FIRST_CHAT = 1_000_000
START = datetime.fromisoformat("2021-11-10T15:00+07:00")
OVERDUE = datetime.fromisoformat("2021-11-10T16:31+07:00")
"""Before the form's first reminder, and when its deadline is over."""
BREATH = 1.0
"""Seconds from hearing a question to saying the answer."""
PATIENCE = 60.0
START_PATIENCE = 300.0
"""Seconds for an answer, and for the first one, before which the bot has to start."""
COUNT = len(ANSWERS) + 1
TALK = (
    ("/baocao", f"(1/{COUNT})"),
    *((answer, f"({place}/{COUNT})") for place, answer in enumerate(ANSWERS, 2)),
    ("bỏ qua", "Báo cáo ngày"),
    ("Gửi", "đã tiếp nhận"),
)
"""A whole report: what is said, and by which words the answer to it is known."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was seen from the phones: seconds from what a reporter said to its answer; reports sent; calls that got a 429."""

    waits: list[float]
    reports: int
    refused: int


class Phones:
    """What the other process is told. `url`: where its Bot API and its clock are."""

    def __init__(self, pipe: Connection, url: str) -> None:
        self._pipe, self.url = pipe, url

    def are_answered(self, is_alive: Callable[[], bool]) -> None:
        """Returns when the bot has answered the first question. Raises RuntimeError when it has ended."""
        self._pipe.send("begin")
        while not self._pipe.poll(1):
            if not is_alive():
                raise RuntimeError("the bot has ended")
        self._pipe.recv()

    def are_overdue(self) -> None:
        """The clock is moved past the deadline and runs on; from now on there is always somebody who reports."""
        self._pipe.send("overdue")
        self._pipe.recv()

    def heard(self) -> Heard:
        """Ends it."""
        self._pipe.send("enough")
        found: Heard = self._pipe.recv()
        return found


@contextmanager
def phones(communes: int) -> Iterator[Phones]:
    """So many; their chats are FIRST_CHAT and the numbers after it."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, communes), daemon=True)
    process.start()
    yield Phones(here, here.recv())
    process.terminate()
    process.join(10)


def _serve(pipe: Connection, communes: int) -> None:
    asyncio.run(_run(pipe, communes))


async def _run(pipe: Connection, communes: int) -> None:
    from simulator import Limits, Simulator

    async with Simulator(start=START, limits=Limits(), seed=1, keep=50, speed=1.0) as simulator:
        simulator.bot()
        for number in range(communes):
            simulator.person(f"Cán bộ {number + 1}", id=FIRST_CHAT + number).private().started = True
        pipe.send(simulator.url)
        await asyncio.to_thread(pipe.recv)
        await _asks(simulator.person("Người dân", id=1), "/trogiup", "/", START_PATIENCE)
        pipe.send("answered")
        await asyncio.to_thread(pipe.recv)
        simulator.clock.move_to(OVERDUE)
        pipe.send("overdue")
        pipe.send(await _report_meanwhile(simulator, pipe, communes))
        await asyncio.to_thread(pipe.recv)  # until it is ended, after the bot


async def _report_meanwhile(simulator: "Simulator", pipe: Connection, communes: int) -> Heard:
    """One reporter after the other reports, whether he was reminded yet or not, until there is word in the pipe."""
    waits: list[float] = []
    for reports, number in enumerate(random.Random(1).sample(range(communes), communes)):
        reporter = simulator.person_by_id(FIRST_CHAT + number)
        reporter.private().unheard.clear()
        for text, answer in TALK:
            if pipe.poll():
                return Heard(waits, reports, simulator.limits.refused if simulator.limits else 0)
            waits.append(await _asks(reporter, text, answer))
            await asyncio.sleep(BREATH)
    raise RuntimeError("everybody has reported")


async def _asks(person: "Person", text: str, answer: str, patience: float = PATIENCE) -> float:
    """Says something and waits for the answer, which is known by some of its words; for how many seconds."""
    said = time.perf_counter()
    await person.says(text)
    while answer not in (await person.next_message(timeout=patience)).text:
        pass
    return time.perf_counter() - said
