"""A resident asks about many units: totals, lists, rankings, comparisons, and who has not reported."""

import pytest

from reporting.rounds.suspensions import Suspension
from storage.schedule import suspensions
from tests.residents.town import TODAY, Town, at, days_ago

CODES = ("15664", "15700", "15718", "15742", "15667")


def test_a_total_says_how_many_units_are_in_it_and_who_is_not(town: Town) -> None:
    for code in CODES[:3]:
        town.reports(code, f0_new=2)
    said = town.hears("toàn huyện hôm nay bao nhiêu ca", "<b>6 ca</b>", "3/5 đơn vị", "xã Thọ Dân", "xã Thọ Sơn")
    assert "Nguồn: các đơn vị báo cáo, UBND huyện Triệu Sơn tổng hợp" in said.text


def test_beside_a_total_that_is_still_coming_in_stands_the_one_before(town: Town) -> None:
    for code in CODES:
        town.reports(code, days_ago(1), f0_new=3)
    town.reports("15742", f0_new=1)
    town.hears("toàn huyện bao nhiêu ca mới", "1/5 đơn vị", "hôm qua (09/11/2021)", "<b>15 ca</b> (5/5 đơn vị)")


def test_nobody_having_reported_is_not_zero(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_new=3)
    said = town.hears("toàn huyện hôm nay bao nhiêu ca", "0/5 đơn vị", "16 giờ 30", "<b>3 ca</b> (1/5 đơn vị)")
    assert "<b>0 ca" not in said.text


def test_a_total_over_days_counts_the_reports_in_it(town: Town) -> None:
    for ago in range(1, 7):
        town.reports("15742", days_ago(ago), f0_new=1)
    town.hears("7 ngày qua toàn huyện có bao nhiêu ca", "<b>6 ca</b>", "6/35 báo cáo")


def test_no_unit_named_means_the_whole_area_which_is_said(town: Town) -> None:
    town.reports("15742", f0_new=4)
    town.hears("hôm nay có bao nhiêu ca mới", "Huyện Triệu Sơn", "<b>4 ca</b>", "1/5 đơn vị")


def test_a_ranking_says_its_coverage(town: Town) -> None:
    town.reports("15742", f0_new=4)
    town.reports("15718", f0_new=9)
    said = town.hears(
        "xã nào nhiều ca nhất hôm nay", "1. thị trấn Nưa: <b>9 ca</b>", "2. xã Thọ Dân: <b>4 ca</b>", "2/5 đơn vị"
    )
    assert "chưa báo cáo (3): xã Dân Lực, xã Thọ Sơn, thị trấn Triệu Sơn" in said.text


def test_towns_are_ranked_by_themselves_when_asked_for(town: Town) -> None:
    for code, count in zip(CODES, (1, 2, 3, 4, 5), strict=True):
        town.reports(code, f0_new=count)
    said = town.hears("thị trấn nào nhiều ca nhất hôm nay", "1. thị trấn Nưa: <b>3 ca</b>")
    assert "xã" not in said.text.split("\n", 1)[1].split("Nguồn")[0]


def test_all_zero_is_said_instead_of_a_ranking(town: Town) -> None:
    for code in CODES[:2]:
        town.reports(code, f0_new=0)
    town.hears("xã nào nhiều ca nhất hôm nay", "Các đơn vị đã có số liệu (2) đều bằng 0", "2/5 đơn vị")


def test_units_at_a_level_are_listed(town: Town) -> None:
    town.reports("15742", days_ago(9), "covid_level", level="3")
    town.reports("15700", days_ago(9), "covid_level", level="3")
    town.reports("15718", days_ago(2), "covid_level", level="1")
    town.hears("xã nào đang là vùng cam", "Cấp 3 (vùng cam) – 2 đơn vị", "xã Thọ Dân", "Chưa công bố (2 đơn vị)")
    town.hears("huyện đang ở cấp độ mấy", "Cấp 1 (vùng xanh): 1 đơn vị", "Cấp 3 (vùng cam): 2 đơn vị")


def test_two_units_are_compared_and_a_missing_one_is_not_less(town: Town) -> None:
    town.reports("15742", f0_new=4)
    town.reports("15700", f0_new=9)
    question = "Xã Thọ Dân và xã Dân Lực, xã nào nhiều ca hơn hôm nay?"
    town.hears(question, "Xã Dân Lực nhiều hơn xã Thọ Dân: <b>5 ca</b>")
    other = "Xã Thọ Dân và xã Thọ Sơn, xã nào nhiều ca hơn hôm nay?"
    said = town.hears(other, "Xã Thọ Sơn chưa báo cáo", "không có nghĩa là bằng 0")
    assert "nhiều hơn" not in said.text


def test_who_has_not_reported(town: Town) -> None:
    town.reports("15742", f0_new=4)
    town.hears("hôm nay xã nào chưa báo cáo", "1/5 đơn vị", "Chưa báo cáo (4)", "xã Dân Lực", "16 giờ 30")
    town.now = at("17:30")
    town.hears("hôm nay xã nào chưa báo cáo", "Đã quá hạn")
    town.hears("xã Dân Lực đã báo cáo chưa", "Xã Dân Lực chưa báo cáo", "quá hạn")


def test_a_trend_has_a_line_a_day_and_names_the_gaps(town: Town) -> None:
    for ago in (0, 1, 3, 4, 5, 6):
        town.reports("15742", days_ago(ago), f0_new=ago)
    town.hears("diễn biến ca mắc xã Thọ Dân", "09/11: <b>1 ca</b>", "08/11: chưa báo cáo", "Cộng 7 ngày: <b>19 ca</b>")


