"""The running program: its messengers, the clerk and the clock, wired together. The only wiring there is."""

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import channels_of, plans_of, wanted_channels
from bot.drawing import draw
from bot.portal.sender import PortalSender
from bot.running.alerts import Alerts
from bot.running.backups import Backups
from bot.running.channel_folder import ChannelNeeds
from bot.running.clerk import Clerk
from bot.running.clock import Now, real
from bot.running.common_menus import set_common_menus
from bot.running.dispatch import Dispatch, HandlerSettings
from bot.running.due import PUBLIC_ON, Due
from bot.running.edges import Edges
from bot.running.lasting_work import LastingWork
from bot.running.left_imports import LeftImports
from bot.running.liveness import Liveness
from bot.running.logs import hidden_of_channels
from bot.running.messenger import Messenger
from bot.running.readers import Readers
from bot.running.redaction import hide
from bot.running.sites import Sites
from bot.running.trees import Trees
from bot.running.watchdog import Watchdog
from bot.settings import Settings
from reminders.context import Tick
from reminders.other_road import AWAY_FOR
from reminders.ticker import keep_ticking, start_ticker
from reporting.pace import Limits
from reporting.say import Say
from services.file_by_address import FileKind, file_by_address
from services.memory import ProgramMemory
from storage.database.engines import EngineMemory, reading_engine, writing_engine
from storage.database.version import check_revision
from storage.figures import history_imports
from storage.schedule.clock_set_back import AHEAD, count_from_now

logger = logging.getLogger(__name__)
T = TypeVar("T")

TABLES_EVERY = 10.0
"""Seconds between two looks whether the tables are still those that this program knows."""
GLANCE = 0.5
"""How often, in real seconds, a simulated clock is looked at."""


