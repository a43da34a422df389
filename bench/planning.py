"""How long the tick plans and writes, and how that grows from a district's 34 units to all 10,599 communes, all of them missing."""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, update

from reminders.tick import Planned, plan, say
from storage import forms, rounds, units
from storage.engines import writing_engine
from storage.tables import metadata

T = TypeVar("T")
SIZES = (34, 559, 10_599)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2021, 11, 10)
COMMUNES_IN_A_DISTRICT, DISTRICTS_IN_A_PROVINCE = 15, 11
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


def rows(size: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Units and duties of a made-up country: each commune has a reporter and a chair, each district and province a leader."""
    districts = max(1, size // COMMUNES_IN_A_DISTRICT)
    provinces = max(1, districts // DISTRICTS_IN_A_PROVINCE)
    made = [_unit(1, "0", "Việt Nam", "nước", None)]
    made += [_unit(10 + n, f"P{n}", f"Tỉnh {n}", "tỉnh", 1) for n in range(provinces)]
    made += [_unit(1_000 + n, f"D{n}", f"Huyện {n}", "huyện", 10 + n % provinces) for n in range(districts)]
    made += [_unit(10_000 + n, f"{n:05}", f"Xã {n}", "xã", 1_000 + n % districts) for n in range(size)]
    roles = {"xã": ("reporter", "chair"), "huyện": ("leader",), "tỉnh": ("leader",)}
    held = [(unit["id"], role) for unit in made for role in roles.get(unit["kind"], ())]
    return made, [
        {"person_id": n, "unit_id": unit_id, "role": role, "since": DAY} for n, (unit_id, role) in enumerate(held, 1)
    ]


def _unit(unit_id: int, code: str, name: str, kind: str, parent_id: int | None) -> dict[str, Any]:
    return {"id": unit_id, "code": code, "name": name, "kind": kind, "parent_id": parent_id, "aliases": ""}


def furnish(connection: Connection, size: int) -> None:
    """The country, its people and the form, in tables made for them."""
    metadata.create_all(connection)
    made, duties = rows(size)
    now = at("00:00")
    people = [{"id": n, "name": f"Người {n}", "language": "vi", "created_at": now} for n in range(1, len(duties) + 1)]
    addresses = [{"channel": "telegram", "address": str(each["id"]), "person_id": each["id"]} for each in people]
    for table, of_table in (("unit", made), ("person", people), ("address", addresses), ("duty", duties)):
        connection.execute(insert(metadata.tables[table]), of_table)
    forms.publish(connection, FORM.encode(), "daily.md", DAY, now)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"{DAY}T{clock}").replace(tzinfo=ZONE).astimezone(UTC)


def timed(work: Callable[[], T]) -> tuple[T, Spent]:
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, Spent(time.perf_counter() - wall, time.process_time() - processor)


def measure(url: str, size: int) -> list[Measured]:
    """The ticks of a day on which nobody reports."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        furnish(connection, size)
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
        planned, planning = timed(lambda: plan(connection, now, ZONE))
    written = [timed(lambda part=part: write(engine, part)) for part in planned.parts()] if planned else []  # type: ignore[misc]  # bound as it stands
    longest = max((spent for _, spent in written), key=lambda spent: spent.wall, default=NOTHING)
    total = sum((spent for _, spent in written), NOTHING)
    return Measured(clock, sum(messages for messages, _ in written), standings, planning, total, longest)


def write(engine: Engine, part: Planned) -> int:
    """A portion said and committed."""
    with engine.begin() as connection:
        return say(connection, part)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown. `--url` measures an empty PostgreSQL database in place of an SQLite file (one size)."""
    parser = argparse.ArgumentParser(prog="python -m bench.planning", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--url", default="")
    chosen = parser.parse_args(arguments)
    print(
        "Milliseconds, in brackets those of the processor; the last column is the processor's microseconds to plan a unit.\n"
    )
    print("| units | clock | messages | standings | planned | written | longest transaction | µs a unit |")
    print("|---:|---|---:|---:|---:|---:|---:|---:|")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as folder:
            for each in measure(chosen.url or f"sqlite:///{Path(folder) / 'planning.db'}", size):
                print(line(size, each), flush=True)


def line(size: int, each: Measured) -> str:
    """A row of the table."""
    spent = (each.standings, each.planned, each.written, each.longest)
    shown = " | ".join(f"{1000 * one.wall:,.0f} ({1000 * one.processor:,.0f})" for one in spent)
    return f"| {size:,} | {each.clock} | {each.messages:,} | {shown} | {1e6 * each.planned.processor / size:,.0f} |"


if __name__ == "__main__":
    main()
