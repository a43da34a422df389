"""Units whose names are numerals, days or everyday words: a name claims its words, and where a day is as likely it is asked back."""

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.units import Unit, UnitTree
from tests.rules.vocabularies import QUESTIONS, form
from understanding import ABOUT_FIGURES, Inquiry, Vocabulary, understand
from understanding.folding import fold

TODAY = date(2021, 11, 10)
PLAIN = "Kim Đồng"
NAMES = (
    *("Số 1", "Số 5", "Số 12", "Tư", "Ba", "Năm", "Bảy", "Mười", "Hai", "Tám", "Tháng Tám", "Tháng Mười", "Ba Tháng Hai", "19/8"),
    *("3-2", "30.4", "Thứ Bảy", "Thứ Tư", "Hôm Nay", "Chủ Nhật", "Hai Mươi", "Tuần Này", "Xuân Thọ 2", "Trường số 5", "Trường Số 1"),
    *("Năm Tháng", "Tân Lập 2", "Thứ Bảy Xanh", "Quý Ba", "Mùng Năm", "Ngày Mới", "Tám Dặm", "Tư Nghĩa", "Sáng Nay", "Mới", "Nhất"),
)  # fmt: skip
KINDS = ("trường", "trường tiểu học", "tiểu học", "xã", "thôn", "")
DAYS = (
    "",
    "hôm nay",
    "hôm qua",
    "tuần này",
    "7 ngày qua",
    "ngày 8/11",
    "tháng 10",
    "thứ hai",
    "từ 1/11 đến nay",
)
AROUND = (
    "{unit} {days} mấy học sinh nghỉ",
    "{days} {unit} mấy học sinh nghỉ",
    "{days} mấy học sinh nghỉ ở {unit}",
    "{unit} mấy học sinh nghỉ {days}",
    "cho hỏi {unit} {days} bao nhiêu học sinh nghỉ học ạ",
)


def vocabulary_of(names: list[str], kind: str) -> Vocabulary:
    root = Unit(1, "R", "Hòa Giang", "thành phố")
    units = [Unit(number, f"S{number}", name, kind, 1) for number, name in enumerate((PLAIN, *names), 2)]
    tree = UnitTree([root, *units])
    return Vocabulary(tree, [form(QUESTIONS / "schools.md")], root)


def is_answered(inquiry: Inquiry) -> bool:
    return not inquiry.doubts and inquiry.intent in ABOUT_FIGURES


@settings(max_examples=200, deadline=None)
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique_by=str.lower),
    kind=st.sampled_from(KINDS),
    around=st.sampled_from(AROUND),
    days=st.sampled_from(DAYS),
    spelt=st.sampled_from([str, str.lower, fold]),
    with_kind=st.booleans(),
)
def test_a_question_that_names_a_unit_is_of_no_other_and_of_no_days_made_of_its_name(
    names: list[str], kind: str, around: str, days: str, spelt: type[str], with_kind: bool
) -> None:
    """A figure is told only as it would be if the unit were called by a name that is nothing else."""
    vocabulary = vocabulary_of(names, kind)
    said, plain = (
        spelt(around.format(unit=f"{kind if with_kind else ''} {name}".strip(), days=days))
        for name in (names[0], PLAIN)
    )
    inquiry, expected = understand(said, vocabulary, TODAY), understand(plain, vocabulary, TODAY)
    if is_answered(inquiry):
        assert [unit.name for unit in inquiry.units] == [names[0]], (said, inquiry)
        assert is_answered(expected)
        assert inquiry.span == expected.span, (said, inquiry)


@pytest.mark.parametrize("name", NAMES)
def test_with_its_kind_a_unit_is_told_of_at_once(name: str) -> None:
    vocabulary = vocabulary_of([name], "trường tiểu học")
    for around in ("trường tiểu học {} hôm qua mấy học sinh nghỉ", "hôm qua trường {} mấy học sinh nghỉ"):
        inquiry = understand(around.format(name.removeprefix("Trường ")), vocabulary, TODAY)
        assert is_answered(inquiry), (name, inquiry)
        assert [unit.name for unit in inquiry.units] == [name]
        assert inquiry.span is not None
        assert inquiry.span.name == "yesterday"


