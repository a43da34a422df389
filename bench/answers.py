"""How fast durable answers are taken, beside bare echo bots of both libraries."""

import argparse
import asyncio
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench import echoes
from bench.crowd import FIRST_CHAT, crowd
from bench.figure import HEAD, Figure
from bench.processor import seconds_of
from simulator import DEFAULT_TOKEN

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from tests.cluster import Cluster

ROOT = Path(__file__).resolve().parents[1]
FORM = ROOT / "forms" / "covid_daily.md"
ANSWERS = ["3", "1", "2", "0", "0", "6", "15", "20", "0", "30", "2", "5", "40", "3", "5000", "1500", "2", "8", "1"]
"""The day's nineteen numbers, that no rule objects to."""
NOW = datetime.fromisoformat("2021-11-10T15:30+07:00")
SINCE = date(2021, 11, 1)
DATABASES = ("sqlite", "postgresql")
AIOGRAM, PTB = "aiogram echo", "python-telegram-bot echo"
SQLITE, POSTGRESQL = "SQLite, synchronous=FULL", "PostgreSQL, synchronous_commit=on"


@dataclass(frozen=True, slots=True)
class Rate:
    """Of one bot: answers a second by the clock on the wall, and milliseconds of processor time an answer: its own (all its processes)
    and, where there is one, the database server's.
    """

    answers: float
    cpu: float
    server: float = 0.0


def prepare(url: str, reporters: int) -> None:
    """A migrated database with the daily form, and a commune with its reporter for each chat of the crowd."""
    from reporting.people import Address, Duty
    from reporting.unit_list import read_units
    from storage.database import audit
    from storage.database.engines import writing_engine
    from storage.database.migrate import migrate
    from storage.organisation import people, units
    from storage.reports import forms

    migrate(url)
    lines = ["code,name,kind,parent,aliases,since,until", "0,Triệu Sơn,huyện,,,,"]
    lines += [f"{number + 1},Thọ Dân {number + 1},xã,0,,," for number in range(reporters)]
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units("\n".join(lines)))
        audit.write(connection, NOW, None, "units")
        forms.publish(connection, FORM.read_bytes(), FORM.name, SINCE, NOW)
        communes = [unit for unit in units.tree(connection) if unit.kind == "xã"]
        for number, unit in enumerate(communes):
            chat = Address("telegram", str(FIRST_CHAT + number))
            person = people.add(connection, chat, f"Cán bộ {number}", "vi", NOW)
            people.charge(connection, Duty(person.id, unit.id, "reporter", SINCE))
    engine.dispose()


def giao_ban(url: str, database: str, profile: str = "") -> None:
    """Our bot with its limits lifted, until it is ended. `profile`: a file for what the clerk's thread spent its time on."""
    from bot.running.clerk import Clerk
    from bot.running.program import Program
    from bot.settings import Settings
    from reporting.pace import Limits

    if profile:
        _profile(Clerk, profile)
    lifted = Limits(rate=100_000, chat_seconds=0, burst=100_000, group=100_000, group_seconds=1)
    settings = Settings(bot_token=DEFAULT_TOKEN, bot_api_url=url, database_url=database, _env_file=None)
    asyncio.run(Program(settings, lambda: NOW, lifted).run())


def _profile(clerk: type, file: str) -> None:
    """The clerk's thread is profiled from its start to the bot's end by SIGTERM."""
    import cProfile
    import signal

    profile, run = cProfile.Profile(), getattr(clerk, "_run")  # noqa: B009  # the thread's own function

    def ended(*_: object) -> None:
        profile.dump_stats(file)
        os._exit(0)

    signal.signal(signal.SIGTERM, ended)
    setattr(clerk, "_run", lambda self: profile.runcall(run, self))  # noqa: B010


@contextmanager
def running(bot: Callable[..., None], *arguments: str) -> Iterator["SpawnProcess"]:
    """A bot in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=bot, args=arguments, daemon=True)
    process.start()
    yield process
    process.terminate()
    process.join(10)


def rate(
    bot: Callable[..., None],
    people: int,
    *arguments: str,
    first: Sequence[str] = ("/baocao",),
    texts: Sequence[str] | Sequence[Sequence[str]] = ANSWERS,
    server: int | None = None,
) -> Rate:
    """Everybody answers all questions at once, each as fast as the bot asks; what is said `first` is not counted.

    `server`: the process of the database's server, if there is one.
    """
    with crowd(people) as everybody, running(bot, everybody.url, *arguments) as process:
        everybody.says(first, process.is_alive)
        before = seconds_of(process.pid), seconds_of(server)
        took, waits = everybody.says(texts, process.is_alive)
        after = seconds_of(process.pid), seconds_of(server)
        own, of_server = (1000 * (now - then) / len(waits) for now, then in zip(after, before, strict=True))
        return Rate(len(waits) / took, own, of_server)


def our_rate(reporters: int, profile: str, cluster: "Cluster | None" = None) -> Rate:
    """That of our bot on SQLite or on a cluster of PostgreSQL; AssertionError if an answer is not in its draft."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        url = cluster.new_database() if cluster else f"sqlite:///{folder}/giaoban.db"
        prepare(url, reporters)
        found = rate(giao_ban, reporters, url, profile, server=cluster.pid if cluster else None)
        assert answered(url) == reporters * len(ANSWERS), "an answer is missing"
        return found


