"""Whoever asks again and again for addresses that there are not has to wait, each visitor by himself."""

import math
import time
from collections import deque
from collections.abc import Callable
from ipaddress import ip_address

from aiohttp import web

MOST_MISSED = 30
WITHIN_SECONDS = 900.0
MOST_VISITORS = 2000


class MissedAddresses:
    """Counts in this process. An address is too long to be guessed: this keeps whoever tries from taking up the program's time."""

    def __init__(self, most: int = MOST_MISSED, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._most, self._monotonic = most, monotonic
        self._by_visitor: dict[str, deque[float]] = {}

    def seconds(self, request: web.Request) -> int:
        """How long the visitor has to wait; 0: not at all."""
        times = self._by_visitor.get(_visitor(request))
        if times is None or len(times) < self._most:
            return 0
        return max(0, math.ceil(times[0] + WITHIN_SECONDS - self._monotonic()))

    def note(self, request: web.Request) -> None:
        """He asked for something that there is not."""
        visitor = _visitor(request)
        times = self._by_visitor.pop(visitor, None) or deque[float](maxlen=self._most)
        times.append(self._monotonic())
        self._by_visitor[visitor] = times
        if len(self._by_visitor) > MOST_VISITORS:
            self._by_visitor.pop(next(iter(self._by_visitor)))


def _visitor(request: web.Request) -> str:
    """Where a request comes from: behind a proxy on this machine or in a private network, what that one says last."""
    peer = request.remote or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told[:60] if told and _is_private(peer) else peer


def _is_private(peer: str) -> bool:
    try:
        return ip_address(peer).is_private
    except ValueError:
        return False
