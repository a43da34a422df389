"""The way to a bot's API over aiohttp, and what it means when no answer comes.

WireError
├── NotReached   no connection came about: nothing was sent
└── NoAnswer     sent, or partly so; whether it was taken nobody knows
"""

import json
from collections.abc import Mapping
from contextlib import asynccontextmanager
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import aiohttp

from reporting.answers import whole_characters

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CONNECT_SECONDS = 10
ANSWER_SECONDS = 20
UPLOAD_SECONDS = 90
WHOLE = 4
"""So many times as long as for its next piece a whole answer is waited for: one that comes letter by letter never ends."""
MOST_BYTES = 48 << 20
"""Of an answer: twice what Telegram gives out of a file. What is longer is none of its."""
MOST_RETRY_SECONDS = 86_400.0
MOST_CONNECTIONS = 256

Files = Mapping[str, tuple[str, bytes, str]]
"""Field name to file name, content and media type."""


class WireError(Exception):
    """The Bot API gave no answer."""


class NotReached(WireError):
    """No connection came about: nothing was sent."""


class NoAnswer(WireError):
    """It was sent, or partly so, and no whole answer came."""


class Wire:
    """Calls over connections that are made when they are first needed. `proxy` is an http:// address, «» for none.

    `answer_seconds`: so long an answer is waited for, if nothing else is said.
    """

    def __init__(self, proxy: str = "", answer_seconds: float = ANSWER_SECONDS) -> None:
        self._proxy = proxy or None
        self.answer_seconds = answer_seconds
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        url: str,
        fields: Mapping[str, Any] | None = None,
        files: Files | None = None,
        seconds: float | None = None,
    ) -> tuple[int, bytes]:
        """A method of the Bot API by POST: the answer's status and body. Raises WireError."""
        limit = seconds or (UPLOAD_SECONDS if files else self.answer_seconds)
        body = _form(fields or {}, files) if files else aiohttp.JsonPayload(fields or {}, dumps=_dumps)
        async with self._answers("POST", url, body, limit) as response:
            return response.status, await _read(response)

    async def get(self, url: str) -> tuple[int, bytes]:
        """A file: the answer's status and body. Raises WireError."""
        async with self._answers("GET", url, None, UPLOAD_SECONDS) as response:
            return response.status, await _read(response)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @asynccontextmanager
    async def _answers(
        self, method: str, url: str, body: aiohttp.FormData | aiohttp.JsonPayload | None, seconds: float
    ) -> "AsyncIterator[aiohttp.ClientResponse]":
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS))
        whole = CONNECT_SECONDS + WHOLE * seconds
        timeout = aiohttp.ClientTimeout(total=whole, sock_connect=CONNECT_SECONDS, sock_read=seconds)
        try:
            async with self._session.request(
                method, url, data=body, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                yield response
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError) as error:
            raise NotReached(_words(error)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(_words(error)) from error


async def _read(response: aiohttp.ClientResponse) -> bytes:
    read = bytearray()
    async for piece in response.content.iter_any():
        read += piece
        if len(read) > MOST_BYTES:
            raise NoAnswer(f"an answer of more than {MOST_BYTES >> 20} MB")
    return bytes(read)


_dumps = partial(json.dumps, ensure_ascii=False)


def refusal_of(body: str) -> tuple[str, float]:
    """What a refused call says: its description, and the seconds after which it may be tried again (0: it names none).

    More than a day, or what is no number, is garbage: nobody falls silent for it. Half a letter is none that a log could take.
    """
    try:
        answer = json.loads(body)
        seconds = float(answer.get("parameters", {}).get("retry_after", 0))
        return whole_characters(str(answer["description"])), seconds if 0 <= seconds <= MOST_RETRY_SECONDS else 0.0
    except (ValueError, TypeError, KeyError, AttributeError):
        return body[:200], 0.0


def _form(fields: Mapping[str, str], files: Files) -> aiohttp.FormData:
    """Fields and files as multipart; names as they are, for «báo cáo.xlsx» would arrive percent-encoded otherwise."""
    form = aiohttp.FormData(quote_fields=False)
    for name, value in fields.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in files.items():
        safe = "".join(letter for letter in file_name if letter not in '"\\' and letter.isprintable())
        form.add_field(name, BytesIO(content), filename=safe or "file", content_type=media_type)
    return form


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
