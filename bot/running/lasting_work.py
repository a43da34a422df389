"""Work that goes on for as long as the program does: what ends of it, with an error or without a word, ends the program."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

logger = logging.getLogger(__name__)


class WorkEnded(RuntimeError):
    """Something without which the program stands still has ended, and nobody had asked it to."""


class LastingWork:
    """Tasks that are begun one after the other, and all ended together."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self._one_ended = asyncio.Event()
        self._is_ending = False

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name=name_of(work))
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, _: "asyncio.Task[None]") -> None:
        if not self._is_ending:
            self._one_ended.set()

    async def lasts(self, beside: "asyncio.Task[None] | None" = None) -> None:
        """Until what is done `beside` it is done. Raises what ended any of it before, WorkEnded where that was nothing."""
        ended = asyncio.create_task(self._one_ended.wait())
        try:
            await asyncio.wait([each for each in (ended, beside) if each], return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
        if beside is not None and beside.done():
            await beside
            return
        over = next(each for each in self._tasks if each.done())
        logger.critical("%s has ended, without which the program stands still: it ends", over.get_name())
        error = None if over.cancelled() else over.exception()
        raise error or WorkEnded(over.get_name())

    async def end(self) -> None:
        """The newest is told first."""
        self._is_ending = True
        for task in reversed(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def never_ends(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Does the work; raises WorkEnded where it comes to an end, or calls itself cancelled though nobody has cancelled it."""
    try:
        await work()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
    raise WorkEnded(name_of(work))


def name_of(work: object) -> str:
    """As it stands in the code: «PortalSender.run»."""
    return str(getattr(work, "__qualname__", work))