def test_a_new_report_is_told_at_once_though_answers_are_remembered(town: Town) -> None:
    town.reports("15742", f0_new=4)
    question = "toàn huyện hôm nay bao nhiêu ca"
    town.hears(question, "<b>4 ca</b>")
    town.reports("15700", f0_new=1)
    town.hears(question, "<b>5 ca</b>", "2/5 đơn vị")


def test_what_was_remembered_is_told_anew_when_reports_fall_due(town: Town) -> None:
    town.now = at("16:30")
    town.hears("hôm nay xã Thọ Dân bao nhiêu ca", "hạn báo cáo là")
    town.now = at("16:31")
    town.hears("hôm nay xã Thọ Dân bao nhiêu ca", "quá hạn")


def test_a_list_over_days_says_how_many_reports_are_in_it_and_never_that_all_are(town: Town) -> None:
    for code in CODES:
        for ago in range(1, 7):
            town.reports(code, days_ago(ago), f0_new=2)
    for question in ("xã nào có hơn 10 ca mới trong 7 ngày qua", "số ca mới từng xã 7 ngày qua"):
        said = town.hears(
            question, "xã Thọ Dân: <b>12 ca</b> (6/7 ngày có số liệu)", "30/35 báo cáo của các đơn vị trong 7 ngày."
        )
        assert "đủ" not in said.text
        assert "Hạn báo cáo là 16 giờ 30" in said.text


def test_a_list_over_days_names_who_has_reported_on_none_of_them(town: Town) -> None:
    for ago in range(3, 10):
        town.reports("15742", days_ago(ago), f0_new=2)
    silent = "chưa báo cáo (4): xã Dân Lực, thị trấn Nưa, xã Thọ Sơn, thị trấn Triệu Sơn"
    town.hears(
        "xã nào nhiều ca mới nhất tuần trước", "<b>14 ca</b>", f"7/35 báo cáo của các đơn vị trong 7 ngày; {silent}"
    )


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("tuần trước xã nào không có ca mới", "bằng 0"),
        ("tuần trước xã nào có dưới 5 ca mới", "không quá 4 ca"),
    ],
)
def test_a_unit_of_which_days_are_wanting_is_not_known_to_have_so_few(town: Town, question: str, amount: str) -> None:
    for ago in range(3, 10):
        town.reports("15742", days_ago(ago), f0_new=0)
        town.reports("15718", days_ago(ago), f0_new=3)
    for ago in range(3, 9):
        town.reports("15667", days_ago(ago), f0_new=0)
    said = town.hears(question, f"{amount}: 1 đơn vị\n• xã Thọ Dân: <b>0 ca</b>\nCòn thiếu số liệu")
    unsure = said.text.split("Còn thiếu số liệu")[1]
    assert unsure.startswith(
        f" nên chưa thể kết luận là {amount}; phần đã có số liệu (1 đơn vị):\n• xã Thọ Sơn: <b>0 ca</b> (6/7"
    )


def test_more_than_was_asked_for_is_certain_though_days_are_wanting(town: Town) -> None:
    town.reports("15742", days_ago(3), f0_new=11)
    said = town.hears(
        "tuần trước xã nào có trên 10 ca mới", "từ 11 ca trở lên: 1 đơn vị\n• xã Thọ Dân: <b>11 ca</b> (1/7"
    )
    assert "Còn thiếu" not in said.text


def test_all_are_not_said_to_be_zero_while_days_are_wanting(town: Town) -> None:
    town.reports("15742", days_ago(3), f0_new=0)
    said = town.hears("xã nào nhiều ca mới nhất tuần trước", "xã Thọ Dân: <b>0 ca</b> (1/7 ngày có số liệu)")
    assert "đều bằng 0" not in said.text


def test_of_units_that_lack_days_nobody_is_said_to_have_more(town: Town) -> None:
    """The day that one of them lacks may be any of them, not only the last."""
    for ago in range(4):
        town.reports("15700", days_ago(ago), f0_new=5)
        if ago != 2:
            town.reports("15742", days_ago(ago), f0_new=9)
    said = town.hears(
        "3 ngày qua dân lực hay thọ dân nhiều ca hơn", "<b>15 ca</b>", "<b>18 ca</b> (2/3 ngày có số liệu)"
    )
    assert "nhiều hơn" not in said.text
    town.hears("2 ngày qua dân lực hay thọ dân nhiều ca hơn", "Xã Thọ Dân nhiều hơn xã Dân Lực: <b>8 ca</b>")


def test_the_day_with_the_most_is_named_though_it_lies_before_those_that_are_listed(town: Town) -> None:
    for ago in range(25):
        town.reports("15742", days_ago(ago), f0_new=40 if ago == 20 else ago % 7)
    town.hears("30 ngày qua ngày nào thọ dân nhiều ca nhất", "Cao nhất: <b>40 ca</b>, ngày 21/10/2021.")


def test_what_came_though_it_was_not_owed_counts_on_both_sides_of_the_total_that_it_is_in(town: Town) -> None:
    dan_luc = town.tree.find("15700", TODAY)
    assert dan_luc is not None
    suspensions.suspend(town.connection, Suspension("", dan_luc.id, TODAY, TODAY, "lụt"), None, town.now)
    town.reports("15700", f0_new=4)
    town.hears("hôm nay toàn huyện bao nhiêu ca", "4 ca", "1/5 đơn vị; chưa báo cáo (4)")
    town.reports("15742", f0_new=3)
    town.hears("hôm nay toàn huyện bao nhiêu ca", "7 ca", "2/5 đơn vị; chưa báo cáo (3)")
    town.hears("từ hôm qua đến hôm nay toàn huyện bao nhiêu ca", "7 ca", "2/10 báo cáo")
