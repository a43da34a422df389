"""Calls over kept connections: every shape of an answer, in pieces of any size, and what it means when none comes."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.running.http_transport import NoAnswer, NotReached, Wire

SAID = b'{"ok": true}'
SHAPES = {
    "with a length": b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + SAID,
    "in chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n"
    + SAID[:5]
    + b"\r\n7\r\n"
    + SAID[5:]
    + b"\r\n0\r\n\r\n",
    "in chunks with more after": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nc\r\n"
    + SAID
    + b"\r\n0\r\nA: b\r\n\r\n",
    "after another is promised": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nCONTENT-LENGTH:12\r\n\r\n" + SAID,
}
CLOSING = {
    "that says so": b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 12\r\n\r\n" + SAID,
    "of an old version": b"HTTP/1.0 200 OK\r\nContent-Length: 12\r\n\r\n" + SAID,
    "up to its end": b"HTTP/1.1 200 OK\r\n\r\n" + SAID,
}
BROKEN = {
    "of another protocol": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "that breaks off": b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + SAID[:5],
    "that breaks off in chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + SAID[:5],
    "of no length": b"HTTP/1.1 200 OK\r\nContent-Length: much\r\n\r\n",
    "that is empty": b"",
}


class _Server:
    """Answers each request with the next of `answers`, in `pieces`, and closes after what is to be closed. `requests`: what came."""

    def __init__(self, answers: list[bytes], pieces: int, closes: bool) -> None:
        self.answers, self.pieces, self.closes = answers, pieces, closes
        self.requests: list[bytes] = []
        self.connections = 0
        self.ended = asyncio.Event()
        self._tasks: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._tasks.add(asyncio.current_task())
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                answer = self.answers.pop(0)
                for start in range(0, len(answer), self.pieces):
                    writer.write(answer[start : start + self.pieces])
                    await asyncio.sleep(0)
                if self.closes:
                    break
        except (asyncio.IncompleteReadError, ConnectionResetError):
            pass
        writer.close()
        with suppress(ConnectionResetError):
            await writer.wait_closed()
        self.ended.set()

    async def end(self) -> None:
        """When the other side has let go of all connections."""
        await asyncio.gather(*filter(None, self._tasks))


@asynccontextmanager
async def serving(
    answers: list[bytes], pieces: int = 10_000, closes: bool = False
) -> AsyncIterator[tuple[_Server, str]]:
    served = _Server(answers, pieces, closes)
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    try:
        yield served, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await served.end()


async def _call(url: str, seconds: float = 20) -> tuple[int, bytes]:
    wire = Wire()
    try:
        return await wire.call(f"{url}/bot1:A/sendMessage", {"text": "có"}, seconds=seconds)
    finally:
        await wire.close()


@pytest.mark.parametrize("pieces", [1, 7, 10_000])
@pytest.mark.parametrize("shape", SHAPES)
async def test_two_answers_of_any_shape_in_any_pieces_come_over_one_connection(shape: str, pieces: int) -> None:
    async with serving([SHAPES[shape]] * 2, pieces) as (served, url):
        wire = Wire()
        for _ in range(2):
            assert await wire.call(f"{url}/bot1:A/sendMessage", {"text": "có"}) == (200, SAID)
        await wire.close()
        assert served.connections == 1
        assert served.requests[0].startswith(b"POST /bot1:A/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:")
        assert served.requests[0].endswith('\r\n\r\n{"text": "có"}'.encode())


@pytest.mark.parametrize("shape", CLOSING)
async def test_after_an_answer_that_is_the_last_another_connection_is_made(shape: str) -> None:
    async with serving([CLOSING[shape]] * 2, closes=True) as (served, url):
        wire = Wire()
        for _ in range(2):
            assert await wire.call(f"{url}/bot1:A/getMe") == (200, SAID)
        await wire.close()
        assert served.connections == 2


async def test_a_connection_that_the_other_side_has_closed_is_not_used_again() -> None:
    async with serving([SHAPES["with a length"]] * 2, closes=True) as (served, url):
        wire = Wire()
        assert await wire.call(f"{url}/bot1:A/getMe") == (200, SAID)
        await served.ended.wait()
        for _ in range(3):  # turns of the loop in which the end is read
            await asyncio.sleep(0)
        assert await wire.call(f"{url}/bot1:A/getMe") == (200, SAID)
        await wire.close()


@pytest.mark.parametrize("shape", BROKEN)
async def test_an_answer_that_is_none_may_have_been_taken(shape: str) -> None:
    async with serving([BROKEN[shape]], closes=True) as (_, url):
        with pytest.raises(NoAnswer):
            await _call(url)


async def test_where_nothing_comes_it_may_have_been_taken_and_what_comes_late_is_nobody_elses() -> None:
    async with serving([b"", SHAPES["with a length"]]) as (served, url):
        wire = Wire()
        with pytest.raises(NoAnswer, match="nothing came"):
            await wire.call(f"{url}/bot1:A/getMe", seconds=0.05)
        assert await wire.call(f"{url}/bot1:A/getMe") == (200, SAID)
        assert served.connections == 2
        await wire.close()


async def test_a_call_that_is_given_up_leaves_its_connection() -> None:
    async with serving([b"", SHAPES["with a length"]]) as (served, url):
        wire = Wire()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await wire.call(f"{url}/bot1:A/getMe")
        assert await wire.call(f"{url}/bot1:A/getMe") == (200, SAID)
        assert served.connections == 2
        await wire.close()


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotReached):
        await _call(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("url", ["ftp://a/b", "no address", "http:///b", "http://a:x/b"])
async def test_what_is_no_address_is_not_reached(url: str) -> None:
    with pytest.raises(NotReached):
        await _call(url)


async def test_what_stands_in_an_address_cannot_end_the_line() -> None:
    async with serving([SHAPES["with a length"]]) as (served, url):
        await _call(f"{url}/bot1:A B\r\nX: y")
        assert b"\r\nX: y" not in served.requests[0]
