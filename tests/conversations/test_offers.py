"""Figures typed when nothing is asked: an offer, never a change by itself; a question stays a question."""

import pytest

from tests.conversations.house import House, Talker, fills_in, revisions


@pytest.fixture
async def sent(reporter: Talker) -> Talker:
    """The reporter, whose report has just been received."""
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    return reporter


async def test_a_figure_after_the_receipt_is_offered_as_a_correction(house: House, sent: Talker) -> None:
    await sent.says("F0 2")
    sent.hears("muốn sửa báo cáo ngày 10/11/2021 của xã Thọ Dân", "F0 mới: 3 ca → 2 ca", "Chưa có gì được sửa", "[Sửa]")
    assert [each.revision for each in await revisions(house)] == [1]
    await sent.taps("Sửa")
    sent.hears("Điều chỉnh báo cáo ngày 10/11/2021", "3 ca → 2 ca", "lý do")
    await sent.taps("Nhập nhầm số")
    sent.hears("đã tiếp nhận bản điều chỉnh")
    assert (await revisions(house))[0].answers["f0_new"].value == 2


@pytest.mark.parametrize("said", ["f0 2", "sửa f0 2", "F0: 2 ca", "2 ca f0", "cập nhật F0 mới 2 hôm nay"])
async def test_an_offer_is_taken_by_typing_too(sent: Talker, said: str) -> None:
    await sent.says(said)
    sent.hears("3 ca → 2 ca", "[Không]")
    await sent.says("sửa")
    sent.hears("Điều chỉnh báo cáo", "3 ca → 2 ca")


@pytest.mark.parametrize("answer", ["không", "Không", "thôi"])
async def test_an_offer_is_refused_and_changes_nothing(house: House, sent: Talker, answer: str) -> None:
    await sent.says("F0 2")
    offer = sent.hears("[Không]")
    await sent.says(answer)
    sent.hears("Không có gì thay đổi")
    await sent.taps("Sửa", offer)
    sent.hears("đã được trả lời")
    assert [each.revision for each in await revisions(house)] == [1]


@pytest.mark.parametrize("said", ["F0 hôm nay?", "F0 hôm nay", "mũi 2", "F0 7 ngày qua", "F0 ngày 10/11"])
async def test_a_question_of_a_reporter_is_answered_as_a_question(sent: Talker, said: str) -> None:
    await sent.says(said)
    assert "Sửa" not in sent.hears("Triệu Sơn").labels


async def test_a_question_with_a_number_in_it_is_asked_back_as_a_question(sent: Talker) -> None:
    await sent.says("F0 2?")
    assert "Sửa" not in sent.hears("muốn hỏi về ngày nào").labels


async def test_several_figures_are_offered_at_once_with_their_reason(house: House, sent: Talker) -> None:
    await sent.says("f0 2, xn dương tính 2, lý do: đếm trùng một ca")
    sent.hears("F0 mới: 3 ca → 2 ca", "XN dương tính: 3 mẫu → 2 mẫu", "[Sửa]")
    await sent.taps("Sửa")
    sent.hears("đã tiếp nhận bản điều chỉnh")
    assert (await revisions(house))[0].reason == "đếm trùng một ca"


async def test_the_same_figure_again_is_said_to_change_nothing(sent: Talker) -> None:
    await sent.says("F0 3")
    sent.hears("không có gì thay đổi")


async def test_a_name_that_may_mean_several_is_asked_with_a_button_for_each(house: House, sent: Talker) -> None:
    await sent.says("F1 14")
    sent.hears("«F1 14» có thể là nhiều chỉ tiêu", "[F1 đang cách ly: 14]", "[Không]")
    await sent.says("sửa")
    sent.hears("«F1 14» có thể là nhiều chỉ tiêu")
    await sent.taps("F1 đang cách ly: 14")
    sent.hears("Điều chỉnh báo cáo", "15 người → 14 người")


async def test_a_figure_before_the_report_is_begun_is_offered_to_its_draft(reporter: Talker) -> None:
    await reporter.says("F0 2")
    reporter.hears("muốn ghi vào báo cáo ngày 10/11/2021", "F0 mới: 2 ca", "[Ghi]", "[Không]")
    await reporter.taps("Ghi")
    reporter.hears("(2/20)", "F0 mới: 2 ca")


