"""Empties the outbox: claims what is first to be said, has it said, and marks in batches what became of it."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.running.direct_claims import AHEAD_SECONDS, MOST_IN_FLIGHT, DirectClaims
from bot.running.logs import lines_about
from bot.running.marks import Marks
from bot.running.meter import Meter, unmetered
from bot.running.observer import Observer
from bot.running.orphan_recovery import Others
from bot.running.pauses import Pauses
from bot.running.rate_limiter import Gate
from bot.running.redaction import cleaned
from bot.running.timing import Timing
from reporting.retries import NAMED, NotSent, Outcome, Uncertain, fate
from reporting.say import Rank
from storage.database.engines import EngineMemory
from storage.messages import delivery
from storage.messages.delivery import Claimed, Mark

log = logging.getLogger(__name__)

Write = Callable[[Callable[[Connection], Any]], Awaitable[Any]]
"""Runs a change in a transaction on the clerk's thread and returns what it returned, after the commit."""

MOST_REPLIES = 16
ENDED = "the program ended"


class OutboxWorker:
    """One process's share of the work."""

    def __init__(
        self,
        say: Callable[[Claimed], Awaitable[Outcome]],
        write: Write,
        now: Callable[[], datetime],
        gate: Gate,
        others: Others,
        owner: str,
        channel: str,
        timing: Timing,
        observer: Observer,
        meter: Meter = unmetered,
    ) -> None:
        self._meter = meter
        self._timing, self._observer = timing, observer
        self._say, self._write, self._now, self._gate = say, write, now, gate
        self._others, self._owner, self._channel = others, owner, channel
        self._hand = max(8, math.ceil(gate.pace.limits.rate * AHEAD_SECONDS))
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._marks = Marks()
        self._direct = DirectClaims(
            channel, owner, gate, others, self._hand, now, self._marks, self._tasks, self._begin_soon
        )
        self._writing: asyncio.Future[Any] | None = None
        self._stirred = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._linger: asyncio.TimerHandle | None = None
        self._memory: EngineMemory | None = None
        self._puts = -1
        self._has_more, self._due_at = True, -math.inf
        self._may_have_claimed = False
        self._pauses = Pauses(gate, channel, now, timing.backoff)

    def wake(self) -> None:
        """Something was put into the outbox; from any thread."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._stirred.set)

    @property
    def _has_news(self) -> bool:
        """Whether something was put there after the last look began."""
        return self._memory is None or self._memory.puts != self._puts

    async def run(self) -> None:
        """Until it is cancelled; then what was not sent yet goes back, and what is on its way is waited for and marked."""
        self._loop = asyncio.get_running_loop()
        try:
            while True:
                busy = self._busy()
                await self._turn(busy)
                await self._rest(busy)
        finally:
            self._loop = None
            await self._end()

    def _busy(self) -> dict[str, float]:
        """Chats that get nothing now, and from when on they may (infinity: when what is being said there is said)."""
        at = self._gate.steady()
        return self._gate.pace.not_before(at + AHEAD_SECONDS, at) | dict.fromkeys(self._tasks, math.inf)

    async def _turn(self, busy: dict[str, float]) -> None:
        """One transaction: marks go in, rows come out."""
        at, marks = self._gate.steady(), self._marks.take()
        most, rank = self._wanted(at)
        asks = self._pauses.are_due(at)
        exchange = partial(self._exchange, marks=marks, busy=list(busy), most=most, rank=rank, asks=asks)
        try:
            self._writing = asyncio.ensure_future(self._write(exchange))
            rows, pauses = await asyncio.shield(self._writing)
        except Exception:
            self._writing, self._puts = None, -1
            self._marks.put_back(marks)
            log.exception("The outbox cannot be read or written now; trying again.")
            await asyncio.sleep(1)
            self._stirred.set()
            return
        self._writing, self._may_have_claimed = None, False
        if pauses is None:
            return
        self._gate.pace.share(self._others.speakers(at))
        if asks:
            self._pauses.honour(pauses, at)
        self._has_more, self._due_at = most > 0 and len(rows) == most, math.inf
        self._begin(rows)

    def _begin(self, rows: Sequence[Claimed]) -> None:
        for row in rows:
            self._tasks[row.effect.to.address] = asyncio.create_task(self._carry(row))
            self._direct.begun(row)

    def _begin_soon(self, rows: Sequence[Claimed]) -> None:
        """The same, on the loop, of what the clerk has claimed; what is not begun when this ends is given back with its last marks."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._begin_held, rows)

    def _begin_held(self, rows: Sequence[Claimed]) -> None:
        if self._loop is not None:
            self._begin([row for row in rows if row in self._direct.held])

    def _wanted(self, at: float) -> tuple[int, int]:
        """How many rows to claim now, and up to which rank: a full hand still takes replies."""
        if self._gate.pace.open_at(at) > at + AHEAD_SECONDS:
            return 0, 0
        free, flying = self._hand - self._gate.waiting, MOST_IN_FLIGHT - len(self._tasks)
        if free > 0:
            return min(free, max(flying, 0)), max(Rank)
        return min(MOST_REPLIES, max(flying, 0)), Rank.REPLY

    def _exchange(
        self, connection: Connection, marks: list[Mark], busy: list[str], most: int, rank: int, asks: bool
    ) -> tuple[list[Claimed], dict[str, datetime] | None]:
        """The rows, and until when chats want to be left in peace; None where nothing can wait, so that it was not looked for.

        Where it is not heard that this was committed, the clerk does it again, or the next turn comes.
        """
        self._memory = EngineMemory.of(connection)
        may_have_claimed, self._may_have_claimed = self._may_have_claimed, True
        has_news, self._puts = self._has_news or may_have_claimed, self._memory.puts
        now = self._now()
        may_wait = delivery.mark(connection, self._channel, self._owner, marks, now)
        if may_have_claimed:
            self._others.take_back_own(connection, self._begun, now)
        if not (may_wait or has_news or self._has_more or self._gate.steady() >= self._due_at):
            self._meter(connection, marks, now)
            return [], None
        rank = min(rank, self._meter(connection, marks, now))
        steady = self._gate.steady()  # now, however long it has waited for its turn
        being_said = self._others.look(connection, steady, now)
        pauses = delivery.paused(connection, self._channel, now) if asks else {}
        claimed = {row.effect.to.address for row in self._direct.held}
        shut = {*busy, *claimed, *list(self._tasks), *being_said, *self._pauses.new_among(pauses)}
        if self._meter is unmetered:
            self._direct.looked(steady)
            self._memory.claimers[self._channel] = self._direct
        return delivery.claim(connection, self._channel, self._owner, now, most, shut, rank), pauses

    def _begun(self) -> set[str]:
        """The chats in which something is being said, will be, or was and is not marked. Whoever ends leaves his mark first."""
        return {*list(self._tasks), *(row.effect.to.address for row in self._direct.held)} | {
            each.address for each in self._marks
        }

    async def _carry(self, row: Claimed) -> None:
        chat = row.effect.to.address
        with lines_about(f"row {row.id}"):
            try:
                outcome = await self._say(row)
            except Exception as error:
                log.exception("Row %d of the outbox: a bug while it was being said.", row.id)
                outcome = Uncertain(repr(error))
            became = fate(outcome, row.uncertain)
            became = replace(became, error=cleaned(became.error)) if became.error else became
            self._observer.delivered(self._channel, NAMED[type(outcome)])
            self._pauses.heed(chat, outcome)
            if became.state in ("dead", "unknown"):
                log.warning("Row %d of the outbox is %s: %s", row.id, became.state, became.error)
            else:
                log.debug("Row %d of the outbox is %s.", row.id, became.state)
        self._marks.add([Mark(row.id, chat, became)])
        del self._tasks[chat]
        if self._has_more and self._gate.waiting <= self._hand // 2:
            self._stirred.set()
        elif self._linger is None:
            loop = asyncio.get_running_loop()
            self._linger = loop.call_later(self._timing.lingers(row.effect.rank), self._lingered)

    def _lingered(self) -> None:
        self._linger = None
        self._stirred.set()

    async def _rest(self, busy: dict[str, float]) -> None:
        """Waits until something was put there, something was said, or a chat may be sent to again."""
        at = self._gate.steady()
        ready = [when for when in (*busy.values(), *self._busy().values()) if when < math.inf]
        if (opens := self._gate.pace.open_at(at)) > at + AHEAD_SECONDS:
            ready.append(opens)
        seconds = min((when - at - AHEAD_SECONDS / 2 for when in ready), default=self._timing.rest)
        seconds = max(min(seconds, self._others.next_look(at) - at), 0.02)
        seconds = min(seconds, self._timing.rest)
        self._due_at = min(self._due_at, at + seconds)
        try:
            async with asyncio.timeout(seconds):  # not wait_for: until 3.12 it loses a cancellation
                await self._stirred.wait()
                while not (self._marks or self._has_news):  # the echo of our own writing, or seen to by the last turn
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            self._due_at = -math.inf
        self._stirred.clear()

    async def _end(self) -> None:
        self._direct.is_open = False
        self._gate.close()
        if self._linger is not None:
            self._linger.cancel()
        saying = set(self._tasks.values())
        if leaving := saying | ({self._writing} if self._writing is not None else set()):
            _, late = await asyncio.wait(leaving, timeout=self._timing.farewell)
            for task in late & saying:
                task.cancel()
        if self._writing is not None:
            self._give_back(self._writing)
        now = self._now()

        def mark(connection: Connection) -> None:
            marks = [*self._marks.take(), *map(self._unsent, self._direct.let_go())]
            delivery.mark(connection, self._channel, self._owner, marks, now)
            self._meter(connection, marks, now)

        try:
            async with asyncio.timeout(self._timing.last_words):
                await self._write(mark)
        except Exception:
            log.exception("What was said last could not be marked; the next start takes it for uncertain.")

    def _give_back(self, writing: asyncio.Future[Any]) -> None:
        """What was claimed while the program was told to end has not been sent."""
        if not writing.done() or writing.cancelled() or writing.exception() is not None:
            return
        self._marks.add(map(self._unsent, writing.result()[0]))

    def _unsent(self, row: Claimed) -> Mark:
        return Mark(row.id, row.effect.to.address, fate(NotSent(ENDED), row.uncertain))
