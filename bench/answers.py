"""How fast answers are taken beside bare echo bots of both libraries, and how long an answer waits for the next question."""

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
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bench import echoes
from bench.crowd import FIRST_CHAT, crowd
from simulator import DEFAULT_TOKEN

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

ROOT = Path(__file__).resolve().parents[1]
FORM = ROOT / "forms" / "covid_daily.md"
ANSWERS = ["3", "1", "2", "0", "0", "6", "15", "20", "0", "30", "2", "5", "40", "3", "5000", "1500", "2", "8", "1"]
"""The day's nineteen numbers, that no rule objects to."""
NOW = datetime.fromisoformat("2021-11-10T15:30+07:00")
SINCE = date(2021, 11, 1)
WORK = (34, 559)
"""Reporters at work at once: a district's, and a province's."""
DATABASES = ("sqlite", "postgresql")
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Rate:
    """Of one bot: answers a second by the clock on the wall, and milliseconds of its own processor time an answer."""

    answers: float
    cpu: float


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


def _used(pid: int | None) -> float:
    """Seconds of the processor, where /proc tells them; else 0."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def rate(
    bot: Callable[..., None],
    people: int,
    *arguments: str,
    first: Sequence[str] = ("/baocao",),
    texts: Sequence[str] | Sequence[Sequence[str]] = ANSWERS,
) -> Rate:
    """Everybody answers all questions at once, each as fast as the bot asks; what is said `first` is not counted."""
    with crowd(people) as everybody, running(bot, everybody.url, *arguments) as process:
        everybody.says(first, process.is_alive)
        before = _used(process.pid)
        took, waits = everybody.says(texts, process.is_alive)
        return Rate(len(waits) / took, 1000 * (_used(process.pid) - before) / len(waits))


def our_rate(reporters: int, profile: str) -> Rate:
    """That of our bot on SQLite; AssertionError if an answer is not in its draft."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        url = f"sqlite:///{folder}/giaoban.db"
        prepare(url, reporters)
        found = rate(giao_ban, reporters, url, profile)
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


def waits_of(url: str, reporters: int, think: float, seconds: float) -> list[float]:
    """Seconds from an answer to the next question, with so many reporters at work, each of whom thinks a while."""
    prepare(url, reporters)
    with crowd(reporters) as everybody, running(giao_ban, everybody.url, url) as process:
        everybody.says(["/baocao"], process.is_alive)
        return everybody.says(ANSWERS, process.is_alive, think, seconds)[1]


def databases(wanted: Collection[str] = DATABASES) -> Iterator[tuple[str, Callable[[], str]]]:
    """SQLite, and PostgreSQL where the machine has it, if they are `wanted`: (name, what makes an empty database's URL)."""
    from tests.cluster import Cluster
    from tests.machine import find_postgres

    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        files = iter(range(100))
        if "sqlite" in wanted:
            yield "SQLite", lambda: f"sqlite:///{folder}/{next(files)}.db"
    if "postgresql" not in wanted:
        return
    programs = find_postgres()
    if programs is None:
        print("PostgreSQL is not on this machine; it was not measured.")
        return
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        cluster = Cluster(programs, Path(folder))
        try:
            cluster.start()
            yield "PostgreSQL", cluster.new_database
        finally:
            cluster.stop()


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints two tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.answers", description=__doc__)
    parser.add_argument("--answers", type=int, default=3000, help="how many, at least (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=1, help="each bot so many times, in turns; the median counts")
    parser.add_argument(
        "--think", type=float, default=10.0, help="seconds between a question and its answer, on average"
    )
    parser.add_argument("--seconds", type=float, default=30.0, help="how long waits are measured, each time")
    parser.add_argument("--only", choices=("rate", "waits"), help="one of the two tables")
    parser.add_argument("--profile", default="", metavar="FILE", help="keep cProfile's figures of the clerk's thread")
    chosen = parser.parse_args(arguments)
    if chosen.only != "waits":
        _rates(-(-chosen.answers // len(ANSWERS)), chosen.rounds, chosen.profile)
    if chosen.only != "rate":
        _waits(chosen.think, chosen.seconds)


def _rates(reporters: int, rounds: int, profile: str) -> None:
    bots: dict[str, Callable[[], Rate]] = {
        "aiogram echo": lambda: rate(echoes.aiogram, reporters),
        "python-telegram-bot echo": lambda: rate(echoes.telegram, reporters),
        "Giao Ban, SQLite, synchronous=FULL": lambda: our_rate(reporters, profile),
    }
    found: dict[str, list[Rate]] = {name: [] for name in bots}
    for _ in range(rounds):
        for name, measure in bots.items():
            found[name].append(measure())
    base, other = (median(each.answers for each in found[name]) for name in list(bots)[:2])
    print(f"{reporters} reporters at once, {reporters * len(ANSWERS):,} answers, load {os.getloadavg()[0]:.1f}\n")
    print("| bot | answers/s | ÷ aiogram echo | ÷ PTB echo | own CPU, ms an answer |\n|---|---:|---:|---:|---:|")
    for name, several in found.items():
        answers, cpu = median(each.answers for each in several), median(each.cpu for each in several)
        print(f"| {name} | {answers:,.0f} | {answers / base:.2f} | {answers / other:.2f} | {cpu:.2f} |")
    print(flush=True)


def _waits(think: float, seconds: float) -> None:
    print(f"From an answer to the next question; each reporter thinks for {think:g} s on the average\n")
    print("| database | reporters at work | answers/s | median ms | p95 ms |\n|---|---:|---:|---:|---:|")
    for name, new in databases():
        for reporters in WORK:
            waits = waits_of(new(), reporters, think, seconds)
            p95 = quantiles(waits, n=20)[-1]
            print(
                f"| {name} | {reporters} | {len(waits) / seconds:,.0f} | {1000 * median(waits):,.0f} | {1000 * p95:,.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
