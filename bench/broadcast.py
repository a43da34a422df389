"""A whole country is overdue at once, at Telegram's limits: the rate reached, 429s, and a reporter's wait meanwhile.

    python -m bench.broadcast [--communes 10599] [--rates 28 30] [--database sqlite postgresql]

The program is the real one, from the tick that plans a reminder for each commune to the speaker. It runs in a process of its own,
and so does the simulator, which keeps Telegram's limits, and in which one reporter after the other answers a report.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, func, select

from bench.answers import DATABASES, FORM, databases, running
from bench.country import settle
from bench.figure import Figure
from bench.phones import FIRST_CHAT, OVERDUE, START, Heard, phones
from reporting.say import Rank
from simulator import DEFAULT_TOKEN
from storage.database.engines import reading_engine, writing_engine
from storage.database.migrate import migrate
from storage.database.tables import metadata
from storage.reports import forms
from storage.schedule.reminder_log import REMIND

COMMUNES = 10_599
TELEGRAMS_RATE = 30.0
RATES = (28.0, TELEGRAMS_RATE)
SINCE = date(2021, 11, 1)
outbox, draft = metadata.tables["outbox"].c, metadata.tables["draft"].c
_REMINDERS = (outbox.rank.in_(REMIND), outbox.channel == "telegram")
_WAITING = case((outbox.state.in_(("new", "sending")), 1), else_=0)
_STOOD = select(func.count(), func.coalesce(func.sum(_WAITING), 0)).where(*_REMINDERS)
_BEGUN = select(func.count()).select_from(metadata.tables["draft"])
_SAID = select(
    func.count(), func.count(outbox.address.distinct()), func.min(outbox.said_at), func.max(outbox.said_at)
).where(*_REMINDERS, outbox.state == "said")


@dataclass(frozen=True, slots=True)
class Course:
    """How it went: reminders said, messages a second from the first to the last of them (replies are messages too), and seconds from
    the deadline until all were planned and in the outbox, and until the last was said.
    """

    reminders: int
    rate: float
    planned: float
    said: float


def furnish(url: str, communes: int) -> None:
    """A migrated database with the form that ships, a country of so many communes, and a reporter for each."""
    migrate(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        forms.publish(connection, FORM.read_bytes(), FORM.name, SINCE, START)
        settle(connection, communes, {"xã": ("reporter",)}, SINCE, FIRST_CHAT)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def giao_ban(url: str, database: str, rate: str) -> None:
    """The program as `giaoban run` runs it."""
    from bot.running.logs import log
    from bot.running.run import until_stopped
    from bot.settings import Settings

    where = {"bot_api_url": url, "clock_url": url, "database_url": database}
    settings = Settings(bot_token=DEFAULT_TOKEN, bot_rate=float(rate), log_level="WARNING", _env_file=None, **where)  # type: ignore[arg-type]  # all are words
    log(settings)
    asyncio.run(until_stopped(settings))


def measure(url: str, communes: int, rate: float) -> tuple[Course, Heard]:
    """One run on a new database. Raises RuntimeError when somebody was reminded twice, or not at all without having reported."""
    furnish(url, communes)
    with phones(communes) as everybody, running(giao_ban, everybody.url, url, str(rate)) as bot:
        everybody.are_answered(bot.is_alive)
        everybody.are_overdue()
        course = follow(url, communes, bot.is_alive)
        return course, everybody.heard()


def follow(url: str, communes: int, is_alive: Callable[[], bool]) -> Course:
    """Looks into the outbox until the last reminder is said."""
    engine = reading_engine(url)
    began, planned, waits = time.perf_counter(), 0.0, 1
    while waits or not planned:
        if not is_alive():
            raise RuntimeError("the bot has ended")
        with engine.begin() as connection:
            put, waits = connection.execute(_STOOD).one()
            begun = connection.execute(_BEGUN).scalar_one()
        if not planned and put + begun >= communes:
            planned = time.perf_counter() - began
        print(f"  {put - waits} of {communes}", end="\r", file=sys.stderr, flush=True)
        time.sleep(0.5 if planned else 0.05)
    with engine.begin() as connection:
        found = course_of(connection, communes, planned)
    engine.dispose()
    return found


def course_of(connection: Connection, communes: int, planned: float) -> Course:
    count, people, first, last = connection.execute(_SAID).one()
    begun = connection.execute(_BEGUN).scalar_one()
    if people != count or count + begun < communes:
        raise RuntimeError(f"{count} reminders to {people} of {communes} people, of whom {begun} have begun a report")
    reply = (outbox.rank <= int(Rank.REPLY), outbox.state == "said", outbox.said_at.between(first, last))
    replies = connection.execute(select(func.count()).where(*reply)).scalar_one()
    rate = (count + replies - 1) / (last - first).total_seconds()
    return Course(count, rate, planned, (last - OVERDUE).total_seconds())


def figures(communes: int) -> Iterator[Figure]:
    """At Telegram's own rate, on each database: a country of so many communes is overdue at once."""
    for name, new in databases():
        course, heard = measure(new(), communes, TELEGRAMS_RATE)
        where = f"{name}, {course.reminders:,} reminders"
        yield Figure(
            f"delivery, of Telegram's {TELEGRAMS_RATE:g} a second, {where}",
            ">= 98",
            "%",
            [100 * course.rate / TELEGRAMS_RATE],
        )
        yield Figure(f"429s provoked, {where}", "<= 0", "", [heard.refused])
        p95 = 1000 * statistics.quantiles(heard.waits, n=20)[-1]
        yield Figure(f"a reporter's wait meanwhile, p95, {where}", "<= 1000", "ms", [p95])


HEAD = """| database | communes | reminders | `BOT_RATE` | reached a second | of Telegram's 30 | 429s | planned, s | last said, s \
| answers | wait, median ms | p95 ms |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


def line(database: str, communes: int, rate: float, course: Course, heard: Heard) -> str:
    """A row of the table."""
    p95 = statistics.quantiles(heard.waits, n=20)[-1]
    return (
        f"| {database} | {communes:,} | {course.reminders:,} | {rate:g} | {course.rate:.2f}"
        f" | {course.rate / TELEGRAMS_RATE:.1%} | {heard.refused} | {course.planned:.1f} | {course.said:.0f}"
        f" | {len(heard.waits)} | {1000 * statistics.median(heard.waits):.0f} | {1000 * p95:.0f} |"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.broadcast", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--communes", type=int, default=COMMUNES)
    parser.add_argument("--rates", type=float, nargs="+", default=RATES, help="BOT_RATE in each run")
    parser.add_argument("--database", nargs="+", choices=DATABASES, default=DATABASES)
    chosen = parser.parse_args(arguments)
    print(f"load {os.getloadavg()[0]:.1f}\n\n{HEAD}", flush=True)
    for name, new in databases(chosen.database):
        for rate in chosen.rates:
            print(line(name, chosen.communes, rate, *measure(new(), chosen.communes, rate)), flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
