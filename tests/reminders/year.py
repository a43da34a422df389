"""A year of a district: reports come or not, and what can go wrong with two processes, their network and Telegram does."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from reporting.rounds.suspensions import Suspension
from services.draft_session import save_draft
from simulator import Simulator
from storage.reports import drafts, forms
from storage.schedule import reminder_log, snoozes, suspensions
from tests.reminders.audience import IN_GROUPS, IN_PRIVATE, Audience
from tests.reminders.chronicle import Chronicle, Snooze
from tests.reminders.district import HEARERS, QUIET, REPORTERS
from tests.reminders.door import Door
from tests.reminders.fates import SNOOZE, Deeds, Holiday, moments
from tests.reminders.process import Process
from tests.reminders.town import DAY, ZONE, Town, outbox

PATIENCE = 60.0
WRONG = (timedelta(hours=2, seconds=17), timedelta(hours=-1, seconds=-29))
"""By how much a clock is behind, or ahead: by no whole minutes, so that it is known whose clock showed what."""
WHEN: tuple[Literal["before", "after"], ...] = ("before", "after")
REMEMBERED = timedelta(hours=3)
"""So long after a message somebody may press what stands under it; and so long a wrong clock may lengthen a chat's pause."""
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


class Year:
    """Lives through days as the dice of its seed fall: so often, whatever became of a process meanwhile, that they fall the same."""

    def __init__(self, town: Town, simulator: Simulator, audience: Audience, seed: int) -> None:
        self.town, self.simulator, self.audience = town, simulator, audience
        self.dice, self._seed = random.Random(seed), seed
        self.chronicle = Chronicle()
        self._unit_ids = {name: town.unit(name).id for name in HEARERS}
        self._changed = asyncio.Event()
        self._doors = [Door(simulator, self._doubts, self._answered) for _ in range(2)]
        self._processes = [
            Process(town.url, simulator, door, name, self._changed)
            for door, name in zip(self._doors, ("one", "other"), strict=True)
        ]
        self._is_connected = True
        self._hushed: set[str] = set()
        self._refused_at: dict[str, datetime] = {}
        self._wrong_at = datetime.min.replace(tzinfo=ZONE)
        self._heard_at: dict[str, datetime] = {}
        for each in self._processes:
            each.quiet = QUIET

    async def live(self, count: int) -> Chronicle:
        moving = {name: DAY + timedelta(days=self.dice.randrange(count)) for name in IN_GROUPS}
        try:
            await self._connect(True)
            complete = False
            for moment in moments(random.Random(f"fates of {self._seed}"), count):
                async with self._at_rest() as waiting:
                    if complete and not waiting:
                        self.chronicle.ticked.append(self.simulator.clock.now())
                    self.simulator.clock.move_to(moment.at)
                    self._happens(moment.deeds, moment.at)
                    await self._trouble(self._today(), moving)
                    await self._start_again(0.7)
                complete = not moment.is_dark and await self._tick()
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
        suppressed = self._may_be_suppressed()
        if not living or len(suppressed) > 1:
            return True
        free = [row for row in waiting if row.address not in suppressed | saying.keys()]
        return not free or (not self._is_connected and any(row.error for row in free))

    def _may_be_suppressed(self) -> set[str]:
        """Chats that Telegram wants to be left in peace; where a clock is wrong, nobody knows until when."""
        long_ago = self.simulator.clock.now() - REMEMBERED
        if self._wrong_at < long_ago:
            return self._hushed
        return self._hushed | {chat for chat, since in self._refused_at.items() if since >= long_ago}

    def _doubts(self, chat: int, html: str) -> None:
        self.chronicle.doubts[self.audience.message(str(chat), html)] += 1

    def _answered(self, chat: int, status: int) -> None:
        if status == 429:
            self._hushed.add(str(chat))
            self._refused_at[str(chat)] = self.simulator.clock.now()
            self.chronicle.cut_off.add(self._today())
        else:
            self._hushed.discard(str(chat))
            if status == 200:
                self._heard_at[self.audience.name_at(str(chat))] = self.simulator.clock.now()

    def _happens(self, deeds: Deeds, now: datetime) -> None:
        """Reports come, questions are answered, somebody asks for peace, a holiday is made known."""
        day = now.astimezone(ZONE).date()
        with self.town.engine.begin() as connection:
            for holiday in deeds.suspending:
                self._suspend(connection, holiday, now)
            for form, unit in deeds.answering:
                if (form, unit, day) not in self.chronicle.sent:
                    self._answer(connection, form, unit, day, now)
            for name in deeds.snoozing:
                if now - self._heard_at.get(name, datetime.min.replace(tzinfo=ZONE)) < REMEMBERED:
                    snoozes.snooze(connection, self.town.people[name], now + SNOOZE)
                    self.chronicle.snoozed.append(Snooze(name, now, now + SNOOZE))
        for form, unit in deeds.sending:
            self.town.sends(unit, f"{now.astimezone(ZONE):%H:%M}", day, form)
            with self.town.engine.begin() as connection:
                reminder_log.withdraw(connection, form, self._unit_ids[unit], day)
            self.chronicle.sent[form, unit, day] = now

    def _suspend(self, connection: Connection, holiday: Holiday, now: datetime) -> None:
        unit_id = self._unit_ids[holiday.unit] if holiday.unit else None
        suspensions.suspend(connection, Suspension(holiday.form, unit_id, holiday.first_on, holiday.last_on), None, now)
        self.chronicle.suspended.append((now, holiday))

    def _answer(self, connection: Connection, key: str, unit: str, day: date, now: datetime) -> None:
        form = forms.published(connection, key, day)
        assert form is not None
        draft = drafts.begin(connection, form, self._unit_ids[unit], day)
        save_draft(connection, form, draft, self.town.people[REPORTERS[unit]], now)
        self.chronicle.answered.append((now, REPORTERS[unit], (key, unit, day)))

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

    def _today(self) -> date:
        return self.simulator.clock.now().astimezone(ZONE).date()

    async def _connect(self, is_connected: bool) -> None:
        self._is_connected = is_connected
        if not is_connected:
            self.chronicle.cut_off.add(self._today())
        for door in self._doors:
            await (door.open() if is_connected else door.shut())

    async def _start_again(self, probability: float) -> None:
        """Starts one that does not run; one at a time, for on SQLite a new one takes what is being said for left behind."""
        gone, is_time = [each for each in self._processes if not each.runs], self.dice.random() < probability
        if gone and is_time:
            await gone[0].starts()

    async def _tick(self) -> bool:
        """Whether all came to their ends who ticked, and their clocks were right."""
        for each in self._processes:
            self._endanger(each)
            each.behind = self.dice.choice(WRONG) if self.dice.random() < 0.03 else timedelta(0)
            self._wrong_at = self.simulator.clock.now() if each.behind else self._wrong_at
        up = self.dice.choices(([0], [1], [0, 1], []), (35, 35, 20, 10))[0]
        ticking = [self._processes[number] for number in up if self._processes[number].runs]
        self.chronicle.clocks |= {each.now(): self.simulator.clock.now() for each in ticking}
        ended = await asyncio.gather(*(each.tick() for each in ticking))
        stopping, is_time = self.dice.choice(self._processes), self.dice.random() < 0.02
        if stopping.runs and is_time:
            await self._stop(stopping)
        return bool(ended) and all(ended) and not any(each.behind for each in ticking)

    def _endanger(self, process: Process) -> None:
        by_statement, by_call = self.dice.random() < 0.1, self.dice.random() < 0.02
        statement, when = self.dice.randrange(1, 30), self.dice.choice(WHEN)
        if process.runs and by_statement:
            process.dies_at_statement(statement)
        if process.runs and by_call:
            process.dies_in_call(when)

    async def _end(self) -> None:
        """All is well at last, and what waited is said."""
        for each in self._processes:
            each.behind = timedelta(0)
        for _ in range(20):
            async with self._at_rest() as waiting:
                self.simulator.faults.clear()
                self.simulator.clock.advance(timedelta(minutes=10))
                await self._connect(True)
                await self._start_again(1.0)
                if not waiting:
                    break
