"""What is due at a minute, part by part: other roads, reminders, the jobs, what is to be forgotten, the public channel, menus."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from bot.running.clerk import Clerk, ClerkGone
from bot.running.messenger import Messenger
from bot.running.observer import Observer
from bot.running.readers import Readers
from bot.settings import Settings
from bot.telegram.channel import TELEGRAM
from reminders.context import Job, Tick
from reminders.jobs import JOBS, READ_AHEAD
from reminders.menus import change_menus, changed_menus
from reminders.other_road import due_by_other_road, waits_for_another_road
from reminders.public_channel import PublicChannel, post, prepared_posts
from reminders.tick import plan, say
from reporting.channel import Channels
from reporting.people import Address
from services.forget_old import forget_old
from storage.database.away import is_away
from storage.messages import outbox
from storage.messages.forgetting import Swept, forget_said

logger = logging.getLogger(__name__)
T = TypeVar("T")

PUBLIC_ON = TELEGRAM.name
"""The channel in which the public channel of bulletins is."""
MENUS_EVERY = 10
"""Minutes between two looks at whose menu has changed with his duties."""
PORTION, MOST_PORTIONS = 2000, 50
"""So many rows of the outbox are looked through in one transaction, and in so many a minute, for what was said to residents."""

Part = Callable[[datetime], Awaitable[None]]


class Due:
    """Reads on `readers`, writes with the clerk; `tick_on` is what a job is given, `public_on` where the public channel is.

    `parts`: in their order, others may be added. `troubled`: the parts and jobs of the last tick that have failed, by their names.
    `failing`: of each in how many ticks in a row, up to the last that came to its end; None before the first. What has failed is
    tried again with the next tick, however seldom it is due.
    """

    def __init__(
        self,
        settings: Settings,
        readers: Readers,
        clerk: Clerk,
        public_on: Messenger | None,
        tick_on: Callable[[Connection, datetime], Tick],
        channels: Channels,
        observer: Observer,
    ) -> None:
        self._settings, self._readers, self._clerk, self._public_on = settings, readers, clerk, public_on
        self._tick_on, self._channels, self._observer = tick_on, channels, observer
        self.parts: tuple[Part, ...] = (
            self._go_over,
            self._remind,
            self._do_jobs,
            self._forget_old,
            self._tell_the_public,
            self._change_menus,
            self._forget_residents,
        )
        self.troubled = set[str]()
        self.failing: Mapping[str, int] | None = None
        self._menus_left, self._old_left = True, False
        self._swept, self._emptied = Swept(), 0

    async def tick(self, now: datetime) -> bool:
        """Does all that is due; whether the database was there for it.

        The trouble of one part stays there: it is in the log, and the next tick works out anew what was due.
        """
        self.troubled = set()
        for part in self.parts:
            try:
                await part(now)
            except ClerkGone:
                raise
            except Exception as error:  # noqa: BLE001  # whatever it is, the other parts are done
                if is_away(error):
                    logger.warning("This minute's tick is given up, the database is away or locked: %s", error)
                    return False
                self._trouble(part, error)
        before = self.failing or {}
        self.failing = {name: before.get(name, 0) + 1 for name in sorted(self.troubled)}
        return True

    def _trouble(self, part: Callable[..., object], error: Exception) -> None:
        name = part.__name__.strip("_")
        logger.error("Of what is due at this minute %s has failed; the rest goes on", name, exc_info=error)
        self.troubled.add(name)
        self._observer.failed(name)

    async def _go_over(self, now: datetime) -> None:
        """By another road, before what has waited long is reminded of anew, where it would wait again."""
        if await self._readers.read(lambda connection: waits_for_another_road(self._tick_on(connection, now))):
            await self._clerk.write(lambda connection: due_by_other_road(self._tick_on(connection, now)))

    async def _remind(self, now: datetime) -> None:
        """Plans on a reading connection; writes in portions, so that answers need not wait."""
        planned = await self._readers.read(lambda connection: plan(self._tick_on(connection, now)))
        if planned is not None:
            for part in planned.parts():
                await self._clerk.write(lambda connection, part=part: say(connection, part))  # type: ignore[misc]  # bound as it stands

    async def _do_jobs(self, now: datetime) -> None:
        ahead = await self._readers.read(lambda connection: self._read_ahead(connection, now))
        await self._clerk.write(lambda connection: self._tell(connection, [*ahead, *JOBS], now))

    def _read_ahead(self, connection: Connection, now: datetime) -> list[Job]:
        tick = self._tick_on(connection, now)
        found = (self._apart(connection, read, tick) for read in READ_AHEAD)
        return [job for job in found if job is not None]

    def _tell(self, connection: Connection, jobs: Sequence[Job], now: datetime) -> None:
        """What the jobs say is due."""
        tick = self._tick_on(connection, now)
        if says := [each for job in jobs for each in self._apart(connection, job, tick) or ()]:
            outbox.put(connection, says, now, self._channels)

    def _apart(self, connection: Connection, part: Callable[[Tick], T], tick: Tick) -> T | None:
        """What one job comes to, in a transaction within the tick's; None if it has failed, of which nothing is left."""
        try:
            with connection.begin_nested():
                return part(tick)
        except Exception as error:
            if is_away(error):
                raise
            self._trouble(part, error)
            return None

    async def _forget_old(self, now: datetime) -> None:
        """What need not be kept, once an hour."""
        if now.minute and not self._old_left:
            return
        self._old_left = True
        await self._clerk.write(lambda connection: self._forget_some_old(connection, now))
        self._old_left = False

    def _forget_some_old(self, connection: Connection, now: datetime) -> None:
        today = self._tick_on(connection, now).today
        self._emptied = forget_old(connection, self._settings.keeping, today, now, self._emptied)

    async def _tell_the_public(self, now: datetime) -> None:
        """The public channel's bulletins and corrections, where there is such a channel."""
        on = self._public_on
        if (
            not self._settings.bulletin_channel or on is None or not on.username
        ):  # nobody knows yet what it is called there
            return
        to = Address(on.channel.name, self._settings.bulletin_channel)
        channel = PublicChannel(to, self._settings.language, on.username)
        posts = await self._readers.read(lambda connection: prepared_posts(self._tick_on(connection, now), channel))
        if posts:
            await self._clerk.write(lambda connection: post(connection, channel, posts, now, self._channels))

    async def _change_menus(self, now: datetime) -> None:
        """Looks now and then, and each minute while there are more, whose menu is not that of his duties."""
        if not self._menus_left and now.minute % MENUS_EVERY:
            return
        self._menus_left = True
        changes = await self._readers.read(lambda connection: changed_menus(self._tick_on(connection, now)))
        self._menus_left = bool(changes)
        if changes:
            await self._clerk.write(lambda connection: change_menus(connection, changes, now, self._channels))

    async def _forget_residents(self, now: datetime) -> None:
        """What was said to them goes, in portions, so that answers need not wait."""
        for _ in range(MOST_PORTIONS):
            self._swept = await self._clerk.write(lambda connection: self._forget_some(connection, now))
            if not self._swept.has_more:
                return

    def _forget_some(self, connection: Connection, now: datetime) -> Swept:
        return forget_said(connection, self._swept, PORTION, now)
