"""A running total over units does not fall because somebody is late: it is whole, with the late named, or it is said why it is not."""

from datetime import date

import pytest
from sqlalchemy import Connection

from reporting.unit_list import read_units
from storage.organisation import units
from storage.reports import forms
from tests.residents.town import TODAY, UNITS, Town, at, days_ago, town_of

CODES = ("15664", "15700", "15718", "15742", "15667")
LATE = "gồm số kỳ trước của xã Thọ Sơn (09/11)"
PLAIN_STOCK = """
| settings | form_title | form_id | version | due | closes |
|---|---|---|---|---|---|
| | Sổ đàn | herd | 1 | 17:00 | 23:00 |

| survey | type | name | label::Tiếng Việt (vi) | kind | visibility | unit | aliases |
|---|---|---|---|---|---|---|---|
| | integer | calves | Số bê hiện có | stock | public | con | bê; con bê |
"""


@pytest.fixture
def late(town: Town) -> Town:
    """All reported up to yesterday; today one is late. Each has one case a day, ten before and three under treatment."""
    for ago in range(6, -1, -1):
        for code in CODES[: 4 if ago == 0 else 5]:
            town.reports(code, days_ago(ago), f0_new=1, f0_cum=17 - ago, f0_active=3, vax1_cum=100)
    return town


def test_the_late_stand_in_a_total_with_their_last_value_and_are_named(late: Town) -> None:
    said = late.hears(
        "toàn huyện lũy kế bao nhiêu ca", "hôm nay", "<b>84 ca</b>", "4/5 đơn vị", "chưa báo cáo (1): xã Thọ Sơn"
    )
    assert "Gồm số kỳ trước của xã Thọ Sơn (09/11)." in said.text
    late.hears("toàn huyện đang điều trị bao nhiêu ca", "<b>15 ca</b>", "Gồm số kỳ trước của xã Thọ Sơn (09/11).")
    late.hears("toàn huyện tiêm mũi 1 bao nhiêu người", "<b>500 người</b>", "Gồm số kỳ trước của xã Thọ Sơn (09/11).")
    english = late.hears("how many total cases in the district", "<b>84 cases</b>", language="en")
    assert "With the earlier figure of xã Thọ Sơn (09/11)." in english.text


def test_new_cases_of_a_week_are_never_more_than_there_ever_were(late: Town) -> None:
    late.hears("7 ngày qua toàn huyện có bao nhiêu ca mới", "<b>34 ca</b>", "34/35 báo cáo")
    late.hears("tình hình toàn huyện 7 ngày qua", "<b>34 ca</b>; lũy kế: <b>84 ca</b>", LATE)


def test_an_overview_has_the_running_total_beside_what_is_new(late: Town) -> None:
    late.hears("tình hình toàn huyện", f"<b>4 ca</b>; lũy kế: <b>84 ca</b> ({LATE})", f"<b>15 ca</b> ({LATE})")
    late.hears("lũy kế toàn huyện", "Lũy kế số ca mắc: <b>84 ca</b>.", LATE)
    late.hears("tình hình xã Thọ Dân", "<b>1 ca</b>; lũy kế: <b>17 ca</b>\n")


def test_what_is_new_is_told_of_those_who_have_reported_only(late: Town) -> None:
    said = late.hears("toàn huyện hôm nay bao nhiêu ca mới", "<b>4 ca</b>", "4/5 đơn vị")
    assert "kỳ trước" not in said.text


def test_a_stock_that_nobody_carries_on_is_told_of_those_who_have_reported_only(connection: Connection) -> None:
    units.put(connection, read_units(UNITS))
    form = forms.publish(connection, PLAIN_STOCK.encode(), "herd.md", date(2021, 1, 1), at("08:00"))[0]
    town = Town(connection, units.tree(connection), {form.key: form})
    for code in CODES[:2]:
        town.reports(code, days_ago(1), form="herd", calves=5)
    town.reports(CODES[0], form="herd", calves=6)
    said = town.hears("toàn huyện có bao nhiêu con bê", "<b>6 con</b>", "1/5 đơn vị")
    assert "Gồm số kỳ trước" not in said.text


def test_many_late_units_are_counted_beside_a_value_and_named_below(late: Town) -> None:
    for code in CODES:
        late.reports(code, days_ago(-1), f0_new=0, f0_cum=17, f0_active=3)
    late.reports("15742", days_ago(-2), f0_new=0, f0_cum=17, f0_active=3)
    late.now = late.now.replace(day=12)
    said = late.hears("tình hình toàn huyện", "<b>85 ca</b> (gồm số kỳ trước của 4 đơn vị)")
    assert "xã Thọ Sơn (11/11), thị trấn Triệu Sơn (11/11)." in said.text


