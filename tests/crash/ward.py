"""The ward: a simulator, a database, and a bot in a process of its own that is started again whenever it was killed."""

import asyncio
import json
import os
import signal
import subprocess
from collections import Counter, deque
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import func, select

from simulator import Simulator
from simulator.zalo import ZaloSimulator
from storage.database.engines import reading_engine
from storage.database.tables import metadata
from tests.crash.commune import NAME, REPORTER
from tests.crash.messengers import AtTelegram, AtZalo, Came, Hand, Messenger, TelegramHand, ZaloHand
from tests.crash.traps import Trap
from tests.forked_bot import begin_zygote

PATIENCE = 60.0
GLANCE = 0.02
tables = metadata.tables
inbox = tables["inbox"]


class Zygote:
    """The process that forks bots, one at a time."""

    def __init__(self) -> None:
        self._process = begin_zygote("tests.crash.zygote")
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n", "the zygote cannot import the bot"

    async def begin(self, order: dict[str, Any]) -> int:
        """Forks a bot; its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return await self.ended()

    async def ended(self) -> int:
        """How the bot ended: its exit code, negative for a signal."""
        assert self._process.stdout is not None
        line = await asyncio.to_thread(self._process.stdout.readline)
        if not line:
            raise RuntimeError("the zygote has ended")
        return int(line)

    def close(self) -> None:
        """The zygote ends when it has nothing more to read."""
        with suppress(subprocess.TimeoutExpired):
            self._process.communicate(timeout=PATIENCE)
        self._process.kill()


@dataclass
class Ward:
    """One bot on one database, with traps laid for its first lives. Use it as `async with`; `person` is its reporter."""

    zygote: Zygote
    simulator: Simulator
    database_url: str
    log: Path
    traps: deque[Trap]
    zalo: ZaloSimulator | None = None
    """If there is one the reporter writes there."""
    more: dict[str, str] = field(default_factory=dict)
    """Settings of this test's own."""
    deaths: int = 0
    confirmed: list[bool] = field(default_factory=list)
    """At each death, whether the messengers had been told that everything was stored."""

    def __post_init__(self) -> None:
        self.engine = reading_engine(self.database_url)
        self.simulator.clock.run(0)
        self.messengers: list[Messenger] = [AtTelegram(self.simulator), *([AtZalo(self.zalo)] if self.zalo else [])]
        self.person = self.hand()
        self._stored, self._inbox_read = set[tuple[str, str]](), 0
        self._known: list[tuple[str, str]] = []
        self.process, self._is_over = 0, False
        self.died = asyncio.Event()

    async def dies(self) -> None:
        """Waits until the bot has been killed once; fails with its log where it ends in another way, or not at all."""
        died = asyncio.create_task(self.died.wait())
        await asyncio.wait({died, self._keeping}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        died.cancel()
        assert self.deaths, self.logged()

    def hand(self) -> Hand:
        """Of the one reporter, where he writes."""
        if self.zalo is not None:
            return ZaloHand(self.zalo.person(NAME))
        return TelegramHand(self.simulator.person(NAME, id=REPORTER))

    async def __aenter__(self) -> Self:
        self._keeping = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_over = True
        if not self._keeping.done():
            self._kill()
            await asyncio.wait({self._keeping}, timeout=PATIENCE)
        self.engine.dispose()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            if self.process:
                os.kill(self.process, signal.SIGKILL)

    async def _keep(self) -> int:
        """Starts the bot, again after each of its deaths; its exit code when it ended in another way."""
        while True:
            order = self._order()
            self.process = await self.zygote.begin(order)
            if self._is_over:  # a life that began when nobody wanted one any more would be waited for without end
                self._kill()
            ended = await self.zygote.ended()
            if ended != -signal.SIGKILL or self._is_over:
                return ended
            self.deaths += 1
            self.died.set()
            self._lose_nothing()

    def next_trap(self) -> Trap:
        """What the next life runs into; none when all traps were laid."""
        return self.traps.popleft() if self.traps else Trap(())

    def _order(self) -> dict[str, Any]:
        trap = self.next_trap()
        settings = {"database_url": self.database_url, "clock_url": self.simulator.url}
        for each in self.messengers:
            settings |= each.settings()
        settings |= self.more
        steps = [list(asdict(step).values()) for step in trap.steps]
        return {"settings": settings, "steps": steps, "pause": trap.pause, "log": str(self.log)}

    def _lose_nothing(self) -> None:
        """What a messenger has been told is stored is stored."""
        self.confirmed.append(not any(each.has_waiting() for each in self.messengers))
        told = set[tuple[str, str]]().union(*(each.told() for each in self.messengers))
        with self.engine.begin() as connection:
            new = select(inbox.c.id, inbox.c.channel, inbox.c.update_id).where(inbox.c.id > self._inbox_read)
            for row in connection.execute(new):
                self._inbox_read = max(self._inbox_read, row.id)
                self._stored.add((row.channel, row.update_id))
        lost = told - self._stored
        assert not lost, f"confirmed and lost: {lost}"

    def rows(self, table: str, *columns: str) -> list[Any]:
        """The rows of a table as they are now, in the order of their keys."""
        wanted = tables[table].c
        query = select(*(wanted[name] for name in columns or wanted.keys()))
        with self.engine.begin() as connection:
            return list(connection.execute(query.order_by(*tables[table].primary_key)))

    async def hears(self, *fragments: str) -> Came:
        """The next message that is no copy of one before; it has all of these in it."""
        while True:
            message = await self._next()
            if message.identity not in self._known:
                break
        self._known.append(message.identity)
        shown = f"{message.text}\n" + " ".join(f"[{label}]" for label in message.labels)
        for fragment in fragments:
            assert fragment in shown, f"{fragment!r} is not in:\n{shown}"
        return message

    async def _next(self) -> Came:
        """The next message; whatever goes wrong in the keeping of the bot is raised here."""
        hearing = asyncio.create_task(self.person.next_message(PATIENCE))
        await asyncio.wait({hearing, self._keeping}, return_when=asyncio.FIRST_COMPLETED)
        if not hearing.done():
            hearing.cancel()
            raise AssertionError(f"the bot has ended with {self._keeping.result()}:\n{self.logged()}")
        return await hearing

    def logged(self) -> str:
        """What the bot has written into its log in all its lives."""
        return self.log.read_text() if self.log.exists() else ""

    async def settled(self) -> None:
        """Until nothing waits to be handled or said."""
        for each in self.messengers:
            await each.idle(PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while self._waits():  # noqa: ASYNC110  # another process writes there: nothing tells us of it
                await asyncio.sleep(GLANCE)

    def _waits(self) -> int:
        queues = (("inbox", ("new",)), ("outbox", ("new", "sending")))
        with self.engine.begin() as connection:
            counts = [select(func.count()).where(tables[name].c.state.in_(states)) for name, states in queues]
            return sum(int(connection.execute(count).scalar_one()) for count in counts)

    async def stops(self) -> int:
        """Ends the bot as an operator does; its exit code."""
        os.kill(self.process, signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            return await self._keeping

    def copies(self) -> dict[str, tuple[int, int, int]]:
        """Of each message by its text and buttons: how many rows stand for it, their uncertain deliveries, the copies that came."""
        rows: Counter[str] = Counter()
        uncertain: Counter[str] = Counter()
        spoken = [row for row in self.rows("outbox") if "text" in row.say]  # the others set menus
        for row in spoken:
            buttons = [[button.get("press", "") for button in line] for line in row.say.get("buttons", ())]
            rows[f"{row.say['text']} {buttons}"] += 1
            uncertain[f"{row.say['text']} {buttons}"] += row.uncertain
        came: Counter[str] = Counter()
        for messenger in self.messengers:
            for (_, text), times in messenger.came().items():
                came[text] += times
        return {text: (rows[text], uncertain[text], came[text]) for text in rows | came}
