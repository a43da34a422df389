"""A reporter joins, answers the day's questions, reviews, sends and corrects."""

from datetime import timedelta

import pytest

from tests.conversations.house import House, Talker, fills_in


async def test_an_invitation_makes_a_reporter_and_greets_him(house: House) -> None:
    nam = house.talker("Lê Văn Nam")
    await nam.joins(await house.invitation("reporter", "15742"))
    nam.hears("Kính chào đồng chí Lê Văn Nam", "cán bộ báo cáo – xã Thọ Dân", "16 giờ 30", "/baocao")


async def test_the_first_question_comes_with_its_label_first(reporter: Talker) -> None:
    await reporter.says("/baocao")
    heard = reporter.hears("xã Thọ Dân", "10/11/2021", "từ 16 giờ hôm trước", "[0]")
    assert heard.text.splitlines()[0] == "(1/20) Số ca mắc mới (F0) ghi nhận trong kỳ"


async def test_a_whole_report_ends_with_a_receipt(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận báo cáo ngày 10/11/2021 của xã Thọ Dân lúc 15 giờ 30", "CD-15742-101121-1")


async def test_every_button_can_be_typed(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.says("sửa 1")
    reporter.hears("(1/20)", "[Quay lại]")
    await reporter.says("quay lai")
    reporter.hears("Báo cáo ngày", "1. Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca")
    await reporter.says("SỬA")
    reporter.hears("(1–20)", "[20]")
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")


async def test_a_line_of_the_review_is_edited_by_taps(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Sửa")
    reporter.hears("[7]")
    await reporter.taps("7")
    reporter.hears("Số F1 đang cách ly")
    await reporter.says("17")
    reporter.hears("Báo cáo ngày", "7. Số F1 đang cách ly: 17 người")


async def test_back_returns_to_the_answer_before(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("3")
    reporter.hears("(2/20)")
    await reporter.taps("Quay lại")
    reporter.hears("(1/20)")
    await reporter.says("4")
    reporter.hears("(2/20)")


async def test_a_part_cannot_be_more_than_the_whole(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("3")
    reporter.hears("(2/20)")
    await reporter.says("5")
    heard = reporter.hears("(2/20)", "⚠️ Số ca cộng đồng đang lớn hơn", "chưa được ghi")
    assert heard.text.count("nhập lại") == 1
    await reporter.says("1")
    reporter.hears("(3/20)")


async def test_an_unusual_number_is_confirmed_with_a_reason(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("250")
    reporter.hears("Số ca mắc mới", "ghi ngắn gọn lý do", "[Nhập lại]")
    await reporter.says("260")
    reporter.hears("[Nhập lại]")
    await reporter.says("chùm ca bệnh ở công ty may")
    reporter.hears("(2/20)")


async def test_a_restart_between_any_two_messages_is_not_noticed(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    for place, answer in enumerate(("3", "1", "2", "0", "1"), 1):
        await house.restart()
        await reporter.says(answer)
        reporter.hears(f"({place + 1}/20)")


async def test_cancelling_keeps_what_was_answered(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("3")
    reporter.hears("(2/20)")
    await reporter.says("/huy")
    reporter.hears("vẫn được lưu", "/baocao")
    await reporter.says("/baocao")
    reporter.hears("(2/20)")


async def test_a_correction_is_a_new_revision_with_its_reason(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "-1")
    await reporter.says("/capnhat")
    reporter.hears("Báo cáo ngày")
    await reporter.says("sửa 1")
    reporter.hears("(1/20)")
    await reporter.says("2")
    reporter.hears("Báo cáo ngày", "1. Số ca mắc mới (F0) ghi nhận trong kỳ: 2 ca")
    await reporter.taps("Gửi")
    reporter.hears("lý do điều chỉnh")
    await reporter.says("nhập nhầm số ca")
    reporter.hears("đã tiếp nhận bản điều chỉnh", "CD-15742-101121-2")


async def test_two_people_of_a_unit_share_one_draft(house: House, reporter: Talker) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("3")
    reporter.hears("(2/20)")
    await deputy.says("/baocao")
    deputy.hears("(2/20)", "đồng chí Lê Văn Nam cũng đang nhập")


async def test_the_second_to_send_is_told_that_it_has_come(house: House, reporter: Talker) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    await fills_in(reporter)
    await deputy.says("/baocao")
    review = deputy.hears("Báo cáo ngày")
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await deputy.taps("Gửi", review)
    deputy.hears("đã được tiếp nhận", "CD-15742-101121-1")


async def test_an_english_speaker_is_spoken_to_in_english(reporter: Talker) -> None:
    await reporter.says("/ngonngu")
    reporter.hears("[English]")
    await reporter.taps("English")
    reporter.hears("spoken to in English")
    await reporter.says("/report")
    reporter.hears("(1/20) New confirmed cases (F0) in the reporting window", "for example: 3")
    await reporter.says("many")
    reporter.hears("for example: 3")


@pytest.mark.parametrize("typed", ["1.234", "1 234", "1,234", "1234 ca"])
async def test_numbers_as_people_type_them_are_understood_and_shown_back(reporter: Talker, typed: str) -> None:
    await fills_in(reporter, (13, typed))
    await reporter.says("sửa 1")
    reporter.hears("(1/20)")
    await reporter.taps("Quay lại")
    reporter.hears("Số mẫu xét nghiệm lấy trong kỳ: 1.234 mẫu")


async def test_an_old_correction_button_is_refused_when_the_time_is_over(house: House, reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/baocao")
    sent = reporter.hears("đã được tiếp nhận", "[Điều chỉnh]")
    house.simulator.clock.advance(timedelta(days=1))
    await reporter.taps("Điều chỉnh", sent)
    assert any("đã khóa" in each.text for each in reporter.forgets())


async def test_two_who_take_turns_are_shown_each_others_answers_once(house: House, reporter: Talker) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await deputy.says("/baocao")
    deputy.hears("(1/20)")
    await reporter.says("3")
    reporter.hears("(2/20)")
    await deputy.says("3")
    deputy.hears("(2/20)")
    await deputy.says("1")
    deputy.hears("(3/20)")
    await reporter.says("1")
    reporter.hears("(3/20)")
    await reporter.says("2")
    reporter.hears("(4/20)")