def test_a_report_that_leaves_something_unknown_keeps_the_total_from_being_told_and_is_named(late: Town) -> None:
    late.reports("15667", f0_active=3)
    why = "chưa tính được, vì báo cáo mới nhất của xã Thọ Sơn chưa có số này"
    said = late.hears(
        "toàn huyện lũy kế bao nhiêu ca", f"<b>{why}</b>", "hôm qua (09/11/2021) – Lũy kế số ca mắc: <b>80 ca</b>"
    )
    assert "đã báo cáo nhưng chưa có số liệu này (1): xã Thọ Sơn" in said.text
    late.hears("tình hình toàn huyện", f"lũy kế: <b>{why}</b>", "<b>15 ca</b>")
    late.hears("diễn biến lũy kế ca mắc toàn huyện", f"10/11: <b>{why}", "09/11: <b>80 ca")
    late.hears("so sánh lũy kế ca mắc hôm nay với hôm qua", why, "<b>80 ca</b>", "chưa đủ để tính chênh lệch")


def test_that_nobody_has_it_is_said_beside_what_is_new(late: Town) -> None:
    for code in CODES:
        late.reports(code, days_ago(-1), f0_new=2)
    late.now = late.now.replace(day=11)
    late.hears("tình hình toàn huyện", "<b>10 ca</b>; lũy kế: chưa có số liệu")


def test_what_waits_for_approval_leaves_the_last_accepted_value(late: Town) -> None:
    late.reports("15667", f0_new=50, f0_cum=66, f0_active=53, provisional=True)
    late.hears("toàn huyện lũy kế bao nhiêu ca", "<b>84 ca</b>", "Gồm số kỳ trước của xã Thọ Sơn (09/11).")


def test_a_trend_has_no_dip(late: Town) -> None:
    said = late.hears("diễn biến lũy kế ca mắc toàn huyện", "09/11: <b>80 ca (5/5 đơn vị)</b>")
    assert f"10/11: <b>84 ca (4/5 đơn vị, {LATE})</b>" in said.text
    assert said.photo is not None
    assert said.photo.kept["points"][-1] == ["2021-11-10", 84, 84, 4, 5]
    assert said.photo.kept["is_carried"] is True


def test_a_unit_that_never_had_any_is_lacking(town: Town) -> None:
    for code in CODES[:3]:
        town.reports(code, f0_new=1, f0_cum=5)
    said = town.hears("toàn huyện lũy kế bao nhiêu ca", "<b>15 ca</b>", "3/5 đơn vị")
    assert "Gồm số kỳ trước" not in said.text


TWO_DISTRICTS = """code,name,kind,parent,aliases,since,until
38,Thanh Hóa,tỉnh,,,,
397,Triệu Sơn,huyện,38,,,
398,Như Thanh,huyện,38,,,
15664,Triệu Sơn,thị trấn,397,,,
15700,Dân Lực,xã,397,,,
15667,Thọ Sơn,xã,397,,,
16000,Bến Sung,thị trấn,398,,,
16001,Yên Thọ,xã,398,,,
"""


def test_districts_are_ranked_by_totals_that_are_whole(connection: Connection) -> None:
    town = town_of(connection, TWO_DISTRICTS)
    for code in ("15664", "15700", "15667", "16000", "16001"):
        town.reports(code, days_ago(1), f0_new=1, f0_cum=10)
    for code in ("15664", "16000", "16001"):
        town.reports(code, f0_new=1, f0_cum=11)
    said = town.hears("huyện nào lũy kế ca mắc nhiều nhất", "1. huyện Triệu Sơn: <b>31 ca</b> (1/3 đơn vị, gồm")
    assert "xã Dân Lực (09/11), xã Thọ Sơn (09/11)" in said.text
    assert "2. huyện Như Thanh: <b>22 ca</b> (2/2 đơn vị)" in said.text
    town.reports("15700", f0_new=1)
    said = town.hears("huyện nào lũy kế ca mắc nhiều nhất", "1. huyện Như Thanh: <b>22 ca</b>")
    assert "Chưa tính được, vì còn báo cáo chưa có số này (1): huyện Triệu Sơn." in said.text


