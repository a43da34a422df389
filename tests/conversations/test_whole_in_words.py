"""A whole report in one message, in the words of people: it is offered to today's report, and every number in it is echoed."""

import pytest

from tests.conversations.house import Talker


async def test_a_report_told_in_a_sentence_is_offered_to_todays_report(reporter: Talker) -> None:
    await reporter.says("Báo cáo anh ạ: hôm nay xã có 2 F0 mới, 1 cộng đồng, còn lại không có gì")
    reporter.hears("ngày 10/11/2021", "F0 mới: 2 ca", "F0 cộng đồng: 1 ca", "«còn lại không có gì»", "[Ghi]")
    await reporter.says("ghi")
    reporter.hears("(3/20)", "F0 mới: 2 ca; F0 cộng đồng: 1 ca")
    reporter.hears("«còn lại không có gì»: ghi 0 cho", "[Hỏi từng mục]")


async def test_one_figure_in_a_sentence_is_offered_too(reporter: Talker) -> None:
    await reporter.says("dạ hôm nay xã có 3 F0 mới")
    reporter.hears("F0 mới: 3 ca", "[Ghi]")


async def test_a_part_is_told_by_the_figure_said_before_it(reporter: Talker) -> None:
    await reporter.says("f0 mới 4, cộng đồng 2, xét nghiệm 25, dương tính 2")
    reporter.hears("F0 mới: 4 ca; F0 cộng đồng: 2 ca; Mẫu XN: 25 mẫu; XN dương tính: 2 mẫu")


async def test_a_part_is_told_by_the_question_that_is_asked_about_it(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("4")
    reporter.hears("(2/20)")
    await reporter.says("cộng đồng 2")
    reporter.hears("(3/20)")


async def test_a_name_that_nothing_settles_is_still_asked_about(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("cộng đồng 2")
    reporter.hears("tên này có thể là")


async def test_what_stands_in_brackets_and_what_was_not_read_is_named(reporter: Talker) -> None:
    await reporter.says("F0: 3 (CĐ 1), F1 mới 6/đang CL 15, XN 40(3+), mũi1 5000, mũi2 1500")
    heard = reporter.hears("F0 mới: 3 ca").text
    for said in ("«CĐ 1»", "«F1 mới 6/đang CL 15»", "«3+»", "5.000", "1.500"):
        assert said in heard, f"{said}\n{heard}"
    assert "XN 40" in heard or "40 mẫu" in heard


async def test_the_last_periods_figure_in_a_template_is_no_remark(reporter: Talker) -> None:
    await reporter.says("f0 mới 3 (kỳ trước 5), khỏi 2 (before: 1)")
    assert "ngoặc" not in reporter.hears("F0 mới: 3 ca; Khỏi mới: 2 ca").text


async def test_report_with_a_day_opens_that_days_report(reporter: Talker) -> None:
    await reporter.says("báo cáo hôm nay")
    reporter.hears("(1/20)")


async def test_the_rest_is_zero_once_that_is_agreed_to(reporter: Talker) -> None:
    await reporter.says("f0 mới 2, cộng đồng 1, còn lại không có gì ạ")
    heard = reporter.hears("(3/20)", "F0 mới: 2 ca; F0 cộng đồng: 1 ca")
    assert "Chưa ghi" not in heard.text
    asked = reporter.hears("«còn lại không có gì ạ»: ghi 0 cho 7 mục", "Tử vong", "Mẫu XN")
    assert "F0 mới" not in asked.text
    await reporter.taps("Ghi 0 cho 7 mục")
    reporter.hears("(5/20)", "Tử vong mới: 0 ca", "XN dương tính: 0 mẫu")


@pytest.mark.parametrize("said", ["còn lại không có gì", "dạ còn lại ko có gì ạ", "the rest is zero", "nothing else"])
async def test_the_rest_is_asked_about_at_a_question_too_and_nothing_is_zero_before(
    reporter: Talker, said: str
) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("4")
    reporter.hears("(2/20)")
    await reporter.says(said)
    reporter.hears(f"«{said}»", "ghi 0 cho", "[Hỏi từng mục]")
    await reporter.taps("Hỏi từng mục")
    reporter.hears("(2/20)")
    await reporter.says("xem lại")
    reporter.hears("Đã nhập 1/20 mục")
    reporter.hears("(2/20)")
