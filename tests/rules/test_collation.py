"""Vietnamese names sort as in a dictionary: letters first, tones second, numbers by what they come to."""

from datetime import date
from itertools import permutations, product
from random import Random
from typing import Literal
from unicodedata import normalize

import pytest

from reporting.collation import first_letter, person_order, vietnamese_order
from reporting.units import Unit, UnitTree

ON = date(2021, 11, 10)

SYLLABLES = (
    "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ b c d đ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ f g h i ì ỉ ĩ í ị j k l m n o ò ỏ õ ó ọ "
    "ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ p q r s t u ù ủ ũ ú ụ ư ừ ử ữ ứ ự v w x y ỳ ỷ ỹ ý ỵ z"
)
"""As Intl.Collator("vi") of ICU 78.2 (CLDR 48) sorts them."""

NAMES = (
    "An Nông|Ăn Sơn|Ân Thi|bá chủ|ba đình|Dân Lực|Dân Lý|Dân Quyền|Đông Sơn|Hoa|Hoà|Hoá|Hợp Lý|Hợp Tiến|Số 1|"
    "Thọ Sơn|Thọ-Tân|Thọa|Xã số 2|Xã số 10"
)
"""Likewise, with numbers told by what they come to."""


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("texts", [SYLLABLES.split(), NAMES.split("|")], ids=["syllables", "names"])
def test_names_sort_as_vietnamese_does_composed_or_not(texts: list[str], form: Literal["NFC", "NFD"]) -> None:
    mixed = [normalize(form, text) for text in texts]
    Random(1).shuffle(mixed)
    assert [normalize("NFC", text) for text in sorted(mixed, key=vietnamese_order)] == texts


def test_letters_come_before_any_tone_of_the_whole_name() -> None:
    assert vietnamese_order("Tà Lài") < vietnamese_order("Ta Lan") < vietnamese_order("Tả Lan")


def test_a_tone_is_its_syllables_wherever_it_is_written() -> None:
    for huyen, sac in (("hoà", "hóa"), ("hòa", "hoá")):
        assert vietnamese_order(huyen)[:2] < vietnamese_order(sac)[:2]
    assert vietnamese_order("Hòa")[:2] == vietnamese_order("Hoà")[:2]


def test_one_order_whatever_the_writing() -> None:
    """Cases, full-width digits, noughts in front: told apart only where nothing else does."""
    assert vietnamese_order("XÃ SỐ ２")[:2] == vietnamese_order("xã số 02")[:2] == vietnamese_order("Xã Số 2")[:2]
    assert len({vietnamese_order(text) for text in ("Xã số 2", "xã số 2", "Xã số 02")}) == 3


def test_every_two_texts_have_an_order() -> None:
    """Other letters and signs too, so that no list of names fails to sort."""
    texts = ["", " ", "-", "7", "Z", "Ω", "ß", "ñ", "中", "😀", "ệ", "a\u0301\u0306", "\u0301", "١٢", "Ⅻ"]
    assert all(
        (vietnamese_order(one) < vietnamese_order(other)) != (vietnamese_order(other) < vietnamese_order(one))
        for one, other in permutations(texts, 2)
    )


def test_people_sort_by_the_given_name_first() -> None:
    names = ["Lê Văn Bình", "Trần Thị Đào", "Nguyễn Văn Dũng", "Đỗ Văn An", "Bùi Văn An", "Hồ Ánh"]
    assert sorted(names, key=person_order) == [
        "Bùi Văn An",
        "Đỗ Văn An",
        "Hồ Ánh",
        "Lê Văn Bình",
        "Nguyễn Văn Dũng",
        "Trần Thị Đào",
    ]
    assert person_order("") < person_order("An")


def test_a_list_begins_with_the_letters_of_the_alphabet() -> None:
    names = {"Đông Sơn": "Đ", "Dân Lý": "D", "Ân Thi": "Â", "Ấp 3": "Â", "5": "5", "": "#", "…": "#", "ưu": "Ư"}
    assert {name: first_letter(normalize("NFD", name)) for name in names} == names


def test_units_stand_in_the_order_of_their_codes_and_a_code_is_read_as_people_do() -> None:
    units = [Unit(1, "H", "Hòa Giang", "huyện"), *(Unit(n, f"T{n}", f"Số {n}", "trường", 1) for n in (10, 9, 2, 11))]
    tree = UnitTree(units)
    assert [each.code for each in tree.children(units[0], ON)] == ["T2", "T9", "T10", "T11"]


def test_units_of_one_name_stand_beside_each_other_by_kind_and_code() -> None:
    written = [
        Unit(1, "2", "Nưa", "xã"),
        Unit(2, "1", "Nưa", "xã"),
        Unit(3, "3", "Nưa", "thị trấn"),
        Unit(4, "4", "Nứa", "xã"),
    ]
    for units in product([written, written[::-1]]):
        assert [each.id for each in sorted(*units, key=lambda unit: unit.name_order)] == [3, 2, 1, 4]
