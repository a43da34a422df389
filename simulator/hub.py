"""Tells the open pages what happened, as a bounded stream of events for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
MOST_WAITING = 5_000


class Hub:
    """The events' way to whoever listens. Nothing is built or kept while nobody does."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json]] = set()
        self.stopping = False

    def listen(self) -> asyncio.Queue[Json]:
        """A new listener's queue; `{"type": "reload"}` in it means that it was too slow and missed something."""
        queue: asyncio.Queue[Json] = asyncio.Queue(MOST_WAITING)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Json]) -> None:
        """Forget a listener."""
        self._listeners.discard(queue)

    def tell(self, kind: str, event: Callable[[], Json]) -> None:
        """Send an event of this type to all."""
        if not self._listeners:
            return
        body = {"type": kind, **event()}
        for queue in self._listeners:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait({"type": "reload"})
            else:
                queue.put_nowait(body)

    def stop(self) -> None:
        """End every stream."""
        self.stopping = True
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait({"type": "stop"})
