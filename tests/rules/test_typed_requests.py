"""Days, reasons and leave as people type them."""

from datetime import date

import pytest

from messages.reporters.offers import figures_in
from reporting.errors import Refused
from reporting.filling.lines import read_lines
from tests.rules.test_lines import VI, filling
from understanding.days import past_days
from understanding.typed_requests import (
    ERASE_MINE,
    MY_DATA,
    changed_into,
    leave_days,
    part_day,
    part_mistake,
    part_reason,
)

TODAY = date(2021, 11, 10)


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("f0 5 ngày 09/11", "f0 5", date(2021, 11, 9)),
        ("f0 5 hôm qua", "f0 5", date(2021, 11, 9)),
        ("hom qua f0 5", "f0 5", date(2021, 11, 9)),
        ("f0 5 on 9/11/2021", "f0 5", date(2021, 11, 9)),
        ("f0 5 ngày 30/05", "f0 5", date(2021, 5, 30)),
        ("f1 hôm nay 20", "f1 20", date(2021, 11, 10)),
        ("f0 5", "f0 5", None),
        ("test 1/20", "test 1/20", None),
    ],
)
def test_a_day_is_parted_from_the_figures(text: str, rest: str, day: date | None) -> None:
    left, days = part_day(text, TODAY)
    span = past_days(days, TODAY)
    assert (left, span and span.first_on, span and span.last_on) == (rest, day, day)


@pytest.mark.parametrize(
    ("text", "key", "day"),
    [
        ("f0 5 31/02", "day_none", "31/02"),
        ("f0 5 ngày 31/11/2021", "day_none", "31/11/2021"),
        ("f0 5 ngày 1/20", "day_none", "1/20"),
        ("f0 5 ngày 30/12", "day_ahead", "30/12"),
        ("f0 5 11/11", "day_ahead", "11/11"),
        ("f0 5 ngày mai", "day_ahead", "ngày mai"),
    ],
)
def test_a_day_that_is_none_or_ahead_is_refused(text: str, key: str, day: str) -> None:
    left, days = part_day(text, TODAY)
    assert left == "f0 5"
    with pytest.raises(Refused) as refused:
        past_days(days, TODAY)
    assert (refused.value.values["why"].key, refused.value.values["why"].values["day"]) == (key, day)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("à nhầm, f0 5 chứ không phải 3", "f0 5"),
        ("nhầm rồi, f0 5", "f0 5"),
        ("em báo nhầm f0 5", "f0 5"),
        ("xin lỗi em báo nhầm: f0 5, f1 6", "f0 5, f1 6"),
        ("f0 không phải 3 mà là 5", "f0 5"),
        ("f0 ko phai 3 ma 5", "f0 5"),
        ("f0 mới 5 chứ không phải 3 ca", "f0 mới 5"),
        ("nhầm, f0 1,300 chứ không phải 1,250", "f0 1,300"),
        ("f0 không phải 1,250 ca mà là 1,300", "f0 1,300"),
        ("f0 5, không phải 3", "f0 5"),
        ("f0 5 chứ không phải 3, f1 6", "f0 5, f1 6"),
        ("f0 5, not 3", "f0 5"),
        ("f0 5 and not 1,250 cases.", "f0 5"),
        ("f0 not 3 but 5", "f0 5"),
        ("f0 5", "f0 5"),
        ("nhầm", "nhầm"),
        ("f0 5 chứ không phải 1,250 của hôm qua", "f0 5 chứ không phải 1,250 của hôm qua"),
        ("f0 5, not 3 as yesterday", "f0 5, not 3 as yesterday"),
        ("lý do nhập nhầm số 5", "lý do nhập nhầm số 5"),
    ],
)
def test_a_number_that_is_taken_back_is_left_out(text: str, figures: str) -> None:
    assert part_mistake(text) == (figures, figures != text)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("f0 từ 3 thành 5", "f0 5"),
        ("tử vong thành 1", "tử vong 1"),
        ("f0 3 ca sang 5 ca", "f0 5 ca"),
        ("f0 1,250 thành 1,300", "f0 1,300"),
        ("f0 từ 1,250 ca sang 1.300 ca", "f0 1.300 ca"),
        ("f0 3 thành 5, f1 6 thành 1,300", "f0 5, f1 1,300"),
        ("f0 from 1,250 to 1,300", "f0 1,300"),
        ("chot 5 to 8", "chot 5 to 8"),
        ("mũi 1 250 thành 1 300", "mũi 1 250 thành 1 300"),
        ("f0 5", "f0 5"),
    ],
)
def test_of_what_is_changed_the_last_number_is_meant(text: str, figures: str) -> None:
    assert changed_into(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "sửa f0 1 250 thành 1 300",
        "f0 5 không phải 3",
        "change f0 3 to 5",
        "f0 5 instead of 3",
        "f0 5 chứ không phải 1,250 của hôm qua",
    ],
)
def test_what_is_not_understood_of_a_change_takes_no_figure(text: str) -> None:
    lines = read_lines(filling(), figures_in(text), VI)
    assert (dict(lines.answers), len(lines.doubtful)) == ({}, 1)


