"""Two processes on PostgreSQL: each message comes once; when one is killed the other goes on within a minute."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from simulator import Simulator
from simulator.person import Person
from storage import people, units
from storage.engines import writing_engine
from storage.tables import metadata
from tests.cluster import Cluster
from tests.conversations.house import START, TOKEN, prepare
from tests.postgres import fresh_database

A_MINUTE = 60.0
outbox = metadata.tables["outbox"]


@contextmanager
def giaoban_run(url: str, database: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the bot; it is killed at the end if it still runs."""
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": url, "CLOCK_URL": url, "DATABASE_URL": database}
    command = [sys.executable, "-m", "bot.cli", "run"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=os.environ | settings, cwd=log.parent, stdout=file, stderr=file)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(10)


def invite(database: str, code: str) -> None:
    engine = writing_engine(database)
    with engine.begin() as connection:
        unit = units.tree(connection).find("15742", START.date())
        assert unit is not None
        people.invite(connection, code, "reporter", unit.id, datetime.max.replace(tzinfo=START.tzinfo), 1, START)
    engine.dispose()


class Listener:
    """Takes what comes; a message that comes again word for word is counted as a copy of the one before."""

    def __init__(self, person: Person) -> None:
        self.person, self.copies, self.last = person, 0, ""

    async def hears(self, words: str) -> None:
        heard = await self.person.next_message(timeout=A_MINUTE)
        while heard.text == self.last:
            self.copies += 1
            heard = await self.person.next_message(timeout=A_MINUTE)
        assert words in heard.text
        self.last = heard.text


@pytest.mark.timeout(300)
async def test_when_one_is_killed_the_other_goes_on_within_a_minute(postgres: Cluster, tmp_path: Path) -> None:
    database = fresh_database(postgres, prepare)
    invite(database, "for-nam")
    async with Simulator(start=START, seed=1) as simulator:
        simulator.clock.run(0)
        simulator.bot()
        nam = simulator.person("Lê Văn Nam")
        listener = Listener(nam)
        with (
            giaoban_run(simulator.url, database, tmp_path / "one.log") as one,
            giaoban_run(simulator.url, database, tmp_path / "two.log") as two,
        ):
            await nam.starts("for-nam")
            await listener.hears("Kính chào đồng chí Lê Văn Nam")
            await nam.says("/baocao")
            await listener.hears("(1/20)")
            one.send_signal(signal.SIGKILL)
            await nam.says("3")
            await listener.hears("(2/20)")
            assert two.poll() is None
            await nam.says("1")
            await listener.hears("(3/20)")
        assert nam.unheard() == []
    engine = writing_engine(database)
    with engine.begin() as connection:
        rows = connection.execute(select(outbox.c.state, outbox.c.uncertain).where(outbox.c.key != "menu")).all()
    engine.dispose()
    assert {row.state for row in rows} <= {"said", "sending"}
    assert listener.copies <= sum(row.uncertain for row in rows)
