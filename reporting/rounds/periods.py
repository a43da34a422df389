"""Periods and deadlines: which day a report is for, when it opens, is due and closes. All computed, never stored."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from reporting.errors import Refused
from reporting.forms import ClockTime, Form, Schedule
from reporting.local_time import local_moment
from reporting.period_types import PeriodType, period_before, period_of

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the report of `unit_id` for the period that ends on `period` opens, is due and closes.

    `is_owed`: it is expected; not so «on change», nor in a suspended period, nor on a free day that the form skips (what comes all the
    same is welcome). `excuse`: the reason of the suspension, as it was typed, or what the free day is called.
    """

    form: str
    unit_id: int
    period: date
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    is_owed: bool = True
    excuse: str = ""
    is_free_day: bool = False

    @property
    def over_at(self) -> datetime:
        """When it is too late: a deadline is told to the minute, so the whole due minute is still in time."""
        return self.due_at + MINUTE


@dataclass(frozen=True, slots=True)
class Suspension:
    """No report is owed for the periods that end from `first_on` to `last_on`: a holiday, a flood, an evacuation.

    `form` «» means every form; `unit_id` None every unit, else that unit and all that is under it.
    """

    form: str
    unit_id: int | None
    first_on: date
    last_on: date
    reason: str = ""

    def covers(self, form: str, period: date) -> bool:
        return self.form in ("", form) and self.first_on <= period <= self.last_on


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


def deadline(
    form: str,
    schedule: Schedule,
    unit_id: int,
    period: date,
    zone: ZoneInfo,
) -> Deadline:
    """The deadline of one unit's report. The report of a week or longer opens on the period's last day."""
    return deadlines(form, schedule, [unit_id], period, zone)[0]


def deadlines(
    form: str,
    schedule: Schedule,
    unit_ids: Iterable[int],
    period: date,
    zone: ZoneInfo,
    excused: Mapping[int, str] = MappingProxyType({}),
) -> list[Deadline]:
    """The deadlines of many units' reports, in their order; those in `excused` owe none, for the reason there.

    Nobody owes one «on change», or for a free day that the form skips.
    """
    opens_at = moment(schedule.opens, period, zone)
    due_at = moment(schedule.due, period, zone)
    closes_at = moment(schedule.closes, period, zone)
    is_free = schedule.is_free(period)
    nobody_owes = schedule.period == "on change" or is_free
    name = schedule.calendar.name(period) if is_free else ""
    times = opens_at, due_at, closes_at
    return [
        Deadline(form, each, period, *times, not (nobody_owes or each in excused), excused.get(each, name), is_free)
        for each in unit_ids
    ]


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
