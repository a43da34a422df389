"""The messengers at work, each on its own: one that is away, or has broken, leaves the others as they are."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from bot.running.lasting_work import never_ends
from bot.running.messenger import Messenger

logger = logging.getLogger(__name__)

OTHERS_SECONDS = 3.0
"""So long the start waits for the other messengers once one is there."""
AT_WORK_SECONDS = 600.0
"""What has been at work for so long and breaks may be mended by a new start; what breaks sooner would break again and again."""


class Edges:
    """`prepared` is told of each messenger that has learnt who the bot is there: from then on what came from it can be decoded."""

    def __init__(
        self,
        messengers: Sequence[Messenger],
        prepared: Callable[[Messenger], Awaitable[None]],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._messengers, self._prepared, self._steady = messengers, prepared, steady
        self._broken = set[str]()
        self._ready: dict[str, asyncio.Event] = {each.channel.name: asyncio.Event() for each in messengers}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Returns when one is ready, and the others if they are soon. Raises what ended the last where none is left."""
        self._tasks = {each.channel.name: asyncio.create_task(self._serve(each)) for each in self._messengers}
        waiting = [asyncio.create_task(self._is_settled(name)) for name in self._tasks]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            while not any(event.is_set() for event in self._ready.values()) and not self._all_ended:
                await asyncio.wait([each for each in waiting if not each.done()], return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait(waiting, timeout=OTHERS_SECONDS)
        finally:
            for each in waiting:
                each.cancel()
        if self._all_ended:
            await self.ended()

    @property
    def _all_ended(self) -> bool:
        return all(each.done() for each in self._tasks.values())

    async def _is_settled(self, name: str) -> None:
        """Until this one is ready or has ended."""
        ready = asyncio.create_task(self._ready[name].wait())
        try:
            await asyncio.wait([ready, self._tasks[name]], return_when=asyncio.FIRST_COMPLETED)
        finally:
            ready.cancel()

    async def _serve(self, messenger: Messenger) -> None:
        name = messenger.channel.name
        began = self._steady()
        try:
            await messenger.prepare()
            began = self._steady()
            self._ready[name].set()
            await self._prepared(messenger)
            async with asyncio.TaskGroup() as group:
                group.create_task(never_ends(messenger.speak))
                group.create_task(never_ends(messenger.hear))
        except Exception as error:
            if len(self._messengers) > 1:
                logger.critical("%s has ended; the other messengers go on.", name, exc_info=error)
                if self._steady() - began >= AT_WORK_SECONDS:
                    self._broken.add(name)
            while isinstance(error, ExceptionGroup):
                error = error.exceptions[0]
            raise error from None

    def unready(self) -> frozenset[str]:
        """The channels of which nothing can be decoded yet."""
        return frozenset(name for name, event in self._ready.items() if not event.is_set())

    def away(self) -> list[str]:
        """The channels by which nothing is heard or said: not reached yet, or ended."""
        ended = {name for name, task in self._tasks.items() if task.done()}
        return sorted(self.unready() | ended)

    def broken(self) -> list[str]:
        """Those that have worked and broken while others go on."""
        return sorted(self._broken)

    async def ended(self) -> None:
        """Until the last messenger has ended; raises what it ended with."""
        outcomes = await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    async def stop(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
