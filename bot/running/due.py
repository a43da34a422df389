"""What is due at a minute, part by part: other roads, reminders, the jobs, what is to be forgotten, the public channel, menus."""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from bot.running.clerk import Clerk, ClerkGone
from bot.running.messenger import Messenger
from bot.running.observer import Observer
from bot.running.readers import Readers
from bot.running.tick_failures import TickFailures
from bot.settings import Settings
from bot.telegram.channel import TELEGRAM
from reminders.context import Job, Tick
from reminders.jobs import JOBS, READ_AHEAD
from reminders.menus import change_menus, changed_menus
from reminders.other_road import due_by_other_road, waits_for_another_road
from reminders.plan import Planned, plan
from reminders.public_channel import PublicChannel, post, prepared_posts
from reminders.tick import say, say_apart
from reporting.people import Address
from reporting.tick_parts import TickPart
from services.forget_old import forget_old
from storage.database.away import is_away
from storage.database.tick_parts import AS_ONE, TickParts
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
Named = tuple[str, Job]
"""A job by the name of the function that does it, or that has read ahead for it."""


class Due:
    """Reads on `readers`, writes with the clerk; `tick_on` is what a job is given, `public_on` where the public channel is.

    `parts`: in their order, others may be added. `troubled`, `failing`, `given_up`: see `TickFailures`. What has failed is tried again
    with the next tick, however seldom it is due; a rule that compares figures after a pause that grows, and meanwhile it is among what
    has failed.
    """

    def __init__(
        self,
        settings: Settings,
        readers: Readers,
        clerk: Clerk,
        public_on: Messenger | None,
        tick_on: Callable[[Connection, datetime], Tick],
        observer: Observer,
    ) -> None:
        self._settings, self._readers, self._clerk, self._public_on = settings, readers, clerk, public_on
        self._tick_on = tick_on
        self.parts: tuple[Part, ...] = (
            self._go_over,
            self._remind,
            self._do_jobs,
            self._forget_old,
            self._tell_the_public,
            self._change_menus,
            self._forget_residents,
        )
        self._failures = TickFailures(observer)
        self._menus_left, self._old_left = True, False
        self._swept, self._emptied = Swept(), 0

    @property
    def troubled(self) -> Set[TickPart]:
        return self._failures.troubled

    @property
    def failing(self) -> Mapping[TickPart, int] | None:
        return self._failures.failing

    @property
    def given_up(self) -> int:
        return self._failures.given_up

    async def tick(self, now: datetime) -> bool:
        """Does all that is due; whether the database was there for it.

        The trouble of one part stays there: it is in the log, and the next tick works out anew what was due.
        """
        self._failures.begin()
        for part in self.parts:
            try:
                await part(now)
            except ClerkGone:
                raise
            except Exception as error:  # noqa: BLE001  # whatever it is, the other parts are done
                if is_away(error):
                    self._failures.give_up(error)
                    return False
                self._failures.note(TickPart(part.__name__.strip("_")), error)
        self._failures.end()
        return True

    async def _by_parts(self, job: str, attempt: Callable[[TickParts], Awaitable[T]]) -> T:
        """What is tried as one comes to; where that fails, what it comes to part by part, without those that fail by themselves."""
        before = set(self.troubled)
        try:
            return await attempt(AS_ONE)
        except ClerkGone:
            raise
        except Exception as error:
            if is_away(error):
                raise
            failed = error
        parts = self._failures.apart(job)
        done = await attempt(parts)
        _note_why(job, parts.troubled or self.troubled - before, failed)
        return done

    async def _go_over(self, now: datetime) -> None:
        """By another road, before what has waited long is reminded of anew, where it would wait again."""
        if await self._readers.read(lambda connection: waits_for_another_road(self._tick_on(connection, now))):
            await self._by_parts("go_over", lambda parts: self._write_on(now, parts, due_by_other_road))

    async def _remind(self, now: datetime) -> None:
        """Plans on a reading connection; writes in portions, so that answers need not wait."""
        planned = await self._by_parts("remind", lambda parts: self._read_on(now, parts, plan))
        for portion in planned.parts() if planned is not None else ():
            await self._by_parts("remind", partial(self._say, portion))

    async def _say(self, portion: Planned, parts: TickParts) -> None:
        if parts.are_apart:
            again = replace(portion, tick=replace(portion.tick, parts=parts))
            await self._clerk.write(lambda connection: say_apart(connection, again))
        else:
            await self._clerk.write(lambda connection: say(connection, portion))

    async def _read_on(self, now: datetime, parts: TickParts, read: Callable[[Tick], T]) -> T:
        return await self._readers.read(lambda connection: read(self._parted(connection, now, parts)))

    async def _write_on(self, now: datetime, parts: TickParts, write: Callable[[Tick], T]) -> T:
        return await self._clerk.write(lambda connection: write(self._parted(connection, now, parts)))

    def _parted(self, connection: Connection, now: datetime, parts: TickParts) -> Tick:
        return replace(self._tick_on(connection, now), parts=parts)

    async def _do_jobs(self, now: datetime) -> None:
        ahead = await self._readers.read(lambda connection: self._read_ahead(connection, now))
        jobs = [*ahead, *((job.__name__, job) for job in JOBS)]
        await self._by_parts("jobs", lambda parts: self._write_on(now, parts, partial(self._tell, jobs)))

    def _read_ahead(self, connection: Connection, now: datetime) -> list[Named]:
        tick = self._tick_on(connection, now)
        found = ((read.__name__, self._done(read.__name__, read, tick)) for read in READ_AHEAD)
        return [(name, job) for name, job in found if job is not None]

    def _tell(self, jobs: Sequence[Named], tick: Tick) -> None:
        """What the jobs say is due. Apart each puts it in the outbox by itself: where one message cannot be put there none is."""
        put = partial(outbox.put, now=tick.now, channels=tick.channels)
        if tick.parts.are_apart:
            whole = replace(tick, parts=AS_ONE)
            for name, job in jobs:
                self._done(name, lambda on, job=job: put(on.connection, job(on)), whole)  # type: ignore[misc]  # bound as it stands
        elif says := [each for name, job in jobs for each in self._done(name, job, tick) or ()]:
            put(tick.connection, says)

    def _done(self, name: str, job: Callable[[Tick], T], tick: Tick) -> T | None:
        """What one job comes to, in a transaction within the tick's; part by part where it fails as one. None where it has failed all
        the same: nothing of it is left.
        """
        try:
            return self._tried(job, replace(tick, parts=self._failures.as_one(name)))
        except Exception as error:
            if is_away(error):
                raise
            failed = error
        parts = self._failures.apart(name)
        try:
            done = self._tried(job, replace(tick, parts=parts))
        except Exception as error:
            if is_away(error):
                raise
            self._failures.note(TickPart(name), error)
            return None
        _note_why(name, parts.troubled, failed)
        return done

    def _tried(self, job: Callable[[Tick], T], tick: Tick) -> T:
        with tick.connection.begin_nested():
            return job(tick)

    async def _forget_old(self, now: datetime) -> None:
        """What need not be kept, once an hour."""
        if now.minute and not self._old_left:
            return
        self._old_left = True
        self._emptied = await self._by_parts(
            "forget_old", lambda parts: self._write_on(now, parts, self._forget_some_old)
        )
        self._old_left = self._failures.are_of("forget_old")

    def _forget_some_old(self, tick: Tick) -> int:
        keeping, upto = self._settings.keeping, self._emptied
        return forget_old(tick.connection, keeping, tick.today, tick.now, upto, apart=tick.apart)

    async def _tell_the_public(self, now: datetime) -> None:
        """The public channel's bulletins and corrections, where there is such a channel."""
        on = self._public_on
        if (
            not self._settings.bulletin_channel or on is None or not on.username
        ):  # nobody knows yet what it is called there
            return
        to = Address(on.channel.name, self._settings.bulletin_channel)
        channel = PublicChannel(to, self._settings.language, on.username)
        posts = await self._by_parts(
            "tell_the_public", lambda parts: self._read_on(now, parts, partial(prepared_posts, channel=channel))
        )
        if posts:
            telling = partial(post, channel=channel, posts=posts)
            await self._by_parts("tell_the_public", lambda parts: self._write_on(now, parts, telling))

    async def _change_menus(self, now: datetime) -> None:
        """Looks now and then, and each minute while there are more, whose menu is not that of his duties."""
        if not self._menus_left and now.minute % MENUS_EVERY:
            return
        self._menus_left = True
        changes = await self._by_parts("change_menus", lambda parts: self._read_on(now, parts, changed_menus))
        self._menus_left = bool(changes) or self._failures.are_of("change_menus")
        if changes:
            changing = partial(change_menus, changes=changes)
            await self._by_parts("change_menus", lambda parts: self._write_on(now, parts, changing))

    async def _forget_residents(self, now: datetime) -> None:
        """What was said to them goes, in portions, so that answers need not wait."""
        for _ in range(MOST_PORTIONS):
            self._swept = await self._clerk.write(lambda connection: self._forget_some(connection, now))
            if not self._swept.has_more:
                return

    def _forget_some(self, connection: Connection, now: datetime) -> Swept:
        return forget_said(connection, self._swept, PORTION, now)


def _note_why(job: str, troubled: Collection[TickPart], failed: Exception) -> None:
    if not troubled:
        logger.warning("Part by part nothing of %s has failed; as one it has", job, exc_info=failed)
