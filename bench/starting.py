"""From the start of the program to its first answer, and its memory then and after many updates, beside an aiogram echo bot."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bench.answers import ROOT, prepare
from bench.crowd import crowd
from bench.figure import HEAD, Figure
from bench.processor import memory_of
from simulator import DEFAULT_TOKEN

UPDATES = 100_000
PEOPLE = 1000
"""Among whom they are shared, as each is said but one message a second."""
FOREVER = 1e9
UNHURRIED = "1000"
"""Messages a second: at Telegram's 28 twenty thousand would take twelve minutes, and what is kept of each is the same."""
ECHO = ("-m", "bench.echoes", "aiogram")
GIAO_BAN = ("-m", "bot.cli.main", "run")
THERE_AND_BACK = ("3", "quay lại")
"""An answer and a step back: one update and one message each, as often as one likes."""


@contextmanager
def _program(arguments: Sequence[str], settings: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ | settings, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def lived(database: str, people: int, updates: int) -> tuple[float, float, float]:
    """Seconds from the start to the first answer, MB when all have had their first, and MB after so many updates; of our bot on a
    database that is ready, or of the echo bot, which has none.
    """
    with crowd(people) as everybody:
        ours = {
            "BOT_TOKEN": DEFAULT_TOKEN,
            "BOT_API_URL": everybody.url,
            "DATABASE_URL": database,
            "LOG_LEVEL": "ERROR",
            "BOT_RATE": UNHURRIED,
        }
        arguments, settings = (GIAO_BAN, ours) if database else ((*ECHO, everybody.url), {})
        began = time.perf_counter()
        with _program(arguments, settings) as bot:

            def is_alive() -> bool:
                return bot.poll() is None

            everybody.says(["/baocao"], is_alive)
            took, memory = time.perf_counter() - began, memory_of(bot.pid)
            if updates:
                each = -(-updates // people // len(THERE_AND_BACK))
                everybody.says(THERE_AND_BACK * each, is_alive, seconds=FOREVER)
            return took, memory, memory_of(bot.pid)


@contextmanager
def _ready(people: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        database = f"sqlite:///{folder}/giaoban.db"
        prepare(database, people)
        yield database


def started() -> tuple[float, float]:
    """Seconds and MB of our bot from the start to the first answer."""
    with _ready(1) as database:
        return lived(database, 1, 0)[:2]


def helped(arguments: Sequence[str]) -> float:
    """Seconds that Python takes with these arguments, until it has ended."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def measure(rounds: int, updates: int) -> Iterator[Figure]:
    """`updates`: after how many the memory is read again; both bots live through them at the same time, for it takes long."""
    helps = [(helped(("-m", "bot.cli.main", "--help")), helped(("-c", "pass"))) for _ in range(2 * rounds)]
    yield Figure("giaoban --help", "<= 0.5", "s", [ours for ours, _ in helps])
    yield Figure("giaoban --help ÷ python -c pass", "", "s", *map(list, zip(*helps, strict=True)))
    starts = [(started(), lived("", 1, 0)) for _ in range(rounds)]
    times, memories = ([[each[side][what] for each in starts] for side in (0, 1)] for what in (0, 1))
    yield Figure("start to the first answer ÷ aiogram echo", "<= 1.3", "s", *times)
    yield Figure("memory after the first answer ÷ aiogram echo", "<= 1.2", "MB", *memories)
    people = min(PEOPLE, updates // 10)
    with _ready(people) as database, ThreadPoolExecutor(2) as both:
        lives = list(both.map(lambda each: lived(each, people, updates), (database, "")))
    yield Figure(f"memory after {updates:,} updates ÷ aiogram echo", "<= 1.2", "MB", *([each[2]] for each in lives))


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.starting", description=__doc__)
    parser.add_argument("--updates", type=int, default=UPDATES, help="(default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="each so many times, in turns (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(HEAD)
    for each in measure(chosen.rounds, chosen.updates):
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
