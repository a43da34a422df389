"""Days that come seldom: the year's end, a week of two years, the 53rd week, the 29th of February; what is meant and said then."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from messages.leaders.turn_words import turn_said
from messages.reminders.letters import LetterContext
from reporting.days_without_year import last_so_named, next_so_named
from reporting.errors import Refused
from reporting.figures.indicator_targets import IndicatorTarget, target_span
from reporting.figures.turns import TurnPoint
from reporting.period_types import Period, PeriodKind, PeriodType, period_before, period_of
from reporting.questions.dates import read_date
from reporting.reminder_rules import read_rules
from reporting.rounds.deadlines import deadline
from reporting.rounds.periods import current_period, open_periods
from reporting.rounds.reminding import due_reminders
from reporting.rounds.standings import Status
from reporting.rounds.suppression import Suppression
from reporting.schedule import ClockTime, Schedule
from reporting.translator import translator
from tests.rules import briefings_made
from tests.rules.round_made import CHAIR, NAM, NAMES, THO_DAN, TREE, ZONE, Day, a_round, at, form, person
from tests.rules.vocabularies import covid
from understanding import Inquiry, understand
from understanding.start_days import start_day
from understanding.targets_said import target_said_in
from understanding.typed_requests import leave_days

VI = translator("vi")
NEW_YEAR = date(2026, 1, 1)
LATE = "0m reporter; +60m reporter; +10h chair"


def due_on(kind: PeriodKind, remind: str = LATE) -> Schedule:
    """Due at 23:30 of the last day; closed the next evening."""
    times = ClockTime(time(8)), ClockTime(time(23, 30)), ClockTime(time(20), 1)
    return Schedule(kind, *times, remind=read_rules(remind))


def told(kind: PeriodKind, period: date, clock: str, day: date) -> dict[int, str]:
    """What each is told at that time of a report of Thọ Dân that has not come; the others' have."""
    of, now, recipients = replace(form(), schedule=due_on(kind)), at(clock, day), Day().recipients
    others = [unit for unit in TREE if unit.parent_id and unit.id != THO_DAN.id]
    one = a_round(of, now, others, day=period)
    plan = due_reminders([one], recipients, [], Suppression(), now, {})
    scene = LetterContext(
        {(of.key, period): one}, TREE, recipients, [], Suppression(), now, ZONE, {n: person(n) for n in NAMES}
    )
    return {each.person_id: scene.letter(person(each.person_id), [each]).text for each in plan.reminders}


def test_of_a_report_that_is_due_on_new_years_eve_the_reminder_of_new_years_day_names_the_old_year() -> None:
    eve = NEW_YEAR - timedelta(days=1)
    assert "ngày 31/12/2025" in told("daily", eve, "23:30", eve)[NAM]
    said = told("daily", eve, "00:30", NEW_YEAR)
    assert list(said) == [NAM]
    assert "ngày 31/12/2025" in said[NAM]
    assert "2026" not in said[NAM].replace("01/01/2026", "")
    late = told("daily", eve, "09:35", NEW_YEAR)
    assert "ngày 31/12/2025" in late[CHAIR if CHAIR in late else NAM]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("weekly", "tuần đến ngày 03/01/2027"),
        ("monthly", "tháng 12/2026"),
        ("quarterly", "quý IV năm 2026"),
        ("half-yearly", "6 tháng cuối năm 2026"),
        ("yearly", "năm 2026"),
    ],
)
def test_a_period_that_ends_with_the_year_is_named_by_it_in_the_new_one(kind: PeriodKind, name: str) -> None:
    end = period_of(PeriodType(kind), date(2026, 12, 31))
    assert name in told(kind, end, "00:30", end + timedelta(days=1))[NAM]


@pytest.mark.parametrize("kind", ["daily", "monthly", "quarterly", "half-yearly", "yearly"])
def test_on_new_years_day_the_old_years_report_is_late_and_still_open_and_no_other_is_owed(kind: PeriodKind) -> None:
    eve, schedule = NEW_YEAR - timedelta(days=1), due_on(kind)
    now = at("00:10", NEW_YEAR)
    assert list(open_periods(schedule, now, ZONE)) == [eve]
    assert current_period(schedule, now, ZONE) == eve
    of = replace(form(), schedule=schedule)
    (missing,) = {each.status for each in a_round(of, now, day=eve).standings}
    assert missing is Status.DUE if now < deadline("f", schedule, 2, eve, ZONE).over_at else Status.MISSING


