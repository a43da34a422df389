"""«Lũy kế toàn huyện»: of no figure in particular, all that is kept as a total is told, or why it is not there."""

from sqlalchemy import Connection

from tests.residents.places import place_of
from tests.residents.town import Town, days_ago


def test_the_totals_of_the_whole_area_are_told(town: Town) -> None:
    town.reports("15742", f0_new=3, f0_cum=40, f0_death_cum=2, vax1_cum=900)
    for question in ("lũy kế toàn huyện", "luy ke toan huyen", "từ đầu dịch đến nay toàn huyện bao nhiêu"):
        said = town.hears(question, "Lũy kế số ca mắc", "<b>40 ca</b>", "<b>900 người</b>", "1/5 đơn vị")
        assert "<b>3 ca</b>" not in said.text


def test_a_total_that_is_not_there_is_said_to_be_and_why(town: Town) -> None:
    said = town.hears("lũy kế toàn huyện", "chưa có đơn vị nào báo cáo", "hạn báo cáo là 16 giờ 30")
    assert said.text.count("chưa có đơn vị nào") == 1
    town.reports("15742", f0_new=3)
    town.hears("lũy kế toàn huyện", "Lũy kế số ca mắc", "chưa có số liệu")


def test_where_one_total_is_kept_it_is_told_alone(connection: Connection) -> None:
    storm = place_of(connection, "storm")
    storm.reports("C01", form="storm", dead_new=1, dead_cum=5)
    storm.hears("lũy kế toàn tỉnh", "Tỉnh Quảng Lâm", "Lũy kế số người chết: <b>5 người</b>")


def test_from_long_ago_until_now_is_the_total(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_cum=40)
    town.hears("từ trước đến nay Thọ Dân có bao nhiêu ca mắc", "Lũy kế số ca mắc: <b>40 ca</b>")
