"""What is not there is told for what it is: not due, not reported, or reported without this figure; never 0, and never mixed up."""

from datetime import date

import pytest
from sqlalchemy import Connection

from reporting.unit_list import read_units
from storage.organisation import units
from storage.reports import forms
from tests.residents.town import UNITS, Town, at, days_ago

SUNDAY, SUNDAY_BEFORE = date(2021, 11, 14), date(2021, 11, 7)

WEEKLY = """
| settings | form_title | form_id | version | period | due | closes | authority |
|---|---|---|---|---|---|---|---|
| | Báo cáo tuần về vệ sinh | hygiene | 1 | weekly | 17:00 | 23:00+1d | Phòng Y tế |

| survey | type | name | label::Tiếng Việt (vi) | kind | visibility | unit | aliases |
|---|---|---|---|---|---|---|---|
| | integer | checks | Số cơ sở đã kiểm tra | flow | public | cơ sở | cơ sở kiểm tra; kiểm tra |
| | integer | wells | Số giếng còn dùng | stock | public | giếng | giếng |
"""


def weekly(connection: Connection, period: str = "weekly") -> Town:
    """A town with a form that is due on Sundays, or at the end of the month; today is a Wednesday."""
    units.put(connection, read_units(UNITS))
    text = WEEKLY.replace("| weekly |", f"| {period} |")
    form = forms.publish(connection, text.encode(), "hygiene.md", date(2021, 1, 1), at("08:00"))[0]
    return Town(connection, units.tree(connection), {form.key: form})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("tuần trước thọ dân có bao nhiêu người đang điều trị", "<b>9 ca</b>, tính đến ngày 05/11/2021."),
        ("tuan truoc tho dan co bao nhieu nguoi dang dieu tri", "<b>9 ca</b>, tính đến ngày 05/11/2021."),
        ("tuần trước thọ dân", "Số ca đang điều trị: <b>9 ca</b>, tính đến ngày 05/11/2021\n"),
        ("tình hình tuần trước xã thọ dân", "Số ca đang điều trị: <b>9 ca</b>, tính đến ngày 05/11/2021\n"),
        ("tuần trước toàn huyện đang điều trị bao nhiêu", "<b>13 ca</b>, tính đến ngày 06/11/2021."),
        ("tuần trước xã nào đang điều trị nhiều nhất", "xã Thọ Dân: <b>9 ca</b>, tính đến ngày 05/11/2021"),
        ("last week in Tho Dan how many active cases", "<b>9 cases</b>, as of 05/11/2021."),
    ],
)
def test_what_stands_is_told_of_a_day_of_the_span(town: Town, question: str, answer: str) -> None:
    town.reports("15742", days_ago(5), f0_active=9, f0_new=2)
    town.reports("15700", days_ago(4), f0_active=4)
    said = town.asks(question, "en" if question.startswith("last") else "vi").text
    assert answer in said


def test_what_is_counted_is_told_of_the_span(town: Town) -> None:
    town.reports("15742", days_ago(5), f0_active=9, f0_new=2)
    said = town.hears("tuần trước thọ dân", "số liệu tuần trước (01/11/2021 – 07/11/2021)", "<b>2 ca</b>", "1/7 ngày")
    assert "<b>2 ca</b>, tính đến" not in said.text


def test_a_unit_that_has_reported_without_the_figure_is_counted_apart(town: Town) -> None:
    town.reports("15742", f0_new=3)
    town.reports("15700", f0_active=8)
    for question in ("toàn huyện hôm nay bao nhiêu ca mới", "toan huyen hom nay bao nhieu ca moi"):
        said = town.hears(
            question,
            "<b>3 ca</b>",
            "Mới có số liệu của 1/5 đơn vị",
            "chưa báo cáo (3): thị trấn Nưa, xã Thọ Sơn, thị trấn Triệu Sơn",
            "đã báo cáo nhưng chưa có số liệu này (1): xã Dân Lực",
        )
        assert "chưa báo cáo (4)" not in said.text
    town.hears("xã nào nhiều ca mới nhất hôm nay", "chưa báo cáo (3)", "chưa có số liệu này (1): xã Dân Lực")
    town.hears("số ca mới từng xã hôm nay", "chưa báo cáo (3)", "chưa có số liệu này (1): xã Dân Lực")


def test_the_units_own_answer_says_that_it_has_reported(town: Town) -> None:
    town.reports("15700", f0_active=8)
    town.reports("15700", days_ago(1), f0_new=2)
    said = town.hears("hôm nay dân lực bao nhiêu ca mới", "Xã Dân Lực đã báo cáo", "chưa có số liệu «Số ca mắc mới")
    assert "Chưa báo cáo" not in said.text
    assert "Chưa có số liệu không có nghĩa là bằng 0" in said.text
    town.hears("dân lực có bao nhiêu ca mới", "<b>2 ca</b>", "Đã báo cáo hôm nay (10/11/2021), nhưng chưa có")
    town.hears("so sánh ca mới hôm nay dân lực và thọ dân", "Xã Dân Lực đã báo cáo", "Xã Thọ Dân chưa báo cáo")
    town.hears("diễn biến ca mới dân lực", "10/11: chưa có số liệu", "08/11: chưa báo cáo", "09/11: <b>2 ca</b>")


def test_a_total_of_which_nobody_knows_anything_says_who_has_reported(town: Town) -> None:
    for code in ("15700", "15742"):
        town.reports(code, f0_active=8)
    said = town.hears(
        "hôm nay toàn huyện bao nhiêu ca mới",
        "chưa đơn vị nào có số liệu «Số ca mắc mới",
        "chưa báo cáo (3)",
        "đã báo cáo nhưng chưa có số liệu này (2): xã Dân Lực, xã Thọ Dân",
    )
    assert "0/5" not in said.text


