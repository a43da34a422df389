"""Whether what each operation costs stays the same as days of history and units are added: ratios in one run, the sizes in turns.

It is told in the processor's time or, of SQLite, in steps of its machine: how many there are no other work on the computer changes.
"""

import argparse
import gc
import os
import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import Connection

from bench.answers import DATABASES, databases
from bench.country import NOW, TODAY, build, size_of
from bench.questions import KINDS, Kind
from bench.residents import RESIDENTS, ZONE, Asking, asking
from bot.telegram.channel import TELEGRAM
from messages.digests.digest import digest
from messages.leaders.standing_words import standing_text
from reminders.context import Tick
from reminders.plan import plan
from reporting.answers import Answer
from reporting.reports import Report
from reporting.rounds.standing_table import StandingTable
from reporting.rounds.standings import expected_units
from reporting.translator import translator
from reporting.units import Unit
from services.digest_evidence import digest_evidence, late_reasons_of
from services.export_figures import export_figures
from services.submit_report import accept
from storage.reports import forms
from storage.schedule.rounds_of_day import standings_of_day

SIZES = ("34x30", "34x365", "559x30", "559x365", "10599x30")
Run = Callable[[], object]


class Ground:
    """One size: its database, and what each operation is done with there."""

    def __init__(self, size: str, resident: Asking) -> None:
        self.size, self.units, self.days = size, *map(int, size.split("x"))
        self.resident, self.connection = resident, resident.connection
        self._server = _server(self.connection)
        resident.asks("xin chào")
        self.tree, self.chance = resident.turn.tree, random.Random(7)
        (self.form,) = forms.in_force(self.connection, TODAY)
        (self.root,) = self.tree.roots(TODAY)
        self.reporting = expected_units(self.form, self.tree, TODAY, self.root)
        self.numbers = count(1)

    def spent(self) -> float:
        """Milliseconds of the processor up to now: our own, and what PostgreSQL spent on us."""
        of_server = int(self._server.read_text().split()[0]) / 1e6 if self._server is not None else 0.0
        return 1000 * process_time() + of_server

    @property
    def district(self) -> Unit:
        """One of the units right above those that report."""
        return next(self.tree.above(self.tree.unit(self.reporting[0].parent_id or self.root.id)))

    def asks(self, kind: Kind) -> Run:
        """The next question of a kind; one that was asked before is not answered from memory."""
        text = kind.text(self.tree, self.chance)
        self.resident.forget()
        return lambda: self.resident.asks(text)

    def accepts(self) -> Run:
        """A report of today, of the next unit: a correction where it has reported."""
        n = next(self.numbers)
        unit = self.reporting[n % len(self.reporting)]
        values = {each.name: Answer("1" if each.kind == "state" else 3 + n) for each in self.form.indicators}
        new = Report(
            f"GR-{n}", self.form.key, self.form.version, unit.id, TODAY, 1_000 + n, values, None, NOW, NOW, reason="x"
        )
        return lambda: accept(self.connection, self.form, new, ZONE)

    def digests(self, unit: Unit) -> Run:
        return lambda: digest(
            digest_evidence(self.connection, self.form, unit, [TODAY], NOW, ZONE, tree=self.tree),
            translator("vi"),
            TELEGRAM,
        )

    def stands(self, unit: Unit) -> Run:
        """The board of today: where each unit under this one stands, in words."""

        def run() -> object:
            units = expected_units(self.form, self.tree, TODAY, unit)
            found = standings_of_day(self.connection, self.form, TODAY, self.tree, NOW, ZONE, units)
            reasons = late_reasons_of(self.connection, self.form, TODAY)
            table = StandingTable(self.form, TODAY, unit, found, reasons, self.tree, NOW, ZONE)
            return standing_text(table, RESIDENTS, translator("vi"), TELEGRAM)

        return run

    def ticks(self) -> Run:
        return lambda: plan(Tick(self.connection, NOW, ZONE, {TELEGRAM.name: TELEGRAM}))

    def exports(self, unit: Unit) -> Run:
        code = "" if unit is self.root else unit.code
        return lambda: list(export_figures(self.connection, TODAY, TODAY, TODAY, code))


Make = Callable[[Ground], Run]
"""Makes a new one each time; what it needs is there before the clock runs."""


def _questions() -> dict[str, Make]:
    return {
        f"question, {each.name}": lambda ground, kind=each: ground.asks(kind)  # type: ignore[misc]  # bound as it stands
        for each in KINDS
        if each.about != "tỉnh"
    }


OPERATIONS: dict[str, Make] = {
    "a report accepted": lambda ground: ground.accepts(),
    **_questions(),
    "digest of a district": lambda ground: ground.digests(ground.district),
    "digest of all": lambda ground: ground.digests(ground.root),
    "standing of a district": lambda ground: ground.stands(ground.district),
    "standing of all": lambda ground: ground.stands(ground.root),
    "tick": lambda ground: ground.ticks(),
    "export of a day of a district": lambda ground: ground.exports(ground.district),
    "export of a day of all": lambda ground: ground.exports(ground.root),
}


