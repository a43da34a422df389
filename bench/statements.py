"""What an answer costs the database: statements and commits of the whole program, one reporter alone and many at once."""

import argparse
import os
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.answers import ANSWERS, durable_cluster, giao_ban, prepare, running
from bench.crowd import crowd
from bench.figure import HEAD, Figure
from tests.cluster import Cluster

MANY = 34


def counted(url: str, database: str, folder: str) -> None:
    """Our bot on SQLite, whose statements are counted; at each SIGUSR1 it writes into the folder how many there were up to then."""
    from sqlalchemy import Engine, event

    seen: Counter[str] = Counter()
    numbers = iter(range(100))

    @event.listens_for(Engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.set_trace_callback(lambda statement: seen.update([statement.split(maxsplit=1)[0].upper()]))

    def told(*_: object) -> None:
        commits = seen["COMMIT"]
        file = Path(folder) / str(next(numbers))
        file.with_suffix(".new").write_text(f"{seen.total() - commits - seen['BEGIN']} {commits}", encoding="utf-8")
        file.with_suffix(".new").rename(file)

    signal.signal(signal.SIGUSR1, told)
    giao_ban(url, database)


def on_sqlite(people: int) -> tuple[float, float]:
    """Statements and commits an answer."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        database = f"sqlite:///{folder}/giaoban.db"
        prepare(database, people)
        with crowd(people) as everybody, running(counted, everybody.url, database, folder) as bot:
            numbers = iter(range(100))

            def now() -> list[int]:
                assert bot.pid is not None
                file = Path(folder) / str(next(numbers))
                os.kill(bot.pid, signal.SIGUSR1)
                while not file.exists():
                    bot.join(0.02)
                return [int(each) for each in file.read_text(encoding="utf-8").split()]

            everybody.says(["/baocao"], bot.is_alive)
            before = now()
            everybody.says(ANSWERS, bot.is_alive)
            statements, commits = (after - then for after, then in zip(now(), before, strict=True))
    return statements / (people * len(ANSWERS)), commits / (people * len(ANSWERS))


def on_postgresql(cluster: Cluster, people: int) -> tuple[float, float]:
    """The same, as the server has logged and counted it."""
    database = cluster.new_database()
    prepare(database, people)
    cluster.logs_statements(database)
    log = cluster.folder / "log"
    with crowd(people) as everybody, running(giao_ban, everybody.url, database) as bot:
        everybody.says(["/baocao"], bot.is_alive)
        before = _logged(log)
        everybody.says(ANSWERS, bot.is_alive)
        after = _logged(log)
    commits = after["COMMIT"] - before["COMMIT"]
    statements = after.total() - before.total() - commits - (after["BEGIN"] - before["BEGIN"])
    return statements / (people * len(ANSWERS)), commits / (people * len(ANSWERS))


def _logged(log: Path) -> Counter[str]:
    seen: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        _, found, statement = line.partition("LOG:  ")
        kind, _, words = statement.partition(": ")
        if found and (kind == "statement" or kind.startswith("execute ")):
            seen[words.split(maxsplit=1)[0].rstrip(";").upper()] += 1
    return seen


def measure() -> Iterator[Figure]:
    """Counts, not times: one round is enough."""
    for people, who in ((1, "one reporter alone"), (MANY, f"{MANY} reporters at once")):
        yield from _figures(f"SQLite, {who}", on_sqlite(people))
    with durable_cluster() as cluster:
        if cluster is not None:
            yield from _figures(f"PostgreSQL, {MANY} reporters at once", on_postgresql(cluster, MANY))


def _figures(where: str, counts: tuple[float, float]) -> Iterator[Figure]:
    yield Figure(f"statements an answer, {where}", "<= 5", "", [counts[0]])
    yield Figure(f"commits an answer, {where}", "", "", [counts[1]])


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    argparse.ArgumentParser(prog="python -m bench.statements", description=__doc__).parse_args(arguments)
    print(HEAD)
    for each in measure():
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
