"""Whether the program is alive: what stands still that only a new start would mend."""

import time
from collections.abc import Callable, Collection

TICK_SECONDS = 300.0
"""So long a tick may be late before the program counts as stuck: it may be catching up after an outage."""
AWAITED = frozenset({"database", "starting"})
"""The troubles in which nothing ticks, and which end by themselves: a database that is away, or a messenger at the start, is waited
for as well by who is at work. When they are over a tick has its whole time again: it catches up.
"""


class Liveness:
    """`troubles`: what keeps the program from working, by short names; `steady`: seconds on a clock that is never set back; `broken`:
    what of it has broken while the rest goes on.
    """

    def __init__(
        self,
        troubles: Callable[[], Collection[str]],
        steady: Callable[[], float] = time.monotonic,
        broken: Callable[[], Collection[str]] = list,
    ) -> None:
        self._troubles, self._steady, self._broken = troubles, steady, broken
        self._ticked_at = steady()

    def ticked(self) -> None:
        """A tick has come to its end, be it that it was given up."""
        self._ticked_at = self._steady()

    def deadly(self) -> list[str]:
        """The clerk has ended, a messenger has broken, or the clock does not tick."""
        troubles = self._troubles()
        found = [*(each for each in troubles if each == "clerk"), *self._broken()]
        now = self._steady()
        if not AWAITED.isdisjoint(troubles):
            self._ticked_at = now
        elif now - self._ticked_at > TICK_SECONDS:
            found.append("tick")
        return found
