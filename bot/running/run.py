"""`giaoban run`: the bot, until it is told to stop."""

import asyncio
import logging
import os
import signal
import threading
import time
from argparse import Namespace

from bot.channels import CHANNEL_FOLDERS, wanted_channels
from bot.cli.common import database
from bot.cli.system_errors import of_system
from bot.running.channel_folder import ChannelFolder
from bot.running.clock import FollowedClock, real
from bot.running.logs import log
from bot.running.program import Program
from bot.settings import Settings, read_settings
from reporting.errors import Refused, refuse_all
from storage.database.process_locks import running_alone
from storage.database.version import revision

logger = logging.getLogger(__name__)

STOP_SECONDS = 20.0
"""So long may it take to end in order: less than systemd and Docker wait (`deploy/`), who then kill without a word."""
SAME_WISH_SECONDS = 1.0


def run(_: Namespace) -> None:
    """Raises Refused where something is missing that the bot cannot be without."""
    settings = read_settings()
    if not wanted_channels(settings):
        raise Refused("token_missing")
    refuse_all([refused for each in CHANNEL_FOLDERS if (refused := _refused(each, settings)) is not None])
    log(settings)
    check_database(settings)
    asyncio.run(until_stopped(settings))


def _refused(folder: ChannelFolder, settings: Settings) -> Refused | None:
    try:
        folder.refuse(settings)
    except Refused as refused:
        return refused
    return None


def check_database(settings: Settings) -> None:
    """Raises Refused where the database is not there or not up to date."""
    with database(settings) as connection:
        revision(connection)


async def until_stopped(settings: Settings, stop_seconds: float = STOP_SECONDS) -> None:
    """Runs the program until SIGINT or SIGTERM. What has not ended in order `stop_seconds` later is ended at once (exit code 1).

    That holds up to the end of the process, which whoever calls this goes on to: a thread that is at work may hold that up too.

    Raises Refused where another process runs on the same SQLite file.
    """
    with running_alone(settings.database_url) as is_alone:
        if not is_alone:
            raise Refused("already_running")
        await _until_stopped(settings, stop_seconds)


async def _until_stopped(settings: Settings, stop_seconds: float) -> None:
    clock = FollowedClock(settings.clock_url) if settings.clock_url else None
    try:
        if clock is not None:
            await clock.read()
        program, stopping = Program(settings, clock.now if clock else real), _Stopping(stop_seconds)
        working = asyncio.create_task(program.run(stopping.begun))
        following = asyncio.create_task(clock.follow()) if clock else None
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, stopping.asked, working)
        try:
            await working
        except asyncio.CancelledError:
            logger.info("Stopped.")
        finally:
            if following is not None:
                following.cancel()
    except PermissionError:
        raise Refused("token_wrong") from None
    except ConnectionError as error:
        raise Refused("clock_away", url=settings.clock_url, why=of_system(error)) from None


class _Stopping:
    """Has it end in order, within a limit that holds whatever it waits for: a database, Telegram, a reader, a thread at the exit.

    Whoever asks a second time wants it to end at once, unless it is the same wish, passed on by whatever started it too.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds, self._asked_at = seconds, 0.0
        self._limit: threading.Timer | None = None

    def asked(self, working: "asyncio.Task[None]") -> None:
        if self._asked_at:
            if time.monotonic() - self._asked_at > SAME_WISH_SECONDS:
                _end_at_once("Asked a second time to end")
            return
        self._asked_at = time.monotonic()
        if self._limit is None:
            working.cancel()
        self.begun()

    def begun(self) -> None:
        """From now on the time runs, be it that a part of the program has ended by itself. Nothing stops it but the process's end."""
        if self._limit is None:
            why = f"Not ended in order within {self._seconds:g} s"
            self._limit = threading.Timer(self._seconds, _end_at_once, [why])
            self._limit.daemon = True
            self._limit.start()


def _end_at_once(why: str) -> None:
    """As a kill does, which loses nothing: what was heard is stored, and what was on its way is uncertain at the next start."""
    names = ", ".join(sorted(each.name for each in threading.enumerate() if not each.daemon))
    logger.critical("%s, so it ends at once. Threads at work: %s", why, names)
    logging.shutdown()
    os._exit(1)
