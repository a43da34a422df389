"""Periods and deadlines: daily, weekly, monthly, on change; to the minute; in any time zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reporting.forms import ClockTime, PeriodKind, Schedule
from reporting.rounds.periods import (
    Suspension,
    current_period,
    deadline,
    deadlines,
    last_owed_period,
    moment,
    open_periods,
    period_before,
    period_of,
    periods_between,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAILY = Schedule(opens=ClockTime(time(14)), due=ClockTime(time(16, 30)), closes=ClockTime(time(8), 1))
kinds = some.sampled_from(["daily", "weekly", "monthly", "on change"])


def local(text: str, zone: ZoneInfo = ZONE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "on", "period"),
    [
        ("daily", "2021-11-10", "2021-11-10"),
        ("on change", "2021-11-10", "2021-11-10"),
        ("weekly", "2021-11-08", "2021-11-14"),
        ("weekly", "2021-11-14", "2021-11-14"),
        ("monthly", "2021-11-10", "2021-11-30"),
        ("monthly", "2024-02-01", "2024-02-29"),
        ("monthly", "2021-12-31", "2021-12-31"),
    ],
)
def test_a_period_goes_by_its_last_day(kind: PeriodKind, on: str, period: str) -> None:
    assert period_of(kind, date.fromisoformat(on)) == date.fromisoformat(period)


@given(kinds, some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_periods_follow_each_other_without_gap_or_overlap(kind: PeriodKind, on: date) -> None:
    period = period_of(kind, on)
    before = period_before(kind, period)
    assert before < on <= period
    assert period_of(kind, before) == before
    assert period_of(kind, before + timedelta(days=1)) == period


def test_periods_between_two_days_are_those_that_end_between_them() -> None:
    first, last = date(2021, 11, 1), date(2021, 11, 20)
    assert periods_between("weekly", first, last) == [date(2021, 11, 7), date(2021, 11, 14)]
    assert periods_between("monthly", first, last) == []
    assert len(periods_between("daily", first, last)) == 20


def test_a_deadline_is_to_the_minute_of_the_zone() -> None:
    due = deadline("covid_daily", DAILY, 7, date(2021, 11, 10), ZONE)
    assert (due.opens_at, due.due_at, due.closes_at) == (
        local("2021-11-10T14:00"),
        local("2021-11-10T16:30"),
        local("2021-11-11T08:00"),
    )
    assert due.due_at.utcoffset() == timedelta(0)
    assert due.is_owed


def test_the_hour_that_a_summer_time_leaves_out_or_repeats_makes_no_day_longer_than_it_is() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    spring, autumn = date(2021, 3, 28), date(2021, 10, 31)
    noon = ClockTime(time(12))
    assert moment(noon, spring, berlin) - moment(noon, spring - timedelta(days=1), berlin) == timedelta(hours=23)
    assert moment(noon, autumn, berlin) - moment(noon, autumn - timedelta(days=1), berlin) == timedelta(hours=25)


def test_what_is_reported_on_change_is_owed_by_nobody() -> None:
    on_change = Schedule(period="on change")
    assert not deadline("level", on_change, 7, date(2021, 11, 10), ZONE).is_owed


def test_a_suspended_report_is_not_owed() -> None:
    made = deadlines("covid_daily", DAILY, [1, 2], date(2021, 11, 10), ZONE, excused={2: "lũ"})
    assert [(each.is_owed, each.excuse) for each in made] == [(True, ""), (False, "lũ")]


@pytest.mark.parametrize(("form", "day", "covered"), [("a", 10, True), ("b", 10, False), ("a", 12, False)])
def test_a_suspension_covers_its_form_and_its_days(form: str, day: int, covered: bool) -> None:
    suspension = Suspension("a", None, date(2021, 11, 9), date(2021, 11, 11))
    assert suspension.covers(form, date(2021, 11, day)) is covered


def test_late_is_not_locked_the_period_is_open_until_it_closes() -> None:
    assert list(open_periods(DAILY, local("2021-11-10T13:59"), ZONE)) == []
    assert list(open_periods(DAILY, local("2021-11-10T14:00"), ZONE)) == [date(2021, 11, 10)]
    assert list(open_periods(DAILY, local("2021-11-11T07:59"), ZONE)) == [date(2021, 11, 10)]
    assert list(open_periods(DAILY, local("2021-11-11T08:00"), ZONE)) == []


def test_of_several_open_periods_the_newest_is_the_current_one() -> None:
    schedule = Schedule(opens=ClockTime(time(0)), due=ClockTime(time(9)), closes=ClockTime(time(12), 2))
    now = local("2021-11-10T10:00")
    assert list(open_periods(schedule, now, ZONE)) == [date(2021, 11, 10), date(2021, 11, 9), date(2021, 11, 8)]
    assert current_period(schedule, now, ZONE) == date(2021, 11, 10)


def test_where_none_is_open_the_current_period_is_the_newest_that_has_opened() -> None:
    assert current_period(DAILY, local("2021-11-10T13:00"), ZONE) == date(2021, 11, 9)


def test_a_weeks_report_opens_on_its_last_day() -> None:
    weekly = Schedule("weekly", ClockTime(time(8)), ClockTime(time(17)), ClockTime(time(17), 2))
    assert list(open_periods(weekly, local("2021-11-13T17:00"), ZONE)) == []
    assert list(open_periods(weekly, local("2021-11-14T08:00"), ZONE)) == [date(2021, 11, 14)]
    assert list(open_periods(weekly, local("2021-11-16T16:59"), ZONE)) == [date(2021, 11, 14)]


@pytest.mark.parametrize(
    ("kind", "last"), [("daily", "2021-11-09"), ("weekly", "2021-11-07"), ("monthly", "2021-10-31")]
)
def test_of_a_form_that_is_retired_the_last_period_is_the_one_that_ends_before_it(kind: PeriodKind, last: str) -> None:
    retired = Schedule(kind, until=date(2021, 11, 10))
    assert last_owed_period(retired, date(2021, 12, 24)) == date.fromisoformat(last)
    assert last_owed_period(retired, date(2021, 10, 1)) == period_of(kind, date(2021, 10, 1))


def test_the_last_report_of_a_form_that_is_retired_is_open_until_it_closes() -> None:
    retired = replace(DAILY, until=date(2021, 11, 11))
    assert list(open_periods(retired, local("2021-11-11T07:59"), ZONE)) == [date(2021, 11, 10)]
    assert list(open_periods(retired, local("2021-11-11T15:00"), ZONE)) == []
    assert current_period(retired, local("2021-11-20T15:00"), ZONE) == date(2021, 11, 10)
