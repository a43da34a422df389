"""How long the tick plans and writes, and how that grows from a district's 34 units to all 10,599 communes, all of them missing."""

import argparse
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from statistics import median
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, update

from bench.answers import DATABASES, databases
from bench.country import settle
from bot.telegram.channel import TELEGRAM
from reminders.context import Tick
from reminders.plan import Planned, plan
from reminders.tick import say
from reporting.people import Role
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.tables import metadata
from storage.organisation import units
from storage.reports import forms
from storage.schedule import rounds

T = TypeVar("T")
SIZES = (34, 559, 10_599)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2021, 11, 10)
STAFF: dict[str, Sequence[Role]] = {"xã": ("reporter", "chair"), "huyện": ("leader",), "tỉnh": ("leader",)}
FORM = """| settings | form_id | version | opens | due | closes | remind |
|---|---|---|---|---|---|---|
| | daily | 1 | 08:00 | 16:30 | 08:00+1d | -60m reporter; 0m reporter; +30m reporter; +60m chair; +120m leader |

| survey | type | name | label | kind |
|---|---|---|---|---|
| | integer | cases | Cases | flow |
"""
CLOCKS = ("16:29", "16:30", "16:31", "17:30", "18:30", "18:31")
"""Reporters hear at 16:29 (caught up) and 16:30, chairs at 17:30, leaders at 18:30; at 16:31 and 18:31 nothing is due."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: by the clock on the wall, and of the processor (the two differ on a busy machine)."""

    wall: float
    processor: float

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.processor + other.processor)


NOTHING = Spent(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Measured:
    """One tick: how many messages, what it took to read standings, to plan and to write; `longest`: the longest transaction."""

    clock: str
    messages: int
    standings: Spent
    planned: Spent
    written: Spent
    longest: Spent

    @property
    def whole(self) -> Spent:
        """Planning and writing."""
        return self.planned + self.written


def furnish(url: str, size: int) -> None:
    """A migrated database with the country, its people and the form."""
    migrate(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        settle(connection, size, STAFF, DAY)
        forms.publish(connection, FORM.encode(), "daily.md", DAY, at("00:00"))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"{DAY}T{clock}").replace(tzinfo=ZONE).astimezone(UTC)


def timed(work: Callable[[], T]) -> tuple[T, Spent]:
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, Spent(time.perf_counter() - wall, time.process_time() - processor)


def measure(url: str, size: int) -> list[Measured]:
    """The ticks of a day on which nobody reports."""
    furnish(url, size)
    engine = writing_engine(url)
    found = [one_tick(engine, at(clock), clock) for clock in CLOCKS]
    engine.dispose()
    return found


def one_tick(engine: Engine, now: datetime, clock: str) -> Measured:
    """What one tick takes; all that was said before has left."""
    with engine.begin() as connection:
        connection.execute(update(metadata.tables["outbox"]).values(state="said"))
    with engine.begin() as connection:
        tree, form = units.tree(connection), forms.in_force(connection, DAY)[0]
        _, standings = timed(lambda: rounds.standings(connection, form, DAY, tree, now, ZONE))
        planned, planning = timed(lambda: plan(Tick(connection, now, ZONE, {TELEGRAM.name: TELEGRAM})))
    written = [timed(lambda part=part: write(engine, part)) for part in planned.parts()] if planned else []  # type: ignore[misc]  # bound as it stands
    longest = max((spent for _, spent in written), key=lambda spent: spent.wall, default=NOTHING)
    total = sum((spent for _, spent in written), NOTHING)
    return Measured(clock, sum(messages for messages, _ in written), standings, planning, total, longest)


def write(engine: Engine, part: Planned) -> int:
    """A portion said and committed."""
    with engine.begin() as connection:
        return say(connection, part)


Ticks = dict[int, list[list[Measured]]]
"""By size: of each round its ticks, in the order of CLOCKS."""


def measured(new: Callable[[], str], sizes: Sequence[int], times: int) -> Ticks:
    """Every size so often, in turns; what is only slow for the first time has been done before."""
    measure(new(), min(sizes))
    found: Ticks = {size: [] for size in sizes}
    for _ in range(times):
        for size in sizes:
            found[size].append(measure(new(), size))
    return found


def middle(spent: Iterable[Spent]) -> Spent:
    """The median of each."""
    several = list(spent)
    return Spent(median(each.wall for each in several), median(each.processor for each in several))


def lines(database: str, ticks: Ticks) -> Iterable[str]:
    """Rows of the table of milliseconds."""
    for size, several in ticks.items():
        for at_once in zip(*several, strict=True):
            parts = [
                middle(getattr(each, part) for each in at_once)
                for part in ("standings", "planned", "written", "longest")
            ]
            shown = " | ".join(f"{1000 * one.wall:,.0f} ({1000 * one.processor:,.0f})" for one in parts)
            yield f"| {database} | {size:,} | {at_once[0].clock} | {at_once[0].messages:,} | {shown} |"


def growth(database: str, ticks: Ticks) -> Iterable[str]:
    """Rows of the table of growth: microseconds a unit, and how many times those of the size before."""
    for number, clock in enumerate(CLOCKS):
        of_unit = {size: middle(each[number].whole for each in several) for size, several in ticks.items()}
        cells = [
            f"{1e6 * spent.wall / size:,.0f} ({1e6 * spent.processor / size:,.0f})" for size, spent in of_unit.items()
        ]
        times = [
            f"{big.wall / larger / (small.wall / smaller):.2f} ({big.processor / larger / (small.processor / smaller):.2f})"
            for (smaller, small), (larger, big) in pairwise(of_unit.items())
        ]
        woven = [cells[0], *(cell for two in zip(cells[1:], times, strict=True) for cell in two)]
        yield f"| {database} | {clock} | {' | '.join(woven)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints two tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.planning", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=3, help="each size so many times; the median counts")
    parser.add_argument("--database", nargs="+", choices=DATABASES, default=DATABASES)
    chosen = parser.parse_args(arguments)
    sizes = sorted(chosen.sizes)
    print(f"Milliseconds, in brackets those of our own processor, load {os.getloadavg()[0]:.1f}\n")
    print("| database | units | clock | messages | standings | planned | written | longest transaction |")
    print("|---|---:|---|---:|---:|---:|---:|---:|")
    grown: list[str] = []
    for name, new in databases(chosen.database):
        ticks = measured(new, sizes, chosen.rounds)
        print("\n".join(lines(name, ticks)), flush=True)
        grown += growth(name, ticks)
    woven = [f"{sizes[0]:,}", *(f"{each:,} | ÷ {before:,}" for before, each in pairwise(sizes))]
    print("\nPlanned and written, microseconds a unit, and how many times those of the smaller size:\n")
    print(f"| database | clock | {' | '.join(woven)} |\n|---|---|{'---:|' * (2 * len(sizes) - 1)}")
    print("\n".join(grown))


if __name__ == "__main__":
    main()
