"""Periods and deadlines: daily, weekly, monthly, on change; to the minute; in any time zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reporting.period_types import (
    Period,
    PeriodKind,
    PeriodType,
    first_day,
    period_before,
    period_meant,
    period_of,
    periods_between,
)
from reporting.rounds.deadlines import deadline, deadlines
from reporting.rounds.periods import current_period, last_owed_period, moment, open_periods
from reporting.rounds.suspensions import Suspension
from reporting.schedule import ClockTime, Schedule
from reporting.translator import translator

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAILY = Schedule(opens=ClockTime(time(14)), due=ClockTime(time(16, 30)), closes=ClockTime(time(8), 1))
KINDS = get_args(PeriodKind)
types = some.builds(
    PeriodType,
    some.sampled_from(KINDS),
    cutoff=some.integers(1, 31),
    year_ends=some.integers(1, 12),
    week_starts=some.integers(0, 6),
).map(lambda of: of if of.kind == "yearly" else replace(of, year_ends=12))


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
        ("quarterly", "2026-07-01", "2026-09-30"),
        ("half-yearly", "2026-06-30", "2026-06-30"),
        ("half-yearly", "2026-07-01", "2026-12-31"),
        ("nine-monthly", "2026-01-01", "2026-09-30"),
        ("nine-monthly", "2026-10-01", "2027-09-30"),
        ("yearly", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_goes_by_its_last_day(kind: PeriodKind, on: str, period: str) -> None:
    assert period_of(PeriodType(kind), date.fromisoformat(on)) == date.fromisoformat(period)


@pytest.mark.parametrize(
    ("of", "on", "first", "last"),
    [
        (PeriodType("monthly", 14), "2026-08-15", "2026-08-15", "2026-09-14"),
        (PeriodType("monthly", 14), "2026-09-14", "2026-08-15", "2026-09-14"),
        (PeriodType("monthly", 14), "2027-01-03", "2026-12-15", "2027-01-14"),
        (PeriodType("monthly", 30), "2027-03-01", "2027-03-01", "2027-03-30"),
        (PeriodType("monthly", 30), "2027-02-28", "2027-01-31", "2027-02-28"),
        (PeriodType("quarterly", 14), "2026-09-14", "2026-06-15", "2026-09-14"),
        (PeriodType("quarterly", 14), "2026-09-15", "2026-09-15", "2026-12-14"),
        (PeriodType("quarterly", 14), "2026-01-01", "2025-12-15", "2026-03-14"),
        (PeriodType("half-yearly", 14), "2026-01-01", "2025-12-15", "2026-06-14"),
        (PeriodType("nine-monthly", 14), "2026-01-01", "2025-12-15", "2026-09-14"),
        (PeriodType("nine-monthly", 14), "2026-11-29", "2026-12-15", "2027-09-14"),
        (PeriodType("yearly", 14), "2026-12-14", "2025-12-15", "2026-12-14"),
        (PeriodType("yearly", 31, 3), "2026-04-01", "2026-04-01", "2027-03-31"),
        (PeriodType("yearly", 31, 2), "2028-02-29", "2027-03-01", "2028-02-29"),
        (PeriodType("weekly", week_starts=2), "2026-12-01", "2026-11-25", "2026-12-01"),
        (PeriodType("weekly", week_starts=6), "2026-11-29", "2026-11-29", "2026-12-05"),
    ],
)
def test_a_period_ends_on_the_day_that_the_form_says(of: PeriodType, on: str, first: str, last: str) -> None:
    period = period_of(of, date.fromisoformat(on))
    assert (first_day(of, period), period) == (date.fromisoformat(first), date.fromisoformat(last))


@given(types, some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_periods_follow_each_other_without_gap_or_overlap(of: PeriodType, on: date) -> None:
    period = period_of(of, on)
    before = period_before(of, period)
    assert before < on <= period
    assert period_of(of, before) == before
    assert period_of(of, before + timedelta(days=1)) == period
    if of.kind != "nine-monthly":
        assert first_day(of, period) == before + timedelta(days=1)


def test_a_cutoff_is_written_as_the_settings_sheet_has_it() -> None:
    assert [PeriodType("monthly", 14).cutoff_written, PeriodType("yearly", 31, 8).cutoff_written] == ["14", "31/8"]
    assert PeriodType("quarterly").cutoff_written == ""


def test_days_stand_for_the_last_period_that_ends_in_them_or_for_the_one_they_lie_in() -> None:
    official = PeriodType("quarterly", 14)
    assert period_meant(official, date(2026, 7, 1), date(2026, 9, 30)) == date(2026, 9, 14)
    assert period_meant(official, date(2026, 9, 20), date(2026, 9, 20)) == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("of", "last", "vi", "en"),
    [
        (PeriodType("daily"), date(2026, 9, 14), "ngày 14/09/2026", "14/09/2026"),
        (PeriodType("weekly", week_starts=2), date(2026, 12, 1), "tuần đến ngày 01/12/2026", "the week to 01/12/2026"),
        (PeriodType("monthly"), date(2026, 9, 30), "tháng 09/2026", "09/2026"),
        (
            PeriodType("monthly", 14),
            date(2026, 9, 14),
            "tháng 09/2026 (15/08–14/09/2026)",
            "09/2026 (15/08–14/09/2026)",
        ),
        (PeriodType("quarterly"), date(2026, 9, 30), "quý III năm 2026", "quarter III of 2026"),
        (
            PeriodType("quarterly", 14),
            date(2026, 3, 14),
            "quý I năm 2026 (15/12/2025–14/03/2026)",
            "quarter I of 2026 (15/12/2025–14/03/2026)",
        ),
        (PeriodType("half-yearly"), date(2026, 6, 30), "6 tháng đầu năm 2026", "the first half of 2026"),
        (PeriodType("half-yearly"), date(2026, 12, 31), "6 tháng cuối năm 2026", "the second half of 2026"),
        (PeriodType("nine-monthly"), date(2026, 9, 30), "9 tháng năm 2026", "the first nine months of 2026"),
        (PeriodType("yearly"), date(2026, 12, 31), "năm 2026", "2026"),
        (
            PeriodType("yearly", 31, 8),
            date(2027, 8, 31),
            "năm 2026–2027 (01/09/2026–31/08/2027)",
            "2026–2027 (01/09/2026–31/08/2027)",
        ),
    ],
)
def test_a_period_is_named_as_offices_name_it(of: PeriodType, last: date, vi: str, en: str) -> None:
    assert translator("vi").plain("round_period", period=Period(of, last)) == vi
    assert translator("en").plain("round_period", period=Period(of, last)) == f"for {en}"


def test_periods_between_two_days_are_those_that_end_between_them() -> None:
    first, last = date(2021, 11, 1), date(2021, 11, 20)
    assert periods_between(PeriodType("weekly"), first, last) == [date(2021, 11, 7), date(2021, 11, 14)]
    assert periods_between(PeriodType("monthly"), first, last) == []
    assert len(periods_between(PeriodType("daily"), first, last)) == 20


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
    ("of", "last", "first_named", "last_named", "is_named"),
    [
        (PeriodType("quarterly", 14), date(2026, 9, 14), date(2026, 7, 1), date(2026, 9, 20), True),
        (PeriodType("nine-monthly", 14), date(2026, 9, 14), date(2026, 7, 1), date(2026, 9, 20), False),
        (PeriodType("nine-monthly", 14), date(2026, 9, 14), date(2026, 1, 1), date(2026, 6, 30), False),
        (PeriodType("nine-monthly", 14), date(2026, 9, 14), date(2026, 1, 1), date(2026, 9, 20), True),
        (PeriodType("monthly"), date(2026, 9, 30), date(2026, 9, 20), date(2026, 9, 20), True),
        (PeriodType("weekly", week_starts=2), date(2026, 9, 15), date(2026, 9, 14), date(2026, 9, 20), True),
    ],
)
def test_what_is_named_is_a_period_and_not_a_longer_one_that_it_lies_in(
    of: PeriodType, last: date, first_named: date, last_named: date, is_named: bool
) -> None:
    assert Period(of, last).is_named_by(first_named, last_named, date(2026, 9, 20)) == is_named


@pytest.mark.parametrize(
    ("kind", "last"), [("daily", "2021-11-09"), ("weekly", "2021-11-07"), ("monthly", "2021-10-31")]
)
def test_of_a_form_that_is_retired_the_last_period_is_the_one_that_ends_before_it(kind: PeriodKind, last: str) -> None:
    retired = Schedule(kind, until=date(2021, 11, 10))
    assert last_owed_period(retired, date(2021, 12, 24)) == date.fromisoformat(last)
    assert last_owed_period(retired, date(2021, 10, 1)) == period_of(retired.period_type, date(2021, 10, 1))


def test_the_last_report_of_a_form_that_is_retired_is_open_until_it_closes() -> None:
    retired = replace(DAILY, until=date(2021, 11, 11))
    assert list(open_periods(retired, local("2021-11-11T07:59"), ZONE)) == [date(2021, 11, 10)]
    assert list(open_periods(retired, local("2021-11-11T15:00"), ZONE)) == []
    assert current_period(retired, local("2021-11-20T15:00"), ZONE) == date(2021, 11, 10)
