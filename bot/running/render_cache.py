"""Makes the pictures and files that are said, one at a time in a worker thread; the same one for many people is made once."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache

from reporting.say import Drawn

KEPT = 8


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is drawn; two of one `content` (JSON) and name are one."""

    maker: str
    file_name: str
    content: str
    drawn: Drawn = field(compare=False)


class Drawer:
    """`draw` makes the bytes of what is `Drawn`, and may take its time."""

    def __init__(self, draw: Callable[[Drawn], bytes]) -> None:
        self._draw = draw
        self._worker = ThreadPoolExecutor(1, "draw")
        self._made = lru_cache(KEPT)(self._make)

    async def bytes_of(self, drawn: Drawn) -> bytes:
        """The picture or file; raises whatever its maker raises."""
        content = json.dumps(drawn.kept, sort_keys=True, ensure_ascii=False)
        wanted = _Wanted(drawn.maker, drawn.file_name, content, drawn)
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._made, wanted)

    def _make(self, wanted: _Wanted) -> bytes:
        return self._draw(wanted.drawn)

    def close(self) -> None:
        """What waits to be made is dropped; what is being made ends by itself."""
        self._worker.shutdown(wait=False, cancel_futures=True)
