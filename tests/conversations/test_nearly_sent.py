"""A report that only has to be sent, or a correction: whoever is reminded of it, or asked for it, hears so."""

from tests.conversations.house import House, Talker, fills_in


async def test_who_only_has_to_tap_send_is_told_so(house: House, reporter: Talker) -> None:
    await fills_in(reporter)
    await house.moves_to("16:31")
    reporter.hears("chưa nhận được", "đã nhập đủ, chỉ còn «Gửi»")


async def test_who_has_entered_nothing_is_told_nothing_of_a_draft(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await house.moves_to("16:31")
    assert "nháp" not in reporter.hears("chưa nhận được").text


async def test_who_owes_a_reason_is_told_so(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("900")
    reporter.hears("lý do")
    await house.moves_to("16:31")
    reporter.hears("chưa nhận được", "đang chờ ghi lý do")


async def test_whoever_asked_hears_that_a_correction_lies_unsent(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await fills_in(reporter)
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    await leader.says("/hoilai Thọ Dân ca mắc mới hôm nay: sao cao thế?")
    leader.hears("hạn trả lời 17 giờ 30")
    reporter.hears("[Sửa]")
    await reporter.taps("Sửa")
    reporter.hears("(1/20)")
    await reporter.says("2")
    reporter.hears("Báo cáo ngày")
    await reporter.says("gửi")
    reporter.hears("lý do")
    await house.moves_to("17:31")
    heard = "\n".join(each.text for each in leader.forgets())
    assert "chưa trả lời câu hỏi" in heard
    assert "đã nhập điều chỉnh 3 ca → 2 ca nhưng chưa gửi" in heard
    reporter.forgets()
