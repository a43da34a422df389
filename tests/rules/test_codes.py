"""A unit's code as it is typed: behind its name, or in its place."""

from datetime import date

import pytest

from reporting.units import Unit, UnitTree
from tests.rules.vocabularies import FORMS, form
from understanding import Vocabulary, understand
from understanding.codes import chosen_by_code, spelt_out, without_codes

TODAY = date(2021, 11, 10)
TREE = UnitTree(
    (
        Unit(1, "38", "Thanh Hóa", "tỉnh"),
        Unit(2, "397", "Triệu Sơn", "huyện", 1),
        Unit(3, "15742", "Thọ Dân", "xã", 2),
        Unit(4, "CT.01-3", "Thọ Dân", "xã", 2),
        Unit(5, "15700", "Dân Lực", "xã", 2),
    )
)


def meant(text: str) -> list[str]:
    """The codes of the units that a question is sure of, or asks for."""
    inquiry = understand(text, Vocabulary(TREE, [form(FORMS / "covid_daily.md")], TREE.unit(1)), TODAY)
    assert ("unit" in inquiry.doubts) == bool(inquiry.unit_choices)
    return [each.code for each in inquiry.units or inquiry.unit_choices]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("xã Thọ Dân có bao nhiêu ca mắc mới", ["15742", "CT.01-3"]),
        ("xã Thọ Dân (15742) có bao nhiêu ca mắc mới", ["15742"]),
        ("tho dan (15742) may ca mac moi hom nay", ["15742"]),
        ("Thọ Dân ( ct.01-3 ) bao nhiêu ca mắc mới", ["CT.01-3"]),
        ("xã Dân Lực (15700) bao nhiêu ca mắc mới", ["15700"]),
        ("so sánh ca mắc mới xã Thọ Dân (15742) với xã Thọ Dân (CT.01-3)", ["15742", "CT.01-3"]),
        ("xã Thọ Dân (15799) có bao nhiêu ca mắc mới", ["15742", "CT.01-3"]),
    ],
)
def test_the_code_in_brackets_says_which_of_one_name_is_meant(text: str, codes: list[str]) -> None:
    assert meant(text) == codes


@pytest.mark.parametrize(
    ("said", "code"), [("15742", "15742"), (" (ct.01-3).", "CT.01-3"), ("15700", None), ("1574", None)]
)
def test_the_code_alone_is_one_of_those_that_were_offered(said: str, code: str | None) -> None:
    found = chosen_by_code(said, [TREE.unit(3), TREE.unit(4)])
    assert (found.code if found is not None else None) == code


@pytest.mark.parametrize(
    ("said", "spelt"),
    [
        ("15742", "xã Thọ Dân (15742)"),
        ("(15742) hôm qua", "xã Thọ Dân (15742) hôm qua"),
        ("ct.01-3 hôm qua", "xã Thọ Dân (CT.01-3) hôm qua"),
        ("397", "huyện Triệu Sơn (397)"),
        ("(38) tháng 11", "tỉnh Thanh Hóa (38) tháng 11"),
        ("38 tháng 11", None),
        ("15743", None),
        ("", None),
    ],
)
def test_a_code_in_the_place_of_a_name_is_spelt_out_unless_it_may_count_days(said: str, spelt: str | None) -> None:
    assert spelt_out(said, TREE, TODAY) == spelt


def test_what_is_left_without_codes() -> None:
    assert without_codes("xã Thọ Dân (15742) hôm nay", TREE) == "xã Thọ Dân hôm nay"
    assert without_codes("xã Thọ Dân (3)", TREE) == "xã Thọ Dân (3)"
