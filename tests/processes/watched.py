"""`giaoban run` as whoever runs it has it: a process with its log, its health, and a clock that is turned by hand."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp

from bot.running.alerts import HOLDS
from simulator import DEFAULT_TOKEN, Simulator
from simulator.person import Person
from simulator.seen import Seen
from tests.ports import free_port

START = datetime.fromisoformat("2021-11-10T15:30+07:00")
MINUTE = timedelta(minutes=1)
MOST_MINUTES = 20
"""What is wrong is told at the second or third look, what is over some minutes later: who hears nothing until then hears nothing."""
LOGGED, ON_ITS_WAY = "Alert: ", 15.0
PATIENCE = 60.0
GIVEN_UP = "This minute's tick is given up"


class Watched:
    """A process on `database`, whose alerts go to `desk`. `settings`: more of them, as they stand in the environment."""

    def __init__(self, simulator: Simulator, database: str, folder: Path, settings: dict[str, str]) -> None:
        self.simulator = simulator
        self.desk: Person = simulator.person("Trực hệ thống")
        self._page, self._folder = f"127.0.0.1:{free_port()}", folder
        self._settings = {
            "BOT_TOKEN": DEFAULT_TOKEN,
            "BOT_API_URL": simulator.url,
            "CLOCK_URL": simulator.url,
            "DATABASE_URL": database,
            "DESK_LISTEN": self._page,
            "ALERT_CHAT": str(self.desk.id),
            "LOG_LEVEL": "DEBUG",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None
        self._counted = 0.0

    @property
    def log(self) -> str:
        return (self._folder / "giaoban.log").read_text(encoding="utf-8")

    async def start(self, **settings: str) -> None:
        """Returns when it is at work. `settings`: others from now on."""
        self._settings |= settings
        with (self._folder / "giaoban.log").open("ab") as log:
            command = (sys.executable, "-m", "bot.cli.main", "run")
            self._process = await asyncio.create_subprocess_exec(
                *command, env=os.environ | self._settings, cwd=self._folder, stdout=log, stderr=log
            )
        async with asyncio.timeout(PATIENCE):
            while "starting" in await self.troubles():  # noqa: ASYNC110  # no event tells of another process
                await asyncio.sleep(0.05)

    async def stop(self) -> int:
        """Its exit status once it has ended in order."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), PATIENCE)

    async def is_killed(self) -> None:
        """What still runs is ended."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def is_ready(self) -> None:
        """Returns when nothing stands in the way of its work."""
        async with asyncio.timeout(PATIENCE):
            while await self.troubles():  # noqa: ASYNC110  # no event tells of another process
                await asyncio.sleep(0.05)

    async def troubles(self, path: str = "/readyz") -> list[str]:
        """What stands in the way of its work; «starting» while nobody listens there."""
        status, told = await self._asked(path)
        if not status:
            return ["starting"]
        found: list[str] = json.loads(told)["troubles"]
        assert status == (503 if found else 200)
        return found

    async def metric(self, name: str) -> float | None:
        """A sample by its name and labels; None where the metrics cannot be told."""
        _, told = await self._asked("/metrics")
        found = re.search(rf"^{re.escape(name)} (\S+)$", told, re.MULTILINE)
        return float(found[1]) if found else None

    async def logs(self, words: str) -> None:
        """Returns when a line with these words is in its log."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.log:  # noqa: ASYNC110  # no event tells of another process
                await asyncio.sleep(0.05)

    async def _asked(self, path: str) -> tuple[int, str]:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"http://{self._page}{path}") as answer:
                return answer.status, await answer.text()
        except aiohttp.ClientError:
            return 0, ""

    async def minute(self, length: timedelta = MINUTE) -> None:
        """The clock goes on, and a tick comes to its end, be it that it is given up."""
        before = await self._ticks()
        self.simulator.clock.move_to(self.simulator.clock.now() + length)
        async with asyncio.timeout(PATIENCE):
            while await self._ticks() == before:  # noqa: ASYNC110  # no event tells of another process
                await asyncio.sleep(0.05)

    async def _ticks(self) -> float:
        counted = await self.metric("giaoban_tick_seconds_count")
        self._counted = self._counted if counted is None else counted
        return self._counted + self.log.count(GIVEN_UP)

    async def desk_hears_that_it_is_over(self, *fragments: str) -> str:
        """As long after as nothing of it has been found any more."""
        await self.minute(HOLDS + MINUTE)
        return await self.desk_hears("✅ Đã ổn trở lại", *fragments)

    async def desk_hears(self, *fragments: str) -> str:
        """The next message to the desk, some minutes on at the most; it has all of these in it."""
        heard = (await self._next_to_desk()).text
        for fragment in fragments:
            assert fragment in heard, f"{fragment!r} is not in:\n{heard}"
        return heard

    async def _next_to_desk(self) -> Seen:
        """The clock stands while an alert that is in the log is on its way: a message that waits is an alert itself."""
        logged = self.log.count(LOGGED)
        for _ in range(MOST_MINUTES):
            if self.log.count(LOGGED) > logged or self.desk.unheard():
                logged = self.log.count(LOGGED)
                with suppress(TimeoutError):  # one that gets better is in the log alone
                    return await self.desk.next_message(ON_ITS_WAY)
            await self.minute()
        return await self.desk.next_message(PATIENCE)


@asynccontextmanager
async def watched(database: str, folder: Path, **settings: str) -> AsyncIterator[Watched]:
    """One that is at work, beside a simulator whose clock stands; the desk has begun to talk with it and has heard nothing yet.

    At the end it stops in order, the desk has heard nothing more, and nobody is named in its log, in all the detail that there is.
    """
    async with Simulator(start=START, seed=1) as simulator:
        simulator.clock.run(0)
        simulator.bot()
        bot = Watched(simulator, database, folder, settings)
        try:
            await bot.start()
            await bot.desk.starts()
            await bot.desk.next_message(PATIENCE)
            yield bot
            assert await bot.stop() == 0
            assert bot.desk.unheard() == []
            assert [who for each in simulator.people for who in (each.name, str(each.id)) if who in bot.log] == []
        finally:
            await bot.is_killed()
