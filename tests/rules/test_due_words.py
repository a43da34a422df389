"""By when a report is wanted: the hour and the day, for daily, weekly and monthly forms."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from messages.common.due_words import due_said
from messages.common.guide import welcome
from reporting.people import Address
from reporting.period_types import PeriodKind, PeriodType
from reporting.rounds.periods import next_moment
from reporting.schedule import ClockTime, Schedule
from reporting.translator import translator
from reporting.units import Unit
from tests.rules.test_lines import FORM

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2021, 11, 10, 15, 30, tzinfo=ZONE)
"""A Wednesday."""


def schedule(kind: PeriodKind, days: int, at: time = time(9)) -> Schedule:
    return Schedule(period=kind, opens=ClockTime(time(7)), due=ClockTime(at, days), closes=ClockTime(time(23), days))


@pytest.mark.parametrize(
    ("kind", "days", "said", "told"),
    [
        ("daily", 0, "09 giờ 00 hằng ngày", "09:00 every day"),
        ("daily", 1, "09 giờ 00, 1 ngày sau ngày số liệu", "09:00 the day after"),
        ("weekly", 0, "09 giờ 00 Chủ Nhật hằng tuần (kỳ tới: 14/11/2021)", "09:00 every Sunday (next: 14/11/2021)"),
        ("weekly", 1, "09 giờ 00 Thứ Hai hằng tuần (kỳ tới: 15/11/2021)", "09:00 every Monday (next: 15/11/2021)"),
        ("weekly", 3, "09 giờ 00 Thứ Tư hằng tuần (kỳ tới: 17/11/2021)", "09:00 every Wednesday (next: 17/11/2021)"),
        (
            "monthly",
            0,
            "09 giờ 00 ngày cuối tháng (kỳ tới: 30/11/2021)",
            "09:00 on the last day of the month (next: 30/11/2021)",
        ),
        (
            "monthly",
            5,
            "09 giờ 00 ngày 5 tháng sau (kỳ tới: 05/12/2021)",
            "09:00 on day 5 of the month after (next: 05/12/2021)",
        ),
    ],
)
def test_the_day_is_said_with_the_hour(kind: PeriodKind, days: int, said: str, told: str) -> None:
    assert due_said(schedule(kind, days), NOW, ZONE, translator("vi")) == said
    assert due_said(schedule(kind, days), NOW, ZONE, translator("en")) == told


def test_the_next_time_is_later_than_now_and_is_the_first_that_is() -> None:
    monday = ClockTime(time(9), 1)
    for now, day in (("2021-11-15T08:59", 15), ("2021-11-15T09:00", 22), ("2021-11-14T23:00", 15)):
        moment = next_moment(monday, PeriodType("weekly"), datetime.fromisoformat(now).replace(tzinfo=ZONE), ZONE)
        assert moment == datetime(2021, 11, day, 9, tzinfo=ZONE)


def test_the_welcome_says_by_when_reports_are_wanted() -> None:
    unit = Unit(1, "15742", "Thọ Dân", "xã")
    to = Address("telegram", "1")
    said = welcome("reporter", unit, [FORM], NOW, ZONE, "Nam", to, translator("vi")).text
    assert "thời hạn gửi trước 16 giờ 30 hằng ngày" in said
