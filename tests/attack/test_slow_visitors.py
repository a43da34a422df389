"""Whoever opens many connections, and says or reads a letter at a time: others are served, and the program has files to open."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from aiohttp import web

from bot.web import serving
from bot.web.serving import listening, name_servers

MOST = 20
ASKED = b"GET /page HTTP/1.1\r\nHost: xa.example\r\nConnection: close\r\n\r\n"
SLOW = {
    "nothing is said": b"",
    "the request is never ended": b"GET /page HTTP/1.1\r\nHost: xa.example\r\nX-More: ",
    "the form is never ended": b"POST /form HTTP/1.1\r\nHost: xa.example\r\nContent-Length: 900\r\n\r\nunit=",
    "the answer is never read": b"GET /large HTTP/1.1\r\nHost: xa.example\r\n\r\n",
}


async def page(_: web.Request) -> web.Response:
    return web.Response(text="Số liệu")


async def large(_: web.Request) -> web.Response:
    return web.Response(body=bytes(50_000_000))


async def form(request: web.Request) -> web.Response:
    await request.post()
    return web.Response()


@pytest.fixture
async def runner(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[web.AppRunner]:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", MOST)
    name_servers()
    app = web.Application()
    app.router.add_get("/page", page)
    app.router.add_get("/large", large)
    app.router.add_post("/form", form)
    monkeypatch.setattr(serving, "LAST_ANSWER", 0.1)
    runner = await listening(app, "127.0.0.1:0")
    yield runner
    await runner.cleanup()


async def slow_visitors(port: int, says: bytes) -> list[asyncio.StreamWriter]:
    """More than there may be, one after the other; none reads."""
    writers = []
    for _ in range(2 * MOST):
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        with suppress(ConnectionError):
            writer.write(says)
            await writer.drain()
        writers.append(writer)
    return writers


@pytest.mark.parametrize("says", SLOW.values(), ids=SLOW.keys())
async def test_others_are_served_and_no_more_files_are_open_than_may_be(runner: web.AppRunner, says: bytes) -> None:
    port = runner.addresses[0][1]
    slow = await slow_visitors(port, says)
    assert runner.server is not None
    for _ in range(3):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(ASKED)
        async with asyncio.timeout(60):
            assert (await reader.read()).endswith("Số liệu".encode())
        writer.close()
    assert len([each for each in runner.server.connections if each.transport is not None]) <= MOST
    for each in slow:
        each.transport.abort()


async def is_served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Whether the connection is there, and is answered."""
    try:
        writer.write(b"GET /page HTTP/1.1\r\nHost: xa.example\r\n\r\n")
        async with asyncio.timeout(60):
            return (await reader.readuntil("Số liệu".encode())).startswith(b"HTTP/1.1 200")
    except (ConnectionError, asyncio.IncompleteReadError):
        return False


async def test_whoever_comes_when_all_places_are_taken_has_that_of_the_oldest_alone(runner: web.AppRunner) -> None:
    host, port = runner.addresses[0][:2]
    there = []
    for _ in range(MOST):
        there.append(await asyncio.open_connection(host, port))
        assert await is_served(*there[-1])
    assert [await is_served(*each) for each in there] == [True] * MOST
    there.append(await asyncio.open_connection(host, port))
    assert await is_served(*there[-1])
    assert [await is_served(*each) for each in there] == [False] + [True] * MOST
    for _, writer in there:
        writer.transport.abort()


async def test_many_that_come_in_one_moment_are_let_in_a_few_at_a_time(
    runner: web.AppRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is let in is known a moment later: in that moment there were as many as waited, and no file left to be opened."""
    await runner.cleanup()
    monkeypatch.setattr(serving, "AT_A_TIME", 4)
    few = await listening(web.Application(), "127.0.0.1:0")
    assert few.server is not None
    crowd = [socket.create_connection(few.addresses[0][:2]) for _ in range(3 * MOST)]
    most = 0
    for _ in range(100):
        await asyncio.sleep(0)
        most = max(most, len(few.server.connections))
    assert MOST <= most <= MOST + 4 * serving.AT_A_TIME
    for each in crowd:
        each.close()
    await few.cleanup()


async def test_who_says_nothing_is_not_waited_for_longer_than_nginx_keeps_a_connection(
    runner: web.AppRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    await runner.cleanup()
    monkeypatch.setattr(serving, "SILENT_SECONDS", 0.05)
    hasty = await listening(web.Application(), "127.0.0.1:0")
    for says in (SLOW["nothing is said"], SLOW["the request is never ended"]):
        reader, writer = await asyncio.open_connection("127.0.0.1", hasty.addresses[0][1])
        writer.write(says)
        async with asyncio.timeout(60):
            assert await reader.read() == b""
        writer.close()
    await hasty.cleanup()
