"""Makes the pictures and files that are said, one at a time in a worker thread; the same one for many people is made once."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from reporting.say import Drawn

KEPT = 8


class Drawer:
    """`draw` makes the bytes of what is `Drawn`, and may take its time."""

    def __init__(self, draw: Callable[[Drawn], bytes]) -> None:
        self._draw = draw
        self._worker = ThreadPoolExecutor(1, "draw")
        self._made = lru_cache(KEPT)(self._make)

    async def bytes_of(self, drawn: Drawn) -> bytes:
        """The picture or file; raises whatever its maker raises."""
        content = json.dumps(drawn.content, sort_keys=True, ensure_ascii=False)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, self._made, drawn.maker, drawn.file_name, content)

    def _make(self, maker: str, file_name: str, content: str) -> bytes:
        return self._draw(Drawn(maker, file_name, json.loads(content)))

    def close(self) -> None:
        """What waits to be made is dropped; what is being made ends by itself."""
        self._worker.shutdown(wait=False, cancel_futures=True)
