"""Where each unit stands with each report: the keystone that reminders, boards, rates and digests read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reporting.periods import Deadline


class Status(StrEnum):
    NOT_DUE = "not_due"
    DUE = "due"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Sent:
    """The stamps of what a unit has sent: enough of a report to stand by."""

    first_sent_at: datetime
    sent_at: datetime
    revision: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline and what has come for it, as seen at one moment."""

    deadline: Deadline
    sent: Sent | None
    status: Status

    @property
    def is_open(self) -> bool:
        """Nothing has come, and something is wanted by now."""
        return self.status in (Status.DUE, Status.MISSING)


def standing(deadline: Deadline, sent: Sent | None, now: datetime) -> Standing:
    """Where a unit stands at `now`: on time if its first revision came at the due minute or before."""
    if sent is not None:
        status = Status.ON_TIME if sent.first_sent_at <= deadline.due_at else Status.LATE
    elif now < deadline.opens_at:
        status = Status.NOT_DUE
    else:
        status = Status.DUE if now <= deadline.due_at else Status.MISSING
    return Standing(deadline, sent, status)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the units that were expected have reported: «31/34 đơn vị»."""

    received: int
    expected: int


def coverage(standings: Iterable[Standing]) -> Coverage:
    """Received and expected among `standings` (DHIS2: actual and expected reports)."""
    all_of_them = list(standings)
    return Coverage(sum(each.sent is not None for each in all_of_them), len(all_of_them))
