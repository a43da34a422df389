"""Working days: by a country's holidays, by what the desk says of single days, and what deadlines make of them."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from messages.common.due_words import due_said
from messages.leaders.standing_words import excuse_said, status_said
from reporting.forms import Form
from reporting.period_types import PeriodKind, PeriodType, periods_between
from reporting.rounds.deadlines import deadline
from reporting.rounds.periods import moment, next_moment, open_periods
from reporting.rounds.reminder_plan import Round
from reporting.rounds.standings import Sent, Standing, Status, coverage, excused, expected_units, standings_of
from reporting.rounds.streaks import streaks_of
from reporting.rounds.suspensions import Suspension
from reporting.schedule import ClockTime, Schedule
from reporting.translator import translator
from reporting.working_days import WEEKENDS, CalendarDay, WorkingDays, free_days
from tests.conversations.house import ROOT
from tests.rules.round_made import DAY, NUA, THO_DAN, TREE, ZONE, at, form

VIET_NAM = WorkingDays("VN")
NEW_YEAR_S_EVE = date(2026, 2, 16)
"""A Monday; the lunar year begins the day after, and Tuesday week is worked again."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def by_working_days(remind: str = "0m reporter", *, skips: bool = False, calendar: WorkingDays = VIET_NAM) -> Form:
    """The district's daily form, by a calendar."""
    made = form(remind)
    return replace(made, schedule=replace(made.schedule, skips_free_days=skips).by(calendar))


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2026-01-01", "Tết Dương lịch"),
        ("2026-02-16", "Giao thừa Tết Nguyên Đán"),
        ("2026-02-20", "Mùng bốn Tết Nguyên Đán"),
        ("2026-04-27", "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        ("2027-02-06", "Tết Nguyên Đán"),
        ("2026-08-23", ""),
    ],
)
def test_holidays_of_a_country_are_free_by_the_moon_too_and_have_its_names(on: str, name: str) -> None:
    assert not VIET_NAM.is_working(day(on))
    assert VIET_NAM.name(day(on)) == name


def test_a_saturday_that_the_country_works_instead_is_a_working_day() -> None:
    assert VIET_NAM.is_working(day("2026-08-22"))
    assert not VIET_NAM.is_working(day("2026-08-31"))


def test_a_part_of_a_country_has_holidays_of_its_own_and_nobody_has_those_of_nowhere() -> None:
    epiphany = day("2026-01-06")
    assert (WorkingDays("DE").is_working(epiphany), WorkingDays("DE-BY").is_working(epiphany)) == (True, False)
    for nowhere in ("XX", "VN-99"):
        with pytest.raises(KeyError):
            free_days(nowhere, 2026)


def test_without_a_country_only_weekends_are_free() -> None:
    assert [WEEKENDS.is_working(NEW_YEAR_S_EVE + timedelta(days)) for days in range(7)] == [True] * 5 + [False] * 2


def test_what_the_desk_says_of_a_day_goes_before_holidays_and_weekends() -> None:
    said = frozenset((CalendarDay(day("2026-03-04"), False, "bão"), CalendarDay(day("2026-03-07"), True, "làm bù")))
    calendar = WorkingDays("VN", said)
    assert (calendar.is_working(day("2026-03-04")), calendar.name(day("2026-03-04"))) == (False, "bão")
    assert calendar.is_working(day("2026-03-07"))
    assert calendar.shifted(day("2026-03-03"), 3) == day("2026-03-07")


