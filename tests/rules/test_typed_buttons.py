"""Words that are typed instead of tapped: what is not known yet is told apart from none and from everything else."""

import pytest

from reporting.filling.lines import read_lines
from reporting.questions.numbers import read_integer
from reporting.typed_buttons import phrase_said, says_unknown
from tests.rules.test_lines import VI, filling


@pytest.mark.parametrize(
    "said",
    [
        "chưa có số", "Chưa thống kê được", "chưa nắm được", "đang rà soát", "đợi kết quả", "dạ chưa có số ạ",
        "hiện chưa có số liệu anh ơi", "em chưa nắm được ạ", "chua thong ke duoc", "Vẫn đang chờ kết quả xét nghiệm.",
        "hiện tại, đơn vị chưa tổng hợp xong", "still counting", "not available yet", "we do not know yet",
    ],
)  # fmt: skip
def test_what_is_not_known_yet_is_said_in_many_words(said: str) -> None:
    assert says_unknown(said)


@pytest.mark.parametrize("said", ["không có", "chưa có ca nào", "không", "không phát sinh", "0", "ko có"])
def test_none_is_a_zero_and_not_unknown(said: str) -> None:
    assert not says_unknown(said)
    assert read_integer(said, ("ca",)) == 0


@pytest.mark.parametrize("said", ["", "dạ", "có số", "thống kê được 3 ca", "chưa có số thì làm sao", "rà soát được 3"])
def test_other_words_are_not_unknown(said: str) -> None:
    assert not says_unknown(said)


def test_in_lines_what_is_not_known_yet_is_no_figure_and_a_remark_keeps_its_words() -> None:
    found = read_lines(filling(), "f0 chưa thống kê được, khỏi 2, ghi chú đang rà soát", VI).answers
    assert {name: (answer.value, answer.state) for name, answer in found.items()} == {
        "f0_new": (None, "unknown"),
        "f0_recovered_new": (2, "value"),
        "note": ("đang rà soát", "value"),
    }


@pytest.mark.parametrize(
    ("said", "behind"),
    [
        ("Nhắc tôi lúc 15 giờ", "15 giờ"),
        ("« Nhắc tôi » . ! lúc 15 giờ 30 các ngày trong tuần nhé", "lúc 15 giờ 30 các ngày trong tuần nhé"),
        ("nhac toi", ""),
        ("sáng mai nhắc tôi", None),
        (" ".join(["xã"] * 400), None),
    ],
)
def test_a_phrase_is_found_at_the_beginning_whatever_marks_stand_around_it(said: str, behind: str | None) -> None:
    found = phrase_said(said, ("typed_own_hours", "typed_own_hours_form"))
    assert found == (None if behind is None else ("typed_own_hours", behind))
