"""A report as accepted: never edited, only replaced by a newer revision."""

from dataclasses import dataclass
from datetime import date, datetime

from reporting.answers import Answers


@dataclass(frozen=True, slots=True)
class Report:
    """One revision of a unit's report. `number` is what the receipt shows; `sent_by` a person's id.

    `first_sent_at` is when revision 1 came: it decides on time or late, whatever is corrected later.
    `provisional`: it waits for approval and is not public yet.
    """

    number: str
    form: str
    version: str
    unit_id: int
    period: date
    revision: int
    answers: Answers
    sent_by: int | None
    sent_at: datetime
    first_sent_at: datetime
    replaces: str | None = None
    reason: str = ""
    provisional: bool = False
