"""HTTP/1.1 calls over connections that are kept: no more than the Bot API's calls need, in a third of aiohttp's time for each."""

import asyncio
import ssl
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

IDLE_SECONDS = 15
LONGEST_HEAD = 65_536
_KEPT = "%/:=@!$&'()*+,;~"


class NoWholeAnswer(ConnectionError):
    """The connection ended, or what came is no answer of HTTP."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a URL leads: `host` and `port`, in TLS or not, and how a request to it begins."""

    host: str
    port: int
    is_tls: bool
    head: bytes


@lru_cache(maxsize=500)
def _target(url: str) -> _Target:
    """ValueError for what is no http:// or https:// address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("no address of HTTP")
    is_tls = parts.scheme == "https"
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else "")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    named = f"{host}:{parts.port}" if parts.port else host
    head = f"POST {path} HTTP/1.1\r\nHost: {named}\r\nContent-Type: application/json\r\nContent-Length: "
    return _Target(parts.hostname, parts.port or (443 if is_tls else 80), is_tls, head.encode("ascii"))


class _Connection(asyncio.Protocol):
    """One call at a time. `is_open`: it may be used for the next."""

    def __init__(self) -> None:
        self.is_open = True
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._came = bytearray()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.heard_at = self._loop.time()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    async def call(self, request: bytes, seconds: float) -> tuple[int, bytes]:
        """The answer's status and body. TimeoutError when nothing comes for so long, NoWholeAnswer."""
        assert self._transport is not None
        answer: asyncio.Future[tuple[int, bytes]] = self._loop.create_future()
        self._answer = answer
        self.heard_at = self._loop.time()
        self._timer = self._loop.call_later(seconds, self._look, seconds)
        self._transport.write(request)
        try:
            return await answer
        except BaseException:
            self.close()  # what comes for this call must not be taken for the next one's answer
            raise
        finally:
            self._answer = None
            if self._timer is not None:
                self._timer.cancel()

    def _look(self, seconds: float) -> None:
        """Whether anything has come meanwhile."""
        if self._answer is None or self._answer.done():
            return
        left = self.heard_at + seconds - self._loop.time()
        if left > 0:
            self._timer = self._loop.call_later(left, self._look, seconds)
        else:
            self._answer.set_exception(TimeoutError(f"nothing came for {seconds:g} s"))

    def data_received(self, data: bytes) -> None:
        self.heard_at = self._loop.time()
        if self._answer is None or self._answer.done():
            self.close()
            return
        self._came += data
        try:
            whole = _read(self._came)
        except ValueError as error:
            self._fail(f"no answer of HTTP: {error}")
            return
        if whole is not None:
            status, body, self.is_open = whole
            self._came.clear()
            if not self.is_open:
                self.close()
            self._answer.set_result((status, body))

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        try:
            whole = _read(self._came, has_ended=True)
        except ValueError:
            whole = None
        if whole is not None and self._answer is not None and not self._answer.done():
            self._answer.set_result(whole[:2])
        else:
            self._fail(str(exc) if exc is not None else "the connection was closed")

    def _fail(self, why: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(NoWholeAnswer(why))
        self.close()

    def close(self) -> None:
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()


def _read(came: bytearray, has_ended: bool = False) -> tuple[int, bytes, bool] | None:
    """The status, the body and whether the connection may be used again; None while it is not all there. ValueError."""
    while True:
        end = came.find(b"\r\n\r\n")
        if end < 0:
            if len(came) > LONGEST_HEAD:
                raise ValueError("an endless head")
            return None
        first, *lines = came[:end].decode("latin-1").split("\r\n")
        version, status = first[:9], int(first[9:12])
        if not version.startswith("HTTP/1."):
            raise ValueError("another version")
        if status >= 200:
            break
        del came[: end + 4]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    is_kept = version == "HTTP/1.1 " and headers.get("connection", "").lower() != "close"
    start = end + 4
    if headers.get("transfer-encoding", "").lower() == "chunked":
        chunks = _unchunked(came, start)
        return None if chunks is None else (status, chunks, is_kept)
    if "content-length" in headers:
        length = int(headers["content-length"])
        return (status, bytes(came[start : start + length]), is_kept) if len(came) >= start + length else None
    if status in (204, 304):
        return status, b"", is_kept
    return (status, bytes(came[start:]), False) if has_ended else None


def _unchunked(came: bytearray, at: int) -> bytes | None:
    """A body in pieces, each after its length in hexadecimal; None while the last has not come."""
    body = bytearray()
    while (line := came.find(b"\r\n", at)) >= 0:
        length = int(came[at:line].partition(b";")[0], 16)
        at = line + 2
        if not length:
            return bytes(body) if came.find(b"\r\n", at) == at or came.find(b"\r\n\r\n", at) >= 0 else None
        if len(came) < at + length + 2:
            return None
        body += came[at : at + length]
        at += length + 2
    return None


class KeptConnections:
    """Connections by where they lead, made when they are first needed, `most` in use at once."""

    def __init__(self, connect_seconds: float, most: int) -> None:
        self._connect_seconds = connect_seconds
        self._idle: defaultdict[tuple[str, int, bool], list[_Connection]] = defaultdict(list)
        self._room = asyncio.Semaphore(most)
        self._tls: ssl.SSLContext | None = None

    async def post(self, url: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """The answer's status and body. ConnectionRefusedError where no connection came about, so that nothing was sent;
        TimeoutError when nothing comes for so long, NoWholeAnswer.
        """
        target = _target(url)
        async with self._room:
            idle = self._idle[target.host, target.port, target.is_tls]
            connection = self._fresh(idle) or await self._connected(target)
            answer = await connection.call(b"%b%d\r\n\r\n%b" % (target.head, len(body), body), seconds)
            if connection.is_open:
                idle.append(connection)
            return answer

    @staticmethod
    def _fresh(idle: list[_Connection]) -> _Connection | None:
        """One that the other side has not closed, and will not have closed meanwhile."""
        while idle:
            connection = idle.pop()
            if connection.is_open and asyncio.get_running_loop().time() - connection.heard_at < IDLE_SECONDS:
                return connection
            connection.close()
        return None

    async def _connected(self, target: _Target) -> _Connection:
        if target.is_tls and self._tls is None:
            self._tls = ssl.create_default_context()
        tls = self._tls if target.is_tls else None
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._connect_seconds):
                _, connection = await loop.create_connection(
                    _Connection, target.host, target.port, ssl=tls, happy_eyeballs_delay=0.25
                )
        except (OSError, TimeoutError) as error:
            raise ConnectionRefusedError(f"{type(error).__name__}: {error}") from error
        return connection

    async def close(self) -> None:
        """Lets go of those that nobody uses."""
        for idle in self._idle.values():
            for connection in idle:
                connection.close()
        self._idle.clear()
        await asyncio.sleep(0)  # the transports close
