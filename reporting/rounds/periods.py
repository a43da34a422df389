"""Periods: which day a report is for, which are open at a moment, and which was due last. All computed, never stored."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reporting.errors import Refused
from reporting.forms import Form
from reporting.local_time import local_moment
from reporting.period_types import PeriodType, period_before, period_of
from reporting.schedule import ClockTime, Schedule

MINUTE = timedelta(minutes=1)


def last_owed_period(schedule: Schedule, on: date) -> date:
    """The period that `on` lies in; of a form that was retired before its end, the last that was still to be reported."""
    of = schedule.period_type
    period, until = period_of(of, on), schedule.until
    if until is None or period < until:
        return period
    last = period_of(of, until - timedelta(days=1))
    return last if last < until else period_before(of, last)


def moment(at: ClockTime, period: date, zone: ZoneInfo) -> datetime:
    """The clock time `at` of a period in `zone`, as a moment in UTC: see `local_moment`."""
    return local_moment(at.on(period), at.at, zone)


def open_periods(schedule: Schedule, now: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The periods that are open at `now`, newest first."""
    period = last_owed_period(schedule, now.astimezone(zone).date() + timedelta(days=1))
    while now < moment(schedule.closes, period, zone):
        if moment(schedule.opens, period, zone) <= now:
            yield period
        period = period_before(schedule.period_type, period)


def current_period(schedule: Schedule, now: datetime, zone: ZoneInfo) -> date:
    """The newest open period, else the newest that has opened: the one that a report is for if nothing else is said."""
    newest = next(open_periods(schedule, now, zone), None)
    if newest is not None:
        return newest
    period = last_owed_period(schedule, now.astimezone(zone).date())
    while moment(schedule.opens, period, zone) > now:
        period = period_before(schedule.period_type, period)
    return period


def newest_due(form: Form, at: datetime, zone: ZoneInfo) -> date:
    """The newest period whose reports were due at that moment: what is told then is about it."""
    period = period_of(form.schedule.period_type, at.astimezone(zone).date())
    while moment(form.schedule.due, period, zone) > at:
        period = period_before(form.schedule.period_type, period)
    return period


def next_moment(at: ClockTime, of: PeriodType, now: datetime, zone: ZoneInfo) -> datetime:
    """When it will be that clock time of a period for the next time."""
    period = period_of(of, now.astimezone(zone).date())
    while moment(at, period, zone) <= now:
        period = period_of(of, period + timedelta(days=1))
    while moment(at, period_before(of, period), zone) > now:
        period = period_before(of, period)
    return moment(at, period, zone)


def check_days(first: date, last: date) -> None:
    """Refused where the last day comes before the first."""
    if last < first:
        raise Refused("days_reversed", since=first, until=last)