def answered(url: str) -> int:
    """How many answers lie in the drafts."""
    from sqlalchemy import select

    from storage.database.engines import reading_engine
    from storage.database.tables import metadata

    engine = reading_engine(url)
    with engine.begin() as connection:
        return sum(len(answers) for answers in connection.execute(select(metadata.tables["draft"].c.answers)).scalars())


def databases(wanted: Collection[str] = DATABASES) -> Iterator[tuple[str, Callable[[], str]]]:
    """SQLite, and PostgreSQL where the machine has it, if they are `wanted`: (name, what makes an empty database's URL)."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        files = iter(range(100))
        if "sqlite" in wanted:
            yield "SQLite", lambda: f"sqlite:///{folder}/{next(files)}.db"
    if "postgresql" in wanted:
        with durable_cluster() as cluster:
            if cluster is not None:
                yield "PostgreSQL", cluster.new_database


@contextmanager
def durable_cluster() -> Iterator["Cluster | None"]:
    """A throw-away PostgreSQL that keeps what is committed (fsync=on, synchronous_commit=on); None where the machine has none."""
    from tests.cluster import DURABLE, Cluster
    from tests.machine import find_postgres

    programs = find_postgres()
    if programs is None:
        print("PostgreSQL is not on this machine; it was not measured.")
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        cluster = Cluster(programs, Path(folder), DURABLE)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()


def measure(rounds: int, answers: int) -> Iterator[Figure]:
    """So many answers of each bot in each round, the bots in turns."""
    reporters = -(-answers // len(ANSWERS))
    with durable_cluster() as cluster:
        bots: dict[str, Callable[[], Rate]] = {
            AIOGRAM: lambda: rate(echoes.aiogram, reporters),
            PTB: lambda: rate(echoes.telegram, reporters),
            SQLITE: lambda: our_rate(reporters, ""),
        }
        if cluster is not None:
            bots[POSTGRESQL] = lambda: our_rate(reporters, "", cluster)
        found: dict[str, list[Rate]] = {name: [] for name in bots}
        for _ in range(rounds):
            for name, one in bots.items():
                found[name].append(one())
    for name, aim in ((SQLITE, ">= 1.0"), (POSTGRESQL, ">= 0.8")):
        if name in found:
            yield from _beside(name, aim, found)


def _beside(name: str, aim: str, found: dict[str, list[Rate]]) -> Iterator[Figure]:
    ours, aiogram, ptb = ([each.answers for each in found[one]] for one in (name, AIOGRAM, PTB))
    yield Figure(f"answers, {name} ÷ {AIOGRAM}", aim, "a second", ours, aiogram)
    yield Figure(f"answers, {name} ÷ {PTB}", "", "a second", ours, ptb)
    own, its = [each.cpu for each in found[name]], [each.cpu for each in found[AIOGRAM]]
    yield Figure(f"processor time of an answer, {name} ÷ {AIOGRAM}", "<= 1.2", "ms", own, its)
    if name == POSTGRESQL:
        yield Figure(
            "processor time of an answer, PostgreSQL's server", "", "ms", [each.server for each in found[name]]
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown, or what the clerk's thread spent its time on."""
    parser = argparse.ArgumentParser(prog="python -m bench.answers", description=__doc__)
    parser.add_argument("--answers", type=int, default=3000, help="how many, at least (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="each bot so many times, in turns (default: %(default)s)")
    parser.add_argument(
        "--profile", default="", metavar="FILE", help="only keep cProfile's figures of the clerk's thread"
    )
    chosen = parser.parse_args(arguments)
    if chosen.profile:
        print(our_rate(-(-chosen.answers // len(ANSWERS)), chosen.profile))
        return
    print(HEAD)
    for each in measure(chosen.rounds, chosen.answers):
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
