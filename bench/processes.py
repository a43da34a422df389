"""Two processes that hear by webhook, on one PostgreSQL, beside one: how much more they do, and what each part takes of the cores."""

import argparse
import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from bench.answers import ANSWERS, NOW, answered, durable_cluster, prepare, running
from bench.crowd import crowd
from bench.figure import HEAD, Figure
from bench.machine import cores
from bench.processor import seconds_of
from simulator import DEFAULT_TOKEN
from tests.cluster import Cluster

SECRET = "bench"  # noqa: S105  # between processes of this bench


@dataclass(frozen=True, slots=True)
class Shares:
    """Answers a second, and of how many cores each part has made use meanwhile, by its processor time."""

    answers: float
    bots: float
    server: float
    simulator: float

    @property
    def all(self) -> float:
        """What is short of the cores that there are was waited, for the disk or for each other."""
        return self.bots + self.server + self.simulator


def by_webhook(url: str, database: str, port: str) -> None:
    """Our bot with its limits lifted, heard at a port, until it is ended."""
    from bot.running.program import Program
    from bot.settings import Settings
    from reporting.pace import Limits

    lifted = Limits(rate=100_000, chat_seconds=0, burst=100_000, group=100_000, group_seconds=1)
    hook = {"webhook_url": _hook(port), "webhook_secret": SECRET, "webhook_listen": f"127.0.0.1:{port}"}
    settings = Settings(bot_token=DEFAULT_TOKEN, bot_api_url=url, database_url=database, _env_file=None, **hook)  # type: ignore[arg-type]  # all are words
    asyncio.run(Program(settings, lambda: NOW, lifted).run())


def _hook(port: str) -> str:
    return f"http://127.0.0.1:{port}/hook"


def shares(cluster: Cluster, processes: int, reporters: int) -> Shares:
    """Everybody answers everything; AssertionError if an answer is not in its draft."""
    database = cluster.new_database()
    prepare(database, reporters)
    ports = [_free_port() for _ in range(processes)]
    with ExitStack() as stack:
        everybody = stack.enter_context(crowd(reporters))
        bots = [stack.enter_context(running(by_webhook, everybody.url, database, port)) for port in ports]
        everybody.is_heard_at([_hook(port) for port in ports], SECRET)

        def are_alive() -> bool:
            return all(each.is_alive() for each in bots)

        def taken() -> tuple[float, float, float]:
            return seconds_of(*(each.pid for each in bots)), seconds_of(cluster.pid), seconds_of(everybody.pid)

        everybody.says(["/baocao"], are_alive)
        before = taken()
        took, waits = everybody.says(ANSWERS, are_alive)
        shares_of = [(now - then) / took for now, then in zip(taken(), before, strict=True)]
    assert answered(database) == reporters * len(ANSWERS), "an answer is missing"
    return Shares(len(waits) / took, *shares_of)


def _free_port() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def measure(rounds: int, answers: int) -> Iterator[Figure]:
    """One process and two, in turns."""
    reporters = -(-answers // len(ANSWERS))
    with durable_cluster() as cluster:
        if cluster is None:
            return
        found: list[tuple[Shares, Shares]] = [
            (shares(cluster, 2, reporters), shares(cluster, 1, reporters)) for _ in range(rounds)
        ]
    two, one = ([each[place] for each in found] for place in (0, 1))
    rates = [[each.answers for each in side] for side in (two, one)]
    there = f"of {cores():g} cores"
    yield Figure(
        f"answers, two processes by webhook ÷ one, {there} for them, the database and the simulator",
        ">= 1.7",
        "a second",
        *rates,
    )
    for what, words in WHAT.items():
        taken = [[getattr(each, what) for each in side] for side in (two, one)]
        yield Figure(f"{there}, {words}, two processes ÷ one", "", "cores", *taken)


WHAT = {"bots": "the bot", "server": "PostgreSQL", "simulator": "the simulator", "all": "these together"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.processes", description=__doc__)
    parser.add_argument("--answers", type=int, default=3000, help="how many, at least (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="each so many times, in turns (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(HEAD)
    for each in measure(chosen.rounds, chosen.answers):
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
