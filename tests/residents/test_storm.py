"""After a storm: cries for rescue, states of two and of three choices, and figures whose names sound like other things."""

import pytest
from sqlalchemy import Connection

from tests.residents.places import place_of
from tests.residents.town import Town


@pytest.fixture
def storm(connection: Connection) -> Town:
    town = place_of(connection, "storm")
    town.reports("C01", form="storm", houses_damaged=7, houses_flooded=9, power="part", road="cut")
    town.reports("C03", form="storm", houses_damaged=8, houses_flooded=11, power="full", road="open")
    return town


@pytest.mark.parametrize(
    "cry",
    [
        "cứu hộ với, nhà tôi ngập rồi",
        "nhà tôi bị ngập tới mái, cần cứu",
        "có người mắc kẹt ở xã An Sơn cần cứu hộ",
        "gia đình em mắc kẹt trên mái nhà",
        "nha em bi ngap roi",
        "xin ca nô cứu người ở xã An Sơn",
        "gọi cứu hộ số nào",
        "we are trapped on the roof, need rescue",
    ],
)
def test_a_cry_for_rescue_gets_the_forms_numbers(storm: Town, cry: str) -> None:
    storm.hears(cry, "112 (cứu nạn); 114", language="vi")


def test_a_cry_from_a_unit_that_has_a_number_of_its_own_gets_it(storm: Town) -> None:
    storm.hears("cần cứu hộ gấp ở Sơn Kỳ", "112 (cứu nạn)", "Xã Sơn Kỳ: <b>0233 000 003</b>")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("số nhà hư hỏng xã An Sơn", "<b>7 nhà</b>"),
        ("số nhà bị ngập xã An Sơn", "<b>9 nhà</b>"),
        ("bao nhiêu nhà bị ngập ở xã Sơn Kỳ", "<b>11 nhà</b>"),
        ("nhà em ở xã Sơn Kỳ, cho hỏi xã có mấy nhà ngập", "<b>11 nhà</b>"),
    ],
)
def test_what_the_form_counts_is_no_cry_and_no_address(storm: Town, question: str, figure: str) -> None:
    storm.hears(question, figure)


def test_of_three_choices_no_yes_and_no_no_is_said_and_of_two_it_is(storm: Town) -> None:
    said = storm.hears("xã An Sơn có điện chưa", "Mất điện một phần")
    assert "Không." not in said.text
    storm.hears("đường vào xã An Sơn đi được chưa", "Không.", "Bị chia cắt")
    storm.hears("đường xã Sơn Kỳ đi được chưa", "Đúng.", "Thông suốt")


@pytest.mark.parametrize("question", ["An Sơn có nhiều nhà hỏng nhất không", "xã nào nhiều nhà hỏng nhất ở An Sơn"])
def test_one_unit_is_not_ranked(storm: Town, question: str) -> None:
    said = storm.hears(question, "Xã An Sơn", "<b>7 nhà</b>")
    assert "1/1" not in said.text
    assert "\n1. " not in said.text
