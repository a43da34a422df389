"""A burst of residents' questions with reporters at work: how long a reporter waits beside an idle run, and that nothing is lost."""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import quantiles

from bench.answers import ANSWERS, databases, giao_ban, prepare, running
from bench.crowd import crowd
from bench.figure import HEAD, Figure

QUESTIONS = (
    "Hôm nay xã Thọ Dân 1 có bao nhiêu ca?",
    "xã Thọ Dân 2 có ca nào không",
    "toàn huyện hôm nay thế nào",
    "so sánh xã Thọ Dân 1 và Thọ Dân 2",
)
THINK = 2.0
PATIENCE = 3600.0


def flooded(url: str, reporters: int, residents: int) -> tuple[list[float], list[float], float]:
    """What half of the reporters wait for while nobody else speaks; what the others wait for meanwhile; the seconds of the burst.

    AssertionError where a resident was not answered, or twice.
    """
    prepare(url, reporters)
    half = reporters // 2
    script, silence = [*ANSWERS], list[str]()
    with crowd(reporters + residents) as everybody, running(giao_ban, everybody.url, url) as process:
        everybody.says([["/baocao"]] * reporters + [silence] * residents, process.is_alive)
        _, idle = everybody.says([script] * half + [silence] * (reporters - half + residents), process.is_alive, THINK)
        began = time.perf_counter()
        everybody.bursts(QUESTIONS, reporters, residents)
        others = [silence] * half + [script] * (reporters - half) + [silence] * residents
        _, busy = everybody.says(others, process.is_alive, THINK)
        _all_heard(lambda: everybody.heard(reporters, residents), process.is_alive)
        return idle, busy, time.perf_counter() - began


def _all_heard(heard: Callable[[], list[int]], is_alive: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while (counts := heard()) and 0 in counts and time.monotonic() < until:
        assert is_alive(), "the bot has ended"
        time.sleep(1)
    assert set(counts) == {1}, (
        f"{counts.count(0)} residents were not answered, {sum(n > 1 for n in counts)} more than once"
    )


def p99(waits: Sequence[float]) -> float:
    """Milliseconds."""
    return 1000 * quantiles(waits, n=100)[-1]


def measure(rounds: int, reporters: int, residents: int) -> Iterator[Figure]:
    """On each database."""
    for name, new in databases():
        found = [flooded(new(), reporters, residents) for _ in range(rounds)]
        busy, idle = [p99(each[1]) for each in found], [p99(each[0]) for each in found]
        at_work = f"{residents:,} residents ask at once, {reporters - reporters // 2} report"
        what = f"a reporter's wait, p99, {name}, {at_work} ÷ nobody asks"
        yield Figure(what, "<= 10", "ms", busy, idle)
        yield Figure(f"residents answered, {name}", "", "a second", [residents / each[2] for each in found])


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.flood", description=__doc__)
    parser.add_argument("--reporters", type=int, default=2000, help="half of them in each part (default: %(default)s)")
    parser.add_argument("--residents", type=int, default=50_000, help="who ask at once (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=1, help="each so many times, in turns (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(HEAD)
    for each in measure(chosen.rounds, chosen.reporters, chosen.residents):
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
