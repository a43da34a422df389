"""When a form's reports are due: a form's schedule, and the times of day in it."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from reporting.period_types import LAST_DAY, LAST_MONTH, PeriodKind, PeriodType
from reporting.reminder_rules import Rule
from reporting.working_days import WEEKENDS, WorkingDays


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A local time of day, `days` after the period's last day («08:00+1d»), or `working_days` after it («17:00+2wd») by `calendar`."""

    at: time
    days: int = 0
    working_days: int | None = None
    calendar: WorkingDays = WEEKENDS

    def on(self, period: date) -> date:
        """The day that is meant, of a period that ends on this one."""
        if self.working_days is not None:
            return self.calendar.shifted(period, self.working_days)
        return period + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a form is open and due, who is reminded and when leaders get their digest. `cutoff` to `week_starts` as in `PeriodType`.

    `until`: the form was retired: periods that end on this day or later are nobody's. No file says so, the desk does. `rests`: it was
    retired and taken up again; periods that end on the first of two days, or later and before the second, were nobody's.
    `skips_free_days`: a daily report is not owed for a day that is not worked by `calendar`.
    """

    period: PeriodKind = "daily"
    opens: ClockTime = ClockTime(time(0, 0))
    due: ClockTime = ClockTime(time(23, 59))
    closes: ClockTime = ClockTime(time(23, 59), 1)
    remind: tuple[Rule, ...] = ()
    digest: tuple[time, ...] = ()
    cutoff: int = LAST_DAY
    year_ends: int = LAST_MONTH
    week_starts: int = 0
    until: date | None = None
    rests: tuple[tuple[date, date], ...] = ()
    calendar: WorkingDays = WEEKENDS
    skips_free_days: bool = False

    @property
    def period_type(self) -> PeriodType:
        return PeriodType(self.period, self.cutoff, self.year_ends, self.week_starts)

    @property
    def reads_calendar(self) -> bool:
        """Whether anything in it hangs on which days are worked."""
        clocks = (self.opens, self.due, self.closes)
        rules = any(each.working_days is not None for each in self.remind)
        return self.skips_free_days or rules or any(each.working_days is not None for each in clocks)

    def by(self, calendar: WorkingDays) -> "Schedule":
        """The same, its working days counted by `calendar`."""
        opens, due, closes = (replace(each, calendar=calendar) for each in (self.opens, self.due, self.closes))
        return replace(self, opens=opens, due=due, closes=closes, calendar=calendar)

    def is_day_off(self, period: date) -> bool:
        """Whether nobody owes the report that ends on this day, as the day is not worked."""
        return self.skips_free_days and not self.calendar.is_working(period)

    def is_resting(self, period: date) -> bool:
        """Whether the form was retired for the period that ends on this day, and was taken up again later."""
        return any(first <= period < again for first, again in self.rests)

    def is_free(self, period: date) -> bool:
        """Whether nobody owes the report that ends on this day: the day is not worked, or the form was retired then."""
        return self.is_day_off(period) or self.is_resting(period)