def test_all_zero_is_only_said_of_units_with_the_figure(town: Town) -> None:
    town.reports("15742", f0_new=0)
    town.reports("15700", f0_active=8)
    town.hears("xã nào nhiều ca mới nhất hôm nay", "Các đơn vị đã có số liệu (1) đều bằng 0")


@pytest.mark.parametrize("question", ["xã nào chưa báo cáo", "xa nao chua bao cao", "ai chưa gửi báo cáo"])
def test_before_a_week_is_over_nobody_is_listed_but_of_the_week_before(connection: Connection, question: str) -> None:
    town = weekly(connection)
    town.reports("15742", SUNDAY_BEFORE, "hygiene", checks=3)
    town.reports("15700", SUNDAY, "hygiene", checks=1)
    said = town.hears(
        question,
        "tuần đến ngày 14/11/2021: chưa đến hạn (17 giờ 00 ngày 14/11/2021); đã có 1/5 đơn vị",
        "tuần đến ngày 07/11/2021: 1/5 đơn vị",
        "Chưa báo cáo (4)",
    )
    assert said.text.count("Chưa báo cáo") == 1


def test_before_a_week_is_over_its_due_time_and_the_last_figure_are_told(connection: Connection) -> None:
    town = weekly(connection)
    town.reports("15742", SUNDAY_BEFORE, "hygiene", checks=3, wells=7)
    for question in ("tuần này thọ dân kiểm tra bao nhiêu cơ sở", "tuan nay tho dan kiem tra bao nhieu co so"):
        town.hears(question, "hạn báo cáo là 17 giờ 00 ngày 14/11/2021", "tuần đến ngày 07/11/2021", "<b>3 cơ sở</b>")
    said = town.hears("tuần này toàn huyện kiểm tra bao nhiêu cơ sở", "hạn báo cáo là 17 giờ 00", "<b>3 cơ sở</b>")
    assert "xã Dân Lực" not in said.text
    town.reports("15700", SUNDAY, "hygiene", checks=1)
    for question in ("tuần này toàn huyện kiểm tra bao nhiêu cơ sở", "số cơ sở kiểm tra từng xã tuần này"):
        said = town.hears(question, "1/5 đơn vị; còn 4 đơn vị, hạn báo cáo là 17 giờ 00 ngày 14/11/2021")
        assert "hưa báo cáo" not in said.text


def test_a_month_that_is_not_over_is_not_owed(connection: Connection) -> None:
    town = weekly(connection, "monthly")
    town.reports("15742", date(2021, 10, 31), "hygiene", checks=3)
    town.hears("xã nào chưa báo cáo", "tháng 11/2021: chưa đến hạn (17 giờ 00 ngày 30/11/2021)", "tháng 10/2021: 1/5")
    town.hears(
        "thọ dân đã báo cáo chưa", "hạn báo cáo là 17 giờ 00 ngày 30/11/2021", "đã báo cáo số liệu tháng 10/2021"
    )


def test_what_is_set_by_decision_is_never_reported_late(town: Town) -> None:
    town.reports("15742", days_ago(9), "covid_level", level="3")
    said = town.hears("huyện đang ở cấp độ mấy", "Cấp 3 (vùng cam): 1 đơn vị", "1/5 đơn vị; chưa công bố: ")
    assert "hưa báo cáo" not in said.text


@pytest.fixture
def town_of_an_unknown(town: Town) -> Town:
    """One unit alone reports: yesterday three new cases; today how many there were is not known to it."""
    town.reports("15742", days_ago(1), f0_new=3, f0_cum=3, f0_active=3)
    town.reports("15742", f0_death_new=0)
    return town


def of_many_units(town: Town, count: int = 120) -> Town:
    """The same town with so many more units that have never reported: more than are looked up one by one."""
    more = "".join(f"9{each:04},Xa {each},xã,397,,,\n" for each in range(count))
    units.put(town.connection, read_units(UNITS + more))
    town.tree = units.tree(town.connection)
    return town


@pytest.mark.parametrize("area", ["district", "wide district"])
def test_a_report_without_the_figure_that_all_others_lack_too_is_never_told_as_no_report(
    town_of_an_unknown: Town, area: str
) -> None:
    town = of_many_units(town_of_an_unknown) if area == "wide district" else town_of_an_unknown
    town.hears("xã nào chưa báo cáo", "1/125 đơn vị" if area == "wide district" else "1/5 đơn vị")
    today = town.hears("hôm nay toàn huyện mấy ca mắc mới", "hôm nay (10/11/2021): chưa đơn vị nào có số liệu «")
    assert "đã báo cáo nhưng chưa có số liệu này (1): xã Thọ Dân" in today.text
    ever = town.hears("lũy kế ca mắc toàn huyện", "<b>3 ca</b>", "đã có đơn vị báo cáo, nhưng chưa đơn vị nào có")
    for said in (today, ever):
        assert "chưa có đơn vị nào báo cáo" not in said.text
        assert "chưa đơn vị nào báo cáo" not in said.text


def test_in_a_wide_area_where_nobody_has_reported_that_is_told(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_new=3)
    of_many_units(town).hears("hôm nay toàn huyện mấy ca mắc mới", "chưa có đơn vị nào báo cáo số liệu hôm nay")


def test_reports_early_in_a_span_without_the_figure_are_told_as_reports(town: Town) -> None:
    town.reports("15742", days_ago(2), f0_death_new=0)
    town.hears("tuần này toàn huyện mấy ca mắc mới", "đã báo cáo nhưng chưa có số liệu này (1): xã Thọ Dân")
