"""How far long work has come, on stderr: a line that changes on a terminal, elsewhere one every few seconds; of quick work none."""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from time import monotonic
from typing import Generic, TextIO, TypeVar

from bot.cli.common import words

T = TypeVar("T")
EVERY_FEW_SECONDS = 5.0
ON_A_TERMINAL = 0.2
MINUTE = 60
LOOKS_EVERY = 256
"""Who counts quickly looks at the clock as seldom."""


class Progress:
    """Used as a context: on leaving it the line on a terminal is cleared. `doing`: the key of what is done («progress_…»)."""

    def __init__(self, doing: str, total: int | None = None, out: TextIO | None = None) -> None:
        self._out = out if out is not None else sys.stderr
        self._is_terminal = self._out.isatty()
        self._doing, self._total = words().plain(doing), total
        self._began = self._told_at = monotonic()
        self._first: tuple[int, float] | None = None
        self._wide = 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._wide:
            self._out.write("\r" + " " * self._wide + "\r")
            self._out.flush()

    def at(self, count: int, total: int = 0) -> None:
        """So much is done by now, of so much where that is known."""
        self._total = total or self._total
        now = monotonic()
        if self._first is None:
            self._first = count, now
        if now - self._told_at < (ON_A_TERMINAL if self._is_terminal else EVERY_FEW_SECONDS):
            return
        self._told_at = now
        line = self._line(count, now)
        if self._is_terminal:
            self._out.write("\r" + line.ljust(self._wide))
            self._wide = max(self._wide, len(line))
        else:
            self._out.write(line + "\n")
        self._out.flush()

    def counted(self, items: Iterable[T]) -> "Counted[T]":
        """The items, counted as they are used, with how many there were."""
        return Counted(items, self)

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """The items, counted as they are used."""
        for count, each in enumerate(items, 1):
            yield each
            self.at(count)

    def _line(self, count: int, now: float) -> str:
        """«Nhập số liệu, số đơn vị-ngày: 8.100/16.770 (48%), 270 mỗi giây, còn khoảng 32 giây»."""
        say, rate = words(), self._rate(count, now)
        if not self._total:
            line = say.plain("progress_so_far", doing=self._doing, done=count, seconds=int(now - self._began))
            return say.plain("progress_rate", line=line, rate=round(rate)) if rate >= 1 else line
        share = min(100, 100 * count // self._total)
        line = say.plain("progress_of", doing=self._doing, done=count, total=self._total, share=share)
        if rate < 1 or count >= self._total:
            return line
        line, left = say.plain("progress_rate", line=line, rate=round(rate)), (self._total - count) / rate
        if left < MINUTE:
            return say.plain("progress_seconds_left", line=line, left=round(left))
        return say.plain("progress_minutes_left", line=line, left=round(left / MINUTE))

    def _rate(self, count: int, now: float) -> float:
        """How much is done in a second, since it was first told of; 0 where nobody knows yet."""
        first, began = self._first or (count, now)
        return (count - first) / (now - began) if now > began else 0.0


class Counted(Generic[T]):
    """Items that are counted as they are used; `count`: how many by now."""

    def __init__(self, items: Iterable[T], progress: Progress) -> None:
        self._items, self._progress, self.count = items, progress, 0

    def __iter__(self) -> Iterator[T]:
        waiting = iter(self._items)
        while some := list(islice(waiting, LOOKS_EVERY)):
            yield from some
            self.count += len(some)
            self._progress.at(self.count)
