"""Reads on threads of their own: whoever asked may be cancelled, no connection is left behind with him."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from bot.running.readers import Readers
from storage.database.engines import reading_engine
from tests.databases import fresh_of_kind


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh_of_kind(request, tmp_path / "read.db")


async def test_a_read_whose_asker_was_cancelled_ends_before_the_database_is_let_go(url: str) -> None:
    engine = reading_engine(url)
    opened: list[object] = []
    closed: list[object] = []
    event.listen(engine, "connect", lambda connection, _: opened.append(connection))
    event.listen(engine, "close", lambda connection, _: closed.append(connection))
    readers, begun, go_on = Readers(engine), asyncio.Event(), threading.Event()
    loop, found = asyncio.get_running_loop(), []

    def slow(connection: Connection) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(60)
        found.append(connection.execute(text("select 7")).scalar_one())

    asking = asyncio.create_task(readers.read(slow))
    await begun.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    closing = asyncio.create_task(readers.close())
    go_on.set()
    await closing
    assert found == [7]
    assert len(opened) == 1
    assert closed == opened