def test_below_districts_beside_each_other_stands_how_many_of_all_their_units_have_reported(
    connection: Connection,
) -> None:
    town = town_of(connection, TWO_DISTRICTS)
    for code in ("15664", "16000"):
        town.reports(code, f0_new=4)
    town.now = at("18:00")
    town.hears(
        "huyện nào nhiều ca nhất hôm nay",
        "(1/3 đơn vị)",
        "2/5 đơn vị; chưa báo cáo (3): xã Dân Lực, xã Thọ Sơn, xã Yên Thọ",
    )
    town.hears("huyện nào nhiều ca nhất từ hôm qua đến hôm nay", "4 ca</b> (1/6 báo cáo)", "2/10 báo cáo")
    for code in ("15700", "15667", "16001"):
        town.reports(code, f0_new=1)
    town.hears("huyện nào nhiều ca nhất hôm nay", "đủ 5/5 đơn vị")


def test_a_unit_that_has_ended_is_in_the_total_of_its_days_and_its_successor_with_the_opening_balance(
    connection: Connection,
) -> None:
    ended = TWO_DISTRICTS.replace("15700,Dân Lực,xã,397,,,", "15700,Dân Lực,xã,397,,,2021-11-10")
    town = town_of(connection, f"{ended}15799,Dân Thọ,xã,397,,2021-11-10,\n")
    for code in ("15664", "15700", "15667"):
        town.reports(code, days_ago(1), f0_new=1, f0_cum=10)
    new = town.tree.find("15799", TODAY)
    assert new is not None
    town.archives(new.identity, days_ago(1), f0_cum=10)
    town.reports("15664", f0_new=1, f0_cum=11)
    town.hears("huyện Triệu Sơn lũy kế bao nhiêu ca hôm qua", "<b>30 ca</b>")
    town.hears("huyện Triệu Sơn lũy kế bao nhiêu ca", "<b>31 ca</b>", "xã Dân Thọ (09/11)")


def test_who_has_ended_without_one_to_go_on_is_in_no_later_total(late: Town) -> None:
    lines = "code,name,kind,parent,aliases,since,until\n397,Triệu Sơn,huyện,,,,\n15667,Thọ Sơn,xã,397,,,2021-11-10\n"
    units.put(late.connection, read_units(lines))
    late.tree = units.tree(late.connection)
    said = late.hears("toàn huyện lũy kế bao nhiêu ca", "<b>68 ca</b>", "đủ 4/4 đơn vị")
    assert "Gồm số kỳ trước" not in said.text


def test_a_late_unit_is_ranked_and_listed_with_its_last_value_and_its_day(town: Town) -> None:
    town.reports("15700", days_ago(1), f0_new=10, f0_cum=10)
    town.reports("15742", days_ago(1), f0_new=3, f0_cum=3)
    town.reports("15742", f0_new=1, f0_cum=4)
    most = town.hears(
        "xã nào nhiều ca nhất từ trước đến nay", "1. xã Dân Lực: <b>10 ca</b> (09/11)", "2. xã Thọ Dân: <b>4 ca</b>\n"
    )
    assert "xã Dân Lực" in most.text.split("chưa báo cáo")[1]
    town.hears("danh sách lũy kế ca mắc các xã", "• xã Dân Lực: <b>10 ca</b> (09/11)", "• xã Thọ Dân: <b>4 ca</b>\n")
    whole = town.hears("lũy kế ca mắc toàn huyện", "<b>14 ca</b>")
    town.hears("những xã nào lũy kế ca mắc trên 5 ca", "• xã Dân Lực: <b>10 ca</b> (09/11)")
    said = town.hears("so sánh lũy kế ca mắc hôm nay của xã Dân Lực và xã Thọ Dân", "<b>10 ca</b> (09/11)")
    assert "<b>4 ca</b>" in said.text
    town.hears("xã nào có nhiều ca mắc mới nhất", "1. xã Thọ Dân: <b>1 ca</b>")
    assert "<b>10 ca</b>" in town.taps(whole, "Theo đơn vị").text


def test_a_unit_whose_newest_report_leaves_its_running_total_open_is_named_and_has_no_place(town: Town) -> None:
    town.reports("15700", days_ago(1), f0_new=10, f0_cum=10)
    town.reports("15742", f0_new=4, f0_cum=4)
    town.reports("15700", f0_active=3)
    said = town.hears("xã nào nhiều ca nhất từ trước đến nay", "1. xã Thọ Dân: <b>4 ca</b>")
    assert "Chưa tính được, vì còn báo cáo chưa có số này (1): xã Dân Lực." in said.text
    assert "10 ca" not in said.text
