"""How python-telegram-bot keeps to the limits: what Telegram counts as a message goes through our gate."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.ext import BaseRateLimiter

from bot.running.rate_limiter import Gate

COUNTED = ("send", "edit", "forward", "copy")
"""How methods begin that Telegram counts as messages."""


@dataclass(slots=True)
class Passage:
    """A message's way through the gate: its rank, the id of its row and, once it is said, Telegram's ids of it and of its file."""

    rank: int
    row: int
    message_id: str = ""
    file_id: str = ""


class GateLimiter(BaseRateLimiter[Passage]):
    """Lets what Telegram counts through our gate.

    Of Telegram's answer only these ids are kept, in the passage: the library would build a whole message of it each time.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def initialize(self) -> None:
        """Nothing to begin."""

    async def shutdown(self) -> None:
        self._gate.close()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Passage | None,
    ) -> Any:
        if not endpoint.startswith(COUNTED):
            return await callback(*args, **kwargs)
        passage = rate_limit_args or Passage(0, 0)
        async with self._gate.passing(str(data.get("chat_id", "")), passage.rank, passage.row):
            answer = await callback(*args, **kwargs)
        passage.message_id = str(answer["message_id"])
        passage.file_id = _file_of(answer)
        return True


def _file_of(message: dict[str, Any]) -> str:
    """The id of a document, or of a photo in its largest size; empty where there is neither."""
    if sizes := message.get("photo"):
        return str(sizes[-1]["file_id"])
    return str(message["document"]["file_id"]) if "document" in message else ""
