"""A question about a figure that a leader asks back: it has an owner, a deadline, one reminder, an answer and an end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from reporting.answers import Value
from reporting.forms import Form, Question
from reporting.local_time import local_moment
from reporting.reports import Report
from reporting.rounds.quiet_hours import QuietHours, awake, is_quiet

State = Literal["open", "confirmed", "corrected", "answered", "unanswered"]
ANSWER_WITHIN = timedelta(hours=2)
NIGHT = (time(21, 0), time(7, 0))
MORNING = time(9, 0)
"""What would be due at night is due on the next morning at this time."""

LAST_HOUR = timedelta(hours=1)
LONGEST = 300
"""So many letters of a question or an answer are kept."""


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A question about the figure `indicator` of a report, `value` as it stood in `revision`, which `asked_by` owns.

    Nobody owns one that residents gave cause to. `note`: what the asker has typed.

    It ends confirmed, corrected (a newer revision has another value), answered in words, or
    unanswered when its time is over.
    """

    id: int
    form: str
    unit_id: int
    period: date
    indicator: str
    value: str
    revision: int
    note: str
    asked_by: int | None
    asked_at: datetime
    due_at: datetime
    state: State = "open"
    answered_by: int | None = None
    answer: str = ""
    ended_at: datetime | None = None
    reminded_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def remind_at(self) -> datetime:
        """Half of the time has gone by, and not long before the answer is due: so nobody is reminded at night."""
        return max(self.asked_at + (self.due_at - self.asked_at) / 2, self.due_at - LAST_HOUR)


def written_value(value: Value | None) -> str:
    """A figure as it is kept with a question."""
    return "" if value is None else str(value)


def askable(form: Form, report: Report) -> list[Question]:
    """The questions of a report that a figure was given for."""
    return [
        q
        for q in form.asked
        if q.kind is not None and q.name in report.answers and report.answers[q.name].value is not None
    ]


Due = Literal["corrected", "confirmed", "unanswered", "remind", ""]


def answer_due(now: datetime, zone: ZoneInfo) -> datetime:
    """By when a question that is asked now is to be answered: nobody is asked to answer at night."""
    due_at = now + ANSWER_WITHIN
    local = due_at.astimezone(zone)
    evening, dawn = NIGHT
    if dawn <= local.time() < evening:
        return due_at
    day = local.date() + timedelta(days=1) if local.time() >= evening else local.date()
    return local_moment(day, MORNING, zone)


def moments(asked: AskedBack, zone: ZoneInfo, quiet: QuietHours | None) -> tuple[datetime, datetime]:
    """When the reporter is reminded, and when the question ends: what falls into quiet hours waits for their end.

    Whoever is reminded so much later has as much longer to answer.
    """
    remind_at = awake(asked.remind_at, zone, quiet)
    time_left = asked.due_at - asked.remind_at
    return remind_at, max(awake(asked.due_at, zone, quiet), remind_at + time_left)


def what_is_due(
    asked: AskedBack, revision: int, value: str, now: datetime, zone: ZoneInfo, quiet: QuietHours | None = None
) -> Due:
    """What is to be done about an open question now; `revision` and `value`: of the newest report. In quiet hours nothing."""
    if not asked.is_open or is_quiet(now, zone, quiet):
        return ""
    if revision > asked.revision:
        return "corrected" if value != asked.value else "confirmed"
    remind_at, ends_at = moments(asked, zone, quiet)
    if now >= ends_at:
        return "unanswered"
    return "remind" if asked.reminded_at is None and now >= remind_at else ""
