"""Days, reasons and leave as people type them."""

from datetime import date

import pytest

from reporting.typed_requests import leave_days, part_day, part_reason

TODAY = date(2021, 11, 10)


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("f0 5 ngày 09/11", "f0 5", date(2021, 11, 9)),
        ("f0 5 hôm qua", "f0 5", date(2021, 11, 9)),
        ("hom qua f0 5", "f0 5", date(2021, 11, 9)),
        ("f0 5 on 9/11/2021", "f0 5", date(2021, 11, 9)),
        ("f0 5 ngày 30/12", "f0 5", date(2020, 12, 30)),
        ("f0 5", "f0 5", None),
        ("f0 5 31/02", "f0 5 31/02", None),
    ],
)
def test_a_day_is_parted_from_the_figures(text: str, rest: str, day: date | None) -> None:
    assert part_day(text, TODAY) == (rest, day)


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
        ("tôi nghỉ từ 31/02 đến 3/3", None),
        ("tôi nghỉ từ 01/11 đến 05/11", None),
        ("nghỉ", None),
    ],
)
def test_leave_is_read_with_its_days(text: str, days: tuple[int, int] | None) -> None:
    wanted = (date(2021, 11, days[0]), date(2021, 11, days[1])) if days else None
    assert leave_days(text, TODAY) == wanted
