"""The disk is looked at beside the program's work: a folder on the network may not answer, and holds nobody up, not even the end."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from threading import Thread

from bot.doctor.checks import Examined, disk_without_answer, examine_disk_for_alerts
from bot.settings import Settings

MOMENT = 0.5
"""So many seconds a look is waited for; a disk that answers takes less than a thousandth."""
SILENT_AFTER = 2
"""One that has not come back in so many further minutes will not soon."""


class DiskLook:
    """One at a time, on a thread that ends with the process: one of asyncio's would be waited for at the exit."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._is_over: asyncio.Event | None = None
        self._found: Sequence[Examined] = ()
        self._waited = 0

    async def found(self, now: datetime) -> Sequence[Examined]:
        """Once a minute: what the look finds or, where it takes its time, what the last one has found; after minutes, that."""
        if self._is_over is None or self._is_over.is_set():
            self._waited = 0
            self._is_over = is_over = asyncio.Event()
            looking = (now, asyncio.get_running_loop(), is_over)
            Thread(target=self._look, args=looking, name="disk", daemon=True).start()
            with suppress(TimeoutError):
                async with asyncio.timeout(MOMENT):
                    await is_over.wait()
        else:
            self._waited += 1
        return disk_without_answer(self._settings) if self._waited >= SILENT_AFTER else self._found

    def _look(self, now: datetime, loop: asyncio.AbstractEventLoop, is_over: asyncio.Event) -> None:
        try:
            self._found = examine_disk_for_alerts(self._settings, now)
        finally:
            with suppress(RuntimeError):  # the program has ended meanwhile
                loop.call_soon_threadsafe(is_over.set)
