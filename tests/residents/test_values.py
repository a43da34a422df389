"""A resident asks for a figure of a unit."""

from bot.drawing import draw
from tests.residents.town import Town, at, days_ago, labels


def test_a_value_comes_with_its_unit_day_time_and_source(town: Town) -> None:
    town.reports("15742", f0_new=3)
    town.now = at("17:00")
    said = town.hears("Hôm nay xã Thọ Dân có bao nhiêu ca?", "Xã Thọ Dân", "<b>3 ca</b>", "hôm nay (10/11/2021)")
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ" in said.text
    assert "công bố lúc 16 giờ 05 ngày 10/11/2021" in said.text
    assert "Nguồn: xã Thọ Dân báo cáo, UBND huyện Triệu Sơn tổng hợp" in said.text
    assert "đính chính" not in said.text


def test_a_true_zero_is_told_as_zero(town: Town) -> None:
    town.reports("15742", f0_new=0)
    town.hears("Hôm nay xã Thọ Dân có bao nhiêu ca?", "<b>0 ca</b>")


def test_before_the_report_is_due_it_is_said_when_it_is_and_what_yesterday_was(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_new=4)
    said = town.hears("Hôm nay xã Thọ Dân có bao nhiêu ca?", "chưa báo cáo", "16 giờ 30", "hôm qua (09/11/2021)")
    assert "<b>4 ca</b>" in said.text
    assert "0 ca<" not in said.text


def test_after_it_is_due_it_is_said_to_be_late(town: Town) -> None:
    town.reports("15742", days_ago(3), f0_new=4)
    town.now = at("18:00")
    said = town.hears("hom nay xa tho dan bao nhieu ca", "chưa báo cáo", "quá hạn", "ngày 07/11/2021", "<b>4 ca</b>")
    assert "Chưa báo cáo không có nghĩa là bằng 0" in said.text


def test_a_unit_that_never_reported_has_no_figure_and_no_zero(town: Town) -> None:
    said = town.hears("xã Thọ Dân bao nhiêu ca", "chưa báo cáo")
    assert "<b>" not in said.text


def test_a_figure_that_waits_for_approval_is_not_told(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_new=4)
    town.reports("15742", f0_new=99, provisional=True)
    town.now = at("17:00")
    said = town.hears("hôm nay xã Thọ Dân bao nhiêu ca", "hôm nay", "đang chờ phê duyệt", "<b>4 ca</b>")
    assert "99" not in said.text
    assert "chưa báo cáo" not in said.text
    said = town.hears("toàn huyện hôm nay bao nhiêu ca", "chưa báo cáo (4)", "đang chờ phê duyệt (1): xã Thọ Dân")
    assert "99" not in said.text
    said = town.hears("tình hình xã Thọ Dân", "Đã gửi báo cáo hôm nay", "đang chờ phê duyệt", "<b>4 ca</b>")
    town.hears("diễn biến ca mắc xã Thọ Dân", "10/11: đang chờ phê duyệt")
    town.hears("xã Thọ Dân hôm nay có bao nhiêu ca", "the figures wait for approval", language="en")


def test_a_first_report_that_waits_is_said_to(town: Town) -> None:
    town.reports("15742", f0_new=99, provisional=True)
    said = town.hears("xã Thọ Dân bao nhiêu ca", "đang chờ phê duyệt", "Chưa có số liệu không có nghĩa là bằng 0")
    assert "99" not in said.text
    assert "chưa lần nào" not in said.text


def test_a_correction_that_waits_leaves_what_was_accepted(town: Town) -> None:
    town.reports("15742", f0_new=3)
    town.reports("15742", f0_new=9, revision=2, provisional=True, clock="17:10")
    town.now = at("18:00")
    for question in ("thọ dân hôm nay mấy ca", "thọ dân mấy ca", "toàn huyện hôm nay mấy ca", "tình hình thọ dân"):
        said = town.hears(question, "<b>3 ca</b>")
        assert "9 ca" not in said.text
        assert "phê duyệt" not in said.text
        assert "đính chính" not in said.text
    town.reports("15742", f0_new=9, revision=2, clock="18:00")
    town.hears("thọ dân hôm nay mấy ca", "<b>9 ca</b>", "đã được đính chính")


def test_the_decision_behind_a_level_is_the_accepted_one(town: Town) -> None:
    town.reports("15742", days_ago(2), "covid_level", level="1", decision_number="100/QĐ-UBND")
    town.reports("15742", days_ago(2), "covid_level", level="4", decision_number="999/QĐ", revision=2, provisional=True)
    said = town.hears("thọ dân cấp mấy", "Cấp 1", "100/QĐ-UBND")
    assert "999" not in said.text


def test_a_corrected_figure_is_marked(town: Town) -> None:
    town.reports("15742", f0_new=5, revision=2)
    town.hears("hôm nay xã Thọ Dân bao nhiêu ca", "<b>5 ca</b>", "đã được đính chính")


def test_made_up_figures_are_said_to_be(town: Town) -> None:
    town.demonstration = True
    town.reports("15742", f0_new=5)
    for question in ("hôm nay xã Thọ Dân bao nhiêu ca", "tình hình xã Thọ Dân", "xã nào nhiều ca nhất"):
        assert town.asks(question).text.count("Số liệu minh họa, không phải số liệu thật.") == 1


def test_an_internal_indicator_is_as_if_it_were_not_collected(town: Town) -> None:
    town.reports("15742", f2_active=7)
    said = town.hears("xã Thọ Dân có bao nhiêu F2", "không có số liệu đó")
    assert "7" not in said.text.split("\n")[0]
    assert "F2" not in said.text


