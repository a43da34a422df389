"""A resident asks about spans of days: from the beginning, up to a day, a part of a month, one span against another."""

from tests.residents.town import Town, days_ago, labels


def test_a_flow_from_the_beginning_is_since_its_first_figure(town: Town) -> None:
    town.reports("15742", days_ago(9), tests_new=7)
    town.reports("15742", days_ago(1), tests_new=5)
    town.reports("15742", tests_new=3)
    town.hears(
        "từ đầu dịch đến nay thọ dân xét nghiệm bao nhiêu mẫu", "từ đầu (01/11/2021) đến 10/11/2021", "<b>15 mẫu</b>"
    )
    town.hears("how many tests so far in tho dan", "from the beginning (01/11/2021)", "<b>15 ", language="en")


def test_a_flow_that_nobody_ever_counted_has_no_beginning(town: Town) -> None:
    said = town.hears("lũy kế xét nghiệm thọ dân", "chưa báo cáo")
    assert "0001" not in said.text


def test_the_days_up_to_one_are_offered_by_their_first_and_come_back_from_the_button(town: Town) -> None:
    for days in (9, 6, 5, 0):
        town.reports("15742", days_ago(days), tests_new=days + 1)
    said = town.hears("tính đến ngày 5/11 thọ dân xét nghiệm bao nhiêu mẫu", "ngày nào")
    assert labels(said) == ["từ đầu (01/11/2021) đến 05/11/2021", "ngày 05/11/2021"]
    told = town.taps(said, "từ đầu (01/11/2021) đến 05/11/2021")
    assert "từ đầu (01/11/2021) đến 05/11/2021" in told.text
    assert "<b>23 mẫu</b>" in told.text


def test_two_weeks_are_compared_each_with_its_coverage_and_their_lengths(town: Town) -> None:
    for days in range(10):
        town.reports("15742", days_ago(days), f0_new=1 if days < 3 else 2)
    said = town.hears(
        "tuần này so với tuần trước thọ dân mấy ca",
        "tuần này (08/11/2021 – 10/11/2021): <b>3 ca</b>. 3/3 ngày có số liệu.",
        "tuần trước (01/11/2021 – 07/11/2021): <b>14 ca</b>. 7/7 ngày có số liệu.",
        "Tuần trước (01/11/2021 – 07/11/2021) nhiều hơn tuần này (08/11/2021 – 10/11/2021): <b>11 ca</b>.",
        "dài ngắn khác nhau (3 ngày và 7 ngày)",
    )
    assert said.photo is None


def test_two_days_are_compared(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_new=2)
    town.reports("15742", f0_new=5)
    said = town.hears(
        "hôm nay so với hôm qua thọ dân mấy ca",
        "hôm nay (10/11/2021): <b>5 ca</b>",
        "hôm qua (09/11/2021): <b>2 ca</b>",
    )
    assert "Hôm nay (10/11/2021) nhiều hơn hôm qua (09/11/2021): <b>3 ca</b>." in said.text
    assert "dài ngắn" not in said.text


def test_of_days_of_which_a_figure_is_missing_no_difference_is_told(town: Town) -> None:
    town.reports("15742", days_ago(8), f0_new=2)
    town.reports("15742", f0_new=5)
    town.hears("tuần này so với tuần trước thọ dân mấy ca", "1/3 ngày", "1/7 ngày", "chưa đủ để tính chênh lệch")
    said = town.hears(
        "thọ dân hôm nay so với hôm qua mấy ca", "chưa báo cáo số liệu hôm qua", "không có nghĩa là bằng 0"
    )
    assert "nhiều hơn" not in said.text


def test_counts_that_are_held_back_are_compared_without_a_difference(harvest: Town) -> None:
    harvest.reports("15742", days_ago(1), "harvest", sick=2)
    harvest.reports("15742", form="harvest", sick=4)
    said = harvest.hears("thọ dân hôm nay so với hôm qua bao nhiêu hộ bệnh", "ít hơn 5 hộ")
    assert "nhiều hơn" not in said.text
    assert "bằng nhau" not in said.text


def test_the_days_compared_stay_on_the_button_that_asks_for_the_figure(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_new=2)
    town.reports("15742", f0_new=2)
    said = town.hears("hôm nay so với hôm qua thọ dân", "số liệu nào")
    told = town.taps(said, "Số ca mắc mới (F0) ghi nhận trong kỳ")
    assert "số liệu bằng nhau" in told.text


def test_a_level_is_not_compared_by_days_but_one_of_them_is_asked_for(town: Town) -> None:
    town.hears("cấp độ dịch thọ dân hôm nay so với hôm qua", "ngày nào")


def test_the_days_of_a_part_of_a_month_are_said(town: Town) -> None:
    town.reports("15742", days_ago(20), f0_new=2)
    town.hears("thọ dân cuối tháng 10 mấy ca", "từ 21/10/2021 đến 31/10/2021", "<b>2 ca</b>", "1/11 ngày")


def test_of_days_before_the_first_figure_it_is_said_since_when_there_are_any(town: Town) -> None:
    town.reports("15700", days_ago(9), f0_new=2)
    town.reports("15742", f0_new=3)
    for question in ("năm ngoái thọ dân mấy ca", "năm ngoái toàn huyện mấy ca", "năm ngoái xã nào nhiều ca nhất"):
        said = town.hears(question, "Kênh có số liệu từ ngày 01/11/2021")
        assert "chưa báo cáo" not in said.text
    town.hears("how many cases last year in tho dan", "There are figures from 01/11/2021", language="en")
    town.hears("ngày 1/11 thọ dân mấy ca", "Xã Thọ Dân chưa báo cáo")
    town.hears("tháng 5 toàn huyện mấy ca", "chưa báo cáo")  # the form was in force, so reports were owed
    town.hears("tháng 11 thọ dân mấy ca", "<b>3 ca</b>")


def test_where_there_is_no_figure_at_all_nothing_is_said_of_a_beginning(town: Town) -> None:
    assert "Kênh có số liệu từ" not in town.asks("năm ngoái thọ dân mấy ca").text
