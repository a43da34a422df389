"""Told to end, the program ends within its limit, whatever it waits for; what waits for it meanwhile is not begun."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.running.clerk import Clerk
from bot.running.handling import GROUP
from reporting.effects import Effect
from simulator import DEFAULT_TOKEN, Simulator
from storage.database.engines import writing_engine
from storage.messages import inbox
from storage.messages.queues import inbox_queues
from tests.bot.mouth import tables
from tests.channels import CHANNELS
from tests.crash.commune import START, prepare
from tests.crash.ward import Zygote
from tests.environment import ROOT
from tests.sqlite import fresh_sqlite

LIMIT = 1.0
NOW = datetime(2021, 11, 10, tzinfo=UTC)


async def test_a_clerk_at_rest_writes_for_others_and_handles_nothing_more(tmp_path: Path) -> None:
    handled, begun, goes_on = list[int](), threading.Event(), threading.Event()

    def handle(_: Connection, entry: inbox.Entry, __: datetime) -> Sequence[Effect]:
        handled.append(entry.id)
        begun.set()
        goes_on.wait(60)
        return []

    engine = writing_engine(fresh_sqlite(tmp_path / "inbox.db", tables))
    clerk = Clerk(
        engine, lambda: NOW, lambda channel, raw: inbox.Heard(channel, raw, raw, raw), handle, handle, CHANNELS
    )
    clerk.start()
    await clerk.hear([str(number) for number in range(GROUP + 10)], "telegram")
    await asyncio.to_thread(begun.wait, 60)
    clerk.rest()
    goes_on.set()
    assert sum(each.waiting for each in (await clerk.write(inbox_queues)).values()) == 10
    assert len(handled) == GROUP
    await clerk.stop()
    engine.dispose()


async def test_a_program_that_cannot_end_in_order_ends_at_its_limit(zygote: Zygote, tmp_path: Path) -> None:
    """Its database is locked by another process, for which SQLite would wait half a minute, and Telegram does not answer."""
    url, log = fresh_sqlite(tmp_path / "giaoban.db", prepare), tmp_path / "bot.log"
    async with Simulator(start=START, seed=1) as simulator:
        simulator.bot()
        settings = {
            "bot_token": DEFAULT_TOKEN,
            "bot_api_url": simulator.url,
            "database_url": url,
            "clock_url": simulator.url,
        }
        bot = await zygote.begin(
            {"settings": settings, "steps": [], "pause": 0, "log": str(log), "stop_seconds": LIMIT}
        )
        await simulator.idle_of_updates()
        while not simulator.first_bot.asked("setMyCommands"):
            await simulator.first_bot.change.wait(1)
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await simulator.person("Bà Lan").starts()
        began = time.monotonic()
        os.kill(bot, signal.SIGTERM)
        assert await zygote.ended() == 1
        took = time.monotonic() - began
        other.close()
    assert "it ends at once" in log.read_text()
    assert took < 20, "SQLite's own patience is 30 s, and nothing is to wait for it"


async def test_a_program_that_is_told_to_end_while_it_begins_ends_in_order(zygote: Zygote, tmp_path: Path) -> None:
    url, log = fresh_sqlite(tmp_path / "giaoban.db", prepare), tmp_path / "bot.log"
    async with Simulator(start=START, seed=1) as simulator:
        simulator.bot()
        simulator.faults.add(method="getMe", status=502, times=None)
        settings = {
            "bot_token": DEFAULT_TOKEN,
            "bot_api_url": simulator.url,
            "database_url": url,
            "clock_url": simulator.url,
        }
        bot = await zygote.begin({"settings": settings, "steps": [], "pause": 0, "log": str(log)})
        while not simulator.first_bot.asked("getMe"):
            await simulator.first_bot.change.wait(1)
        os.kill(bot, signal.SIGTERM)
        assert await zygote.ended() == 0
    assert "Stopped." in log.read_text()


BUSY = """
import asyncio, sys, threading, time
from bot.running import run
from bot.running.lasting_work import WorkEnded
from bot.settings import Settings

class Busy:
    def __init__(self, *_):
        pass

    async def run(self, ending):
        threading.Thread(target=time.sleep, args=[3600], name="draw").start()
        ending()
        raise WorkEnded("keep_ticking")

run.Program = Busy
settings = Settings(bot_token="1:a", database_url=sys.argv[1], _env_file=None)
asyncio.run(run.until_stopped(settings, float(sys.argv[2])))
"""


def test_a_program_that_has_ended_by_itself_is_held_up_by_no_thread_at_work(tmp_path: Path) -> None:
    """It stands still then, and nobody has asked it to end: without a limit nothing would begin it anew."""
    url = f"sqlite:///{tmp_path / 'giaoban.db'}"
    command = [sys.executable, "-c", BUSY, url, str(LIMIT)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "WorkEnded: keep_ticking" in ended.stderr
    assert "Not ended in order within 1 s, so it ends at once. Threads at work: MainThread, draw" in ended.stderr
