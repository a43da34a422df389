"""A tap that settles one doubt keeps what was understood and what is still open: the unit, the figure, the day."""

from tests.residents.town import Town, days_ago, labels

FIRST = "Lũy kế người từ 18 tuổi trở lên đã tiêm ít nhất 1 mũi"
SECOND = "Lũy kế người từ 18 tuổi trở lên đã tiêm đủ liều (mũi 2)"


def test_a_unit_that_is_tapped_leaves_the_figures_to_choose_from_and_the_day(town: Town) -> None:
    town.reports("15742", days_ago(1), vax1_cum=900, vax2_cum=700)
    said = town.hears("hôm qua xã Thọ tiêm được bao nhiêu người", "«xã Thọ Sơn» hay «xã Thọ Dân»")
    said = town.taps(said, "xã Thọ Dân")
    assert labels(said) == [FIRST, SECOND]
    told = town.taps(said, SECOND)
    assert "Xã Thọ Dân, hôm qua" in told.text
    assert "<b>700 người</b>" in told.text


def test_a_unit_that_is_tapped_leaves_the_days_to_choose_from(town: Town) -> None:
    town.reports("15742", days_ago(5), f0_new=4)
    said = town.hears("ngày 5/11 và ngày 7/11 xã Thọ mấy ca mắc mới", "«xã Thọ Sơn» hay «xã Thọ Dân»")
    said = town.taps(said, "xã Thọ Dân")
    assert labels(said) == ["ngày 05/11/2021", "ngày 07/11/2021"]
    told = town.taps(said, "ngày 05/11/2021")
    assert "Xã Thọ Dân, ngày 05/11/2021" in told.text
    assert "<b>4 ca</b>" in told.text


def test_where_no_unit_is_named_the_units_to_tap_keep_the_figure_and_the_day(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_recovered_new=6)
    said = town.hears("xã mình hôm qua mấy ca khỏi bệnh", "đơn vị nào")
    told = town.taps(said, "xã Thọ Dân")
    assert "Xã Thọ Dân, hôm qua" in told.text
    assert "<b>6 ca</b>" in told.text