@pytest.mark.parametrize(
    "asked",
    [
        "moi tuan nay may hoc sinh nghi",
        "may hoc sinh nghi o moi tuan nay",
        "cho hỏi mới 7 ngày qua bao nhiêu học sinh nghỉ học ạ",
    ],
)
def test_a_word_beside_days_that_are_longer_may_still_be_the_unit(asked: str) -> None:
    """Without marks «Mới tuần» is «mỗi tuần», but the week's own word goes with «này»; and a number of days is none of the name."""
    inquiry = understand(asked, vocabulary_of(["Mới"], "trường"), TODAY)
    assert not is_answered(inquiry) or [unit.name for unit in inquiry.units] == ["Mới"]


@pytest.mark.parametrize("name", ["Thọ Tân", "Đồng Thắng", "Tân Lập 2"])
def test_a_name_that_is_written_decomposed_is_that_name(name: str) -> None:
    vocabulary = vocabulary_of(["Bình Sơn", "Minh Sơn", name], "trường")
    asked = f"trường {name} hôm nay có bao nhiêu em nghỉ học"
    composed, decomposed = (understand(normalize(kind, asked), vocabulary, TODAY) for kind in ("NFC", "NFD"))
    assert [unit.name for unit in composed.units] == [name]
    assert composed == decomposed


@pytest.mark.parametrize(
    "asked", ["04 mấy học sinh nghỉ", "04 học sinh nghỉ hôm qua", "04 học sinh nghỉ học từ ngày 3"]
)
def test_where_wards_are_numbered_a_number_may_be_one_of_them(asked: str) -> None:
    """A figure of all is not told for the ward's."""
    inquiry = understand(asked, vocabulary_of(["04", "12"], "phường"), TODAY)
    assert not is_answered(inquiry) or [unit.name for unit in inquiry.units] == ["04"]
    assert [unit.name for unit in inquiry.unit_choices or inquiry.units] == ["04"]


@pytest.mark.parametrize("asked", ["phường nào trên 12 học sinh nghỉ", "hôm 4 mấy học sinh nghỉ"])
def test_a_number_that_says_something_else_is_no_ward(asked: str) -> None:
    inquiry = understand(asked, vocabulary_of(["04", "12"], "phường"), TODAY)
    assert is_answered(inquiry)
    assert not [unit.name for unit in inquiry.units if unit.name != "Hòa Giang"]


FIGURES = ("học sinh nghỉ", "học sinh nghỉ học", "giáo viên nghỉ", "học sinh đi học")
COMPARED = (
    "{unit} {days} so với hôm qua số {figure} tăng hay giảm",
    "{figure} của {unit} {days}",
    "{days} {unit} hay {other} nhiều {figure} hơn",
    "{unit} có {figure} nhiều hơn {other} {days} không",
    "cho hỏi số {figure} {days} tại {unit} với ạ",
)


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from((*NAMES, "Yên Đồng", "An Thạnh Đông", "Cà Nàng", "Phường Đúc")),
    kind=st.sampled_from(KINDS),
    around=st.sampled_from(COMPARED),
    days=st.sampled_from(
        (*DAYS, "chủ nhật", "mùng 5", "từ mùng 1 đến mùng 5", "nửa đầu tháng 10", "24h qua", "hôm kia")
    ),
    figure=st.sampled_from(FIGURES),
    spelt=st.sampled_from([str, str.lower, fold]),
)
def test_whatever_is_compared_it_is_the_unit_and_the_days_that_are_named(
    name: str, kind: str, around: str, days: str, figure: str, spelt: type[str]
) -> None:
    """Names, days, figures and comparisons drawn together; an answer is as it would be of a unit called by a plain name."""
    vocabulary = vocabulary_of([name, "Lý Hưng"], kind)
    said, plain = (
        spelt(around.format(unit=f"{kind} {each}".strip(), other=f"{kind} {PLAIN}".strip(), days=days, figure=figure))
        for each in (name, "Lý Hưng")
    )
    inquiry, expected = understand(said, vocabulary, TODAY), understand(plain, vocabulary, TODAY)
    if is_answered(inquiry) and is_answered(expected):
        units = [name if unit.name == "Lý Hưng" else unit.name for unit in expected.units]
        assert [unit.name for unit in inquiry.units] == units, (said, inquiry)
        told, wanted = ((each.span, each.against, each.indicators) for each in (inquiry, expected))
        assert told == wanted, (said, inquiry)
