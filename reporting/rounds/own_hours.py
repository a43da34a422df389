"""His own hours: when somebody wants to be reminded before the deadline, instead of the form's early reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from reporting.local_time import local_moment
from reporting.reminder_key import ReminderKey
from reporting.reminder_rules import Rule
from reporting.rounds.deadlines import Deadline
from reporting.rounds.quiet_hours import QuietHours, holds_back

MOST_HOURS = 2
"""Nobody is reminded of a deadline more often than this at his own hours."""


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Local `hours`, one or two, on these `weekdays` (0 is Monday); from `set_at` on: the person's own."""

    hours: tuple[time, ...]
    weekdays: frozenset[int]
    set_at: datetime

    def moments(self, deadline: Deadline, zone: ZoneInfo, quiet: QuietHours | None) -> list[datetime]:
        """When they come due for a deadline: on its day, or on the period's last, before it is due and while the report is open.

        Not in the quiet hours, and not what was over when they were set.
        """
        times = deadline.opens_at, deadline.due_at, deadline.period
        return [at for at in _moments(self.hours, self.weekdays, *times, zone, quiet) if at > self.set_at]

    def rule(self, at: datetime, deadline: Deadline, zone: ZoneInfo, instead_of: Rule) -> Rule:
        """The rule that comes due at one of these moments, for the receiver of a rule that it replaces."""
        return Rule(ReminderKey.own_hour(at.astimezone(zone).time()), at - deadline.due_at, instead_of.to)


@lru_cache(maxsize=1024)  # many people choose the same few hours
def _moments(
    hours: tuple[time, ...],
    weekdays: frozenset[int],
    opens_at: datetime,
    due_at: datetime,
    period: date,
    zone: ZoneInfo,
    quiet: QuietHours | None,
) -> tuple[datetime, ...]:
    days = dict.fromkeys((due_at.astimezone(zone).date(), period))
    found = []
    for hour in hours:
        ways = ((on, local_moment(on, hour, zone)) for on in days)
        fits = [(on, at) for on, at in ways if opens_at <= at < due_at]
        if fits and fits[0][0].weekday() in weekdays and not holds_back(due_at, fits[0][1], zone, quiet):
            found.append(fits[0][1])
    return tuple(sorted(set(found)))


def replaced_rules(rules: Sequence[Rule]) -> frozenset[ReminderKey]:
    """The rules of a form that own hours stand in for: reminders of whoever owes the report, before the deadline.

    The last of them before somebody above him hears always stands: he is warned before his superior.
    """
    own = [each for each in rules if each.level == 0]
    stand = {
        max(before, key=lambda each: each.offset).key
        for above in rules
        if above.level > 0 and (before := [each for each in own if each.offset <= above.offset])
    }
    return frozenset(each.key for each in own if each.offset < timedelta(0) and each.key not in stand)
