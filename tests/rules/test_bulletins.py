"""When the public channel's bulletin is due, and what of it counts as corrected or as added."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from messages.residents.bulletins import due_at, newest_bulletin_due
from reporting.forms import Form
from reporting.period_types import PeriodKind
from reporting.schedule import ClockTime, Schedule

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2021, 11, 10)
HALF_PAST_FOUR, EIGHT_NEXT_DAY = ClockTime(time(16, 30)), ClockTime(time(8), 1)


def schedule(*digest: str, period: PeriodKind = "daily") -> Schedule:
    hours = tuple(map(time.fromisoformat, digest))
    return Schedule(period, due=HALF_PAST_FOUR, closes=EIGHT_NEXT_DAY, digest=hours)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("digest", "at"),
    [
        (["17:00"], "2021-11-10T17:00"),
        (["16:30"], "2021-11-10T16:30"),
        (["07:00", "17:00", "20:00"], "2021-11-10T17:00"),
        (["07:00", "11:00"], "2021-11-11T07:00"),
        ([], "2021-11-11T08:00"),
    ],
)
def test_it_is_due_at_the_first_hour_after_the_reports_else_when_they_close(digest: list[str], at: str) -> None:
    assert due_at(schedule(*digest), DAY, ZONE) == local(at)


@pytest.mark.parametrize(
    ("now", "period"),
    [
        ("2021-11-10T16:59", None),
        ("2021-11-10T17:00", date(2021, 11, 10)),
        ("2021-11-11T08:59", date(2021, 11, 10)),
        ("2021-11-11T09:00", None),
        ("2021-11-14T17:30", date(2021, 11, 14)),
    ],
)
def test_only_the_newest_is_due_and_not_for_ever(now: str, period: date | None) -> None:
    form = Form("daily", "1", {}, (), schedule=schedule("17:00"))
    assert newest_bulletin_due(form, local(now), ZONE) == period


def test_a_week_is_told_at_its_end_and_what_has_no_periods_never() -> None:
    weekly = Form("weekly", "1", {}, (), schedule=schedule("17:00", period="weekly"))
    assert newest_bulletin_due(weekly, local("2021-11-14T18:00"), ZONE) == date(2021, 11, 14)
    assert newest_bulletin_due(weekly, local("2021-11-12T18:00"), ZONE) is None
    level = Form("level", "1", {}, (), schedule=schedule("17:00", period="on change"))
    assert newest_bulletin_due(level, local("2021-11-14T18:00"), ZONE) is None