def test_the_newest_figure_is_told_with_its_day(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_active=12)
    said = town.hears(
        "xã Thọ Dân đang điều trị bao nhiêu người", "số liệu mới nhất", "hôm qua (09/11/2021)", "<b>12 ca</b>"
    )
    assert "hôm nay (10/11/2021) chưa báo cáo; hạn báo cáo là 16 giờ 30" in said.text


def test_a_sum_over_days_says_how_many_have_reports(town: Town) -> None:
    for ago in (1, 2, 3, 5, 6):
        town.reports("15742", days_ago(ago), f0_new=2)
    town.hears("7 ngày qua xã Thọ Dân bao nhiêu ca", "<b>10 ca</b>", "5/7 ngày", "(04/11/2021 – 10/11/2021)")


def test_what_stands_at_the_end_of_a_span_is_told_of_its_newest_day(town: Town) -> None:
    town.reports("15742", days_ago(4), f0_active=9)
    town.reports("15742", days_ago(2), f0_active=11)
    said = town.hears("từ ngày 5/11 đến ngày 9/11 xã Thọ Dân có bao nhiêu người đang điều trị", "<b>11 ca</b>")
    assert "08/11/2021" in said.text


def test_a_report_without_the_indicator_is_no_missing_report(town: Town) -> None:
    town.reports("15742", f0_new=1)
    town.now = at("17:00")
    town.hears("hôm nay xã Thọ Dân có bao nhiêu chốt kiểm soát", "đã báo cáo", "chưa có số liệu «Số chốt kiểm soát")


def test_a_level_shows_its_label_and_since_when(town: Town) -> None:
    town.reports("15742", days_ago(9), "covid_level", level="3")
    town.hears("xã Thọ Dân cấp độ dịch mấy", "Cấp 3 (vùng cam)", "từ ngày 01/11/2021")
    for colour in ("đỏ", "cam"):
        said = town.hears(f"xã Thọ Dân có phải vùng {colour} không?", "Cấp 3 (vùng cam)")
        assert "Không." not in said.text  # of four choices neither yes nor no says which one it is
        assert "Đúng." not in said.text


def test_an_overview_names_the_first_public_indicators(town: Town) -> None:
    town.reports("15742", f0_new=3, f0_active=8, f2_active=77)
    said = town.hears(
        "tình hình xã Thọ Dân hôm nay", "Số ca mắc mới", "<b>3 ca</b>", "Số ca đang điều trị: <b>8 ca</b>"
    )
    assert "77" not in said.text


def test_the_next_questions_are_buttons_that_are_answered(town: Town) -> None:
    town.reports("15742", f0_new=3)
    town.reports("15742", days_ago(1), f0_new=2)
    said = town.asks("hôm nay xã Thọ Dân bao nhiêu ca")
    assert labels(said) == [
        "Hôm qua",
        "7 ngày qua",
        "Diễn biến",
        "Các chỉ tiêu khác",
        "Toàn huyện Triệu Sơn",
        "Theo dõi",
        "Số này chưa đúng?",
    ]
    assert "<b>2 ca</b>" in town.taps(said, "Hôm qua").text
    assert "<b>5 ca</b>" in town.taps(said, "7 ngày qua").text
    assert "1/5 đơn vị" in town.taps(said, "Toàn huyện Triệu Sơn").text
    assert "09/11: <b>2 ca</b>" in town.taps(said, "Diễn biến").text


def test_all_of_it_is_said_in_english_too(town: Town) -> None:
    town.reports("15742", f0_new=3)
    town.hears(
        "how many new cases in Tho Dan commune today", "<b>3 cases</b>", "Source: reported by xã Thọ Dân", language="en"
    )
    town.hears("Is Nua town a red zone?", "has never had a figure", language="en")


def test_a_trend_is_drawn_with_gaps_where_nothing_was_reported(town: Town) -> None:
    town.reports("15742", days_ago(2), f0_new=3)
    town.reports("15742", days_ago(1), f0_new=0)
    said = town.hears("số ca mắc mới xã Thọ Dân 7 ngày qua diễn biến thế nào", "chưa báo cáo")
    assert said.photo is not None
    lows = [low for _, low, *_ in said.photo.kept["points"]]
    assert lows == [None] * 4 + [3, 0, None]
    assert draw(said.photo).startswith(b"\x89PNG")


def test_nothing_is_drawn_where_nothing_is_known_or_of_several_units(town: Town) -> None:
    assert town.hears("diễn biến số ca mắc mới xã Thọ Dân 7 ngày qua").photo is None


def test_a_count_that_is_held_back_is_drawn_as_what_it_may_be(harvest: Town) -> None:
    harvest.reports("15742", days_ago(1), "harvest", sick=3, rice=2)
    said = harvest.hears("diễn biến số hộ có gia súc bệnh xã Thọ Dân 7 ngày qua")
    assert said.photo is not None
    assert said.photo.kept["points"][5][1:3] == [1, 4]


def test_only_a_single_reported_figure_can_be_doubted(town: Town) -> None:
    doubt = "Số này chưa đúng?"
    town.reports("15742", days_ago(1), f0_new=2)
    assert doubt in labels(town.asks("hôm qua xã Thọ Dân bao nhiêu ca mắc mới"))
    assert doubt not in labels(town.asks("hôm qua toàn huyện bao nhiêu ca mắc mới"))
    assert doubt not in labels(town.asks("7 ngày qua xã Thọ Dân bao nhiêu ca mắc mới"))
    assert doubt not in labels(town.asks("tình hình xã Thọ Dân hôm qua"))
    assert doubt not in labels(town.asks("xã Dân Lực hôm nay bao nhiêu ca mắc mới"))
