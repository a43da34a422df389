"""A year of a district: reports come or not, and what can go wrong with two processes, their network and Telegram does."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from reporting.rules import read_rules
from simulator import Simulator
from storage import said
from tests.reminders.audience import IN_GROUPS, IN_PRIVATE, Audience, Message
from tests.reminders.door import Door
from tests.reminders.process import Process
from tests.reminders.town import DAY, REMIND, ZONE, Town, at, days, outbox

RULES = {rule.key: rule for rule in read_rules(REMIND)}
REPORTING = ("Thọ Dân", "Dân Lực", "Nưa")
PATIENCE = 30.0
LATE_SECONDS = 1.2
"""An answer that comes so late is not waited for."""
FAULTS: tuple[dict[str, Any], ...] = (
    {"drop": "before"},
    {"drop": "after"},
    {"garbage": True},
    {"status": 502},
    {"status": 500, "after_effect": True},
    {"status": 429, "retry_after": 17},
)


@dataclass
class Chronicle:
    """What happened. `ticked`: when a tick came to its end and all that was to be said was said.

    `doubts`: how often Telegram, the network or a death left us in doubt whether a message had come.
    """

    sent: dict[tuple[str, date], datetime] = field(default_factory=dict)
    ticked: list[datetime] = field(default_factory=list)
    doubts: Counter[Message] = field(default_factory=Counter)
    deaths: int = 0


class Year:
    """Lives through days as the dice of its seed fall."""

    def __init__(self, town: Town, simulator: Simulator, audience: Audience, seed: int) -> None:
        self.town, self.simulator, self.audience = town, simulator, audience
        self.dice = random.Random(seed)
        self.chronicle = Chronicle()
        self._changed = asyncio.Event()
        self._doors = [Door(simulator, self._doubts, self._answered) for _ in range(2)]
        self._processes = [
            Process(town.url, simulator, door, name, self._changed)
            for door, name in zip(self._doors, ("one", "other"), strict=True)
        ]
        self._is_connected = True
        self._hushed: set[str] = set()

    async def live(self, count: int) -> Chronicle:
        moving = {name: DAY + timedelta(days=self.dice.randrange(count)) for name in IN_GROUPS}
        try:
            await self._connect(True)
            complete = False
            for now, reporting in moments(self.dice, count):
                async with self._at_rest() as waiting:
                    if complete and not waiting:
                        self.chronicle.ticked.append(self.simulator.clock.now())
                    self.simulator.clock.move_to(now)
                    self._send(reporting, now)
                    await self._trouble(now.astimezone(ZONE).date(), moving)
                    await self._start_again(0.7)
                complete = await self._tick()
            await self._end()
        finally:
            for each in self._processes:
                await each.stops()
            for door in self._doors:
                await door.close()
        return self.chronicle

    @asynccontextmanager
    async def _at_rest(self) -> AsyncIterator[Sequence[Row[Any]]]:
        """Nobody writes, and nothing is on its way: what can be said has been said. Gives what waits all the same."""
        async with AsyncExitStack() as pens:
            async with asyncio.timeout(PATIENCE):
                while True:
                    self._changed.clear()
                    for each in self._processes:
                        if each.runs and each.is_dead:
                            await self._stop(each)
                    for each in self._processes:
                        if each.runs:
                            await pens.enter_async_context(each.pen)
                    waiting = self._waiting()
                    if self._is_calm(waiting):
                        break
                    await pens.aclose()
                    await self._changed.wait()
            yield waiting

    async def _stop(self, process: Process) -> None:
        """Stops it, or clears it away if it was killed: what it was saying then may have come."""
        await process.stops()
        if process.is_dead:
            self.chronicle.deaths += 1
            for row in self._waiting():
                if row.claimed_by == process.owner and row.state == "sending":
                    self._doubts(int(row.address), row.say["text"])

    def _waiting(self) -> Sequence[Row[Any]]:
        waits = outbox.c.state.in_(("new", "sending"))
        with self.town.engine.begin() as connection:
            return connection.execute(select(outbox).where(waits)).all()

    def _is_calm(self, waiting: Sequence[Row[Any]]) -> bool:
        living = {each.owner for each in self._processes if each.runs and not each.is_dead}
        saying = {row.address: row.claimed_by for row in waiting if row.state == "sending"}
        if any(each.runs and each.is_dead for each in self._processes) or any(door.underway for door in self._doors):
            return False
        if living & set(saying.values()):
            return False
        if not living or len(self._hushed) > 1:
            return True
        free = [row for row in waiting if row.address not in self._hushed | saying.keys()]
        return not free or (not self._is_connected and any(row.error for row in free))

    def _doubts(self, chat: int, html: str) -> None:
        self.chronicle.doubts[self.audience.message(str(chat), html)] += 1

    def _answered(self, chat: int, status: int) -> None:
        if status == 429:
            self._hushed.add(str(chat))
        else:
            self._hushed.discard(str(chat))

    def _send(self, units: Sequence[str], now: datetime) -> None:
        day = now.astimezone(ZONE).date()
        for unit in units:
            self.town.sends(unit, f"{now.astimezone(ZONE):%H:%M}", day)
            unit_id = self.town.unit(unit).id
            with self.town.engine.begin() as connection:
                said.withdraw(connection, "daily", unit_id, day)
            self.chronicle.sent[unit, day] = now

    async def _trouble(self, today: date, moving: dict[str, date]) -> None:
        """What goes wrong from this moment on, and what is well again."""
        await self._connect(self.dice.random() < (0.93 if self._is_connected else 0.4))
        self.simulator.faults.clear()
        if self.dice.random() < 0.25:
            fault = {"delay": LATE_SECONDS} if self.dice.random() < 0.04 else self.dice.choice(FAULTS)
            self.simulator.faults.add(method="sendMessage", times=self.dice.randrange(1, 4), **fault)
        for name in [name for name, on in moving.items() if on <= today]:
            self.audience.migrates(name)
            del moving[name]
        for name in IN_PRIVATE:
            if self.audience.has_blocked(name) and self.dice.random() < 0.1:
                await self.audience.unblocks(name)
                self.town.is_reachable(self.audience.address(name))
            elif self.dice.random() < 0.004:
                await self.audience.blocks(name)

    async def _connect(self, is_connected: bool) -> None:
        self._is_connected = is_connected
        for door in self._doors:
            await (door.open() if is_connected else door.shut())

    async def _start_again(self, probability: float) -> None:
        """Starts one that does not run; one at a time, for on SQLite a new one takes what is being said for left behind."""
        gone = [each for each in self._processes if not each.runs]
        if gone and self.dice.random() < probability:
            await gone[0].starts()

    async def _tick(self) -> bool:
        """Whether all came to their ends who ticked, and their clocks were right."""
        for each in self._processes:
            self._endanger(each)
            each.behind = timedelta(hours=2 if self.dice.random() < 0.02 else 0)
        up = self.dice.choices(([0], [1], [0, 1], []), (35, 35, 20, 10))[0]
        ticking = [self._processes[number] for number in up if self._processes[number].runs]
        ended = await asyncio.gather(*(each.tick() for each in ticking))
        stopping = self.dice.choice(self._processes)
        if stopping.runs and self.dice.random() < 0.02:
            await self._stop(stopping)
        return bool(ended) and all(ended) and not any(each.behind for each in ticking)

    def _endanger(self, process: Process) -> None:
        if process.runs and self.dice.random() < 0.1:
            process.dies_at_statement(self.dice.randrange(1, 30))
        if process.runs and self.dice.random() < 0.02:
            process.dies_in_call(self.dice.choice(("before", "after")))

    async def _end(self) -> None:
        """All is well at last, and what waited is said."""
        for _ in range(10):
            async with self._at_rest() as waiting:
                self.simulator.faults.clear()
                self.simulator.clock.advance(timedelta(minutes=1))
                await self._connect(True)
                await self._start_again(1.0)
                if not waiting:
                    break


def moments(dice: random.Random, count: int) -> Iterator[tuple[datetime, list[str]]]:
    """Moments of the days in order, and who sends at each; days on end in which nothing ticks; nights now and then."""
    silent = 0
    for day in days(DAY, count):
        silent = dice.randrange(1, 4) if silent <= 0 and dice.random() < 0.03 else silent - 1
        on_time = {
            at("16:30", day) + rule.offset + timedelta(minutes=dice.choice((0, 0, 1, 7))) for rule in RULES.values()
        }
        on_time |= {at("09:00", day) + timedelta(minutes=dice.randrange(23 * 60)) for _ in range(dice.randrange(3))}
        senders: dict[datetime, list[str]] = {}
        today = [moment for moment in sorted(on_time) if moment.astimezone(ZONE).date() == day]
        for unit in REPORTING:
            if dice.random() < 0.6:
                senders.setdefault(dice.choice(today), []).append(unit)
        for moment in sorted(on_time):
            if silent <= 0 or moment in senders:
                yield moment, senders.get(moment, [])
