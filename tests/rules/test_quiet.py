"""Quiet hours: what they hold back, what they do not, and what becomes of a question whose time runs out in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from reporting.rounds.data_query import AskedBack, moments, what_is_due
from reporting.rounds.quiet_hours import awake, holds_back, is_quiet, quiet_from

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = (time(21), time(6, 30))
NOON = (time(12), time(14))


def at(clock: str, day: int = 10) -> datetime:
    return datetime.fromisoformat(f"2021-11-{day:02d}T{clock}+07:00").astimezone(UTC)


ASKED = AskedBack(1, "daily", 2, date(2021, 11, 10), "cases", "3", 1, "", 9, at("10:30"), at("12:30"))
"""To be reminded of at 11:30."""


@pytest.mark.parametrize(
    ("clock", "at_night", "at_noon"),
    [
        ("20:59", False, False),
        ("21:00", True, False),
        ("00:00", True, False),
        ("06:29", True, False),
        ("06:30", False, False),
        ("12:00", False, True),
        ("14:00", False, False),
    ],
)
def test_quiet_hours_may_go_over_midnight(clock: str, at_night: bool, at_noon: bool) -> None:
    assert (is_quiet(at(clock), ZONE, NIGHT), is_quiet(at(clock), ZONE, NOON)) == (at_night, at_noon)
    assert not is_quiet(at(clock), ZONE, None)


def test_what_is_itself_set_for_a_time_in_them_is_not_held_back() -> None:
    assert holds_back(at("17:00"), at("22:00"), ZONE, NIGHT)
    assert not holds_back(at("22:00"), at("22:00"), ZONE, NIGHT)
    assert not holds_back(at("17:00"), at("20:00"), ZONE, NIGHT)
    assert not holds_back(at("17:00"), at("22:00"), ZONE, None)


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (at("20:00"), at("20:00")),
        (at("21:00"), at("06:30", 11)),
        (at("03:00"), at("06:30")),
        (at("06:30"), at("06:30")),
    ],
)
def test_what_falls_into_them_is_told_when_they_end(then: datetime, told: datetime) -> None:
    assert awake(then, ZONE, NIGHT) == told
    assert awake(then, ZONE, None) == then


def test_they_begin_once_a_day() -> None:
    assert quiet_from(at("20:00"), ZONE, NIGHT) == at("21:00")
    assert quiet_from(at("21:00"), ZONE, NIGHT) == at("21:00", 11)
    assert quiet_from(at("20:00"), ZONE, None) is None


def test_in_quiet_hours_a_question_is_neither_reminded_of_nor_ended() -> None:
    for clock in ("12:00", "12:30", "13:59"):
        assert what_is_due(ASKED, 1, "3", at(clock), ZONE, NOON) == ""
    assert what_is_due(ASKED, 2, "2", at("13:00"), ZONE, NOON) == ""
    assert what_is_due(ASKED, 2, "2", at("14:00"), ZONE, NOON) == "corrected"


def test_who_was_reminded_before_them_has_until_they_end() -> None:
    assert moments(ASKED, ZONE, NOON) == (at("11:30"), at("14:00"))
    assert what_is_due(ASKED, 1, "3", at("11:30"), ZONE, NOON) == "remind"
    reminded = replace(ASKED, reminded_at=at("11:30"))
    assert what_is_due(reminded, 1, "3", at("13:59"), ZONE, NOON) == ""
    assert what_is_due(reminded, 1, "3", at("14:00"), ZONE, NOON) == "unanswered"


def test_whose_reminder_fell_into_them_is_reminded_when_they_end_and_has_as_much_time_as_ever() -> None:
    later = replace(ASKED, asked_at=at("11:30"), due_at=at("13:30"))
    assert moments(later, ZONE, NOON) == (at("14:00"), at("15:00"))
    assert what_is_due(later, 1, "3", at("14:00"), ZONE, NOON) == "remind"
    reminded = replace(later, reminded_at=at("14:00"))
    assert what_is_due(reminded, 1, "3", at("14:59"), ZONE, NOON) == ""
    assert what_is_due(reminded, 1, "3", at("15:00"), ZONE, NOON) == "unanswered"
