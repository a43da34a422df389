"""What of a tick has failed: noted once for each part, with the first tracebacks in the log, and counted over the ticks."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.running.observer import Observer
from reporting.tick_parts import TickPart
from storage.database.tick_parts import TickParts

logger = logging.getLogger(__name__)

TRACES, LINES = 5, 50
"""Of so many failures of a job in one tick the log has the traceback, of so many what they are of; the others are counted."""


class TickFailures:
    """`troubled`: what of the last tick has failed, a form's or a person's part of a job where all else of it was done. `failing`: of
    each in how many ticks in a row, up to the last that came to its end; None before the first. `given_up`: how many ticks in a row,
    up to now, found no database.
    """

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self.troubled, self._of_job = set[TickPart](), Counter[str]()
        self.failing: Mapping[TickPart, int] | None = None
        self.given_up = 0

    def begin(self) -> None:
        """A tick begins."""
        self.troubled, self._of_job = set(), Counter()

    def note(self, part: TickPart, error: Exception) -> None:
        if part in self.troubled:
            return
        of_job = self._of_job[part.job]
        trace = error if of_job < TRACES else None
        if of_job < LINES:
            logger.error("Of what is due at this minute %s has failed; the rest goes on", str(part), exc_info=trace)
        self.troubled.add(part)
        self._of_job[part.job] += 1
        self._observer.failed(part.job)

    def are_of(self, job: str) -> bool:
        """Whether any of the job's parts has failed."""
        return any(each.job == job for each in self.troubled)

    def go_on(self, job: str, part: TickPart) -> None:
        """The part has failed before and is not tried again yet: its trouble goes on."""
        self.troubled.add(replace(part, job=job))

    def as_one(self, job: str) -> TickParts:
        """All of the job as one; what of it is not tried yet is known here."""
        return TickParts(waits=partial(self.go_on, job))

    def apart(self, job: str) -> TickParts:
        """The job part by part: each that fails is noted here."""
        return TickParts(lambda part, error: self.note(replace(part, job=job), error), partial(self.go_on, job))

    def give_up(self, error: Exception) -> None:
        """The tick ends here: its database is not there for it."""
        logger.warning("This minute's tick is given up, the database is away or locked: %s", error)
        self.given_up += 1

    def end(self) -> None:
        """The tick has come to its end."""
        self.given_up = 0
        for job, count in self._of_job.items():
            if count > LINES:
                logger.error("Of what is due at this minute %d more parts of %s have failed", count - LINES, job)
        before = self.failing or {}
        self.failing = {part: before.get(part, 0) + 1 for part in sorted(self.troubled)}
