"""Makes the pictures and files that are said, one at a time in a worker thread; the same one for many people is made once."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

from reporting.say import Drawn

KEPT = 8


class Drawer:
    """`draw` makes the bytes of what is `Drawn`, and may take its time."""

    def __init__(self, draw: Callable[[Drawn], bytes]) -> None:
        self._draw = draw
        self._worker = ThreadPoolExecutor(1, "draw")
        self._made: OrderedDict[bytes, bytes] = OrderedDict()

    async def mark_of(self, drawn: Drawn) -> bytes:
        """A digest of what it is made of, with its file's name: of one mark, one and the same file."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, _mark_of, drawn)

    async def bytes_of(self, drawn: Drawn, mark: bytes = b"") -> bytes:
        """The picture or file; raises whatever its maker raises. `mark`: its own, where it has been worked out."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._kept_or_made, drawn, mark)

    def _kept_or_made(self, drawn: Drawn, mark: bytes) -> bytes:
        """What it was made of is not kept: for a province that is many times what comes out."""
        key = mark or _mark_of(drawn)
        made = self._made.pop(key, None)
        self._made[key] = self._draw(drawn) if made is None else made
        if len(self._made) > KEPT:
            self._made.popitem(last=False)
        return self._made[key]

    def close(self) -> None:
        """What waits to be made is dropped; what is being made ends by itself."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def _mark_of(drawn: Drawn) -> bytes:
    wanted = json.dumps((drawn.maker, drawn.file_name, drawn.kept), sort_keys=True, ensure_ascii=False)
    return blake2b(wanted.encode("utf-8", "surrogatepass"), digest_size=16).digest()