@pytest.mark.parametrize(
    ("on", "count", "found"),
    [
        ("2026-02-12", 1, "2026-02-13"),
        ("2026-02-13", 1, "2026-02-23"),
        ("2026-02-14", 2, "2026-02-24"),
        ("2026-02-14", 0, "2026-02-23"),
        ("2026-02-13", 0, "2026-02-13"),
        ("2026-02-23", -1, "2026-02-13"),
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_working_days_are_counted_over_what_is_free(on: str, count: int, found: str) -> None:
    assert VIET_NAM.shifted(day(on), count) == day(found)


@given(some.dates(day("2020-01-01"), day("2030-01-01")), some.integers(1, 12))
def test_there_are_just_so_many_working_days_between(on: date, count: int) -> None:
    until = VIET_NAM.shifted(on, count)
    between = [on + timedelta(days) for days in range(1, (until - on).days + 1)]
    assert VIET_NAM.is_working(until)
    assert sum(map(VIET_NAM.is_working, between)) == count
    assert VIET_NAM.shifted(until, -count) <= on


MONTHLY = Schedule("monthly", due=ClockTime(time(17), working_days=2), closes=ClockTime(time(17), working_days=5)).by(
    VIET_NAM
)


def test_a_month_is_due_within_two_working_days_and_closes_later() -> None:
    due = deadline("monthly", MONTHLY, 1, day("2026-04-30"), ZONE)
    assert due.due_at.astimezone(ZONE).isoformat() == "2026-05-05T17:00:00+07:00"
    assert due.closes_at.astimezone(ZONE).isoformat() == "2026-05-08T17:00:00+07:00"
    assert due.is_owed


def test_a_period_stays_open_over_all_the_free_days_before_it_closes() -> None:
    daily = Schedule(due=ClockTime(time(9), working_days=1), closes=ClockTime(time(17), working_days=1)).by(VIET_NAM)
    now = datetime(2026, 2, 23, 8, tzinfo=ZONE)
    first = day("2026-02-13")
    assert list(open_periods(daily, now, ZONE)) == [first + timedelta(days) for days in range(10, -1, -1)]


@given(some.sampled_from(("daily", "weekly", "monthly")), some.integers(0, 6), some.integers(0, 24 * 1500))
def test_the_next_moment_is_the_first_that_is_still_to_come(kind: PeriodKind, count: int, hours: int) -> None:
    of, now = PeriodType(kind), datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    at_five, around = ClockTime(time(17), working_days=count, calendar=VIET_NAM), timedelta(days=60)
    moments = [moment(at_five, each, ZONE) for each in periods_between(of, now.date() - around, now.date() + around)]
    assert next_moment(at_five, of, now, ZONE) == min(each for each in moments if each > now)


def test_a_rule_of_working_days_comes_due_at_the_hour_of_the_report() -> None:
    of = by_working_days("-1wd reporter; 0m reporter; +1wd chair")
    friday = day("2026-02-13")
    standings = standings_of(of, friday, expected_units(of, TREE, friday), {}, {}, at("18:00", friday), ZONE)
    moments = [
        (each.astimezone(ZONE).isoformat(), rule.to.value)
        for each, rule in Round(of, friday, standings, ZONE).moments()
    ]
    assert moments == [
        ("2026-02-13T08:00:00+07:00", "reporter"),
        ("2026-02-13T16:30:00+07:00", "reporter"),
        ("2026-02-23T16:30:00+07:00", "chair"),
    ]


def standing_on(of: Form, period: date, sent: dict[int, Sent], *suspensions: Suspension) -> dict[int, Standing]:
    units = expected_units(of, TREE, period)
    free = excused(of, period, units, TREE, suspensions)
    found = standings_of(of, period, units, sent, free, at("20:00", period), ZONE)
    return {each.deadline.unit_id: each for each in found}


def test_whether_a_day_is_worked_free_or_suspended_is_told_in_one_place() -> None:
    flood = Suspension("", NUA.id, day("2026-02-12"), day("2026-02-20"), "lũ")
    of, words = by_working_days(skips=True), translator("vi")
    told = {}
    for on in ("2026-02-12", "2026-02-14", "2026-02-17"):
        found = standing_on(of, day(on), {}, flood)
        told[on] = [status_said(of, found[unit.id], words) for unit in (THO_DAN, NUA)]
        assert coverage(found.values()).expected == (2 if on == "2026-02-12" else 0)
    assert told == {
        "2026-02-12": ["chưa báo cáo", "tạm dừng báo cáo: lũ"],
        "2026-02-14": ["ngày nghỉ"] * 2,
        "2026-02-17": ["ngày nghỉ: Tết Nguyên Đán"] * 2,
    }
    assert excuse_said(found[NUA.id].deadline, translator("en")) == "a free day: Tết Nguyên Đán"


def test_unless_a_form_says_so_free_days_are_owed_as_all_others() -> None:
    found = standing_on(by_working_days(), day("2026-02-17"), {})
    assert {each.status for each in found.values()} == {Status.MISSING}


def test_what_comes_on_a_free_day_is_welcome_and_in_time() -> None:
    late = at("19:00", NEW_YEAR_S_EVE)
    found = standing_on(by_working_days(skips=True), NEW_YEAR_S_EVE, {NUA.id: Sent(late, late, 1)})
    assert (found[NUA.id].status, found[THO_DAN.id].status) == (Status.ON_TIME, Status.NOT_DUE)


def test_free_days_neither_count_in_a_row_of_silence_nor_break_it() -> None:
    of, wednesday = by_working_days(skips=True), day("2026-02-25")
    standings = list(standing_on(of, wednesday, {}).values())
    first = day("2026-02-12")
    assert streaks_of(of, wednesday, standings, TREE, {}, first, (), at("20:00", wednesday))[NUA.id] == 5


@pytest.mark.parametrize(
    ("schedule", "said", "told"),
    [
        (
            MONTHLY,
            "17 giờ 00, 2 ngày làm việc sau khi hết kỳ (kỳ tới: 02/12/2021)",
            "17:00, 2 working days after the period (next: 02/12/2021)",
        ),
        (
            Schedule("weekly", due=ClockTime(time(9), working_days=0)),
            "09 giờ 00 ngày cuối kỳ, gặp ngày nghỉ thì ngày làm việc kế tiếp (kỳ tới: 15/11/2021)",
            "09:00 on the last day, or the next working day if that is free (next: 15/11/2021)",
        ),
        (
            Schedule(due=ClockTime(time(16, 30)), skips_free_days=True),
            "16 giờ 30 các ngày làm việc",
            "16:30 on working days",
        ),
    ],
)
def test_by_when_a_report_is_wanted_is_said_in_working_days(schedule: Schedule, said: str, told: str) -> None:
    now = at("15:30", DAY)
    assert due_said(schedule, now, ZONE, translator("vi")) == said
    assert due_said(schedule, now, ZONE, translator("en")) == told


def test_the_library_is_loaded_by_whoever_asks_for_a_country_and_by_nobody_else() -> None:
    asked = """import sys
from reporting.rounds import standings
from reporting.working_days import WEEKENDS, WorkingDays
from datetime import date
WEEKENDS.is_working(date(2026, 2, 16)); print("holidays" in sys.modules)
WorkingDays("VN").is_working(date(2026, 2, 16)); print("holidays" in sys.modules)"""
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
