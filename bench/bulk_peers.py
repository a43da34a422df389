"""The engines' own bulk load and dump, beside which `bench.bulk` measures; and how a process is timed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile

from bench.answers import ROOT

COLUMNS = "form text, indicator text, unit bigint, period date, amount bigint"
KEY = ", primary key(form, indicator, unit, period)"
UNTIL_GONE = 0.3
"""A server's child that served a process is gone so many seconds after that at the latest."""


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds by the clock and of the processor, and MB at most, of a process."""

    seconds: float
    processor: float
    megabytes: float


def ran(command: Sequence[str], settings: Mapping[str, str], out: Path | None = None) -> Ran:
    """Runs it to its end; AssertionError with what it complained of where it failed."""
    with (out or Path(os.devnull)).open("wb") as printed, TemporaryFile() as complained, NamedTemporaryFile() as told:
        started = (sys.executable, "-S", str(ROOT / "bench" / "launcher.py"), told.name, *command)
        done = subprocess.run(
            started, cwd=ROOT, env=os.environ | settings, stdout=printed, stderr=complained, check=False
        )
        complained.seek(0)
        assert done.returncode == 0, (command, done.returncode, complained.read()[-2000:].decode(errors="replace"))
        return Ran(*json.load(told))


class Sqlite:
    """A file of ours, and the peer's own."""

    def __init__(self, folder: Path, number: int) -> None:
        self._bare = folder / f"bare{number}.db"
        self.url = f"sqlite:///{folder / f'ours{number}.db'}"
        self.empty_url = f"sqlite:///{folder / f'again{number}.db'}"

    def timed(self, command: Sequence[str], settings: Mapping[str, str], out: Path | None = None) -> Ran:
        """All of it is done in the process."""
        return ran(command, settings, out)

    def loads(self, rows: Path, *, has_key: bool) -> Ran:
        for each in self._bare.parent.glob(f"{self._bare.name}*"):
            each.unlink()
        table = f"create table bare({COLUMNS}{KEY if has_key else ''});"
        return ran(
            ("sqlite3", str(self._bare), "PRAGMA journal_mode=WAL", table, ".mode csv", f".import {rows} bare"), {}
        )

    def dumps(self, out: Path) -> Ran:
        return ran(("sqlite3", "-csv", str(self._bare), "select * from bare order by period, unit"), {}, out)


class Postgres:
    """The bare table stands in a database of its own. `server`: the process whose children serve."""

    def __init__(self, new_database: Iterator[str], server: int) -> None:
        self.url, self._bare, self.empty_url = (next(new_database) for _ in range(3))
        self._server = server

    def timed(self, command: Sequence[str], settings: Mapping[str, str], out: Path | None = None) -> Ran:
        """With what the server's children that served it took of the processor."""
        time.sleep(UNTIL_GONE)
        before = self._served()
        found = ran(command, settings, out)
        time.sleep(UNTIL_GONE)
        return Ran(found.seconds, found.processor + self._served() - before, found.megabytes)

    def loads(self, rows: Path, *, has_key: bool) -> Ran:
        table = f"drop table if exists bare; create table bare({COLUMNS}{KEY if has_key else ''})"
        return self.timed(("psql", "-q", "-d", self._bare, "-c", table, "-c", f"\\copy bare from '{rows}' csv"), {})

    def dumps(self, out: Path) -> Ran:
        query = "\\copy (select * from bare order by period, unit) to stdout csv"
        return self.timed(("psql", "-q", "-d", self._bare, "-c", query), {}, out)

    def _served(self) -> float:
        """Seconds of the processor of all children of the server that have ended."""
        fields = Path(f"/proc/{self._server}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


Engine = Sqlite | Postgres
