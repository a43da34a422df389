"""The clerk: one thread, the only writer. It stores what was heard, handles what waits, and writes what others ask it to."""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.running.handling import Apologise, Handle, Handling
from bot.running.observer import Observer
from bot.running.outcomes import fulfil, nested, outcome_of
from reporting.channel import Channels
from storage.database.away import is_away, is_too_slow
from storage.database.outage import Outage
from storage.messages import inbox

logger = logging.getLogger(__name__)
T = TypeVar("T")

BURST, BURST_SECONDS, NEXT_SECONDS = 100, 0.25, 0.03
"""Where so many are heard at once more follow, and one of them may be a reporter's: for so long residents are answered one by one, and
only where the next are not here so soon, so that all that follows is stored first. Staff are answered as ever. After as long what was
left to another process is looked for again.
"""
PATIENCE = 1.0
"""Seconds between two tries to reach a database that is away."""

Job = tuple[Callable[[Connection], Any], "Future[Any]"]
Mail = tuple[str, Sequence[str], "Future[None]"]


class ClerkGone(RuntimeError):
    """There is nobody who writes any more: the program is ending."""


class Clerk:
    """Runs `handle` for every update that was heard, one transaction after the other; `heard` tells what is to be stored of one,
    by its channel and as it came.

    `handle` is given the connection of the open transaction. `on_said` is called, on the clerk's thread, after a commit that may
    have put something into the outbox. `unready`: the channels of which nothing can be decoded yet; what came from them waits.
    `is_waiting`: for the database, which is away or locked.
    """

    def __init__(
        self,
        engine: Engine,
        now: Callable[[], datetime],
        heard: Callable[[str, str], inbox.Heard],
        handle: Handle,
        apologise: Apologise,
        channels: Channels,
        on_said: Callable[[], None] = lambda: None,
        zone: tzinfo = UTC,
        observer: Observer | None = None,
        unready: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        self.engine = engine
        self.now = now
        self.heard = heard
        self.on_said = on_said
        self.zone = zone
        watched = observer or Observer()
        self.handling = Handling(engine, now, handle, apologise, channels, on_said, watched, unready, self._outlast)
        self.ended: Future[None] = Future()
        self.idle = threading.Event()
        self.is_waiting = False
        self._outage = Outage(logger, "The database is away or locked")
        self._jobs: deque[Job] = deque()
        self._mail: deque[Mail] = deque()
        self._more = True
        self._burst_until = 0.0
        self._heard_something = self._residents_wait = False
        self._wake = threading.Condition()
        self.is_over = False  # true before anybody who waits for it is told that it has ended
        self._resting = self._stopping = False
        self._thread = threading.Thread(target=self._run, name="clerk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def rest(self) -> None:
        """Handles nothing more after the group that is in hand; writes for others all the same, who wait the less for it to end."""
        with self._wake:
            self._resting = True

    async def stop(self) -> None:
        """Ends after the transaction that is open. What waits is found again at the next start."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.is_alive():  # it may never have begun
            await asyncio.to_thread(self._thread.join)

    async def hear(self, updates: Sequence[str], channel: str) -> None:
        """Stores updates of a channel as they came (JSON); returns when they are committed."""
        future: Future[None] = Future()
        with self._wake:
            self._check_there()
            self._mail.append((channel, updates, future))
            self.idle.clear()
            self._wake.notify()
        await asyncio.wrap_future(future)

    async def write(self, change: Callable[[Connection], T]) -> T:
        """Runs `change` in a transaction on the clerk's thread; its result, after the commit."""
        future: Future[T] = Future()
        with self._wake:
            self._check_there()
            self._jobs.append((change, future))
            self.idle.clear()
            self._wake.notify()
        return await asyncio.wrap_future(future)

    def _check_there(self) -> None:
        """Whoever comes when the clerk has ended would wait for ever."""
        if self.is_over:
            raise ClerkGone

    def look(self) -> None:
        """There may be something in the inbox that another process has put there."""
        with self._wake:
            self._more = self._heard_something = True
            self.idle.clear()
            self._wake.notify()

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            while self._wait():
                self._note_more(self._outlast(self._store_mail))
                self._outlast(self._run_jobs)
                if self._handles:
                    self._more = False  # before it is looked for: what comes meanwhile is not forgotten
                    self._note_more(self._outlast(self._handle_next))
        except BaseException as fatal:
            error = fatal
            logger.critical("The clerk has ended", exc_info=not self._stopping)
        finally:
            self._refuse_the_rest()
            fulfil(self.ended, None, error)

    def _note_more(self, there_may_be: bool) -> None:
        with self._wake:  # or whoever says at this moment that there is more is overwritten
            self._more = self._more or there_may_be

    @property
    def _handles(self) -> bool:
        return self._more and not self._resting

    def _wait(self) -> bool:
        with self._wake:
            while not (self._handles or self._mail or self._jobs or self._stopping):
                self.idle.set()
                self._wake.wait()
            return not self._stopping

    def _outlast(self, step: Callable[[], T]) -> T:
        """Does a step again until the database is there: a lost connection or a lock is no try of anybody's. What was too slow comes
        here only of what is nobody's in particular.
        """
        while True:
            try:
                done = step()
            except DBAPIError as error:
                if self._stopping or not (is_away(error) or is_too_slow(error)):
                    raise
                self.is_waiting = True
                self._outage.lasts(error.orig)
                with self._wake:
                    self._wake.wait(PATIENCE)
            else:
                self.is_waiting = False
                self._outage.over()
                return done

    def _store_mail(self) -> bool:
        """Puts what was heard into the inbox; whether there was anything."""
        mail = list(self._mail)
        if not mail:
            return False
        is_kept = self._kept(mail) is None
        for error in [None if is_kept else self._kept([each]) for each in mail]:
            fulfil(self._mail.popleft()[2], None, error)
        self._heard_something = True
        if sum(len(updates) for _, updates, _ in mail) >= BURST:
            self._burst_until = time.monotonic() + BURST_SECONDS
        return True

    def _kept(self, mail: Sequence[Mail]) -> Exception | None:
        """Stores it; what keeps it from being stored, unless that is the database: whoever heard it is told, and all others go on."""
        try:
            entries = [self.heard(channel, raw) for channel, updates, _ in mail for raw in updates]
            if entries:
                with self.engine.begin() as connection:
                    now = self.now()
                    inbox.put(connection, entries, now, now.astimezone(self.zone).date())
        except Exception as error:
            if is_away(error):
                raise
            return error
        return None

    def _run_jobs(self) -> None:
        jobs = list(self._jobs)
        if not jobs:
            return
        together = self._run_together(jobs) if len(jobs) > 1 else None
        for place, (change, _) in enumerate(jobs):
            result, error = together[place] if together else outcome_of(self.engine.begin(), change)
            fulfil(self._jobs.popleft()[1], result, error)
        self.on_said()

    def _run_together(self, jobs: Sequence[Job]) -> list[tuple[Any, BaseException | None]] | None:
        """What came of each; None where they cannot be committed together, and nothing of them is kept."""
        try:
            with self.engine.begin() as connection:
                return [outcome_of(nested(connection), change) for change, _ in jobs]
        except Exception as error:
            if is_away(error):
                raise
            logger.exception("%d changes were not committed together; each is tried alone", len(jobs))
            return None

    def _handle_next(self) -> bool:
        """Whether there may be more."""
        if time.monotonic() >= self._burst_until:
            if self._residents_wait and self._heard_something:
                # before staff are looked for, who need not wait for a whole group of residents
                self._heard_something = False
                self.handling.group(self.handling.most, inbox.STAFF)
            self._residents_wait = self.handling.group(self.handling.most, inbox.RESIDENTS)
            if self._residents_wait:
                return True
            if is_left := self.handling.leaves_some:
                self._something_comes()
            return is_left
        if not (self.handling.group(self.handling.most, inbox.STAFF) or self._something_comes()):
            self.handling.group(1, inbox.RESIDENTS)
        return True  # until the burst is over: what another process holds just now may be left for this one

    def _something_comes(self) -> bool:
        with self._wake:
            return self._wake.wait_for(
                lambda: bool(self._mail or self._jobs or self._resting or self._stopping), NEXT_SECONDS
            )

    def _refuse_the_rest(self) -> None:
        with self._wake:
            self.is_over = True
        for future in (*(mail[2] for mail in self._mail), *(job[1] for job in self._jobs)):
            future.cancel()