async def test_a_newer_offer_takes_the_place_of_the_older(sent: Talker) -> None:
    await sent.says("F0 2")
    older = sent.hears("→ 2 ca")
    await sent.says("F0 1")
    sent.hears("→ 1 ca")
    await sent.taps("Sửa", older)
    sent.hears("đã có câu hỏi mới")
    await sent.says("đúng")
    sent.hears("Điều chỉnh báo cáo", "→ 1 ca")


async def test_an_offer_of_a_closed_day_says_whom_to_ask(house: House, sent: Talker) -> None:
    await sent.says("F0 2")
    offer = sent.hears("→ 2 ca")
    await house.moves_to("23:00")
    await house.moves_to("09:00")
    sent.forgets()
    await sent.taps("Sửa", offer)
    sent.hears("đã khóa", "liên hệ")


async def test_an_answer_that_comes_late_is_no_answer_to_an_offer(house: House, sent: Talker) -> None:
    await sent.says("F0 2")
    sent.hears("→ 2 ca")
    await house.moves_to("16:20")
    sent.forgets()
    await sent.says("sửa")
    assert "Điều chỉnh" not in sent.hears("").text


async def test_a_resident_who_types_a_figure_is_offered_nothing(resident: Talker) -> None:
    await resident.says("F0 2")
    assert resident.hears("").labels[:1] != ["Sửa"]


async def test_forged_offers_change_nothing(house: House, sent: Talker) -> None:
    await sent.says("F0 2")
    offer = sent.hears("→ 2 ca")
    for data in ("offer", "offer:x:yes", "offer:1:yes", "offer:1:pick:9", f"offer:{'9' * 18}:no"):
        sent.person.forges(offer, data)
        await house.settled()
        sent.hears("")
    assert [each.revision for each in await revisions(house)] == [1]


async def test_update_with_a_name_that_may_mean_several_asks_which(sent: Talker) -> None:
    await sent.says("/capnhat F1 14")
    sent.hears("«F1 14» có thể là nhiều chỉ tiêu", "[F1 đang cách ly: 14]", "[F1 mới: 14]")
    await sent.taps("F1 đang cách ly: 14")
    sent.hears("Điều chỉnh báo cáo", "15 người → 14 người")


async def test_update_names_each_piece_that_is_not_clear(sent: Talker) -> None:
    await sent.says("/capnhat F1 14, tiêm 5, tổng số ca 9")
    sent.hears("Chưa ghi «F1 14»", "«F1 đang cách ly» / «F1 mới»", "Chưa ghi «tiêm 5»", "«Mũi 1» / «Mũi 2»", "tự tính")
    await sent.says("/capnhat xyz 14")
    sent.hears("chưa đọc được số liệu nào")


async def test_update_with_a_name_alone_says_that_the_number_is_missing(sent: Talker) -> None:
    await sent.says("/capnhat mũi 2")
    sent.hears("thiếu số sau «Mũi 2»")


async def test_of_figures_that_come_unasked_and_may_be_either_it_is_said_that_neither_is_recorded(sent: Talker) -> None:
    await sent.says("f0 3, nhầm 5")
    sent.hears("Chưa ghi «F0 mới»: tin nhắn còn có «nhầm 5» nên chưa rõ số nào đúng")
    await sent.says("f0 3, à nhầm 5")
    sent.hears("F0 mới: 3 ca → 5 ca")


async def test_the_number_in_a_figures_name_is_not_taken_back_for_another(sent: Talker) -> None:
    await sent.says("mũi 1 đúng là 5600")
    sent.hears("Mũi 1", "5.600 người", "[Sửa]")


async def test_a_day_that_is_only_compared_with_is_not_the_reports(sent: Talker) -> None:
    await sent.says("f0 2, tăng so với hôm qua")
    sent.hears("muốn sửa báo cáo ngày 10/11/2021", "F0 mới: 3 ca → 2 ca")


async def test_of_a_number_that_another_follows_without_a_name_nothing_is_recorded(house: House, sent: Talker) -> None:
    await sent.says("f0 2, 4 chứ")
    sent.hears("«4 chứ» nên chưa rõ số nào đúng")
    assert [each.revision for each in await revisions(house)] == [1]
