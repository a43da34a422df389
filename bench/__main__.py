"""`python -m bench [NAME ...]`: every figure that is aimed at, beside a peer in the same run, written into docs/benchmarks.md."""

import argparse
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import answers, asking, broadcast, bulk, processes, starting, statements
from bench.figure import HEAD, Figure
from bench.machine import described, load

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
BLOCK = re.compile(r"(?<=<!-- written by make bench -->\n).*(?=<!-- up to here -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the figures: what measures them in full, and quickly, to try."""

    full: Callable[[], Iterator[Figure]]
    quick: Callable[[], Iterator[Figure]]


PARTS = {
    "answers": Part(lambda: answers.measure(3, 2000), lambda: answers.measure(1, 300)),
    "asking": Part(lambda: asking.measure(3, 40), lambda: asking.measure(1, 10)),
    "processes": Part(lambda: processes.measure(2, 1500), lambda: processes.measure(1, 300)),
    "starting": Part(lambda: starting.measure(3, starting.UPDATES // 5), lambda: starting.measure(1, 2000)),
    "statements": Part(statements.measure, statements.measure),
    "bulk": Part(lambda: bulk.measure(2, 30), lambda: bulk.measure(1, 2, 34, ("sqlite",))),
    "broadcast": Part(lambda: broadcast.figures(800), lambda: broadcast.figures(150)),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures part by part and prints one table; when nothing was left out, and nothing failed, the document has it too."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[[], *PARTS], metavar="NAME", help=f"only these: {', '.join(PARTS)}"
    )
    parser.add_argument("--quick", action="store_true", help="few answers and one round, to try whether all works")
    chosen = parser.parse_args(arguments)
    before, found, failed = load(), list[Figure](), list[str]()
    for name in chosen.names or PARTS:
        began = time.perf_counter()
        try:
            found += _measured(PARTS[name].quick if chosen.quick else PARTS[name].full)
        except (AssertionError, RuntimeError, TimeoutError):  # the other parts are measured all the same
            traceback.print_exc()
            failed.append(name)
        sys.stderr.write(f"{name}: {time.perf_counter() - began:,.0f} s\n")
    lines = [f"{described()} Load before and after: {before}; {load()}.", "", HEAD, *(each.line() for each in found)]
    table = "\n".join(lines)
    print(f"\n{table}")
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    elif not chosen.quick and not chosen.names:
        write(table)
    return int(bool(failed))


def _measured(part: Callable[[], Iterator[Figure]]) -> Iterator[Figure]:
    for figure in part():
        sys.stderr.write(f"{figure.line()}\n")
        yield figure


def write(table: str) -> None:
    """The table takes the place of the last one in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert BLOCK.search(text), f"{DOCUMENT} has no place for the table"
    DOCUMENT.write_text(BLOCK.sub(lambda _: f"\n{table}\n\n", text), encoding="utf-8")
    sys.stderr.write(f"written into {DOCUMENT}\n")


if __name__ == "__main__":
    raise SystemExit(main())
