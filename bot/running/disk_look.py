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
        self._thread: Thread | None = None
        self._found: Sequence[Examined] = ()
        self._waited = 0

    async def found(self, now: datetime) -> Sequence[Examined]:
        """Once a minute: what the look finds or, where it takes its time, what the last one has found; after minutes, that."""
        if self._thread is None or not self._thread.is_alive():
            self._waited = 0
            is_over = asyncio.Event()
            self._thread = Thread(
                target=self._look, args=(now, asyncio.get_running_loop(), is_over), name="disk", daemon=True
            )
            self._thread.start()
            with suppress(TimeoutError):
                async with asyncio.timeout(MOMENT):
                    await is_over.wait()
        else:
            self._waited += 1
        return disk_without_answer(self._settings) if self._waited >= SILENT_AFTER else self._found

    def _look(self, now: datetime, loop: asyncio.AbstractEventLoop, is_over: asyncio.Event) -> None:
        self._found = examine_disk_for_alerts(self._settings, now)
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(is_over.set)
