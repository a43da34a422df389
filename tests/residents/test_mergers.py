"""Communes have been merged: whoever asks by an old name is told whose figures he gets, and nothing is counted twice or lost."""

from datetime import date

import pytest
from sqlalchemy import Connection

from handlers.residents.public_answer import view_at, vocabulary_of
from messages.residents.former_units import instead
from reporting.people import Address
from reporting.translator import translator
from tests.residents.town import Town, at, labels, town_of
from tests.rules.test_mergers import LIST
from understanding import understand

TODAY = date(2025, 7, 10)
BEFORE = date(2025, 6, 30)
SAYS_SO = "Xã Thọ Dân nay thuộc xã Thọ Phú (từ ngày 01/07/2025); số liệu dưới đây là của toàn xã Thọ Phú."


@pytest.fixture
def merged(connection: Connection) -> Town:
    town = town_of(connection, LIST)
    town.now = at("18:00", TODAY)
    town.reports("15742", BEFORE, f0_new=5, f0_active=50)
    town.reports("15757", BEFORE, f0_new=4, f0_active=0)
    town.reports("15763", TODAY, f0_new=20, f0_active=70)
    town.reports("15754", TODAY, f0_new=9)
    return town


@pytest.mark.parametrize(
    "question", ["Thọ Dân hôm nay mấy ca", "xã thọ dân mấy ca", "diễn biến số ca mới thọ dân", "thọ dân hôm nay"]
)
def test_the_figures_of_the_new_commune_are_never_taken_for_those_of_the_old_one(merged: Town, question: str) -> None:
    said = merged.hears(question, SAYS_SO, "20 ca")
    assert said.text.count("nay thuộc") == 1


def test_a_commune_that_keeps_its_name_is_told_without_a_word(merged: Town) -> None:
    said = merged.hears("thọ phú hôm nay mấy ca", "Xã Thọ Phú, hôm nay", "<b>20 ca</b>")
    assert "nay thuộc" not in said.text


def test_of_days_before_the_merger_the_old_communes_own_figures_are_told(merged: Town) -> None:
    said = merged.hears("thọ dân ngày 30/6 mấy ca", "Xã Thọ Dân, ngày 30/06/2025", "<b>5 ca</b>")
    assert "nay thuộc" not in said.text
    merged.hears("thọ phú ngày 30/6 mấy ca", "<b>4 ca</b>")
    merged.hears("so sánh số ca mới thọ phú và thọ dân ngày 30/6", "xã Thọ Dân: <b>5 ca</b>", "xã Thọ Phú: <b>4 ca</b>")


def test_a_town_by_its_kind_or_its_old_name_is_told_as_what_it_became(merged: Town) -> None:
    merged.reports("15664", TODAY, f0_new=6)
    for question in ("thị trấn Triệu Sơn hôm nay mấy ca", "giắt hôm nay mấy ca"):
        merged.hears(question, "Thị trấn Triệu Sơn nay thuộc xã Triệu Sơn", "<b>6 ca</b>")


def test_of_several_communes_only_the_one_that_is_gone_is_spoken_of(merged: Town) -> None:
    said = merged.hears("thọ ngọc và thọ dân hôm nay mấy ca", SAYS_SO, "<b>9 ca</b>", "<b>20 ca</b>")
    assert "Xã Thọ Ngọc được thành lập" not in said.text


def test_old_and_new_compared_are_one_figure_and_it_is_said_why(merged: Town) -> None:
    said = merged.hears("so sánh số ca mới thọ dân và thọ phú hôm nay", SAYS_SO, "<b>20 ca</b>")
    assert said.photo is None
    said = merged.hears("so sánh số ca mới thọ dân và xuân lộc hôm nay", "Xã Thọ Dân, xã Xuân Lộc nay thuộc xã Thọ Phú")
    assert said.text.count("<b>20 ca</b>") == 1


def test_the_buttons_go_on_about_the_old_commune(merged: Town) -> None:
    merged.now = at("18:00", date(2025, 7, 1))
    merged.reports("15763", date(2025, 7, 1), f0_new=8)
    said = merged.hears("thọ dân hôm nay mấy ca", SAYS_SO, "<b>8 ca</b>")
    before = merged.taps(said, "Hôm qua")
    assert "Xã Thọ Dân, hôm qua (30/06/2025)" in before.text
    assert "<b>5 ca</b>" in before.text
    assert "<b>8 ca</b>" in merged.taps(before, "Hôm nay").text


def test_days_on_both_sides_are_asked_back_with_dates_and_told_for_the_days_of_each(merged: Town) -> None:
    said = merged.asks("thọ dân 14 ngày qua mấy ca")
    old, new = "xã Thọ Dân (đến trước 01/07/2025)", "xã Thọ Phú (từ 01/07/2025)"
    assert labels(said) == [old, new]
    text = merged.taps(said, old).text
    assert "Xã Thọ Dân không còn từ ngày 01/07/2025, nay thuộc xã Thọ Phú." in text
    assert "từ 27/06/2025 đến 30/06/2025" in text
    assert "1/4 ngày có số liệu" in text
    text = merged.taps(said, new).text
    assert "Xã Thọ Phú được thành lập từ ngày 01/07/2025." in text
    assert "1/10 ngày có số liệu" in text


