"""A target in a leader's own words: bound, number, and for each period or by a day."""

from datetime import date

import pytest

from understanding.targets_said import TargetSaid, says_target, target_said_in

TODAY = date(2021, 11, 10)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Thọ Dân F0 mới nhiều nhất 10 mỗi tuần", TargetSaid("Thọ Dân F0 mới", "at most", 10, False, "weekly")),
        ("tho dan f0 khong qua 10 ca moi tuan", TargetSaid("tho dan f0", "at most", 10, False, "weekly")),
        (
            "Thọ Dân đã tiêm ít nhất 95 % trước 31/12",
            TargetSaid("Thọ Dân đã tiêm", "at least", 95, True, None, date(2021, 12, 31)),
        ),
        (
            "toàn huyện xét nghiệm đạt 500 trước ngày 1/3",
            TargetSaid("toàn huyện xét nghiệm", "at least", 500, False, None, date(2022, 3, 1)),
        ),
        ("Thọ Dân: F0 <=3 each day", TargetSaid("Thọ Dân: F0", "at most", 3, False, "daily")),
        (
            "Thọ Dân F0 at least 7 by 31/12/2022",
            TargetSaid("Thọ Dân F0", "at least", 7, False, None, date(2022, 12, 31)),
        ),
    ],
)
def test_what_is_read(text: str, said: TargetSaid) -> None:
    assert target_said_in(text, TODAY) == said


@pytest.mark.parametrize("text", ["Thọ Dân", "Thọ Dân 7 ngày", "ít nhất", ""])
def test_where_no_bound_with_its_number_stands_nothing_is_to_be_set(text: str) -> None:
    assert not says_target(text)


def test_a_target_without_an_end_is_not_read() -> None:
    assert says_target("Thọ Dân F0 ít nhất 7")
    assert target_said_in("Thọ Dân F0 ít nhất 7", TODAY) is None
