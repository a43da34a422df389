"""The running program: its messengers, the clerk and the clock, wired together. The only wiring there is."""

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.drawing import draw
from bot.portal.sender import PortalSender
from bot.running.alerts import Alerts
from bot.running.backups import Backups
from bot.running.clerk import Clerk
from bot.running.clock import Now, real
from bot.running.dispatch import Dispatch, HandlerSettings
from bot.running.left_imports import LeftImports
from bot.running.messenger import Messenger
from bot.running.readers import Readers
from bot.running.sites import Sites
from bot.running.trees import Trees
from bot.settings import Settings
from bot.telegram.messenger import Telegram
from reminders.context import Job, Tick
from reminders.jobs import JOBS, READ_AHEAD
from reminders.menus import change_menus, changed_menus
from reminders.public_channel import PublicChannel, post, prepared_posts
from reminders.tick import plan, say
from reminders.ticker import start_ticker
from reporting.commands import commands_for
from reporting.pace import Limits
from reporting.people import Address
from reporting.translator import LANGUAGES, translator
from services.forget_old import forget_old
from services.memory import ProgramMemory
from storage.database.engines import EngineMemory, reading_engine, writing_engine
from storage.figures import history_imports
from storage.messages import outbox
from storage.messages.forgetting import Swept, forget_said

logger = logging.getLogger(__name__)
T = TypeVar("T")

MENUS_EVERY = 10
"""Minutes between two looks at whose menu has changed with his duties."""
PORTION, MOST_PORTIONS = 2000, 50
"""So many rows of the outbox are looked through in one transaction, and in so many a minute, for what was said to residents."""
GLANCE = 0.5
"""How often, in real seconds, a simulated clock is looked at."""


