"""Questions about figures: when an answer is due, and what is to be done about an open one."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from messages.leaders.acting_words import written_said
from reporting.errors import NotUnderstood
from reporting.forms import Choice, Form, Question
from reporting.rounds.data_query import AskedBack, answer_due, what_is_due
from reporting.translator import translator
from reporting.until import read_until

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(clock: str, day: int = 10) -> datetime:
    return datetime.fromisoformat(f"2021-11-{day:02d}T{clock}+07:00")


ASKED = AskedBack(1, "daily", 2, date(2021, 11, 10), "cases", "3", 1, "", 9, at("15:00"), at("17:00"))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at("15:00"), at("17:00")),
        (at("19:30"), at("09:00", 11)),
        (at("23:30"), at("09:00", 11)),
        (at("03:00"), at("09:00")),
        (at("05:30"), at("07:30")),
    ],
)
def test_nobody_is_to_answer_at_night(now: datetime, due: datetime) -> None:
    assert answer_due(now, ZONE) == due


def test_an_open_question_is_left_alone_reminded_of_once_and_ended() -> None:
    assert what_is_due(ASKED, 1, "3", at("15:30"), ZONE) == ""
    assert what_is_due(ASKED, 1, "3", at("16:00"), ZONE) == "remind"
    assert what_is_due(replace(ASKED, reminded_at=at("16:00")), 1, "3", at("16:30"), ZONE) == ""
    assert what_is_due(ASKED, 1, "3", at("17:00"), ZONE) == "unanswered"


def test_a_newer_revision_ends_it_whatever_the_time() -> None:
    assert what_is_due(ASKED, 2, "2", at("15:10"), ZONE) == "corrected"
    assert what_is_due(ASKED, 2, "3", at("18:00"), ZONE) == "confirmed"
    assert what_is_due(replace(ASKED, state="answered"), 2, "2", at("15:10"), ZONE) == ""


@pytest.mark.parametrize(
    ("typed", "until", "rest"),
    [
        ("Thọ Dân 9/11 đến 20:00", at("20:00"), "Thọ Dân 9/11"),
        ("Thọ Dân đến 20 giờ 30", at("20:30"), "Thọ Dân"),
        ("tho dan den 8h", at("08:00", 11), "tho dan"),
        ("Thọ Dân hôm qua trong 5 giờ", at("20:30"), "Thọ Dân hôm qua"),
        ("Thọ Dân for 2 hours", at("17:30"), "Thọ Dân"),
        ("Thọ Dân", at("18:30"), "Thọ Dân"),
    ],
)
def test_until_when_is_read_as_people_type_it(typed: str, until: datetime, rest: str) -> None:
    found, left = read_until(typed, at("15:30"))
    assert found == until
    assert " ".join(left.split()) == rest


@pytest.mark.parametrize("typed", ["Nưa đến 25:00", "Nưa đến 10:75", "Nưa trong 99 giờ", "Nưa trong 0 giờ"])
def test_no_time_at_all_brings_an_example(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="reopen_how"):
        read_until(typed, at("15:30"))


def test_the_reminder_comes_at_half_the_time_and_not_at_night() -> None:
    assert ASKED.remind_at - ASKED.asked_at == timedelta(hours=1)
    assert replace(ASKED, asked_at=at("20:30"), due_at=at("09:00", 11)).remind_at == at("08:00", 11)


@pytest.mark.parametrize(
    ("kept", "said"),
    [("3", "3 ca"), ("1.5", "1,5 ca"), ("1250.25", "1.250,25 ca"), ("0.000001", "0,000001 ca"), ("", "")],
)
def test_a_number_that_was_kept_as_text_is_told_as_one(kept: str, said: str) -> None:
    form = Form("daily", "1", {}, (Question("cases", "decimal", {}, kind="flow", unit={"vi": "ca"}),))
    assert written_said(form, "cases", kept, translator("vi")) == said


def test_a_choice_that_is_called_by_a_numeral_is_told_by_its_label() -> None:
    levels = (Choice("2", {"vi": "Cấp 2 (vùng vàng)"}),)
    form = Form("level", "1", {}, (Question("level", "select_one levels", {}, kind="state", choices=levels),))
    assert written_said(form, "level", "2", translator("vi")) == "Cấp 2 (vùng vàng)"
    assert written_said(form, "gone", "1.5", translator("vi")) == "1.5"
