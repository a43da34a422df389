"""What the open data told lately: kept as long as nothing new is on record, with the tags by which a client asks for news only."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

MOST_BYTES = 32_000_000
COSTLY = 0.5
"""Seconds from which on making an answer is costly: then it stands for ten times as long as it took, whatever comes in."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A body with its tag and the moment at which it became what it is; `stamp`: of what is on record. `until` is monotonic."""

    body: bytes
    etag: str
    modified_at: datetime
    stamp: object
    until: float = 0.0


class Memory:
    """At most so many bytes; what was not asked for longest goes first."""

    def __init__(
        self,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
        most: int = MOST_BYTES,
        costly: float = COSTLY,
    ) -> None:
        self._now, self._ticks, self._most, self._costly = now, ticks, most, costly
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable, stamp: object) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None or (kept.stamp != stamp and self._ticks() >= kept.until):
            return None
        self._kept.move_to_end(key)
        return kept

    def keep(self, key: Hashable, stamp: object, body: bytes, seconds: float) -> Kept:
        """A body that took so many seconds to make. The same as before keeps its moment; another gets a later one."""
        until = self._ticks() + 10 * seconds if seconds >= self._costly else 0.0
        etag = hashlib.sha256(body).hexdigest()[:24]
        before = self._kept.pop(key, None)
        moment = self._now().replace(microsecond=0)
        if before is not None:
            self._bytes -= len(before.body)
            moment = max(moment, before.modified_at + timedelta(seconds=1))
        if before is not None and before.etag == etag:
            kept = replace(before, stamp=stamp, until=until)
        else:
            kept = Kept(body, etag, moment, stamp, until)
        self._kept[key] = kept
        self._bytes += len(kept.body)
        while self._bytes > self._most and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone.body)
        return kept
