"""A speaker with its database, at the simulator: what a test puts into the outbox is said to simulated people."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, select

from bot.running.http_transport import Wire
from bot.telegram.speaker import Speaker
from reporting.pace import Limits
from reporting.people import Address
from reporting.say import Drawn, Rank, Say
from simulator import Simulator
from simulator.chats import Chat
from simulator.person import Person
from storage.database.engines import EngineMemory, writing_engine
from storage.database.tables import metadata
from storage.messages import delivery, outbox
from tests.channels import CHANNELS
from tests.cluster import Cluster
from tests.postgres import fresh_database
from tests.sqlite import fresh_sqlite

T = TypeVar("T")
HURRIED = Limits(rate=29.9, chat_seconds=0.01, burst=20)
PATIENCE = 60.0


def draw(drawn: Drawn) -> bytes:
    """A picture of one point, or a text."""
    if drawn.maker == "broken":
        raise ValueError("no ink")
    return PIXEL if drawn.maker == "picture" else str(drawn.kept["text"]).encode()


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)


def tables(url: str) -> None:
    """A database with our tables in it."""
    engine = writing_engine(url)
    metadata.create_all(engine)
    engine.dispose()


def database_url(kind: str, folder: Path, postgres: Callable[[], Cluster]) -> str:
    """A new database with our tables: «sqlite» or «postgresql»."""
    if kind == "postgresql":
        return fresh_database(postgres(), tables)
    return fresh_sqlite(folder / "outbox.db", tables)


class Mouth:
    """A speaker that can be started and stopped, and the outbox it empties."""

    def __init__(self, sim: Simulator, url: str, limits: Limits = HURRIED, **options: Any) -> None:
        self.sim = sim
        self.engine: Engine = writing_engine(url)
        self.limits, self.options, self.drawn = limits, options, list[str]()
        self._ahead = 0.0
        self.speaker = self.new_speaker()
        self._task: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()
        self._written = asyncio.Event()
        self.lost_commits = self.repeated_commits = 0
        self.writings = list[tuple[float, float]]()
        """When each of the speaker's transactions was asked for and when it was over, in the loop's seconds."""

    def new_speaker(self) -> Speaker:
        token = self.sim.first_bot.token
        where = self.options.get("api_url", self.sim.url)
        options = {name: value for name, value in self.options.items() if name != "api_url"}
        return Speaker(
            token, where, self._writes, self.now, self.draw, limits=self.limits, steady=self.steady, **options
        )

    def steady(self) -> float:
        """Seconds of the speaker's steady clock."""
        return time.monotonic() + self._ahead

    async def passes(self, seconds: float) -> None:
        """So much time is over at once, here and at Telegram; the speaker looks what that has changed."""
        self._ahead += seconds
        self.sim.clock.advance(timedelta(seconds=seconds))
        EngineMemory.of(self.engine).puts += 1
        self.speaker.wake()

    @property
    def wire(self) -> Wire:
        """By which the speaker reaches Telegram."""
        return self.speaker._request._line

    def draw(self, drawn: Drawn) -> bytes:
        """Keeps the name of what is drawn in `drawn`."""
        self.drawn.append(drawn.file_name)
        return draw(drawn)

    def now(self) -> datetime:
        return self.sim.clock.now()

    async def _writes(self, change: Callable[[Connection], T]) -> T:
        """For the speaker."""
        clock = asyncio.get_running_loop().time
        asked_at = clock()
        made = await self.write(change)
        self.writings.append((asked_at, clock()))
        return made

    async def write(self, change: Callable[[Connection], T]) -> T:
        """As the clerk does it: one after the other, in another thread, with an echo to the speaker. Of so many as are in
        `lost_commits` it is not heard that they were committed, and of so many in `repeated_commits` neither: those the clerk does
        again himself.
        """

        def transaction() -> T:
            with self.engine.begin() as connection:
                return change(connection)

        async with self._lock:
            made = await asyncio.to_thread(transaction)
            while self.repeated_commits:
                self.repeated_commits -= 1
                made = await asyncio.to_thread(transaction)
        self.speaker.wake()
        self._written.set()
        if self.lost_commits:
            self.lost_commits -= 1
            raise ConnectionError("the connection was lost at the commit")
        return made

    async def puts(self, *says: Say) -> list[int]:
        return await self.write(lambda connection: outbox.put(connection, says, self.now(), CHANNELS))

    def rows(self) -> list[Any]:
        """The outbox, oldest first."""
        with self.engine.connect() as connection:
            return list(connection.execute(select(outbox.outbox).order_by(outbox.outbox.c.id)).all())

    def paused(self) -> dict[str, datetime]:
        """The chats that are left in peace."""
        with self.engine.connect() as connection:
            return delivery.paused(connection, self.speaker.channel, self.now())

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    async def settles(self, *states: str) -> list[Any]:
        """Waits until the rows are in these states; the rows."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self._written.clear()
                async with self._lock:
                    rows = self.rows()
                if [row.state for row in rows] == list(states):
                    return rows
                await self._written.wait()

    async def next_write(self) -> None:
        """Waits for the next transaction."""
        async with asyncio.timeout(PATIENCE):
            self._written.clear()
            await self._written.wait()

    async def is_told_to_wait(self, *people: Person) -> None:
        """Returns when Telegram wants these chats to be left in peace, and that is written down."""
        async with asyncio.timeout(PATIENCE):
            while not {str(each.id) for each in people} <= self.paused().keys():
                self._written.clear()
                await self._written.wait()

    def starts(self) -> None:
        self._task = asyncio.create_task(self.speaker.run())

    async def stops(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def starts_again(self) -> None:
        """As after a restart of the program: nothing is left in memory."""
        await self.stops()
        self.speaker = self.new_speaker()
        self.starts()


@asynccontextmanager
async def mouth_at(url: str, limits: Limits = HURRIED, **options: Any) -> AsyncIterator[Mouth]:
    """A running speaker at a simulator of its own."""
    async with Simulator(start=datetime(2021, 11, 10, 8, 30, tzinfo=UTC), speed=1.0) as sim:
        sim.bot()
        mouth = Mouth(sim, url, limits, **options)
        mouth.starts()
        try:
            yield mouth
        finally:
            await mouth.stops()
            mouth.engine.dispose()


async def somebody(sim: Simulator, name: str) -> Person:
    """A person who has started the bot, which may write to him since."""
    person = sim.person(name)
    await person.starts()
    return person


def say(to: Person | Chat, text: str, rank: Rank = Rank.REPLY, **more: Any) -> Say:
    return Say(Address("telegram", str(to.id)), text, rank=rank, **more)
