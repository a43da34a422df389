"""A province's years: import, export, backup and restore of so many days of 559 communes, beside the engines' own bulk load and copy.

    python -m bench.bulk [--days 7] [--rounds 1] [--database sqlite postgresql] [--communes 559]

Each is a process of its own, ours and the peer's in turns; seconds by the clock and, where the peer is no server, of the
processor; and the most memory that the process ever had. A month is --days 30, a year --days 365.
The peer of the import loads the same rows into a bare table with a primary key, that of the export dumps them as CSV.
While our import runs somebody writes like a clerk, three transactions an answer: how long he waits is measured too.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert, text

from bench.answers import ROOT
from bench.country import NOW, TODAY, units_of
from bench.figure import HEAD, Figure
from reporting.amounts import MILLION
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.tables import metadata
from storage.reports import forms

GIAOBAN = (sys.executable, "-m", "bot.cli.main")
GIVEN = 18
FORM = """| settings | form_title | form_id | version | period | opens | due | closes | default_language |
|---|---|---|---|---|---|---|---|---|
| | Sổ theo dõi | ledger | 1 | daily | 07:00 | 16:30 | 08:00+1d | Tiếng Việt (vi) |

| survey | type | name | label::Tiếng Việt (vi) | kind | visibility | calculation |
|---|---|---|---|---|---|---|
"""
CALCULATED = """| | calculate | sum | Cộng dồn | total | public | coalesce(${last-saved#sum}, 0) + ${i00} |
| | calculate | both | Hai số | flow | public | ${i00} + ${i01} |
"""
MEGABYTES = 1024
"""getrusage counts kilobytes."""


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds by the clock and of the processor, and MB at most, of a process."""

    seconds: float
    processor: float
    megabytes: float


def ran(command: Sequence[str], settings: Mapping[str, str], out: Path | None = None) -> Ran:
    """Runs it to its end; AssertionError where it failed."""
    began = time.perf_counter()
    with (out or Path(os.devnull)).open("wb") as printed:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, stdout=printed, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Ran(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTES)


def written(folder: Path, communes: int, days: int) -> tuple[Path, Path]:
    """The file of history, and the same rows as the bare table has them (with what is calculated)."""
    ours, bare = folder / "history.csv", folder / "bare.csv"
    codes = [(each["id"], each["code"]) for each in units_of(communes) if each["kind"] == "xã"]
    sums = dict.fromkeys((one for one, _ in codes), 0)
    with ours.open("w", encoding="utf-8") as to_us, bare.open("w", encoding="utf-8") as to_peer:
        to_us.write("date,unit,indicator,value\n")
        for day in range(days):
            on = TODAY - timedelta(days=days - day)
            for one, code in codes:
                values = [(one * 7 + day * 3 + one * day + n) % 900 for n in range(GIVEN)]
                sums[one] += values[0]
                to_us.writelines(f"{on},{code},i{n:02},{value}\n" for n, value in enumerate(values))
                for name, value in (
                    *((f"i{n:02}", value) for n, value in enumerate(values)),
                    ("sum", sums[one]),
                    ("both", values[0] + values[1]),
                ):
                    to_peer.write(f"ledger,{name},{one},{on},{value * MILLION}\n")
    return ours, bare


def furnished(url: str, communes: int) -> None:
    """A database with the communes, the form, and no figures."""
    migrate(url)
    engine = writing_engine(url)
    source = FORM + "".join(f"| | integer | i{n:02} | Số {n} | flow | public | |\n" for n in range(GIVEN)) + CALCULATED
    with engine.begin() as connection:
        connection.execute(insert(metadata.tables["unit"]), list(units_of(communes)))
        forms.publish(connection, source.encode(), "ledger.md", date(2010, 1, 1), NOW)
    engine.dispose()


class Clerk(threading.Thread):
    """Writes what an answer has written, in three transactions, ten times a second; `waits`: how long each answer took."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._engine, self._ending, self.waits = writing_engine(url), threading.Event(), list[float]()

    def run(self) -> None:
        while not self._ending.wait(0.1):
            began = time.perf_counter()
            for _ in range(3):
                with self._engine.begin() as connection:
                    connection.execute(text("update form set file_name = file_name"))
            self.waits.append(time.perf_counter() - began)
        self._engine.dispose()

    def __enter__(self) -> "Clerk":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self.join()


class Sqlite:
    """`bare`: the peer's own file."""

    def __init__(self, folder: Path, number: int) -> None:
        self.file, self.bare = folder / f"ours{number}.db", folder / f"bare{number}.db"
        self.url = f"sqlite:///{self.file}"
        self.empty_url = f"sqlite:///{folder / f'again{number}.db'}"

    def loads(self, rows: Path) -> Ran:
        table = "create table bare(form, indicator, unit, period, amount, primary key(form, indicator, unit, period))"
        commands = ("PRAGMA journal_mode=WAL", f"{table};", ".mode csv", f".import {rows} bare")
        return ran(("sqlite3", str(self.bare), *commands), {})

    def dumps(self, out: Path) -> Ran:
        return ran(("sqlite3", "-csv", str(self.bare), "select * from bare order by period, unit"), {}, out)

    def copies(self, out: Path) -> Ran:
        return ran(("sqlite3", str(self.file), f".backup {out}"), {})

    def restores(self, copy: Path) -> Ran:
        return ran(("cp", "--", str(copy), str(copy.with_suffix(".again"))), {})


class Postgres:
    """The bare table stands in a database of its own."""

    def __init__(self, new_database: Iterator[str]) -> None:
        self.url, self.bare, self.empty_url, self._again = (next(new_database) for _ in range(4))

    def loads(self, rows: Path) -> Ran:
        table = "create table bare(form text, indicator text, unit bigint, period date, amount bigint,"
        table += " primary key(form, indicator, unit, period))"
        return ran(("psql", "-q", "-d", self.bare, "-c", table, "-c", f"\\copy bare from '{rows}' csv"), {})

    def dumps(self, out: Path) -> Ran:
        query = "\\copy (select * from bare order by period, unit) to stdout csv"
        return ran(("psql", "-q", "-d", self.bare, "-c", query), {}, out)

    def copies(self, out: Path) -> Ran:
        return ran(("pg_dump", "-Fc", "-f", str(out), self.url), {})

    def restores(self, copy: Path) -> Ran:
        return ran(("pg_restore", "--no-owner", "-d", self._again, str(copy)), {})


def measured(
    of: Sqlite | Postgres, folder: Path, communes: int, files: tuple[Path, Path]
) -> dict[str, tuple[Ran, Ran]]:
    """By what is done, ours and the peer's."""
    furnished(of.url, communes)
    settings, found = {"DATABASE_URL": of.url, "LANGUAGE": "vi"}, dict[str, tuple[Ran, Ran]]()
    with Clerk(of.url) as clerk:
        ours = ran((*GIAOBAN, "figures", "import", str(files[0])), settings)
    waits = sorted(clerk.waits)
    found["import"] = (ours, of.loads(files[1]))
    found["longest wait of a writer meanwhile"] = (Ran(waits[-1], 0, 0), Ran(waits[len(waits) // 2], 0, 0))
    found["import again"] = (ran((*GIAOBAN, "figures", "import", str(files[0])), settings), found["import"][1])
    dumped = of.dumps(folder / "dumped.csv")
    for kind in ("csv", "json", "xlsx"):
        out = folder / f"out.{kind}"
        found[f"export {kind}"] = (
            ran((*GIAOBAN, "figures", "export", "--format", kind, "-o", str(out)), settings),
            dumped,
        )
        out.unlink()
    copy, peers = folder / "copy.gz", folder / "copy.peer"
    for each in (copy, peers):
        each.unlink(missing_ok=True)
    found["backup"] = ran((*GIAOBAN, "backup", str(copy)), settings), of.copies(peers)
    again = {**settings, "DATABASE_URL": of.empty_url}
    migrate(of.empty_url)
    found["restore"] = ran((*GIAOBAN, "restore", str(copy)), again), of.restores(peers)
    return found


AIMS = {"import": 10, "export csv": 5, "export json": 5, "export xlsx": 20, "backup": 5, "restore": 5}


def figures(database: str, of: Sequence[Mapping[str, tuple[Ran, Ran]]], label: str) -> Iterator[Figure]:
    """A line for the time and one for the memory of each thing."""
    for what in of[0]:
        pairs = [each[what] for each in of]
        ours, peers = [one.seconds for one, _ in pairs], [other.seconds for _, other in pairs]
        if what.startswith("longest"):
            yield Figure(f"{database}, {label}: {what}; half of them less than", "", "s", ours, peers)
            continue
        aim = f"<= {AIMS[what]}.0" if what in AIMS else ""
        yield Figure(f"{database}, {label}: {what}", aim, "s", ours, peers)
        if database == "sqlite":
            processor = [one.processor for one, _ in pairs], [other.processor for _, other in pairs]
            yield Figure(f"{database}, {label}: {what}, processor", aim, "s", *processor)
        yield Figure(f"{database}, {label}: {what}, memory", "<= 300.0", "MB", [one.megabytes for one, _ in pairs])


@contextmanager
def _databases(wanted: Sequence[str], folder: Path) -> Iterator[dict[str, Iterator[Sqlite | Postgres]]]:
    found: dict[str, Iterator[Sqlite | Postgres]] = {}
    if "sqlite" in wanted:
        found["sqlite"] = (Sqlite(folder, number) for number in range(1_000))
    if "postgresql" not in wanted:
        yield found
        return
    from tests.cluster import DURABLE, Cluster
    from tests.machine import find_postgres

    programs = find_postgres()
    assert programs is not None, "no PostgreSQL on this machine"
    (folder / "cluster").mkdir()
    cluster = Cluster(programs, folder / "cluster", DURABLE)
    cluster.start()
    try:
        new = (cluster.new_database() for _ in range(1_000))
        found["postgresql"] = (Postgres(new) for _ in range(1_000))
        yield found
    finally:
        cluster.stop()


def measure(
    rounds: int, days: int, communes: int = 559, wanted: Sequence[str] = ("sqlite", "postgresql")
) -> Iterator[Figure]:
    """So many days of so many communes, each round on new databases."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        files = written(folder, communes, days)
        with _databases(wanted, folder) as databases:
            for database, several in databases.items():
                found = [measured(next(several), folder, communes, files) for _ in range(rounds)]
                yield from figures(database, found, f"{days} days of {communes}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.bulk", description=__doc__)
    parser.add_argument("--days", type=int, default=7, help="(default: %(default)s)")
    parser.add_argument("--communes", type=int, default=559, help="(default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=1, help="(default: %(default)s)")
    parser.add_argument("--database", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    chosen = parser.parse_args(arguments)
    print(HEAD, flush=True)
    for each in measure(chosen.rounds, chosen.days, chosen.communes, chosen.database):
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
