"""The running program: its messengers, the clerk and the clock, wired together. The only wiring there is."""

import asyncio
import gc
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TypeVar

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
from bot.running.ticks import Ticks
from bot.running.trees import Trees
from bot.running.watchdog import Watchdog
from bot.settings import Settings
from reminders.context import Tick
from reminders.other_road import AWAY_FOR
from reporting.pace import Limits
from reporting.say import Say
from services.file_by_address import FileKind, file_by_address
from services.memory import ProgramMemory
from storage.database.engines import EngineMemory, reading_engine, writing_engine
from storage.database.version import check_revision
from storage.figures import history_imports

logger = logging.getLogger(__name__)
T = TypeVar("T")

TABLES_EVERY = 10.0
"""Seconds between two looks whether the tables are still those that this program knows."""


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
        self._is_open = False
        self.liveness = Liveness(self._troubles, broken=self.edges.broken)
        self._work = LastingWork()
        self.ticks = Ticks(now, self.due, self.clerk, self.alerts, self.sites.observer, ended=self.liveness.ticked)
        after = (self._begin_backup, self._take_back_left, self.alerts.look)
        self.due.parts = (self.ticks.mend_clock, *self.due.parts, *after)

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
        self.ticks.begin(self._work)

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
        self.ticks.end()
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
        await self.ticks.tick()

    async def _begin_backup(self, now: datetime) -> None:
        self.backups.begin(now)

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
        began_at = self.ticks.began_at
        is_over = began_at is not None and now >= began_at + AWAY_FOR
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
        await self.ticks.watch_minutes()
