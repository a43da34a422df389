"""Which moment to come is meant, and which hours on which days of the week."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from reporting.errors import Refused
from understanding.hours_ahead import hours_said, moment_ahead

WEDNESDAY = datetime(2021, 11, 10, 15, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("16h", "10/11 16:00"),
        ("15 giờ", "11/11 15:00"),
        ("trước 17 giờ", "10/11 17:00"),
        ("8 giờ sáng mai", "11/11 08:00"),
        ("sáng mai 8h", "11/11 08:00"),
        ("chiều mai 3 giờ", "11/11 15:00"),
        ("3 giờ rưỡi chiều", "11/11 15:30"),
        ("17 giờ 30 ngày 1/12", "01/12 17:30"),
        ("8 giờ 12/11", "12/11 08:00"),
        ("lúc 7h30 thứ hai", "15/11 07:30"),
        ("thứ tư 9 giờ", "17/11 09:00"),
        ("hôm nay 14h", "10/11 14:00"),
        ("tomorrow at 8:00", "11/11 08:00"),
        ("4pm", "10/11 16:00"),
        ("mai", ""),
        ("15", ""),
        ("8 giờ họp", ""),
        ("25 giờ", ""),
    ],
)
def test_a_moment_to_come(said: str, meant: str) -> None:
    found = moment_ahead(said, WEDNESDAY)
    assert (f"{found:%d/%m %H:%M}" if found is not None else "") == meant


def test_a_day_that_there_is_not_is_refused() -> None:
    with pytest.raises(Refused):
        moment_ahead("8 giờ ngày 31/11", WEDNESDAY)


@pytest.mark.parametrize(
    ("said", "hours", "weekdays", "rest"),
    [
        ("15 giờ", ["15:00"], None, ""),
        ("14 giờ và 15h30 thứ 2 đến thứ 6", ["14:00", "15:30"], [0, 1, 2, 3, 4], ""),
        ("8h, 10h các ngày thứ hai, thứ tư", ["08:00", "10:00"], [0, 2], ""),
        ("9 giờ 10 giờ", ["09:00", "10:00"], None, ""),
        ("3 giờ chiều ngày làm việc", ["15:00"], [0, 1, 2, 3, 4], ""),
        ("15 giờ chủ nhật và thứ bảy", ["15:00"], [5, 6], ""),
        ("thứ sáu đến thứ hai 9h", ["09:00"], [0, 4, 5, 6], ""),
        ("15 giờ hằng ngày", ["15:00"], [0, 1, 2, 3, 4, 5, 6], ""),
        ("3:30 pm on weekdays", ["15:30"], [0, 1, 2, 3, 4], ""),
        ("15 giờ mai", ["15:00"], None, "mai"),
        ("báo cáo", [], None, "bao cao"),
    ],
)
def test_hours_of_days_of_the_week(said: str, hours: list[str], weekdays: list[int] | None, rest: str) -> None:
    found = hours_said(said)
    assert found.hours == tuple(map(time.fromisoformat, hours))
    assert (sorted(found.weekdays) if found.weekdays is not None else None) == weekdays
    assert found.rest == rest
