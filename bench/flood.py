"""A burst of residents' questions with reporters at work: how long a reporter waits beside an idle run, and that nothing is lost."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bench.answers import ANSWERS, DATABASES, databases, giao_ban, prepare, running
from bench.crowd import crowd
from bench.figure import HEAD, Figure
from bench.processor import memory_of, most_memory_of

QUESTIONS = (
    "Hôm nay xã Thọ Dân 1 có bao nhiêu ca?",
    "xã Thọ Dân 2 có ca nào không",
    "toàn huyện hôm nay thế nào",
    "so sánh xã Thọ Dân 1 và Thọ Dân 2",
)
THINK = 15.0
"""Seconds on the average before a reporter's answer: 1,000 of them say 67 a second, for which a machine of two cores has to have room,
or they wait for each other even where nobody asks.
"""
MINUTES = 15.0
TOLD_EVERY = 15.0
"""Seconds between two words of progress."""


@dataclass(frozen=True, slots=True)
class Flooded:
    """What half of the reporters waited for while nobody else spoke, and what the others waited for in the flood, in seconds; how
    long each resident waited who was answered, how many were, and in how many seconds; the memory in MB before the flood, and at most.
    """

    idle: Sequence[float]
    busy: Sequence[float]
    residents: Sequence[float]
    answered: int
    seconds: float
    memory: tuple[float, float]


def flooded(url: str, reporters: int, residents: int, seconds: float, think: float) -> Flooded:
    """In about so many seconds; who is not answered by then counts as not answered. AssertionError where one was answered twice."""
    until = time.monotonic() + seconds
    tell("the database is filled")
    prepare(url, reporters)
    half = reporters // 2
    script, silence = [*ANSWERS], list[str]()
    with crowd(reporters + residents) as everybody, running(giao_ban, everybody.url, url) as process:
        everybody.says([["/baocao"]] * reporters + [silence] * residents, process.is_alive)
        tell(f"{half:,} report, nobody asks")
        _, idle = everybody.says([script] * half + [silence] * (reporters - half + residents), process.is_alive, think)
        before = memory_of(process.pid or 0)
        tell(f"idle: p99 {p99(idle):,.0f} ms, {before:.0f} MB; {residents:,} ask at once, {reporters - half:,} report")
        began = time.perf_counter()
        everybody.bursts(QUESTIONS, reporters, residents)
        others = [silence] * half + [script] * (reporters - half) + [silence] * residents
        _, busy = everybody.says(others, process.is_alive, think)
        waiting = everybody.heard(reporters, residents).count(0)
        tell(f"in the flood: p99 {p99(busy):,.0f} ms; {waiting:,} residents still wait")
        answered = _all_heard(lambda: everybody.heard(reporters, residents), process.is_alive, until)
        took = time.perf_counter() - began
        memory = before, most_memory_of(process.pid or 0)
        return Flooded(idle, busy, everybody.waited(reporters, residents), answered, took, memory)


def _all_heard(heard: Callable[[], list[int]], is_alive: Callable[[], bool], until: float) -> int:
    """How many were answered when all were, or at the moment `until`."""
    told_at = 0.0
    while (counts := heard()) and 0 in counts and time.monotonic() < until:
        assert is_alive(), "the bot has ended"
        if time.monotonic() - told_at > TOLD_EVERY:
            told_at = time.monotonic()
            tell(f"{len(counts) - counts.count(0):,} of {len(counts):,} residents are answered")
        time.sleep(1)
    assert max(counts) == 1, f"{sum(n > 1 for n in counts)} residents were answered more than once"
    return len(counts) - counts.count(0)


def tell(what: str) -> None:
    """A line of progress."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")


def p99(waits: Sequence[float]) -> float:
    """Milliseconds."""
    return centile(waits, 99)


def centile(waits: Sequence[float], which: int) -> float:
    """Milliseconds."""
    return 1000 * quantiles(waits, n=100)[which - 1]


def measure(
    rounds: int, reporters: int, residents: int, minutes: float, think: float, wanted: Sequence[str]
) -> Iterator[Figure]:
    """On each database, in its part of the time."""
    seconds = 60 * minutes / len(wanted) / rounds
    for name, new in databases(wanted):
        tell(name)
        found = [flooded(new(), reporters, residents, seconds, think) for _ in range(rounds)]
        busy, idle = [p99(each.busy) for each in found], [p99(each.idle) for each in found]
        at_work = f"{residents:,} residents ask at once, {reporters - reporters // 2} report"
        what = f"a reporter's wait, p99, {name}, {at_work} ÷ nobody asks"
        yield Figure(what, "<= 10", "ms", busy, idle)
        rest, before = [centile(each.busy, 90) for each in found], [centile(each.idle, 90) for each in found]
        yield Figure(f"the same, p90: without what each says first in the flood, {name}", "", "ms", rest, before)
        share = [100 * each.answered / residents for each in found]
        yield Figure(f"of the residents answered by the end, {name}", ">= 100", "%", share)
        yield Figure(f"residents answered, {name}", "", "a second", [each.answered / each.seconds for each in found])
        halves = [median(each.residents) for each in found]
        yield Figure(f"half of the residents waited, {name}", "", "s", halves)
        last = [max(each.residents) for each in found]
        yield Figure(f"the last resident waited, {name}", "", "s", last)
        most, before = [each.memory[1] for each in found], [each.memory[0] for each in found]
        yield Figure(f"memory at most in the flood ÷ before it, {name}", "", "MB", most, before)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.flood", description=__doc__)
    parser.add_argument("--reporters", type=int, default=2000, help="half of them in each part (default: %(default)s)")
    parser.add_argument("--residents", type=int, default=50_000, help="who ask at once (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=1, help="each so many times, in turns (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for all of it (default: %(default)s)")
    parser.add_argument("--think", type=float, default=THINK, help="seconds before an answer (default: %(default)s)")
    parser.add_argument("--database", nargs="+", choices=DATABASES, default=DATABASES, help="(default: all)")
    chosen = parser.parse_args(arguments)
    print(HEAD)
    measured = chosen.rounds, chosen.reporters, chosen.residents, chosen.minutes, chosen.think, chosen.database
    for each in measure(*measured):
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
