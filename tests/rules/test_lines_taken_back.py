"""What is put right in the same message: a figure is taken, or asked for again, and none is stored that was called wrong."""

import pytest

from messages.reporters.offers import figures_in
from tests.rules.test_lines import FORM, doubts, values


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("f0 5, 3 ca mới đúng", {}),
        ("f0 5\n3 ca mới đúng ạ", {}),
        ("f0 3, 5 mới đúng", {}),
        ("f0 3, khỏi 2, 5 mới đúng", {"f0_new": 3}),
        ("f0 5, 3 ca chứ không phải 5", {}),
        ("f0 5, không phải 5 mà là 3 ca", {}),
        ("f0 5, khỏi 3, phải là 4", {"f0_new": 5}),
        ("f0 5, khỏi 3, đúng là 4", {"f0_new": 5}),
        ("f0 5, khỏi 3, chính xác là 4", {"f0_new": 5}),
        ("f0 5, khỏi 3, đổi thành 4", {"f0_new": 5}),
        ("f0 3, khỏi 2, à, nhầm 5", {"f0_new": 3}),
        ("f0 3, khỏi 2, ôi, nhầm, 5", {"f0_new": 3}),
        ("f0 3 (nhầm 5)", {}),
        ("f0 3 (sửa: 5)", {}),
        ("f0 3 (5 mới đúng)", {}),
        ("f0 3 (nhầm)", {}),
        ("f0 3, xin lỗi", {}),
        ("f0 3, xin lỗi 5 ca", {"f0_new": 5}),
    ],
)
def test_what_is_called_wrong_is_asked_again(text: str, taken: dict[str, int]) -> None:
    found = figures_in(text, [FORM])
    assert values(found) == taken
    assert ("line_taken_back" in [key for _, key in doubts(found)]) == ("xin lỗi 5" not in text)


@pytest.mark.parametrize(
    "excused",
    [
        "xin lỗi em báo muộn ạ",
        "Em xin lỗi vì gửi chậm",
        "sorry anh",
        "hôm qua em quên báo",
        "sai sót: không",
        "không có sai sót gì",
        "lý do: hôm qua nhập sai",
    ],
)
def test_who_excuses_himself_takes_nothing_back(excused: str) -> None:
    found = figures_in(f"f0 5, khỏi 3\n{excused}", [FORM])
    assert values(found) == {"f0_new": 5, "f0_recovered_new": 3}
    assert doubts(found) == [(excused, "line_unknown")]


@pytest.mark.parametrize("wrong", ["khỏi sửa thành 3", "chốt đang sửa", "chốt chỉnh 2"])
def test_what_is_wrong_with_one_figure_takes_back_no_other(wrong: str) -> None:
    text = f"f0 5, {wrong}"
    assert values(text) == {"f0_new": 5}
    assert doubts(text) == [(wrong, "line_no_sense")]


@pytest.mark.parametrize(
    "text",
    ["16:30 chính xác là 5 ca", "15:30 đúng là 5 ca", "7:30 đúng là 5", "7:30, xin lỗi 3 ca", "lon 120", "lon benh 5"],
)
def test_half_of_a_time_and_a_name_without_its_marks_are_no_number_put_right(text: str) -> None:
    assert figures_in(text, [FORM]) == text
    assert values(text) == {}
