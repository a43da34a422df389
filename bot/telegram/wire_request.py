"""How python-telegram-bot reaches Telegram: its requests are carried by our wire."""

from typing import Any

from telegram import error as errors
from telegram.request import BaseRequest, RequestData

from bot.running import http_transport


class NoConnection(errors.NetworkError):
    """No connection came about."""


class Throttled(errors.TelegramError):
    """Telegram's 429; the library's own RetryAfter rounds, and warns about itself."""

    def __init__(self, seconds: float, why: str) -> None:
        super().__init__(why)
        self.seconds = seconds


class WireRequest(BaseRequest):
    """The library's requests, carried by our wire."""

    def __init__(self, line: http_transport.Wire) -> None:
        self._line = line

    @property
    def read_timeout(self) -> float | None:
        return self._line.answer_seconds

    async def initialize(self) -> None:
        """Nothing: the wire is connected when it is first needed."""

    async def shutdown(self) -> None:
        await self._line.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        try:
            if method == "GET":
                return await self._line.get(url)
            fields = request_data.json_parameters if request_data else {}
            files: Any = request_data.multipart_data if request_data and request_data.contains_files else None
            status, body = await self._line.call(url, fields, files)
        except http_transport.NotReached as error:
            raise NoConnection(str(error)) from error
        except http_transport.NoAnswer as error:
            raise errors.TimedOut(str(error)) from error
        if status == 429:
            why, seconds = http_transport.refusal_of(body.decode("utf-8", "replace"))
            raise Throttled(max(seconds, 1.0), why)
        return status, body
