"""What is left out, unknown, or bounded in a question: what a resident reads, and what he may tap instead."""

import pytest

from tests.residents.town import Town, at, labels

NEW = "Số ca mắc mới (F0) ghi nhận trong kỳ"


def test_what_leaves_a_unit_out_is_said_to_be_no_figure_and_both_plain_ones_are_offered(town: Town) -> None:
    town.reports("15742", f0_new=2)
    said = town.hears("toàn huyện hôm nay bao nhiêu ca không tính Thọ Dân", "Kênh không tính được số liệu khi loại trừ")
    assert "2 ca" not in said.text
    assert labels(said) == [f"huyện Triệu Sơn: {NEW}", f"xã Thọ Dân: {NEW}"]
    assert "<b>2 ca</b>" in town.taps(said, f"xã Thọ Dân: {NEW}").text
    assert "Huyện Triệu Sơn" in town.taps(said, f"huyện Triệu Sơn: {NEW}").text


def test_what_leaves_a_figure_out_offers_that_figure(town: Town) -> None:
    said = town.hears("bao nhiêu người chưa tiêm mũi 2 ở thọ sơn hôm nay", "loại trừ hoặc phủ định")
    assert "xã Thọ Sơn: Lũy kế người từ 18 tuổi trở lên đã tiêm đủ liều (mũi 2)" in labels(said)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("cúm A ở xã thọ dân hôm nay có mấy ca", "cúm"),
        ("sởi thọ dân hôm nay mấy ca", "sởi"),
        ("tình hình sởi ở thọ dân", "sởi"),
    ],
)
def test_of_another_subject_it_is_said_that_nothing_is_known_and_what_is(town: Town, text: str, unknown: str) -> None:
    town.reports("15742", f0_new=2)
    said = town.hears(text, f"Kênh không có số liệu về «{unknown}»", "Số liệu công bố tại đây", NEW)
    assert "2 ca" not in said.text
    assert all(label.startswith("xã Thọ Dân: ") for label in labels(said))


def test_a_place_beside_another_is_asked_for(town: Town) -> None:
    said = town.hears("xã bên cạnh thọ dân mấy ca", "muốn hỏi về đơn vị nào")
    assert "không thuộc" not in said.text


def test_an_english_question_gets_its_doubt_in_english(town: Town) -> None:
    town.hears("cases today except tho son", "cannot be worked out here", language="en")
    town.hears("measles cases in Tho Son today", "There are no figures about “measles”", language="en")


def test_units_above_a_number_are_counted_and_named(town: Town) -> None:
    for code, cases in (("15742", 6), ("15667", 5), ("15700", 0)):
        town.reports(code, f0_new=cases)
    said = town.hears(
        "xã nào có trên 5 ca hôm nay", "từ 6 ca trở lên: 1 đơn vị", "xã Thọ Dân: <b>6 ca</b>", "3/5 đơn vị"
    )
    assert "Thọ Sơn: " not in said.text
    town.hears("có mấy xã có ca hôm nay", "từ 1 ca trở lên: 2 đơn vị")
    town.hears("xã nào không có ca hôm nay", "bằng 0: 1 đơn vị", "xã Dân Lực: <b>0 ca</b>")
    town.hears("xã nào có 5 ca hôm nay", "đúng 5 ca: 1 đơn vị", "xã Thọ Sơn")
    town.hears("xã nào dưới 6 ca hôm nay", "không quá 5 ca: 2 đơn vị")


def test_what_is_held_back_does_not_say_on_which_side_of_a_number_it_is(town: Town) -> None:
    for code, at_home in (("15742", 1), ("15667", 5)):
        town.reports(code, f0_home=at_home)
    said = town.hears("xã nào có trên 1 F0 tại nhà hôm nay", "từ 2 ca trở lên: 1 đơn vị")
    assert "không xếp được (1): xã Thọ Dân" in said.text


def test_a_number_stays_with_a_question_that_is_asked_back(town: Town) -> None:
    for code, cases in (("15742", 6), ("15667", 5)):
        town.reports(code, f0_new=cases)
    said = town.hears("xã nào có trên 5 ca sởi hôm nay", "«sởi»")
    assert "từ 6 ca trở lên: 1 đơn vị" in town.taps(said, f"huyện Triệu Sơn: {NEW}").text


def test_two_figures_where_one_is_told_are_asked_back(town: Town) -> None:
    said = town.hears("Thọ Dân và Thọ Sơn hôm nay mỗi nơi bao nhiêu ca mắc mới và bao nhiêu ca khỏi", "số liệu nào")
    assert labels(said) == [NEW, "Số ca khỏi bệnh/ra viện trong kỳ"]


def test_a_day_that_is_in_no_calendar_is_named_before_another_is_asked_for(town: Town) -> None:
    town.hears("31/11 thọ dân mấy ca", "Không có ngày 31/11.", "muốn hỏi về ngày nào")
    town.hears("từ 31/9 đến 5/10 thọ dân mấy ca", "Không có ngày 31/9.")
    town.hears("29/2 thọ dân mấy ca", "Không có ngày 29/2/2021.")
    town.hears("tho dan cases on november 31", "There is no such day as 31/11.", language="en")
    assert "Không có ngày" not in town.asks("từ 5/11 đến 1/11 thọ dân mấy ca").text


DOSES = "Lũy kế người từ 18 tuổi trở lên đã tiêm đủ liều (mũi 2)"


def test_a_share_is_said_not_to_be_collected_and_the_count_is_offered(town: Town) -> None:
    town.reports("15742", vax2_cum=900)
    said = town.hears("bao nhiêu phần trăm dân thọ dân tiêm mũi 2", "Kênh không có số liệu đúng như ông/bà hỏi")
    assert labels(said) == [DOSES]
    assert "<b>900" in town.taps(said, DOSES).text


def test_a_share_of_a_unit_in_doubt_offers_the_count_of_each_that_may_be_meant(town: Town) -> None:
    town.reports("15742", vax2_cum=900)
    said = town.hears("bao nhiêu phần trăm xã thọ tiêm mũi 2", "Kênh không có số liệu đúng như ông/bà hỏi")
    assert sorted(labels(said)) == [f"xã Thọ Dân: {DOSES}", f"xã Thọ Sơn: {DOSES}"]
    assert "<b>900" in town.taps(said, f"xã Thọ Dân: {DOSES}").text


def test_a_part_is_not_told_to_be_greater_than_its_whole_without_a_word(town: Town) -> None:
    town.reports("15742", f0_new=2, f0_new_community=5, f0_active=9, f0_home=9)
    town.now = at("17:00")
    said = town.hears(
        "tình hình xã Thọ Dân", "Lưu ý: «F0 mới – trong đó: ca ghi nhận tại cộng đồng» đang lớn hơn «Số ca mắc mới"
    )
    assert said.text.count("Lưu ý") == 1
    town.hears("xã Thọ Dân: F0 mới, cộng đồng", "Lưu ý: «F0 mới – trong đó: ca ghi nhận tại cộng đồng»")
    assert "Lưu ý" not in town.asks("hôm nay xã Thọ Dân có bao nhiêu ca mới").text
    town.hears("tình hình xã Thọ Dân", "Note: “New confirmed cases – of which found", language="en")