@pytest.mark.parametrize(("year", "weeks"), [(2020, 53), (2021, 52), (2026, 53), (2027, 52)])
def test_every_week_of_a_year_is_one_period_the_53rd_and_that_of_two_years_too(year: int, weeks: int) -> None:
    of, monday = PeriodType("weekly"), date.fromisocalendar(year, 1, 1)
    ends = {period_of(of, monday + timedelta(days=n)) for n in range(7 * weeks)}
    assert sorted(ends) == [date.fromisocalendar(year, week, 7) for week in range(1, weeks + 1)]
    assert period_before(of, date.fromisocalendar(year + 1, 1, 7)) == date.fromisocalendar(year, weeks, 7)


def test_weeks_of_two_years_are_told_with_their_years() -> None:
    weeks = [date(2026, 12, 20), date(2026, 12, 27), date(2027, 1, 3)]
    assert "(tuần 51–53)" in turn(*weeks)
    assert "(tuần 53/2026–2/2027)" in turn(date(2027, 1, 3), date(2027, 1, 10), date(2027, 1, 17))


def turn(*weeks: date) -> str:
    known = briefings_made.turn(THO_DAN)
    points = tuple(TurnPoint(week, 4 + 5 * n) for n, week in enumerate(weeks))
    return turn_said(replace(known, turn=replace(known.turn, points=points)), VI)


def test_a_month_that_ends_on_the_29th_and_a_year_that_does() -> None:
    assert VI.show(Period(PeriodType("yearly", 31, 2), date(2028, 2, 29))).startswith(
        "năm 2027–2028 (01/03/2027–29/02/2028)"
    )
    ends = [period_of(PeriodType("monthly", 29), date(year, 2, 10)) for year in (2024, 2025)]
    assert ends == [date(2024, 2, 29), date(2025, 2, 28)]
    yearly = PeriodType("yearly", 29, 2)
    assert [period_of(yearly, date(year, 2, 28)) for year in (2024, 2025)] == [date(2024, 2, 29), date(2025, 2, 28)]
    assert period_before(yearly, date(2025, 2, 28)) == date(2024, 2, 29)


def test_a_target_from_or_to_the_29th_of_february_holds_on_its_days() -> None:
    of = form(schedule=Schedule("daily", ClockTime(time(8)), ClockTime(time(16)), ClockTime(time(8), 1)))
    target = IndicatorTarget("f", "x", 2, "at least", 10, "", date(2024, 2, 29), until=date(2025, 2, 28))
    assert target_span(target, of, date(2024, 2, 28)) is None
    assert target_span(target, of, date(2025, 3, 1)) == (date(2024, 2, 29), date(2025, 2, 28))
    each = replace(target, each="monthly", until=None)
    assert target_span(each, of, date(2024, 3, 1)) == (date(2024, 2, 1), date(2024, 2, 29))


def test_the_day_meant_without_a_year() -> None:
    assert next_so_named(2, 1, date(2025, 12, 31)) == date(2026, 1, 2)
    assert next_so_named(31, 12, date(2025, 12, 31)) == date(2025, 12, 31)
    assert next_so_named(29, 2, date(2027, 3, 1)) == date(2028, 2, 29)
    assert last_so_named(31, 12, NEW_YEAR) == date(2025, 12, 31)
    assert last_so_named(29, 2, date(2025, 2, 27)) == date(2024, 2, 29)
    for day in (date(2027, 2, 27), date(2025, 3, 1)):
        with pytest.raises(ValueError, match="day is out of range"):
            last_so_named(29, 2, day) if day.month == 3 else next_so_named(29, 2, day)


@pytest.mark.parametrize(
    ("today", "typed", "day"),
    [
        ("2026-01-01", "31/12", date(2025, 12, 31)),
        ("2026-01-01", "ngày 1/1", date(2026, 1, 1)),
        ("2026-12-31", "31/12", date(2026, 12, 31)),
        ("2026-01-05", "hôm qua", date(2026, 1, 4)),
        ("2026-01-01", "hôm qua", date(2025, 12, 31)),
        ("2024-03-01", "hôm qua", date(2024, 2, 29)),
        ("2025-03-01", "hôm qua", date(2025, 2, 28)),
        ("2024-02-29", "29/2", date(2024, 2, 29)),
        ("2024-12-31", "29/2", date(2024, 2, 29)),
        ("2025-03-05", "29/2", None),
        ("2026-02-10", "1/4", date(2026, 4, 1)),
        ("2026-11-10", "1/3", date(2026, 3, 1)),
        ("2025-12-30", "3/1", date(2026, 1, 3)),
    ],
)
def test_a_reporter_types_a_day_without_its_year(today: str, typed: str, day: date | None) -> None:
    assert read_date(typed, datetime.fromisoformat(today)) == day