def _server(connection: Connection) -> Path | None:
    """Where Linux tells what the process that serves a connection to PostgreSQL has spent; it works alone."""
    if connection.dialect.name != "postgresql":
        return None
    connection.exec_driver_sql("set max_parallel_workers_per_gather = 0")
    pid = connection.exec_driver_sql("select pg_backend_pid()").scalar_one()
    return Path(f"/proc/{pid}/schedstat")


def timed(ground: Ground, run: Run) -> float:
    """Milliseconds of the processor."""
    began = ground.spent()
    run()
    return ground.spent() - began


def steps(ground: Ground, run: Run) -> float:
    """How many steps SQLite's machine took: it takes some for each row that it looks at, wanted or not."""
    seen = [0]
    database: Any = ground.connection.connection.dbapi_connection

    def step() -> int:
        seen[0] += 1
        return 0

    database.set_progress_handler(step, 1)
    try:
        run()
    finally:
        database.set_progress_handler(None, 1)
    return seen[0]


Gauge = Callable[[Ground, Run], float]


def measure(
    make: Make, grounds: Sequence[Ground], rounds: int, longest: float, gauge: Gauge = timed
) -> list[list[float]]:
    """Of each ground what it took, round by round, the grounds in turns; the first round is not counted. `longest`: seconds."""
    found: list[list[float]] = [[] for _ in grounds]
    began = perf_counter()
    for turn in range(rounds + 1):
        for ground, times in zip(grounds, found, strict=True):
            times.append(gauge(ground, make(ground)))
        if turn and perf_counter() - began > longest:
            break
    return [times[1:] for times in found]


def line(name: str, grounds: Sequence[Ground], found: Sequence[Sequence[float]], form: str = ",.1f") -> str:
    """A row: the medians, how the longest history compares with the shortest of as many units, and most units with fewest."""
    cells = [format(median(times), form) for times in found]
    of = {(ground.units, ground.days): times for ground, times in zip(grounds, found, strict=True)}
    units = sorted({ground.units for ground in grounds})
    for one in units:
        days = sorted(each for count_of, each in of if count_of == one)
        cells.append(_ratio(of[one, days[-1]], of[one, days[0]]) if len(days) > 1 else "")
    shortest = min(ground.days for ground in grounds)
    cells.append(_ratio(of[units[-1], shortest], of[units[0], shortest]) if len(units) > 1 else "")
    return f"| {name} | {' | '.join(cells)} |"


def _ratio(ours: Sequence[float], others: Sequence[float]) -> str:
    ratios = [one / other for one, other in zip(ours, others, strict=True)]
    return f"{median(ours) / median(others):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def head(grounds: Sequence[Ground], unit: str) -> str:
    """The head of the table."""
    units = sorted({ground.units for ground in grounds})
    names = [f"{ground.units:,} × {ground.days}" for ground in grounds]
    names += [*(f"{each:,}: history ÷" for each in units), "units ÷"]
    return f"| {unit} | {' | '.join(names)} |\n|---|{'---:|' * len(names)}"


def prepared(url: str, size: str) -> str:
    """A database of this size, made where there is none yet."""
    if not url.startswith("sqlite:///") or not size_of(url):
        began, spent = perf_counter(), process_time()
        figures = build(url, *map(int, size.split("x")))
        took, of_ours = perf_counter() - began, process_time() - spent
        spoken = f"{size}: {figures:,} figures, {size_of(url):.2f} GB, {took:,.0f} s ({of_ours:,.0f} of our processor)"
        print(spoken, flush=True)
    return url


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown for each database."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="units x days, fewest first (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=7, help="each operation so many times (default: %(default)s)")
    parser.add_argument("--longest", type=float, default=20.0, help="seconds an operation (default: %(default)s)")
    parser.add_argument("--steps", action="store_true", help="of SQLite, in place of milliseconds of the processor")
    parser.add_argument("--only", default="", help="operations with this in their names")
    parser.add_argument("--database", nargs="+", choices=DATABASES, default=["sqlite"])
    parser.add_argument(
        "--keep", type=Path, help="a folder for SQLite's databases, that are used again if they are there"
    )
    chosen = parser.parse_args(arguments)
    if chosen.steps and chosen.database != ["sqlite"]:
        parser.error("--steps are SQLite's")
    gauge, unit, digits = (steps, "steps of SQLite", ",.0f") if chosen.steps else (timed, "ms of the processor", ",.1f")
    print(f"load {os.getloadavg()[0]:.1f}\n")
    for name, new in databases(chosen.database):
        is_kept = name == "SQLite" and chosen.keep is not None
        urls = {
            size: f"sqlite:///{chosen.keep}/{size.replace('x', '-')}.db" if is_kept else new() for size in chosen.sizes
        }
        with ExitStack() as stack:
            grounds = [Ground(size, stack.enter_context(asking(prepared(url, size)))) for size, url in urls.items()]
            gc.collect()
            gc.freeze()
            print(f"\n{name}\n\n{head(grounds, unit)}", flush=True)
            for operation, make in OPERATIONS.items():
                if chosen.only in operation:
                    found = measure(make, grounds, chosen.rounds, chosen.longest, gauge)
                    print(line(operation, grounds, found, digits), flush=True)
            gc.unfreeze()
    print(f"\nload {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