def test_a_reason_is_parted_from_the_figures() -> None:
    assert part_reason("f0 5, lý do: nhập  nhầm") == ("f0 5", "nhập nhầm")
    assert part_reason("f0 5 because two came late") == ("f0 5", "two came late")
    assert part_reason("f0 5") == ("f0 5", "")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tôi nghỉ từ 12/11 đến 15/11", (12, 15)),
        ("Tôi xin nghỉ phép từ ngày 12/11 đến hết ngày 15/11.", (12, 15)),
        ("/nghi 12/11 15/11", (12, 15)),
        ("toi nghi 12/11", (12, 12)),
        ("I am on leave from 12/11 to 15/11/2021", (12, 15)),
        ("tôi nghỉ từ 08/11 đến 12/11", (10, 12)),
        ("tôi nghỉ từ 15/11 đến 12/11", None),
        ("tôi nghỉ từ 01/11 đến 05/11", None),
        ("tôi nghỉ từ 12/11", None),
        ("nghỉ", None),
    ],
)
def test_leave_is_read_with_its_days(text: str, days: tuple[int, int] | None) -> None:
    wanted = (date(2021, 11, days[0]), date(2021, 11, days[1])) if days else None
    assert leave_days(text, TODAY) == wanted


@pytest.mark.parametrize("text", ["tôi nghỉ từ 31/02 đến 3/3", "/nghi 12/11 31/11"])
def test_leave_on_days_that_there_are_not_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        leave_days(text, TODAY)
    assert refused.value.values["why"].key == "day_none"


def test_whoever_asks_for_his_data_or_its_end_is_understood_and_nobody_else() -> None:
    for said in (
        "dữ liệu của tôi",
        "Cho tôi xem dữ liệu cá nhân của tôi?",
        "thong tin cua em",
        "my data",
        "show my personal data",
    ):
        assert MY_DATA.fullmatch(said), said
        assert not ERASE_MINE.fullmatch(said), said
    for said in (
        "xóa dữ liệu của tôi",
        "Đề nghị xoá thông tin cá nhân của tôi.",
        "xoa du lieu cua toi",
        "please erase my data",
    ):
        assert ERASE_MINE.fullmatch(said), said
        assert not MY_DATA.fullmatch(said), said
    sure = ERASE_MINE.fullmatch("xóa dữ liệu của tôi, đồng ý")
    assert sure is not None
    assert sure["sure"]
    for said in ("dữ liệu của xã", "xóa báo cáo của tôi", "số liệu của tôi", "dữ liệu của tôi hôm nay 5 ca"):
        assert not MY_DATA.fullmatch(said), said
        assert not ERASE_MINE.fullmatch(said), said