def test_leave_over_the_years_end_and_over_the_29th_of_february() -> None:
    assert leave_days("tôi nghỉ từ 28/12 đến 3/1", date(2026, 12, 20)) == (date(2026, 12, 28), date(2027, 1, 3))
    assert leave_days("tôi nghỉ từ 2/1 đến 4/1", date(2026, 12, 31)) == (date(2027, 1, 2), date(2027, 1, 4))
    assert leave_days("tôi nghỉ từ 27/2 đến 29/2", date(2027, 12, 1)) == (date(2028, 2, 27), date(2028, 2, 29))
    with pytest.raises(Refused) as refused:
        leave_days("tôi nghỉ từ 29/2 đến 3/3", date(2024, 12, 15))
    assert "29/2" in VI.refusal(refused.value)


def test_what_holds_from_a_day_without_its_year() -> None:
    assert start_day("từ 1/1", date(2026, 12, 31)) == NEW_YEAR.replace(year=2027)
    assert start_day("29/2", date(2027, 12, 1)) == date(2028, 2, 29)
    with pytest.raises(Refused):
        start_day("29/2", date(2024, 12, 15))


def test_a_target_until_a_day_without_its_year() -> None:
    said = target_said_in("mũi 1 ít nhất 900 đến 29/2", date(2027, 12, 1))
    assert said is not None
    assert said.until == date(2028, 2, 29)


PHRASES = {
    "2026-01-01": {
        "hôm qua": "yesterday 2025-12-31",
        "tuần này": "this_week 2025-12-29..2026-01-01",
        "tháng trước": "last_month 2025-12-01..2025-12-31",
        "quý trước": "range 2025-10-01..2025-12-31",
        "năm nay": "this_year 2026-01-01",
        "ngày 31/12": "yesterday 2025-12-31",
        "từ ngày 31/12": "range 2025-12-31..2026-01-01",
        "cuối tháng trước": "range 2025-12-21..2025-12-31",
    },
    "2027-01-03": {
        "tuần này": "this_week 2026-12-28..2027-01-03",
        "tuần trước": "last_week 2026-12-21..2026-12-27",
        "từ 28/12 đến 3/1": "range 2026-12-28..2027-01-03",
        "quý 4": "range 2026-10-01..2026-12-31",
    },
    "2024-02-29": {
        "ngày 29/2": "today 2024-02-29",
        "tháng này": "this_month 2024-02-01..2024-02-29",
        "ngày 29/2/2023": "",
    },
    "2024-03-01": {
        "hôm qua": "yesterday 2024-02-29",
        "từ ngày 29/2": "range 2024-02-29..2024-03-01",
        "cuối tháng 2": "range 2024-02-21..2024-02-29",
    },
    "2025-03-01": {"hôm qua": "yesterday 2025-02-28", "ngày 29/2": "", "ngày 29/2/2024": "date 2024-02-29"},
}


@pytest.mark.parametrize(("today", "phrase"), [(day, each) for day, some in PHRASES.items() for each in some])
def test_residents_days_at_the_turn_of_a_year_and_of_february(today: str, phrase: str) -> None:
    found = asked(phrase, today)
    span = found.span if found.is_certain else None
    days = "" if span is None else "..".join(dict.fromkeys(str(each) for each in (span.first_on, span.last_on)))
    assert ("" if span is None else f"{span.kind} {days}") == PHRASES[today][phrase]


@pytest.mark.parametrize(
    ("today", "phrase", "last"),
    [
        ("2024-02-29", "cùng kỳ năm trước", "2023-02-28"),
        ("2024-03-01", "cùng kỳ năm trước", "2023-03-01"),
        ("2025-02-28", "cùng kỳ năm trước", "2024-02-28"),
        ("2025-03-01", "cùng kỳ năm trước", "2024-03-01"),
        ("2026-12-31", "cùng kỳ năm trước", "2025-12-31"),
        ("2024-03-31", "cùng kỳ tháng trước", "2024-02-29"),
        ("2025-03-31", "cùng kỳ tháng trước", "2025-02-28"),
        ("2024-05-31", "cùng kỳ quý trước", "2024-02-29"),
        ("2026-01-01", "cùng kỳ quý trước", "2025-10-01"),
        ("2027-01-03", "cùng kỳ tuần trước", "2026-12-27"),
    ],
)
def test_the_same_time_of_an_earlier_period_ends_on_the_same_day_of_it(today: str, phrase: str, last: str) -> None:
    offered = asked(phrase, today).span_choices
    assert str(offered[0].last_on) == last


def asked(days: str, today: str) -> Inquiry:
    return understand(f"thọ dân {days} có mấy ca mắc mới", covid(), date.fromisoformat(today))
