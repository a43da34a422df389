"""A province's years: import, export, backup and restore of so many days of 559 communes, beside the engine's own bulk load.

    python -m bench.bulk [--days 7] [--rounds 1] [--database sqlite postgresql] [--communes 559]

Each is a process of its own, in turns with the peer's: seconds by the clock and of the processor (the server's with it), and the most
memory that the process ever had. A month is --days 30 (some minutes), a year --days 365.
The peer loads the same rows into a bare table with their key; beside it stands how long it takes without a key, and for the
exports the dump of that table as CSV. «Nothing» is what a command takes that finds nothing: the program's start.
Meanwhile somebody writes like a clerk, three transactions an answer: how long he waits is measured too.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import insert, text

from bench.bulk_peers import Engine, Postgres, Ran, Sqlite
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


class Measured(NamedTuple):
    """By what is done: how it ran, and of ours for how many seconds a writer waited meanwhile at the most."""

    ran: dict[str, Ran]
    longest_waits: dict[str, float]


def measured(of: Engine, folder: Path, communes: int, files: tuple[Path, Path]) -> Measured:
    """Ours and the peer's in turns."""
    furnished(of.url, communes)
    settings, found = {"DATABASE_URL": of.url, "LANGUAGE": "vi"}, Measured({}, {})
    copy, again = folder / "copy.gz", {**settings, "DATABASE_URL": of.empty_url}
    copy.unlink(missing_ok=True)

    def giaoban(what: str, *arguments: str, of_whom: Mapping[str, str] = settings) -> None:
        with Clerk(of.url) as clerk:
            found.ran[what] = of.timed((*GIAOBAN, *arguments), of_whom)
        found.longest_waits[what] = max(clerk.waits)

    found.ran[BARE] = of.loads(files[1], has_key=False)
    giaoban("import", "figures", "import", str(files[0]))
    found.ran[LOAD] = of.loads(files[1], has_key=True)
    giaoban("import again", "figures", "import", str(files[0]))
    found.ran[DUMP] = of.dumps(folder / "dumped.csv")
    for kind in ("csv", "json", "xlsx"):
        out = folder / f"out.{kind}"
        giaoban(f"export {kind}", "figures", "export", "--format", kind, "-o", str(out))
        out.unlink()
    long_ago = ("--from", "2011-01-01", "--to", "2011-01-01")
    giaoban("nothing", "figures", "export", *long_ago, "-o", str(folder / "nothing.csv"))
    giaoban("backup", "backup", str(copy))
    migrate(of.empty_url)
    giaoban("restore", "restore", str(copy), of_whom=again)
    return found


AIMS = {"import": 10, "export csv": 5, "export json": 5, "export xlsx": 20, "backup": 5, "restore": 5}
LOAD, BARE, DUMP = "the peer's load", "the peer's load without a key", "the peer's dump"
PEERS = (BARE, LOAD, DUMP)


def figures(database: str, of: Sequence[Measured], label: str) -> Iterator[Figure]:
    """What was measured of each thing, beside the peer's load of the same round, and of exports beside its dump."""
    for what in of[0].ran:
        ours, name = [each.ran[what] for each in of], f"{database}, {label}: {what}"
        if what in PEERS:
            yield Figure(name, "", "s", [one.seconds for one in ours])
            yield Figure(f"{name}, processor", "", "s", [one.processor for one in ours])
            continue
        aim = f"<= {AIMS[what]}.0" if what in AIMS else ""
        for peer in (LOAD, BARE, *([DUMP] if what.startswith("export") else [])):
            theirs, beside = [each.ran[peer] for each in of], f"{name} ÷ {peer}"
            aimed = aim if peer == LOAD else ""
            yield Figure(beside, aimed, "s", [one.seconds for one in ours], [one.seconds for one in theirs])
            processor = [one.processor for one in ours], [one.processor for one in theirs]
            yield Figure(f"{beside}, processor", aimed, "s", *processor)
        yield Figure(f"{name}, memory", "<= 300.0", "MB", [one.megabytes for one in ours])
        waited = [each.longest_waits[what] for each in of]
        yield Figure(f"{name}, longest wait of a writer meanwhile", "<= 1.0", "s", waited)


@contextmanager
def _databases(wanted: Sequence[str], folder: Path) -> Iterator[dict[str, Iterator[Engine]]]:
    found: dict[str, Iterator[Engine]] = {}
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
        found["postgresql"] = (Postgres(new, cluster.pid) for _ in range(1_000))
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
