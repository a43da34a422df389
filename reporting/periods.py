"""Periods and deadlines: which day a report is for, when it opens, is due and closes. All computed, never stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reporting.forms import ClockTime, PeriodKind, Schedule


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the report of `unit_id` for the period that ends on `period` opens, is due and closes. Aware moments."""

    form: str
    unit_id: int
    period: date
    opens_at: datetime
    due_at: datetime
    closes_at: datetime


def period_of(kind: PeriodKind, on: date) -> date:
    """The last day of the period that `on` lies in; a period goes by that day everywhere («on change»: the day itself)."""
    if kind == "weekly":
        return on + timedelta(days=6 - on.weekday())
    if kind == "monthly":
        return (on.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return on


def period_before(kind: PeriodKind, period: date) -> date:
    """The period before the one that ends on `period`."""
    if kind == "weekly":
        return period - timedelta(days=7)
    if kind == "monthly":
        return period.replace(day=1) - timedelta(days=1)
    return period - timedelta(days=1)


def moment(at: ClockTime, period: date, zone: ZoneInfo) -> datetime:
    """The clock time `at` of a period, as an aware moment in `zone`."""
    return datetime.combine(period + timedelta(days=at.days), at.at, tzinfo=zone)


def deadline(form: str, schedule: Schedule, unit_id: int, period: date, zone: ZoneInfo) -> Deadline:
    """The deadline of one unit's report. A week's or a month's report opens on the period's last day."""
    return Deadline(
        form,
        unit_id,
        period,
        moment(schedule.opens, period, zone),
        moment(schedule.due, period, zone),
        moment(schedule.closes, period, zone),
    )


def open_periods(schedule: Schedule, now: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The periods that are open at `now`, newest first."""
    period = period_of(schedule.period, now.astimezone(zone).date() + timedelta(days=1))
    for _ in range(schedule.closes.days + 4):
        if moment(schedule.opens, period, zone) <= now < moment(schedule.closes, period, zone):
            yield period
        period = period_before(schedule.period, period)


def current_period(schedule: Schedule, now: datetime, zone: ZoneInfo) -> date:
    """The newest open period, else the newest that has opened: the one that a report is for if nothing else is said."""
    newest = next(open_periods(schedule, now, zone), None)
    if newest is not None:
        return newest
    period = period_of(schedule.period, now.astimezone(zone).date())
    while moment(schedule.opens, period, zone) > now:
        period = period_before(schedule.period, period)
    return period