class Program:
    """The bot, from `start` to `stop`. `limits`: Telegram's, unless others are given.

    `now` is its clock; with one that is not the real one every minute of it is ticked.
    """

    def __init__(self, settings: Settings, now: Now = real, limits: Limits | None = None) -> None:
        self.settings, self.now = settings, now
        self.engine = writing_engine(settings.database_url)
        self.readers = Readers(reading_engine(settings.database_url))
        self._trees = Trees()
        self.sites = Sites(settings, self.readers, now)
        told = HandlerSettings(settings.zone, settings.language, settings.demonstration, settings.quiet)
        self.telegram = Telegram(settings, self._hears, self._writes, now, draw, limits, self.sites.observer)
        self.messengers: list[Messenger] = [
            self.telegram,
        ]
        by_name = {each.channel.name: each for each in self.messengers}
        self.dispatch = Dispatch(by_name, told, self._trees.tree, ProgramMemory())
        self.channels = self.dispatch.channels
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
        )
        self.portals = PortalSender(
            self.readers.read, self._writes, now, settings.zone, allow_private=settings.portal_private_addresses
        )
        self._dues = 0
        self.backups = Backups(settings.backups, settings.database_url, settings.zone, self._writes)
        self.left_imports = LeftImports(settings.database_url, settings.zone)
        self.alerts = Alerts(settings, self.telegram.channel.name, self.channels, self.readers.read, self._writes)
        self._ticking = asyncio.Lock()
        self._menus_left = True
        self._swept, self._emptied = Swept(), 0
        self._ticked_at: datetime | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Waits for a messenger that is away. Raises PermissionError when one does not know the bot."""
        await self.sites.open_figures()
        await self.sites.open_desk(
            self.dispatch, self._writes, lambda: self.telegram.username, self._said, self._troubles
        )
        for each in self.messengers:
            await each.prepare()
        self.clerk.start()
        for each in self.messengers:
            self._run(each.speak())
            self._run(each.hear())
        self._run(self.portals.run())
        self._run(self._watch_clerk())
        if self.now is not real:
            self._run(self._watch_minutes())
        self._ticker = start_ticker(self.tick)
        await self._set_menus()
        await self.tick()

    def _troubles(self) -> list[str]:
        """What keeps the program from working at this moment."""
        away = [each.channel.name for each in self.messengers if not each.username]
        return [*(["clerk"] if self.clerk.ended.done() else []), *away]

    async def stop(self) -> None:
        """Ends in order: nothing new is heard, what is on its way is marked. What waits is found again at the next start."""
        self._ticker.shutdown(wait=False)
        for task in reversed(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.backups.stop()
        await self.left_imports.stop()
        await self.sites.close()
        await self.clerk.stop()
        await self.readers.close()
        self.engine.dispose()

    async def run(self) -> None:
        """Until it is cancelled, or a part of it ends."""
        await self.start()
        gc.collect()
        gc.freeze()  # what the libraries have loaded is looked through no more: that took 0.6 s each time, and everybody waited
        try:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in self._tasks:
                if task.done() and not task.cancelled() and (error := task.exception()) is not None:
                    raise error
        finally:
            await self.stop()

    async def tick(self) -> None:
        """Says what is due now. Plans on a reading connection; writes in portions, so that answers need not wait."""
        async with self._ticking:
            now, began = self.now(), time.monotonic()
            self._ticked_at = now
            planned = await self.readers.read(lambda connection: plan(self._tick_on(connection, now)))
            if planned is not None:
                for part in planned.parts():
                    await self.clerk.write(lambda connection, part=part: say(connection, part))  # type: ignore[misc]  # bound as it stands
            ahead = await self.readers.read(lambda connection: self._read_ahead(connection, now))
            await self.clerk.write(lambda connection: self._tell(connection, [*ahead, *JOBS], now))
            await self._tell_the_public(now)
            await self._change_menus(now)
            await self._forget_residents()
            self.backups.begin(now)
            if await self.readers.read(history_imports.began_at) is not None:
                self.left_imports.begin(now)
            await self.alerts.look(now)
            self.clerk.look()
            self.sites.observer.ticked(time.monotonic() - began)

    def _tick_on(self, connection: Connection, now: datetime) -> Tick:
        settings = self.settings
        return Tick(
            connection, now, settings.zone, self.channels, settings.quiet, settings.demonstration, self._trees.tree
        )

    async def _forget_residents(self) -> None:
        """What was said to them goes, in portions, so that answers need not wait."""
        for _ in range(MOST_PORTIONS):
            self._swept = await self.clerk.write(self._forget_some)
            if not self._swept.has_more:
                return

    def _forget_some(self, connection: Connection) -> Swept:
        return forget_said(connection, self._swept, PORTION, self.now())

    async def _change_menus(self, now: datetime) -> None:
        """Looks now and then, and each minute while there are more, whose menu is not that of his duties."""
        if not self._menus_left and now.minute % MENUS_EVERY:
            return
        changes = await self.readers.read(lambda connection: changed_menus(self._tick_on(connection, now)))
        self._menus_left = bool(changes)
        if changes:
            await self.clerk.write(lambda connection: change_menus(connection, changes, now, self.channels))

    async def _tell_the_public(self, now: datetime) -> None:
        """The public channel's bulletins and corrections, where there is such a channel."""
        if not self.settings.bulletin_channel:
            return
        to = Address(self.telegram.channel.name, self.settings.bulletin_channel)
        channel = PublicChannel(to, self.settings.language, self.telegram.username)
        posts = await self.readers.read(lambda connection: prepared_posts(self._tick_on(connection, now), channel))
        if posts:
            await self.clerk.write(lambda connection: post(connection, channel, posts, now, self.channels))

    def _read_ahead(self, connection: Connection, now: datetime) -> list[Job]:
        tick = self._tick_on(connection, now)
        return [read(tick) for read in READ_AHEAD]

    def _tell(self, connection: Connection, jobs: Sequence[Job], now: datetime) -> None:
        """What the jobs say is due; and once an hour what need not be kept is forgotten."""
        tick = self._tick_on(connection, now)
        if says := [each for job in jobs for each in job(tick)]:
            outbox.put(connection, says, now, self.channels)
        if now.minute == 0:
            self._emptied = forget_old(connection, self.settings.keeping, tick.today, now, self._emptied)

    def _said(self) -> None:
        for each in self.messengers:
            each.wake()
        dues = EngineMemory.of(self.engine).dues
        if dues != self._dues:
            self._dues = dues
            self.portals.wake()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _hears(self, updates: Sequence[str], channel: str) -> None:
        await self.clerk.hear(updates, channel)

    async def _writes(self, change: Callable[[Connection], T]) -> T:
        return await self.clerk.write(change)

    async def _watch_clerk(self) -> None:
        await asyncio.wrap_future(self.clerk.ended)

    async def _watch_minutes(self) -> None:
        while True:
            now = self.now()
            if self._ticked_at is None or _minute(now) != _minute(self._ticked_at):
                await self.tick()
            await asyncio.sleep(GLANCE)

    async def _set_menus(self) -> None:
        """The menu of whoever has no duty, in each language; that of staff is set when they join."""
        for language in (*LANGUAGES, ""):
            words = translator(language or self.settings.language)
            commands = [(one.names[words.language], words.plain(one.key)) for one in commands_for([])]
            for each in self.messengers:
                await each.set_common_menu(commands, language)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
