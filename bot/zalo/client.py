"""The Zalo Bot API: a call, and what its answer means. https://bot.zaloplatforms.com/docs"""

import json
from typing import Any

from bot.running.http_transport import ANSWER_SECONDS, Wire

TIMED_OUT = 408
"""The status of a poll in which nothing came."""


class ZaloError(Exception):
    """The API has refused a call. `code`: its own number, or the HTTP status; `is_said`: whether it was the API that answered."""

    def __init__(self, code: int, why: str, *, is_said: bool) -> None:
        super().__init__(f"{code} {why}")
        self.code, self.why, self.is_said = code, why, is_said


class ZaloClient:
    """Calls for the bot with this token at `api_url`. Raises WireError where nobody answers, and ZaloError."""

    def __init__(self, token: str, api_url: str, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._base = f"{api_url.rstrip('/')}/bot{token}"
        self._wire = Wire("", answer_seconds)

    async def call(self, method: str, seconds: float | None = None, **fields: Any) -> Any:
        """The result of a method; what is named None is left out."""
        given = {name: value for name, value in fields.items() if value is not None}
        status, body = await self._wire.call(f"{self._base}/{method}", given, seconds=seconds)
        try:
            answer = json.loads(body)
            if answer["ok"]:
                return answer.get("result")
            raise ZaloError(int(answer.get("error_code") or status), str(answer.get("description", "")), is_said=True)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise ZaloError(status, body[:200].decode("utf-8", "replace"), is_said=False) from None

    async def close(self) -> None:
        await self._wire.close()
