"""What was said of reports: by which rule, to whom, and whether it came."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from reporting.reminder_key import ReminderKey

ReportKey = tuple[str, int, date]
"""A report as rules know it: form, unit id, period."""


class ReminderRecord(NamedTuple):
    """That a person was told of a report by a rule. `message` is the outbox's id; `waits`: it has not left yet.

    `in_doubt`: it waits to be tried once more, as nobody knows whether it came. `is_lost`: Telegram has refused it, and would again.
    """

    rule: ReminderKey
    form: str
    unit_id: int
    period: date
    person_id: int
    at: datetime
    message: int | None = None
    waits: bool = False
    in_doubt: bool = False
    is_lost: bool = False

    @property
    def report(self) -> ReportKey:
        return self[1:4]


def times_told(told: Iterable[ReminderRecord]) -> int:
    """How many messages these were: rules that were said together count once; what could not be said, or was recorded
    only, counts as none. `reminded.numbered` counts the same for evidence.
    """
    return len({each.message for each in told if each.message is not None and not each.is_lost})
