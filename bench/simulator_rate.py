"""How many calls a second the simulator answers, and whether its memory stays bounded over 100,000 messages."""

import asyncio
import gc
import multiprocessing
import resource
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import aiohttp

from simulator import DEFAULT_TOKEN, Simulator

CALLS = 20_000
AT_ONCE = 8
MESSAGES = 100_000
CHECKED_AFTER = 20_000


def _serve(pipe: Connection, state: Path | None) -> None:
    async def run() -> None:
        async with Simulator(seed=1, state=state) as sim:
            sim.bot()
            people = [sim.person(f"Người {number}") for number in range(100)]
            for person in people:
                await person.starts()
            pipe.send((sim.url, [person.id for person in people]))
            await asyncio.to_thread(pipe.recv)
            pipe.send(time.process_time())

    asyncio.run(run())


async def _call(session: aiohttp.ClientSession, url: str, chats: list[int], number: int) -> None:
    for turn in range(number):
        form = {"chat_id": str(chats[turn % len(chats)]), "text": "<b>Số ca mắc mới</b>?", "parse_mode": "HTML"}
        async with session.post(url, data=form) as response:
            await response.read()
            assert response.status == 200


async def _rate(url: str, chats: list[int]) -> float:
    began = time.perf_counter()
    async with aiohttp.ClientSession() as session:
        address = f"{url}/bot{DEFAULT_TOKEN}/sendMessage"
        await asyncio.gather(*(_call(session, address, chats, CALLS // AT_ONCE) for _ in range(AT_ONCE)))
    return time.perf_counter() - began


def _measure_calls(state: Path | None = None) -> tuple[float, float]:
    """Calls a second by the world's clock, and by the processor time of the simulator alone."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=_serve, args=(there, state), daemon=True)
    server.start()
    url, chats = here.recv()
    took = asyncio.run(_rate(url, chats))
    here.send(None)
    used: float = here.recv()
    server.join(10)
    return CALLS / took, CALLS / used


def _memory() -> float:
    gc.collect()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _talk(pipe: Connection) -> None:
    """Conversations of 100 people with a bot, without HTTP: the peak of memory on the way and at the end, in MB."""

    async def run() -> list[float]:
        sim = Simulator(seed=1, keep=200)
        bot = sim.bot()
        people: list[Any] = [sim.person(f"Người {number}") for number in range(100)]
        marks = []
        for number in range(MESSAGES // 2):
            person = people[number % len(people)]
            await person.says(f"{number} ca mắc mới")
            await sim.api.carry_out(bot, "sendMessage", {"chat_id": person.id, "text": f"Đã nhận {number}."}, {})
            bot.queue.confirm(bot.queue.next_id)
            if (number + 1) * 2 in (CHECKED_AFTER, MESSAGES):
                marks.append(_memory())
        return marks

    pipe.send(asyncio.run(run()))


def _measure_memory() -> list[float]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    talker = context.Process(target=_talk, args=(there,), daemon=True)
    talker.start()
    marks: list[float] = here.recv()
    talker.join(10)
    return marks


def main() -> None:
    """Print the table."""
    wall, alone = _measure_calls()
    with tempfile.TemporaryDirectory() as folder:
        kept, _ = _measure_calls(Path(folder) / "simulator.db")
    early, late = _measure_memory()
    print("| simulator | |\n|---|---|")
    print(f"| sendMessage over HTTP, {AT_ONCE} at once, client on the same machine | {wall:,.0f} calls/s |")
    print(f"| the same, by the simulator's own processor time | {alone:,.0f} calls/s |")
    print(f"| the same over HTTP, the state kept in a file | {kept:,.0f} calls/s |")
    print(f"| peak memory after {CHECKED_AFTER:,} messages | {early:.0f} MB |")
    print(f"| peak memory after {MESSAGES:,} messages | {late:.0f} MB |")


if __name__ == "__main__":
    main()
