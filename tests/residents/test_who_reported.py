"""Who has not reported, asked of several days: told day by day, never the last one alone."""

from datetime import timedelta

from reporting.rounds.suspensions import Suspension
from storage.schedule import suspensions
from tests.residents.town import TODAY, Town, at, days_ago

CODES = ("15664", "15700", "15718", "15742", "15667")


def all_report(town: Town, ago: int, but: tuple[str, ...] = ()) -> None:
    for code in CODES:
        if code not in but:
            town.reports(code, days_ago(ago), f0_new=1)


def test_each_day_that_lacks_reports_is_named_with_the_units(town: Town) -> None:
    all_report(town, 2)
    all_report(town, 1, but=("15700", "15718"))
    town.reports("15742", f0_new=1)
    said = town.hears(
        "tuần này xã nào chưa báo cáo",
        "tuần này (08/11/2021 – 10/11/2021), huyện Triệu Sơn:",
        "• 09/11/2021: 3/5 đơn vị; chưa báo cáo: xã Dân Lực, thị trấn Nưa",
        "• 10/11/2021: mới có 1/5 đơn vị, hạn báo cáo là 16 giờ 30; chưa báo cáo: xã Dân Lực, ",
        "Đủ báo cáo: 08/11/2021.",
    )
    assert "07/11" not in said.text
    town.now = at("18:00")
    town.hears("tuần này xã nào chưa báo cáo", "• 10/11/2021: 1/5 đơn vị; chưa báo cáo")


def test_one_day_is_told_as_before(town: Town) -> None:
    all_report(town, 1, but=("15700",))
    said = town.hears("hôm qua xã nào chưa báo cáo", "4/5 đơn vị của huyện Triệu Sơn", "Chưa báo cáo (1): xã Dân Lực")
    assert "•" not in said.text


def test_of_one_unit_its_late_and_missing_days_are_told(town: Town) -> None:
    town.reports("15742", days_ago(2), f0_new=1)
    town.reports("15742", days_ago(1), clock="19:00", f0_new=1)
    town.hears(
        "xã Thọ Dân tuần này ngày nào chưa báo cáo",
        "• 09/11/2021: đã báo cáo, chậm",
        "• 10/11/2021: chưa báo cáo, hạn báo cáo là 16 giờ 30",
        "Đủ báo cáo: 08/11/2021.",
    )
    town.now = at("18:00")
    town.hears("xã Thọ Dân tuần này ngày nào chưa báo cáo", "• 10/11/2021: chưa báo cáo, đã quá hạn")


def test_days_without_a_duty_to_report_are_no_lack(town: Town) -> None:
    suspensions.suspend(town.connection, Suspension("", None, days_ago(1), days_ago(1), "bão"), None, town.now)
    all_report(town, 2)
    all_report(town, 0)
    town.hears(
        "tuần này xã nào chưa báo cáo",
        "• 09/11/2021: không đơn vị nào phải báo cáo",
        "Đủ báo cáo: 08/11/2021, 10/11/2021.",
    )


def test_of_a_long_time_the_newest_days_are_told(town: Town) -> None:
    said = town.hears("từ 01/01/2021 đến 10/11/2021 xã nào chưa báo cáo", "(chỉ kể 31 kỳ gần nhất)")
    assert said.text.count("•") == 31
    assert f"{TODAY - timedelta(30):%d/%m/%Y}: 0/5 đơn vị" in said.text


def test_it_is_told_in_english_too(town: Town) -> None:
    all_report(town, 1, but=("15700",))
    town.hears(
        "which units have not reported this week", "09/11/2021: 4/5 units; not reported: xã Dân Lực", language="en"
    )
