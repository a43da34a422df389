"""Two processes of `giaoban run` on one database, each with its own way to the simulator, so that it is seen which does what."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
from aiohttp import web

from simulator import DEFAULT_TOKEN, Simulator
from storage.database.process_locks import THE_CLOCK

HOST = "127.0.0.1"
PATIENCE = 60.0
_BACKENDS = "select count(*) from pg_stat_activity where application_name = %(name)s"
_TICKS = """
select activity.application_name from pg_locks as held join pg_stat_activity as activity using (pid)
where held.locktype = 'advisory' and held.granted and activity.wait_event_type = 'Lock'
and (held.classid::bigint << 32) | held.objid::bigint = %(clock)s
"""


class Running:
    """A process of the bot, known to PostgreSQL by its `name`; `hears`: it asks Telegram for updates at this moment.

    `changed` is set whenever it begins or ceases to hear.
    """

    def __init__(self, simulator: Simulator, name: str, folder: Path, changed: asyncio.Event) -> None:
        self.name, self.hears = name, False
        self._simulator, self._folder, self._changed = simulator, folder, changed
        app = web.Application()
        app.router.add_post("/bot{token:[^/]+}/{method}", self._called)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._process: subprocess.Popen[bytes] | None = None

    async def _called(self, http: web.Request) -> web.StreamResponse:
        polls = http.match_info["method"] == "getUpdates"
        self._now_hears(polls or self.hears)
        try:
            return await self._simulator.api.call(http)
        finally:
            self._now_hears(self.hears and not polls)

    def _now_hears(self, hears: bool) -> None:
        self.hears = hears
        self._changed.set()

    async def start(self, database: str) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0)
        await site.start()
        port = self._runner.addresses[0][1]
        settings = {
            "BOT_TOKEN": DEFAULT_TOKEN,
            "BOT_API_URL": f"http://{HOST}:{port}",
            "CLOCK_URL": self._simulator.url,
            "DATABASE_URL": f"{database}&application_name={self.name}",
        }
        self._process = self._begins(settings)

    def _begins(self, settings: dict[str, str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bot.cli.main", "run"]
        with (self._folder / f"{self.name}.log").open("wb") as log:
            return subprocess.Popen(command, env=os.environ | settings, cwd=self._folder, stdout=log, stderr=log)

    @property
    def is_there(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def is_killed(self) -> None:
        assert self._process is not None
        assert self.is_there, f"{self.name} had ended by itself"
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE)
        self.hears = False

    async def close(self) -> None:
        if self.is_there:
            self.is_killed()
        await self._runner.cleanup()


class Two:
    """Both processes."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self._changed = asyncio.Event()
        self.both = [Running(simulator, name, folder, self._changed) for name in ("one", "other")]

    async def which_hears(self) -> Running:
        """The one that hears, once it is one alone: Telegram lets only one ask."""
        while sum(each.hears for each in self.both) != 1:
            await self._changes()
        return next(each for each in self.both if each.hears)

    async def start(self, database: str) -> None:
        """Returns when each has asked for updates once: then it is at work."""
        waiting = list(self.both)
        for each in self.both:
            await each.start(database)
        while waiting := [each for each in waiting if not each.hears]:
            await self._changes()

    async def _changes(self) -> None:
        self._changed.clear()
        async with asyncio.timeout(PATIENCE):
            await self._changed.wait()


@asynccontextmanager
async def two_running(simulator: Simulator, database: str, folder: Path) -> AsyncIterator[Two]:
    """Two of them at work; what still runs at the end is killed."""
    two = Two(simulator, folder)
    try:
        await two.start(database)
        yield two
    finally:
        for each in two.both:
            await each.close()


@asynccontextmanager
async def ticks_stand_still(database: str) -> AsyncIterator["Still"]:
    """Nothing can be recorded as said: whoever ticks stays in the middle of it, and holds the clock's lock."""
    async with await psycopg.AsyncConnection.connect(database) as connection:
        await connection.execute("lock table said in share mode")
        yield Still(database)
        await connection.rollback()


class Still:
    """Looks at who ticks, over a connection of its own."""

    def __init__(self, database: str) -> None:
        self._database = database

    async def who_ticks(self) -> str:
        """The name of the process that holds the clock's lock and cannot go on."""
        found = await _until(self._database, _TICKS, {"clock": THE_CLOCK}, bool)
        return str(found)


async def is_gone(database: str, name: str) -> None:
    """Returns when PostgreSQL has noticed that a process is dead, and undone what it had begun."""
    await _until(database, _BACKENDS, {"name": name}, lambda count: count == 0)


async def _until(database: str, query: Any, values: dict[str, Any], is_so: Any) -> Any:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        async with asyncio.timeout(PATIENCE):
            while True:
                row = await (await connection.execute(query, values)).fetchone()
                if is_so(row[0] if row else None):
                    return row[0] if row else None
                await asyncio.sleep(0.02)  # no event tells of another's locks
