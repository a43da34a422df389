"""An import of history that was killed is taken back, off the clerk's thread, a piece at a time."""

import asyncio
import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from services.take_back_history import take_back_left
from storage.database.engines import writing_engine

logger = logging.getLogger(__name__)


class _Stopped(Exception):
    """The program ends: whoever looks next goes on."""


class LeftImports:
    """Takes back what is left of one at a time; where the importing process is at work nothing is done."""

    def __init__(self, database_url: str, zone: ZoneInfo) -> None:
        self._url, self._zone = database_url, zone
        self._stopping = False
        self._taking_back: asyncio.Task[None] | None = None
        self._error: Exception | None = None

    def begin(self, now: datetime) -> None:
        """Has it taken back, and does not wait for it. Raises RuntimeError where the last try that has ended failed, whatever with,
        also while the next one goes on: whoever ticks tells the desk what lasts, and a database that was away for this alone is no
        reason to give the tick up.
        """
        if self._taking_back is None or self._taking_back.done():
            self._taking_back = asyncio.create_task(asyncio.to_thread(self._take_back, now))
        if self._error is not None:
            raise RuntimeError("what a killed import has left could not be taken back") from self._error

    def nothing_left(self) -> None:
        """Another has taken it back: what failed here is over."""
        self._error = None

    async def finished(self) -> None:
        """When nothing is being taken back."""
        if self._taking_back is not None:
            await asyncio.gather(self._taking_back, return_exceptions=True)

    async def stop(self) -> None:
        """What is being taken back goes on another time."""
        self._stopping = True
        await self.finished()

    def _take_back(self, now: datetime) -> None:
        engine = writing_engine(self._url)
        try:
            if take_back_left(engine, now, self._zone, self._goes_on):
                logger.warning("An import of figures that had been killed was taken back")
            self._error = None
        except _Stopped:
            return
        except Exception as error:
            logger.exception("An import of figures could not be taken back; it is tried again")
            self._error = error
        finally:
            engine.dispose()

    def _goes_on(self, _: int, __: int) -> None:
        if self._stopping:
            raise _Stopped
