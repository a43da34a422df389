"""When the rules of a form come due in a period, with the quiet hours in which nobody is told anything."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.period_types import period_before, period_of
from reporting.reminder_rules import Rule
from reporting.rounds.deadlines import Deadline
from reporting.rounds.periods import MINUTE, moment
from reporting.rounds.quiet_hours import QuietHours, awake, fell, holds_back
from reporting.working_days import WorkingDays

BEFORE_QUIET = timedelta(minutes=5)
"""So long before quiet hours begin they hear who could not be told of a report any more when these are over."""
WARNED_BEFORE_QUIET = 2 * BEFORE_QUIET
"""The same for the person in trouble, who is warned before anyone above him is told."""

Moments = list[tuple[datetime, Rule]]


def moments(form: Form, deadline: Deadline, zone: ZoneInfo, quiet: QuietHours | None) -> Moments:
    """Each rule of the form with the moment at which it comes due for a deadline, in their order."""
    calendar = form.schedule.calendar
    return [(comes_due(rule, deadline, zone, quiet, calendar), rule) for rule in form.schedule.remind]


def comes_due(
    rule: Rule, deadline: Deadline, zone: ZoneInfo, quiet: QuietHours | None, calendar: WorkingDays
) -> datetime:
    """A rule from before the opening comes due at the opening, one that falls into quiet hours when they end.

    If the report is closed by then, it comes due before they begin, where there is still time for that after the deadline.
    """
    at = max(deadline.opens_at, rule.at(deadline.due_at, calendar, zone))
    if quiet is None or not holds_back(deadline.due_at, at, zone, quiet):
        return at
    end, start = awake(at, zone, quiet), fell(at, zone, quiet)
    if end < deadline.closes_at:
        return end
    early = start - (WARNED_BEFORE_QUIET if rule.level == 0 else BEFORE_QUIET)
    earliest = deadline.due_at + MINUTE if rule.offset > timedelta(0) else deadline.opens_at
    return max(early, earliest) if max(early, earliest) < start else at


def reminds_between(form: Form, first_at: datetime, last_at: datetime, zone: ZoneInfo) -> bool:
    """Whether the form reminds its reporters at any moment from the first to the last, of whatever period.

    A form without such a rule does at its due time.
    """
    schedule = form.schedule
    rules = [rule for rule in schedule.remind if rule.level == 0]
    of, last_on = schedule.period_type, last_at.astimezone(zone).date()
    period = period_before(of, period_of(of, first_at.astimezone(zone).date()))
    while period_before(of, period) < last_on:
        due_at = moment(schedule.due, period, zone)
        at = [rule.at(due_at, schedule.calendar, zone) for rule in rules] or [due_at]
        if any(first_at <= each <= last_at for each in at):
            return True
        period = period_of(of, period + timedelta(days=1))
    return False
