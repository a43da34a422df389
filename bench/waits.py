"""How long an answer waits for the next question, with a district's or a province's reporters at work who think meanwhile."""

import argparse
from collections.abc import Sequence
from statistics import median, quantiles

from bench.answers import ANSWERS, databases, giao_ban, prepare, running
from bench.crowd import crowd

WORK = (34, 559)
"""Reporters at work at once: a district's, and a province's."""


def waits_of(url: str, reporters: int, think: float, seconds: float) -> list[float]:
    """Seconds from an answer to the next question, with so many reporters at work, each of whom thinks a while."""
    prepare(url, reporters)
    with crowd(reporters) as everybody, running(giao_ban, everybody.url, url) as process:
        everybody.says(["/baocao"], process.is_alive)
        return everybody.says(ANSWERS, process.is_alive, think, seconds)[1]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.waits", description=__doc__)
    parser.add_argument(
        "--think", type=float, default=10.0, help="seconds between a question and its answer, on average"
    )
    parser.add_argument("--seconds", type=float, default=30.0, help="how long waits are measured, each time")
    chosen = parser.parse_args(arguments)
    print(f"From an answer to the next question; each reporter thinks for {chosen.think:g} s on the average\n")
    print("| database | reporters at work | answers/s | median ms | p95 ms |\n|---|---:|---:|---:|---:|")
    for name, new in databases():
        for reporters in WORK:
            waits = waits_of(new(), reporters, chosen.think, chosen.seconds)
            rate, p95 = len(waits) / chosen.seconds, quantiles(waits, n=20)[-1]
            print(
                f"| {name} | {reporters} | {rate:,.0f} | {1000 * median(waits):,.0f} | {1000 * p95:,.0f} |", flush=True
            )


if __name__ == "__main__":
    main()