def test_what_is_listed_adds_up_to_the_total_told(merged: Town) -> None:
    merged.hears("toàn huyện 14 ngày qua mấy ca mới", "<b>38 ca</b>", "4/216 báo cáo")
    for question in ("xã nào nhiều ca mới nhất 14 ngày qua", "danh sách số ca mới các xã 14 ngày qua"):
        merged.hears(
            question,
            "xã Thọ Phú (từ 01/07/2025): <b>20 ca</b> (1/10 ngày có số liệu)",
            "xã Thọ Ngọc (từ 01/07/2025): <b>9 ca</b>",
            "xã Thọ Dân (đến trước 01/07/2025): <b>5 ca</b> (1/4 ngày có số liệu)",
            "xã Thọ Phú (đến trước 01/07/2025): <b>4 ca</b>",
            "4/216 báo cáo",
        )


def test_what_stands_on_a_day_is_listed_for_the_units_of_that_day(merged: Town) -> None:
    said = merged.hears("xã nào nhiều ca đang điều trị nhất 14 ngày qua", "<b>70 ca</b>", "1/8 đơn vị")
    assert "Thọ Dân" not in said.text


def test_a_total_has_its_last_value_from_before_the_merger(merged: Town) -> None:
    merged.now = at("08:00", date(2025, 7, 1))
    merged.hears("huyện triệu sơn mấy ca", "số liệu mới nhất, hôm qua (30/06/2025)", "<b>9 ca</b>", "2/34 đơn vị")


def test_a_trend_of_the_area_goes_over_the_merger_and_a_communes_begins_with_it(merged: Town) -> None:
    merged.hears(
        "diễn biến số ca mới toàn huyện 14 ngày qua",
        "30/06: <b>9 ca (2/34 đơn vị)</b>",
        "10/07: <b>29 ca (2/8 đơn vị)</b>",
    )
    merged.now = at("18:00", date(2025, 7, 3))
    merged.reports("15763", date(2025, 7, 3), f0_new=2)
    said = merged.hears("diễn biến số ca mới thọ phú tháng này", "01/07: chưa báo cáo", "03/07: <b>2 ca</b>")
    assert "30/06" not in said.text


def test_where_it_is_not_known_what_took_over_that_is_said_and_what_began_is_offered(connection: Connection) -> None:
    lines = [
        line if not line.endswith("2025-07-01,") else ",".join([*line.split(",")[:4], "", "2025-07-01", ""])
        for line in LIST.splitlines()
    ]
    town = town_of(connection, "\n".join(lines))
    town.now = at("18:00", TODAY)
    town.reports("15763", TODAY, f0_new=20)
    said = town.hears("thọ dân hôm nay mấy ca", "Xã Thọ Dân không còn từ ngày 01/07/2025")
    assert "20" not in said.text.replace("2025", "")
    assert len(labels(said)) == 8
    assert "<b>20 ca</b>" in town.taps(said, "xã Thọ Phú").text


def test_a_commune_that_was_not_there_yet_offers_what_it_was_made_of(merged: Town) -> None:
    said = merged.asks("xã triệu sơn ngày 30/6 mấy ca")
    assert "được thành lập từ ngày 01/07/2025" in said.text
    assert {"thị trấn Triệu Sơn", "xã Minh Sơn", "xã Dân Lực", "xã Dân Lý", "xã Dân Quyền"} <= set(labels(said))


def test_who_has_reported_is_told_of_the_new_commune_with_the_same_sentence(merged: Town) -> None:
    merged.hears("thọ dân báo cáo chưa", SAYS_SO, "Xã Thọ Phú đã báo cáo")


def test_the_area_that_follows_a_district_keeps_the_old_names(connection: Connection) -> None:
    area = "TS,Triệu Sơn,địa bàn,,toàn huyện,2025-07-01,"
    lines = [line.replace(",397,", ",TS,") if line.endswith("2025-07-01,") else line for line in LIST.splitlines()]
    lines[1:2] = [f"{lines[1]}2025-07-01", area]
    town = town_of(connection, "\n".join(lines))
    town.now = at("18:00", TODAY)
    town.reports("15742", BEFORE, f0_new=5)
    town.reports("15763", TODAY, f0_new=20)
    town.hears("thọ dân hôm nay mấy ca", SAYS_SO, "<b>20 ca</b>")
    town.hears("thọ dân ngày 30/6 mấy ca", "Xã Thọ Dân, ngày 30/06/2025", "<b>5 ca</b>")
    town.hears("hôm nay mấy ca", "Địa bàn Triệu Sơn, hôm nay", "1/8 đơn vị")


def test_an_opening_balance_is_not_counted_beside_the_units_that_it_comes_from(merged: Town) -> None:
    new = merged.tree.find("15763", TODAY)
    assert new is not None
    merged.archives(new.identity, BEFORE, f0_active=60)
    merged.hears("huyện triệu sơn ngày 30/6 đang điều trị bao nhiêu", "<b>50 ca</b>")


def test_what_is_offered_is_there_on_the_days_asked_about(merged: Town) -> None:
    turn = merged.turn()
    inquiry = understand("xã triệu sơn ngày 30/6 mấy ca", vocabulary_of(turn), turn.today)
    view = view_at(turn, Address("telegram", "7"), translator("vi"))
    assert all(unit.exists(BEFORE) for unit in instead(view, inquiry))
