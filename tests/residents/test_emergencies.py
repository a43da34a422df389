"""Whoever is in need gets a number at once: everybody's, and the one of the unit that he names."""

import pytest
from sqlalchemy import Connection

from storage.reports import forms
from tests.residents.town import SMALL, TODAY, Town, at, town_of

NUMBERS = "114; 115 (cấp cứu); 15742: Trạm Y tế 02370 000 001; 15700: 02370 000 002"


@pytest.fixture
def numbered(connection: Connection) -> Town:
    town = town_of(connection, small=True)
    text = SMALL.replace("| portal |", "| portal | emergency |").replace(
        "https://example.org |", f"https://example.org | {NUMBERS} |"
    )
    text = text.replace(
        "|---|---|---|---|---|---|---|---|---|\n| | Sổ", "|---|---|---|---|---|---|---|---|---|---|\n| | Sổ"
    )
    text = text.replace("| harvest | 1 |", "| harvest | 2 |")
    forms.publish(connection, text.encode(), "harvest.md", TODAY, at("08:00"))
    return town


def test_an_emergency_gets_the_number_of_the_unit_named(numbered: Town) -> None:
    said = numbered.hears(
        "xã Thọ Dân có người khó thở cấp cứu", "114; 115 (cấp cứu)", "Xã Thọ Dân: <b>Trạm Y tế 02370 000 001</b>"
    )
    assert "000 002" not in said.text
    assert "15742" not in said.text


def test_where_no_unit_is_named_or_it_has_no_number_the_station_at_home_is_named(numbered: Town) -> None:
    for question in ("con tôi khó thở quá", "xã Thọ Sơn có người khó thở cấp cứu"):
        said = numbered.hears(question, "114; 115 (cấp cứu)", "hoặc trạm y tế xã nơi ông/bà ở")
        assert "02370" not in said.text


def test_the_form_that_ships_names_no_number_but_the_countrys(town: Town) -> None:
    town.hears("con tôi khó thở quá", "<b>115</b>, hoặc trạm y tế xã nơi ông/bà ở", "không tiếp nhận cấp cứu")


def test_a_form_without_any_number_has_the_countrys(harvest: Town) -> None:
    harvest.hears("con tôi khó thở quá", "<b>115</b>, hoặc trạm y tế")


def test_whoever_asks_whom_to_turn_to_gets_the_units_number_too(numbered: Town) -> None:
    said = numbered.hears("liên hệ ai ở xã Thọ Dân", "Xã Thọ Dân: <b>Trạm Y tế 02370 000 001</b>")
    assert "không cung cấp tên, số điện thoại của người báo cáo" in said.text
    numbered.hears("ở xã Thọ Dân thì gọi ai", "Xã Thọ Dân: <b>Trạm Y tế 02370 000 001</b>")
    said = numbered.hears("liên hệ với ai", "Khi khẩn cấp, đề nghị gọi <b>114; 115 (cấp cứu)</b>")
    assert "02370" not in said.text


def test_a_fire_has_its_own_number_and_never_the_one_for_the_sick(town: Town, numbered: Town) -> None:
    for each in (town, numbered):
        said = each.hears("cháy nhà ở xã Thọ Dân", "<b>114</b>", "nói rõ nơi cháy")
        assert "115" not in said.text


def test_of_a_form_that_names_a_number_for_fires_it_is_that_one(connection: Connection) -> None:
    town = town_of(connection, small=True)
    text = SMALL.replace("| portal |", "| portal | emergency |").replace(
        "https://example.org |", "https://example.org | 115; 0237 114 (báo cháy) |"
    )
    text = text.replace("| harvest | 1 |", "| harvest | 3 |")
    forms.publish(connection, text.encode(), "harvest.md", TODAY, at("08:00"))
    said = town.hears("trường học đang cháy", "<b>0237 114 (báo cháy)</b>")
    assert "115" not in said.text
