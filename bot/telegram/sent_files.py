"""A file's way to Telegram: what was uploaded once is sent again by its id there, as Telegram has it already."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

from telegram import error as errors

from bot.telegram.gate_limiter import Passage

KEPT = 64
Call = Callable[..., Awaitable[object]]
"""The library's function for one kind of file: a chat, the file or its id, and the rest by name."""


class SentFiles:
    """The ids of the last `KEPT` files that were sent, as long as the program runs: by kind, name and the digest of the content."""

    def __init__(self) -> None:
        self._ids: OrderedDict[tuple[str, str, bytes], str] = OrderedDict()

    async def send(
        self, call: Call, kind: str, to: str, name: str, content: bytes, passage: Passage, **common: Any
    ) -> None:
        """Sends a file by its id, or uploads it where Telegram has it not, or not any more; raises the library's errors."""
        mark = (kind, name, sha256(content).digest())
        if known := self._ids.get(mark):
            self._ids.move_to_end(mark)
            try:
                await call(to, known, **common)
            except errors.BadRequest as error:
                if "file" not in error.message.lower():
                    raise
                self._ids.pop(mark, None)
            else:
                return
        await call(to, content, filename=name, **common)
        if passage.file_id:
            self._ids[mark] = passage.file_id
        if len(self._ids) > KEPT:
            self._ids.popitem(last=False)
