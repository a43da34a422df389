"""The clerk: one thread, the only writer. It stores what was heard, handles what waits, and writes what others ask it to."""

import asyncio
import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from bot.running.logs import lines_about
from bot.running.observer import Observer
from bot.running.redaction import Unspoken, cleaned, without_words
from reporting.channel import Channels
from reporting.effects import Effect
from reporting.say import Rank
from storage.database.version import check_revision
from storage.messages import inbox, outbox
from storage.organisation import people

logger = logging.getLogger(__name__)
T = TypeVar("T")

GROUP, LEAST = 50, 5
"""How many waiting updates share a commit at the most, and at the least where so many wait."""
GROUP_SECONDS = 0.1
"""About so long a group may take: whoever comes meanwhile waits for it, staff behind residents too."""
BURST, BURST_SECONDS, NEXT_SECONDS = 100, 0.25, 0.03
"""Where so many are heard at once more follow, and one of them may be a reporter's: for so long residents are answered one by one, and
only where the next are not here so soon, so that all that follows is stored first. Staff are answered as ever.
"""
PATIENCE = 1.0
"""Seconds between two tries to reach a database that is away."""

Handle = Callable[[Connection, inbox.Entry, datetime], Sequence[Effect]]
Apologise = Callable[[Connection, inbox.Entry, datetime], Sequence[Effect]]
Job = tuple[Callable[[Connection], Any], "Future[Any]"]


class ClerkGone(RuntimeError):
    """There is nobody who writes any more: the program is ending."""


