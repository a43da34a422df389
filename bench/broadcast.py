"""Everybody is reminded at once, at Telegram's limits: the rate reached, 429s provoked, and a reporter's wait meanwhile.

    python -m bench.broadcast [--messages 10599] [--rate 28] [--database URL]

The simulator, with Telegram's limits on, runs in a process of its own, and so does the reporter, who sends a message every
second and waits for the answer. The ear, the clerk (with a handler that only answers), the outbox and the speaker are the real ones.
"""

import argparse
import asyncio
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection as Pipe

from sqlalchemy import Connection, func, select

from bot.clerk import Clerk
from bot.ear import Ear
from bot.speaker import Speaker
from reporting.people import Address
from reporting.say import Button, Rank, Say
from storage import inbox, outbox
from storage.engines import writing_engine
from storage.tables import metadata

COMMUNES = 10_599
FIRST_CHAT = 1_000_000
REPORTER = 999
TELEGRAMS_RATE = 30.0
TEXT = (
    "Đề nghị đồng chí khẩn trương báo cáo số liệu ngày 10/11/2021 của <b>xã {n}</b>: đã quá giờ chốt 16 giờ 00, "
    "đến nay chưa nhận được báo cáo."
)


async def simulate(pipe: Pipe, people: int) -> None:
    """The process of Telegram and of the reporter: sends its address, and at the end what it has seen."""
    from simulator import Limits, Simulator

    async with Simulator(limits=Limits(), keep=50) as sim:
        bot = sim.bot()
        reporter = sim.person("Nguyễn Thị Lan", id=REPORTER)
        for number in range(people):
            await sim.person(f"Cán bộ {number}", id=FIRST_CHAT + number).starts()
        await reporter.starts()
        bot.queue.pending.clear()
        pipe.send((sim.url, bot.token))
        waits: list[float] = []
        while not pipe.poll():
            began = time.perf_counter()
            await reporter.says("12 ca")
            await reporter.next_message(timeout=60)
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(1.0)
        assert sim.limits is not None
        pipe.send((waits, sim.limits.refused))


def child(pipe: Pipe, people: int) -> None:
    asyncio.run(simulate(pipe, people))


async def answer(_: Connection, entry: inbox.Entry, __: datetime) -> Sequence[Say]:
    return [Say(Address("telegram", entry.chat), "Đã tiếp nhận: 12.", ((Button("Gửi", "send:1"),),))]


def apologise(_: Connection, __: inbox.Entry, ___: datetime) -> Sequence[Say]:
    return []


def reminder(number: int) -> Say:
    buttons = ((Button("Báo cáo ngay", f"report:{number}"),),)
    return Say(Address("telegram", str(FIRST_CHAT + number)), TEXT.format(n=number), buttons, rank=Rank.REMINDER)


async def remind_all(pipe: Pipe, database: str, messages: int, rate: float) -> tuple[float, float, list[float], int]:
    """Puts the reminders there and waits until all are said: seconds of putting; messages a second, replies among them;
    what the reporter has waited, in seconds; 429s.
    """
    url, token = pipe.recv()
    engine = writing_engine(database)
    metadata.create_all(engine)

    def now() -> datetime:
        return datetime.now(UTC)

    clerk = Clerk(engine, now, answer, apologise)
    speaker = Speaker(token, url, clerk.write, now, lambda _: b"", rate=rate)
    clerk.on_said = speaker.wake
    ear = Ear(token, url, clerk.hear, speaker.acknowledge)
    clerk.start()
    tasks = [asyncio.create_task(speaker.run()), asyncio.create_task(ear.poll())]
    await asyncio.sleep(3)
    began = time.perf_counter()
    await clerk.write(lambda connection: outbox.put(connection, [reminder(n) for n in range(messages)], now()))
    putting = time.perf_counter() - began
    reached = await until_all_are_said(clerk, messages)
    pipe.send("enough")
    waits, refused = await asyncio.to_thread(pipe.recv)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    await clerk.stop()
    engine.dispose()
    return putting, reached, waits, refused


async def until_all_are_said(clerk: Clerk, messages: int) -> float:
    """Waits until that many reminders are said; what was said a second meanwhile, replies among it."""
    table = outbox.outbox.c
    reminders = select(func.count(), func.min(table.said_at), func.max(table.said_at)).where(table.rank == 1)
    said, first, last = 0, datetime.now(UTC), datetime.now(UTC)
    while said < messages:
        await asyncio.sleep(2)
        said, first, last = await clerk.write(lambda c: c.execute(reminders.where(table.state == "said")).one())
        print(f"  {said} of {messages}", end="\r", file=sys.stderr, flush=True)
    replies = select(func.count()).where(table.rank == 0, table.state == "said", table.said_at.between(first, last))
    count: int = await clerk.write(lambda c: c.execute(replies).scalar_one())
    seconds: float = (last - first).total_seconds()
    return (messages + count - 1) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--messages", type=int, default=COMMUNES)
    parser.add_argument("--rate", type=float, default=28.0, help="what the speaker is set to, a second")
    parser.add_argument("--database", default="", help="the URL of an empty database (default: SQLite in a new folder)")
    parser.add_argument("--json", action="store_true", help="the figures as one line of JSON")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here, there = multiprocessing.get_context("spawn").Pipe()
        process = multiprocessing.get_context("spawn").Process(target=child, args=(there, wanted.messages), daemon=True)
        process.start()
        database = wanted.database or f"sqlite:///{folder}/bench.db"
        figures = asyncio.run(remind_all(here, database, wanted.messages, wanted.rate))
        process.join(10)
        with suppress(ValueError):
            process.close()
    show(wanted, *figures)


def show(wanted: argparse.Namespace, putting: float, rate: float, waits: list[float], refused: int) -> None:
    quantiles = statistics.quantiles(waits, n=20) if len(waits) > 1 else waits * 20
    figures = {
        "messages": wanted.messages,
        "set to a second": wanted.rate,
        "reached a second": round(rate, 2),
        "share of the setting": round(rate / wanted.rate, 4),
        "share of Telegram's 30": round(rate / TELEGRAMS_RATE, 4),
        "429s": refused,
        "put there in s": round(putting, 2),
        "replies": len(waits),
        "reply median ms": round(statistics.median(waits) * 1000),
        "reply p95 ms": round(quantiles[18] * 1000),
    }
    if wanted.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:>24}  {value}")


if __name__ == "__main__":
    main()