class Program:
    """The bot, from `start` to `stop`. `limits`: Telegram's, unless others are given.

    `now` is its clock; with one that is not the real one every minute of it is ticked.
    """

    def __init__(self, settings: Settings, now: Now = real, limits: Limits | None = None) -> None:
        self.settings, self.now = settings, now
        hide(*settings.secrets, *hidden_of_channels(settings))
        self.engine = writing_engine(settings.database_url)
        self.readers = Readers(reading_engine(settings.database_url))
        self._trees = Trees()
        self.sites = Sites(settings, self.readers, now, draw)
        told = HandlerSettings(
            settings.zone, settings.language, settings.demonstration, settings.quiet, plans_of(settings)
        )
        needs = ChannelNeeds(
            settings, self._hears, self._writes, now, draw, self._publishes, limits, self.sites.observer
        )
        self.messengers: list[Messenger] = [each.messenger(needs) for each in wanted_channels(settings)]
        by_name = {each.channel.name: each for each in self.messengers}
        self.channels = channels_of(by_name)
        self.dispatch = Dispatch(by_name, self.channels, told, self._trees.tree, ProgramMemory())
        self.edges = Edges(self.messengers, self._is_prepared)
        self.clerk = Clerk(
            self.engine,
            now,
            lambda channel, raw: by_name[channel].heard(raw),
            self.dispatch.handle,
            self.dispatch.apologise,
            self.channels,
            self._said,
            settings.zone,
            self.sites.observer,
            self.edges.unready,
        )
        self.portals = PortalSender(
            self.readers.read, self._writes, now, settings.zone, allow_private=settings.portal_private_addresses
        )
        self._dues = 0
        self.backups = Backups(settings.backups, settings.database_url, settings.zone, self._writes)
        self.left_imports = LeftImports(settings.database_url, settings.zone)
        public_on = by_name.get(PUBLIC_ON)
        self.due = Due(settings, self.readers, self.clerk, public_on, self._tick_on, self.sites.observer)
        self.alerts = Alerts(settings, self.channels, self.readers.read, self._writes, self.due, self.edges.away)
        self.due.parts = (self._mend_clock, *self.due.parts, self._begin_backup, self._take_back_left, self.alerts.look)
        self._ticking = asyncio.Lock()
        self._ticked_at: datetime | None = None
        self._began_at: datetime | None = None
        self._clock_is_mended = False
        self._ticker: AsyncIOScheduler | None = None
        self._is_open = False
        self.liveness = Liveness(self._troubles, broken=self.edges.broken)
        self._work = LastingWork()

    async def start(self) -> None:
        """Waits for a messenger while all are away; whatever needs none is done meanwhile. Raises PermissionError when none knows the
        bot.
        """
        await self.sites.open_figures(self.dispatch, self._writes, self._said)
        await self.sites.open_desk(self.dispatch, self._writes, self._said, self._troubles, self.liveness.deadly)
        self.clerk.start()
        watchdog = Watchdog(self.liveness.deadly)
        if watchdog.is_wanted:
            self._work.begin(watchdog.run())
        self._work.begin(self.portals.run())
        self._begin_ticking()
        try:
            await self.edges.start()
        except Exception:
            await self._end_tasks()
            await self.clerk.stop()
            raise
        self._work.begin(self.edges.ended())
        self._work.begin(self._watch_clerk())
        self._work.begin(self._watch_tables())
        if self.now is not real:
            self._work.begin(self._watch_minutes())
        await self.tick()

    def _begin_ticking(self) -> None:
        self._ticker = start_ticker(self.tick)
        self._work.begin(keep_ticking(self._ticker, real))

    async def _is_prepared(self, messenger: Messenger) -> None:
        self.clerk.look()
        await set_common_menus(messenger, self.settings.language)
        self._is_open = True

    def _troubles(self) -> list[str]:
        """What keeps the program from working at this moment."""
        found = {
            "clerk": self.clerk.is_over,
            "database": self.clerk.is_waiting,
            "starting": not self._is_open,
        }
        return [*(name for name, is_so in found.items() if is_so), *self.edges.away()]

    async def stop(self) -> None:
        """Ends in order, however far it had started: nothing new is heard, what is on its way is marked.

        What waits is found again at the next start.
        """
        self._is_open = False
        self.clerk.rest()
        await self._end_tasks()
        await self.edges.stop()
        await self.backups.stop()
        await self.left_imports.stop()
        await self.sites.close()
        await self.clerk.stop()
        await self.readers.close()
        self.engine.dispose()

    async def _end_tasks(self) -> None:
        if self._ticker is not None:
            self._ticker.shutdown(wait=False)
            self._ticker = None
        await self._work.end()

    async def run(self, ending: Callable[[], None] = lambda: None) -> None:
        """Until it is cancelled, or a part of it ends, be it at the start, which may take days. `ending` is told before it stops."""
        starting = asyncio.create_task(self.start())
        try:
            await self._work.lasts(beside=starting)
            gc.collect()
            gc.freeze()  # what the libraries have loaded is looked through no more: that took 0.6 s each time, and everybody waited
            await self._work.lasts()
        finally:
            ending()
            starting.cancel()
            await asyncio.wait([starting])
            await self.stop()

    async def tick(self) -> None:
        """Says what is due now. The trouble of one part stays there: it is in the log, and the next tick works it out anew."""
        async with self._ticking:
            now, began = self.now(), time.monotonic()
            if self._ticked_at is None or now < self._ticked_at - AHEAD:
                self._began_at, self._clock_is_mended = now, False
            self._ticked_at = now
            is_done = await self.due.tick(now)
            self.liveness.ticked()
            if is_done:
                self.clerk.look()
                self.sites.observer.ticked(time.monotonic() - began)
            elif not self.clerk.is_waiting:
                await self.alerts.given_up(now, self.due.given_up)

    async def _begin_backup(self, now: datetime) -> None:
        self.backups.begin(now)

    async def _mend_clock(self, now: datetime) -> None:
        """At the start, and when the clock was set back: what was noted for a time ahead holds nobody back. Where that fails, whatever
        else is due is done all the same.
        """
        if self._clock_is_mended:
            return
        if changed := await self.clerk.write(lambda connection: count_from_now(connection, now)):
            logger.warning(
                "The clock stood ahead: %d rows were noted for later than now; they count from now.", changed
            )
        self._clock_is_mended = True

    async def _take_back_left(self, now: datetime) -> None:
        if await self.readers.read(history_imports.began_at) is None:
            self.left_imports.nothing_left()
        else:
            self.left_imports.begin(now)

    def _tick_on(self, connection: Connection, now: datetime) -> Tick:
        settings = self.settings
        return Tick(
            connection,
            now,
            settings.zone,
            self.channels,
            settings.quiet,
            settings.demonstration,
            self._trees.tree,
            self.dispatch.site,
            self._away(now),
        )

    def _away(self, now: datetime) -> frozenset[str]:
        """The channels by which nothing goes: at the start each has some time to be reached."""
        is_over = self._began_at is not None and now >= self._began_at + AWAY_FOR
        return frozenset(self.edges.away()) if is_over else frozenset()

    def _said(self) -> None:
        for each in self.messengers:
            each.wake()
        dues = EngineMemory.of(self.engine).dues
        if dues != self._dues:
            self._dues = dues
            self.portals.wake()

    async def _hears(self, updates: Sequence[str], channel: str) -> None:
        await self.clerk.hear(updates, channel)

    async def _writes(self, change: Callable[[Connection], T]) -> T:
        return await self.clerk.write(change)

    async def _publishes(self, say: Say, row_id: int) -> str:
        """Where the file of a message can be fetched."""
        drawn, site = say.photo or say.document, self.dispatch.site
        kind: FileKind = "photo" if say.photo else "document"
        if drawn is None or site is None:
            return ""
        give = partial(file_by_address, public_url=site.url, drawn=drawn, message_id=row_id, kind=kind)
        return await self._writes(lambda connection: give(connection, to=say.to, now=self.now()))

    async def _watch_clerk(self) -> None:
        await asyncio.wrap_future(self.clerk.ended)

    async def _watch_tables(self) -> None:
        """Ends the program, by Refused, where another release has changed the tables under it."""
        while True:
            await asyncio.sleep(TABLES_EVERY)
            with suppress(SQLAlchemyError):  # a database that is away has changed nothing
                await self.readers.read(check_revision)

    async def _watch_minutes(self) -> None:
        """Each minute of a simulated clock that nobody else ticks: what fails twice in a minute would count as two."""
        while True:
            is_new = self._ticked_at is None or _minute(self.now()) != _minute(self._ticked_at)
            if is_new and not self._ticking.locked():
                await self.tick()
            await asyncio.sleep(GLANCE)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
