"""Backups that are made by themselves: one a day from an hour on, off the clerk's thread; old ones go as the settings say."""

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.system_errors import of_database, of_system
from reporting.errors import Refused
from reporting.rotation import BackupPlan, kept_days
from storage.database import audit
from storage.database.backup_file import write_backup
from storage.database.engines import reading_engine, see_one_moment
from storage.database.version import newest_revision

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=1)
"""So long after a failure it is tried again, and at once where the clock has been set back by more."""
STUCK_AFTER = timedelta(hours=3)
"""A country's year takes some minutes."""
NAME = "giaoban-{day}.jsonl.gz"
Write = Callable[[Callable[[Connection], None]], Coroutine[Any, Any, None]]


def backups_in(folder: Path) -> dict[date, Path]:
    """The backups of a folder that were made by themselves, by their days; other files are nobody's business here."""
    found: dict[date, Path] = {}
    for file in folder.glob(NAME.format(day="*")):
        try:
            found[date.fromisoformat(file.name.removeprefix("giaoban-").removesuffix(".jsonl.gz"))] = file
        except ValueError:
            continue
    return found


class _Stopped(Exception):
    """The program ends: the backup that is being written is given up, and made after the next start."""


class Backups:
    """`write`: has the clerk write. What came of a backup is an audit line: that is how the desk hears of a failure."""

    def __init__(self, plan: BackupPlan, database_url: str, zone: ZoneInfo, write: Write) -> None:
        self._plan, self._url, self._zone, self._write = plan, database_url, zone, write
        self._failed_at: datetime | None = None
        self._begun_at: datetime | None = None
        self._stopping = False
        self._making: asyncio.Task[None] | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it is time for the day's backup, made or not: the folder is looked at by whoever makes it, as it may not answer. It
        is worked out each minute, so a time that was missed is made up for.
        """
        if not self._plan.folder or now.astimezone(self._zone).time() < self._plan.at:
            return False
        return self._failed_at is None or abs(now - self._failed_at) >= AGAIN_AFTER

    async def make(self, now: datetime) -> None:
        """Makes the day's backup, unless it is there, and lets old ones go; a failure is no error here, but an audit line and tried
        again later. The day is that on which it was begun, be it that nothing came of it before midnight.
        """
        try:
            rows = await asyncio.to_thread(self._make, now, self._day(self._begun_at or now))
        except (BlockingIOError, _Stopped):  # another process is at it; or nobody will hear
            return
        except Exception as error:
            self._failed_at, self._begun_at = now, None
            why = _reason(error)
            logger.exception("The backup failed")
            await self._write(lambda connection: _failed(connection, now, why))
            return
        self._failed_at = self._begun_at = None
        if rows is not None:
            await self._write(lambda connection: audit.write(connection, now, None, "backup", rows=rows))

    def begin(self, now: datetime) -> None:
        """Has the day's backup made, if it is due, and does not wait for it; one at a time. Raises TimeoutError where nothing comes of
        it for hours (a folder that does not answer, another process that is at it and stands still): whoever ticks tells the desk.
        """
        if self._begun_at is not None and self._begun_at > now:  # the clock was set back
            self._begun_at = None
        if self._begun_at is None:
            if not self.is_due(now):
                return
            self._begun_at = now
        if self._making is None or self._making.done():
            self._making = asyncio.create_task(self.make(now))
        if now - self._begun_at > STUCK_AFTER:
            raise TimeoutError(f"the backup of the day has neither been made nor failed since {self._begun_at}")

    async def finished(self) -> None:
        """When none is being made."""
        if self._making is not None:
            await asyncio.gather(self._making, return_exceptions=True)

    async def stop(self) -> None:
        """A backup that is being written is given up; its file is never there."""
        self._stopping = True
        await self.finished()

    def _make(self, now: datetime, day: date) -> int | None:
        """How many rows it has; None where the day's is there."""
        Path(self._plan.folder).mkdir(parents=True, exist_ok=True)
        if self._file(day).exists():
            return None
        engine = reading_engine(self._url)
        try:
            with engine.begin() as connection:
                see_one_moment(connection)
                rows = write_backup(connection, self._file(day), newest_revision(), now, self._goes_on)
        finally:
            engine.dispose()
        there = backups_in(Path(self._plan.folder))
        for gone in there.keys() - kept_days(there, self._plan.rotation):
            there[gone].unlink(missing_ok=True)
        return rows

    def _goes_on(self, _: int, __: int) -> None:
        if self._stopping:
            raise _Stopped

    def _day(self, of: datetime) -> date:
        return of.astimezone(self._zone).date()

    def _file(self, day: date) -> Path:
        return Path(self._plan.folder) / NAME.format(day=day.isoformat())


def _reason(error: Exception) -> Refused:
    if isinstance(error, OSError):
        return of_system(error)
    if isinstance(error, SQLAlchemyError):
        return of_database(error)
    return Refused("db_other", said=type(error).__name__)


def _failed(connection: Connection, now: datetime, why: Refused) -> None:
    audit.write(connection, now, None, "backup failed", state=why.key, error=json.dumps(why.values))
