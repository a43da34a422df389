"""Days and leave as people type them."""

from datetime import date

import pytest

from reporting.errors import Refused
from understanding.days import past_days
from understanding.typed_requests import ERASE_MINE, MY_DATA, leave_days, part_day

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
        ("f1 như hôm qua, f0 5", "f1 như hôm qua, f0 5", None),
        ("f1 giong ngay 09/11, f0 5", "f1 giong ngay 09/11, f0 5", None),
        ("f0 5 tăng so với hqua", "f0 5 tăng so với hqua", None),
        ("f0 5 (hôm qua 3), khỏi 2", "f0 5 (hôm qua 3), khỏi 2", None),
        ("f0 5, hôm qua 3", "f0 5, hôm qua 3", None),
        ("f0 5 (hôm qua)", "f0 5 ()", date(2021, 11, 9)),
        ("hqua f0 5", "f0 5", date(2021, 11, 9)),
        ("từ 16h ngày 9/11 đến 16h ngày 10/11: f0 5, khỏi 2", "f0 5, khỏi 2", date(2021, 11, 10)),
        ("Từ 16 giờ hôm qua đến 16 giờ hôm nay: f0 5", "f0 5", date(2021, 11, 10)),
        ("tu 16h00 hqua den 16h00 hnay f0 5", "f0 5", date(2021, 11, 10)),
        ("f0 5 (16:00 08/11/2021 - 16:00 09/11/2021)", "f0 5 ()", date(2021, 11, 9)),
        ("f0 5 từ 16h 8/11 đến 16h 10/11", "f0 5 từ 16h đến 16h 10/11", date(2021, 11, 8)),
        ("f0 hai mươi mốt", "f0 hai mươi mốt", None),
        ("f0 hai mốt, khỏi trăm mốt", "f0 hai mốt, khỏi trăm mốt", None),
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
    for said in (
        *("dữ liệu của xã", "xóa báo cáo của tôi", "số liệu của tôi", "dữ liệu của tôi hôm nay 5 ca"),
        *("xóa dữ liệu của chị đồng ý", "xóa dữ liệu của anh", "xoa du lieu cua anh, dong y", "xem thông tin của chị"),
    ):
        assert not MY_DATA.fullmatch(said), said
        assert not ERASE_MINE.fullmatch(said), said
