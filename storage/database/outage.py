"""A database that is away, in the log: a line when that begins, one a minute while it lasts, one when it is over."""

import logging
import time
from collections.abc import Callable

EVERY = 60.0
"""Seconds between two lines of one that lasts: at each try there would be tens of thousands a day, and no room for anything else."""


class Outage:
    """Of `what` («The database is away or locked»); `steady`: seconds on a clock that is never set back."""

    def __init__(self, logger: logging.Logger, what: str, steady: Callable[[], float] = time.monotonic) -> None:
        self._logger, self._what, self._steady = logger, what, steady
        self._since: float | None = None
        self._told_at, self._why = 0.0, ""

    def lasts(self, why: object) -> None:
        """Another try has failed."""
        at, said = self._steady(), str(why)
        if self._since is None:
            self._since = at
        elif said == self._why and at - self._told_at < EVERY:
            return
        self._told_at, self._why = at, said
        self._logger.warning("%s: %s", self._what, said)

    def over(self) -> None:
        """A try has not failed."""
        if self._since is not None:
            self._logger.info("Over after %.0f s: %s", self._steady() - self._since, self._what)
            self._since = None
