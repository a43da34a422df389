"""How what waits is handled: a group of updates in one transaction, and where one of them fails each alone."""

import logging
import time
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from sqlalchemy import Connection, Engine

from bot.running.logs import lines_about
from bot.running.observer import Observer
from bot.running.redaction import Unspoken, cleaned, without_words
from reporting.channel import Channels, is_in_use
from reporting.effects import Effect
from reporting.say import Rank
from storage.database.away import is_away
from storage.database.engines import EngineMemory
from storage.database.version import check_revision
from storage.messages import inbox, outbox

logger = logging.getLogger(__name__)

GROUP, LEAST = 50, 5
"""How many waiting updates share a commit at the most, and at the least where so many wait."""
GROUP_SECONDS = 0.05
"""About so long a group may take: whoever comes meanwhile waits for it, staff behind residents too."""

Handle = Callable[[Connection, inbox.Entry, datetime], Sequence[Effect]]
Apologise = Callable[[Connection, inbox.Entry, datetime], Sequence[Effect]]
Outlast = Callable[[Callable[[], None]], None]
"""Does a step again until the database is there."""


class _NotSet(Exception):
    """What was taken came from `channels`, which this program does not speak in."""

    def __init__(self, channels: Collection[str]) -> None:
        super().__init__(", ".join(channels))
        self.channels = frozenset(channels)


class Handling:
    """Of the clerk's work that on what was heard; on the clerk's thread. `most`: how many updates fit into the next group;
    `leaves_some`: the last left to another process what waits in chats that it is at, and may have left there.

    `handle` is given the connection of the open transaction. `on_said` is called after a commit that may have put something into the
    outbox. `unready`: the channels of which nothing can be decoded yet; what came from them waits, and so does what came from a
    messenger that is not set here any more.
    """

    def __init__(
        self,
        engine: Engine,
        now: Callable[[], datetime],
        handle: Handle,
        apologise: Apologise,
        channels: Channels,
        on_said: Callable[[], None],
        observer: Observer,
        unready: Callable[[], Collection[str]],
        outlast: Outlast,
    ) -> None:
        self.engine, self.now, self.handle, self.apologise = engine, now, handle, apologise
        self.channels, self.on_said, self.observer, self.unready = channels, on_said, observer, unready
        self.most, self.leaves_some, self._outlast = GROUP, False, outlast
        self._unspoken = frozenset[str]()

    def group(self, most: int, rank: int) -> bool:
        """Handles a group of waiting updates, up to this rank, in one transaction; whether more may wait for this process (see
        `leaves_some` too). If it fails, each is tried alone.
        """
        entries: list[inbox.Entry] = []
        began = time.monotonic()
        claimers = dict(EngineMemory.of(self.engine).claimers)
        failed, more = True, False
        try:
            with self.engine.begin() as connection:
                entries = self._take(connection, most, rank)
                for claimer in claimers.values() if entries else ():
                    claimer.mark(connection)
                for entry in entries:
                    self._handle_one(connection, entry, claimers)
            failed = False
            self._note_pace(len(entries), time.monotonic() - began, rank)
        except _NotSet as found:
            self._unspoken, more = self._unspoken | found.channels, True
            logger.warning("Messages from %s wait until that is set again", ", ".join(sorted(found.channels)))
        except Exception as error:
            if is_away(error) or not entries:
                raise
            self._check_tables()
            logger.info("One of %d updates failed (%s); each is tried alone", len(entries), type(error).__name__)
        finally:
            for claimer in claimers.values():
                claimer.settle(not failed)
        for entry in entries if failed else ():
            with lines_about(f"GB-{entry.id}"):
                self._outlast(partial(self._handle_alone, entry))
        if entries:
            self.on_said()
        return more or len(entries) == most

    def _take(self, connection: Connection, most: int, rank: int) -> list[inbox.Entry]:
        left = {*self.unready(), *self._unspoken}
        entries, self.leaves_some = inbox.take(connection, most, self.now(), left, rank)
        if unspoken := {each.channel for each in entries if not is_in_use(self.channels, each.channel)}:
            raise _NotSet(unspoken)
        return entries

    def _note_pace(self, updates: int, seconds: float, rank: int) -> None:
        """The next group is as large as fits into its time by the pace of this one, and at most twice as large.

        Of the few of staff who are handled before residents nothing is learnt: most of their time is the commit.
        """
        self.observer.handled(updates, seconds)
        if updates and rank == inbox.RESIDENTS:
            fits = int(updates * GROUP_SECONDS / max(seconds, 0.001))
            self.most = min(GROUP, max(LEAST, min(fits, 2 * self.most)))

    def _check_tables(self) -> None:
        """What fails because another release has changed the tables is no update's fault: it waits for a program that knows them."""
        with self.engine.begin() as connection:
            check_revision(connection)

    def _handle_one(
        self, connection: Connection, entry: inbox.Entry, claimers: Mapping[str, outbox.Claimer] = MappingProxyType({})
    ) -> None:
        now = self.now()
        with lines_about(f"GB-{entry.id}"):
            effects = _ranked(entry, self.handle(connection, entry, now))
            rows = outbox.put(connection, effects, now, self.channels, claimers)
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
        now, of_staff = self.now(), entry.rank == inbox.STAFF
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
                self._say_sorry(connection, entry, now)
        return became != "again"

    def _say_sorry(self, connection: Connection, entry: inbox.Entry, now: datetime) -> None:
        """Whoever cannot even be told keeps nobody behind him waiting."""
        try:
            with connection.begin_nested():
                outbox.put(connection, _ranked(entry, self.apologise(connection, entry, now)), now, self.channels)
        except Exception as error:
            if is_away(error):
                raise
            why = Unspoken(without_words(error))
            logger.error("Nobody can be told that GB-%d is set aside", entry.id, exc_info=why)  # noqa: TRY400  # not its words


def _ranked(entry: inbox.Entry, effects: Sequence[Effect]) -> Sequence[Effect]:
    """What staff are answered goes before what residents are, as it was handled before."""
    if entry.rank != inbox.STAFF:
        return effects
    return [replace(each, rank=Rank.STAFF_REPLY) if each.rank == Rank.REPLY else each for each in effects]