class Clerk:
    """Runs `handle` for every update that was heard, one transaction after the other; `heard` tells what is to be stored of one,
    by its channel and as it came.

    `handle` is given the connection of the open transaction. `on_said` is called, on the clerk's thread, after a commit that may
    have put something into the outbox. `unready`: the channels of which nothing can be decoded yet; what came from them waits.
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
        self.handle = handle
        self.apologise = apologise
        self.on_said = on_said
        self.channels = channels
        self.zone = zone
        self.observer = observer or Observer()
        self.unready = unready
        self.ended: Future[None] = Future()
        self.idle = threading.Event()
        self._jobs: deque[Job] = deque()
        self._mail: deque[tuple[str, Sequence[str], Future[None]]] = deque()
        self._most, self._more = GROUP, True
        self._burst_until = 0.0
        self._wake = threading.Condition()
        self._resting = self._stopping = self._is_over = False
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
        if self._is_over:
            raise ClerkGone

    def look(self) -> None:
        """There may be something in the inbox that another process has put there."""
        with self._wake:
            self._more = True
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
            settle(self.ended, None, error)

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
        """Does a step again until the database is there: a lost connection or a lock is no try of anybody's."""
        while True:
            try:
                return step()
            except DBAPIError as error:
                if self._stopping or not is_away(error):
                    raise
                logger.warning("The database is away or locked: %s", error.orig)
                with self._wake:
                    self._wake.wait(PATIENCE)

    def _store_mail(self) -> bool:
        """Puts what was heard into the inbox; whether there was anything."""
        mail = list(self._mail)
        if not mail:
            return False
        by_channel: dict[str, list[inbox.Heard]] = {}
        for channel, updates, _ in mail:
            by_channel.setdefault(channel, []).extend(self.heard(channel, raw) for raw in updates)
        if any(by_channel.values()):
            with self.engine.begin() as connection:
                now = self.now()
                for channel, entries in by_channel.items():
                    chats = {each.chat for each in entries}
                    staff = people.staff(connection, channel, chats, now.astimezone(self.zone).date())
                    inbox.put(connection, entries, staff, now)
        for _ in mail:
            settle(self._mail.popleft()[2], None)
        if sum(len(updates) for _, updates, _ in mail) >= BURST:
            self._burst_until = time.monotonic() + BURST_SECONDS
        return True

    def _run_jobs(self) -> None:
        jobs = list(self._jobs)
        if not jobs:
            return
        outcomes = [self._run_alone(jobs[0][0])] if len(jobs) == 1 else self._run_together(jobs)
        for result, error in outcomes:
            settle(self._jobs.popleft()[1], result, error)
        self.on_said()

    def _run_alone(self, change: Callable[[Connection], Any]) -> tuple[Any, BaseException | None]:
        """One that has the transaction for itself needs no way back within it."""
        try:
            with self.engine.begin() as connection:
                return change(connection), None
        except Exception as error:
            if is_away(error):
                raise
            return None, error

    def _run_together(self, jobs: Sequence[Job]) -> list[tuple[Any, BaseException | None]]:
        with self.engine.begin() as connection:
            return [self._run_job(connection, change) for change, _ in jobs]

    def _run_job(self, connection: Connection, change: Callable[[Connection], Any]) -> tuple[Any, BaseException | None]:
        try:
            with connection.begin_nested():
                return change(connection), None
        except Exception as error:
            if is_away(error):
                raise
            return None, error

    def _handle_next(self) -> bool:
        """Whether there may be more."""
        if time.monotonic() >= self._burst_until:
            return self._handle_waiting(self._most, inbox.RESIDENTS)
        of_staff = self._handle_waiting(self._most, inbox.STAFF)
        return of_staff or self._something_comes() or self._handle_waiting(1, inbox.RESIDENTS)

    def _something_comes(self) -> bool:
        with self._wake:
            return self._wake.wait_for(lambda: bool(self._mail or self._jobs or self._stopping), NEXT_SECONDS)

    def _handle_waiting(self, most: int, rank: int) -> bool:
        """Handles a group of waiting updates, up to this rank, in one transaction; whether more may wait. If it fails, each is tried
        alone.
        """
        entries: list[inbox.Entry] = []
        began = time.monotonic()
        try:
            with self.engine.begin() as connection:
                entries = inbox.take(connection, most, self.now(), self.unready(), rank)
                for entry in entries:
                    self._handle_one(connection, entry)
            failed = False
            self._note_pace(len(entries), time.monotonic() - began)
        except Exception as error:
            if is_away(error) or not entries:
                raise
            self._check_tables()
            logger.info("One of %d updates failed (%s); each is tried alone", len(entries), type(error).__name__)
            failed = True
        for entry in entries if failed else ():
            with lines_about(f"GB-{entry.id}"):
                self._outlast(partial(self._handle_alone, entry))
        if entries:
            self.on_said()
        return len(entries) == most or (bool(entries) and self._leaves_some)

    @property
    def _leaves_some(self) -> bool:
        """Whether a group may leave out what waits: on PostgreSQL the chats that another process has just claimed, which may have left
        some for this one in turn.
        """
        return self.engine.dialect.name == "postgresql"

    def _note_pace(self, updates: int, seconds: float) -> None:
        """The next group is as large as fits into its time by the pace of this one, and at most twice as large."""
        self.observer.handled(updates, seconds)
        if updates:
            fits = int(updates * GROUP_SECONDS / max(seconds, 0.001))
            self._most = min(GROUP, max(LEAST, min(fits, 2 * self._most)))

    def _check_tables(self) -> None:
        """What fails because another release has changed the tables is no update's fault: it waits for a program that knows them."""
        with self.engine.begin() as connection:
            check_revision(connection)

    def _handle_one(self, connection: Connection, entry: inbox.Entry) -> None:
        now = self.now()
        with lines_about(f"GB-{entry.id}"):
            effects = _ranked(entry, self.handle(connection, entry, now))
            rows = outbox.put(connection, effects, now, self.channels)
            logger.debug("Handled; rows of the outbox: %s", rows)

    def _handle_alone(self, entry: inbox.Entry) -> None:
        """Tries one update until it is done or set aside; a try is counted in a transaction of its own."""
        error: Exception | None = None
        while error is None or not self._count_failure(entry, error):
            began = time.monotonic()
            try:
                with self.engine.begin() as connection:
                    if inbox.take_alone(connection, entry, self.now()):
                        self._handle_one(connection, entry)
            except Exception as failure:
                if is_away(failure):
                    raise
                error = failure
            else:
                self.observer.handled(1, time.monotonic() - began)
                return

    def _count_failure(self, entry: inbox.Entry, error: Exception) -> bool:
        """Counts a try; True if no other follows: it was the last, so that the update is set aside and the person is told, or another
        process has settled it meanwhile.
        """
        now, of_staff = self.now(), entry.rank == 0
        text = "".join(traceback.format_exception_only(error)).strip() if of_staff else type(error).__name__
        with self.engine.begin() as connection:
            became = inbox.failed(connection, entry.id, cleaned(text)[:2000], now, keep_text=of_staff)
            is_aside = became == "aside"
            if is_aside:
                self.observer.set_aside()
            if is_aside and of_staff:
                logger.error("Update GB-%d is set aside", entry.id, exc_info=error)
            elif is_aside:  # nothing is kept of a resident, in the log neither: only where it happened
                logger.error("Update GB-%d is set aside", entry.id, exc_info=Unspoken(without_words(error)))
            if is_aside:
                outbox.put(connection, _ranked(entry, self.apologise(connection, entry, now)), now, self.channels)
        return became != "again"

    def _refuse_the_rest(self) -> None:
        with self._wake:
            self._is_over = True
        for future in (*(mail[2] for mail in self._mail), *(job[1] for job in self._jobs)):
            future.cancel()


def _ranked(entry: inbox.Entry, effects: Sequence[Effect]) -> Sequence[Effect]:
    """What staff are answered goes before what residents are, as it was handled before."""
    if entry.rank:
        return effects
    return [replace(each, rank=Rank.STAFF_REPLY) if each.rank == Rank.REPLY else each for each in effects]


def is_away(error: Exception) -> bool:
    """Whether it is the database that fails (gone, locked, full), and not what was asked of it.

    SQLite calls a statement that it does not understand operational, too: that is a bug of ours, and no reason to wait.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    why = str(error.orig)
    return not any(sign in why for sign in ("no such ", "syntax error", "has no column", "ambiguous column"))


def settle(future: "Future[T]", result: T, error: BaseException | None = None) -> None:
    """Gives a future its outcome, unless nobody waits for it any more."""
    if not future.set_running_or_notify_cancel():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
