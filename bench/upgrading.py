"""How long `giaoban migrate` takes for a large file of an old release beside a copy of that file, and which of its steps takes it."""

import argparse
import gc
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import HEAD, Figure
from storage.database.migrate import MigrationStep, migrate
from tests.storage.kept import ZONE, kept

MEGABYTE = 1 << 20
NUMBER = re.compile(r"\d+$")
SHIFTED = {
    "person": {"id"},
    "address": {"id", "person_id"},
    "duty": {"id", "person_id"},
    "outbox": {"id"},
    "report": {"id", "sent_by"},
    "said": {"id", "person_id", "outbox_id"},
    "audit": {"id", "who"},
    "inbox": {"id"},
    "figure": set[str](),
    "group_total": set[str](),
}
"""The tables that grow with the days, and which of their columns number something that each copy has of its own."""
PEOPLE = {"person", "address", "duty"}
MOST_PEOPLE = 170
"""So many times the people of the kept file: those of a province's communes. The days go on without more of them."""
STEP = 1_000_000
DAYS = 40
"""More than the kept days are apart."""


def enlarge(file: Path, megabytes: int) -> None:
    """The kept days of a database over and over, each time some days earlier, until the file is so large; of texts that are emptied
    after some days nothing is left.
    """
    with sqlite3.connect(file) as connection:
        connection.create_function("renumbered", 2, _renumbered, deterministic=True)
        connection.execute("pragma synchronous=off")
        columns = {name: _columns(connection, name) for name in SHIFTED}
        for name in columns:
            connection.execute(f"create temp table {name}_kept as select * from {name}")  # noqa: S608  # names of tables
        copy = 0
        while file.stat().st_size < megabytes * MEGABYTE:
            copy += 1
            for name, of in columns.items():
                if name not in PEOPLE or copy <= MOST_PEOPLE:
                    taken = ", ".join(_copied(name, column, copy) for column in of)
                    connection.execute(f"insert into {name} select {taken} from temp.{name}_kept")  # noqa: S608
            connection.commit()
    connection.close()


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"pragma table_info({table})")]


def _copied(table: str, column: str, copy: int) -> str:
    if column in SHIFTED[table]:
        person = column in ("person_id", "sent_by", "who") or table == "person"
        return f"{column} + {STEP * (copy % MOST_PEOPLE if person and table not in PEOPLE else copy)}"
    match table, column:
        case _, "period":
            return f"date(period, '-{DAYS * copy} days')"
        case ("address", "address") | ("inbox", "update_id"):
            return f"{column} || '-{copy}'"
        case "inbox", "raw":
            return "''"
        case "outbox", "say":
            return "'{}'"
        case "said", "rule":
            return f"renumbered(rule, {copy})"
        case _, "draft_id" | "draft_turn":
            return "null"
        case _:
            return f'"{column}"'


def _renumbered(rule: str, copy: int) -> str:
    """A rule that names a report or a message names another one."""
    if not rule.startswith(("approval ", "correction ", "nudge ")):
        return rule
    return NUMBER.sub(lambda found: str(int(found[0]) + copy), rule)


def timed(does: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall's clock, and of this process's processor."""
    wall, own = time.perf_counter(), time.process_time()
    does()
    return time.perf_counter() - wall, time.process_time() - own


def copied(file: Path, to: Path) -> None:
    """A copy that is on the disk."""
    shutil.copyfile(file, to)
    with to.open("rb+") as copy:
        os.fsync(copy.fileno())


def upgraded(file: Path) -> list[tuple[str, float]]:
    """Each step of the migration, and its seconds by the wall's clock; the last is what follows the steps."""
    begun = list[tuple[str, float]]()

    def tell(step: MigrationStep) -> None:
        begun.append((f"{step.revision} {step.name}", time.perf_counter()))

    migrate(f"sqlite:///{file}", ZONE, tell=tell)
    ends = [at for _, at in begun[1:]] + [time.perf_counter()]
    return [(name, end - at) for (name, at), end in zip(begun, ends, strict=True)]


def measure(rounds: int, megabytes: int, dearest: int = 3) -> Iterator[Figure]:
    """The oldest release that is kept, on SQLite; copy and upgrade in turns."""
    walls: tuple[list[float], list[float]] = [], []
    owns: tuple[list[float], list[float]] = [], []
    steps = dict[str, list[float]]()
    with TemporaryDirectory() as folder:
        old, new = Path(folder, "old.db"), Path(folder, "new.db")
        release = kept()[0]
        release.load_sqlite(old)
        enlarge(old, megabytes)
        size = old.stat().st_size // MEGABYTE
        gc.freeze()  # as the command itself does
        for _ in range(rounds):
            found = [timed(lambda: copied(old, new)), timed(lambda: _steps_of(new, steps))]
            for side, (wall, own) in enumerate(found):
                walls[side].append(wall)
                owns[side].append(own)
            for file in Path(folder).glob("new.db*"):
                file.unlink()
    what = f"giaoban migrate of {size} MB from {release.head} ÷ a copy of the file"
    yield Figure(what, "<= 10", "s", walls[1], walls[0])
    yield Figure(f"{what}, processor", "", "s", owns[1], owns[0])
    for name, seconds in sorted(steps.items(), key=lambda each: -sum(each[1]))[:dearest]:
        yield Figure(f"of it {name}", "", "s", seconds)


def _steps_of(file: Path, into: dict[str, list[float]]) -> None:
    for name, seconds in upgraded(file):
        into.setdefault(name, []).append(seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.upgrading", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=256, help="of the file (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="copy and upgrade in turns (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=3, help="of the dearest of them (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(HEAD)
    for each in measure(chosen.rounds, chosen.megabytes, chosen.steps):
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
