"""Why a report is late, in one's own words: what is typed after «lý do khác» is the reason, unless it is something else."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from storage.organisation import units
from storage.schedule import late_reasons
from tests.conversations.house import START, House, Talker, fills_in


@pytest.fixture
async def late(house: House, reporter: Talker) -> Talker:
    """The reporter, whose report is late, and who has tapped that it is for another reason."""
    await house.moves_to("16:31")
    reporter.hears("Đã hết thời hạn", "[Chậm vì: lý do khác]")
    await reporter.taps("Chậm vì: lý do khác")
    reporter.hears("gõ ngắn gọn lý do chậm báo cáo của xã Thọ Dân")
    return reporter


async def reason(house: House, code: str = "15742") -> str | None:
    """What is on record for the commune."""

    def read(connection: Connection) -> str | None:
        unit = units.tree(connection).find(code, START.date())
        assert unit is not None
        found = late_reasons.given(connection, "covid_daily", START.date()).get(unit.id)
        return (found.words or found.reason) if found else None

    return await house.running.clerk.write(read)


async def test_the_next_words_are_the_reason(house: House, late: Talker) -> None:
    assert await reason(house) == "other"
    await late.says("đường vào xã bị ngập")
    late.hears("Đã ghi nhận lý do chậm của xã Thọ Dân: đường vào xã bị ngập")
    assert await reason(house) == "đường vào xã bị ngập"
    await late.says("F0 hôm nay")
    late.hears("Triệu Sơn")


async def test_a_command_a_number_a_button_and_a_question_are_no_reason(house: House, late: Talker) -> None:
    await late.says("F0 hôm nay bao nhiêu?")
    late.hears("Triệu Sơn")
    await late.says("f0 5")
    late.hears("muốn ghi vào báo cáo")
    await late.says("không")
    late.hears("Không có gì thay đổi")
    await late.says("nhắc tôi sau 20 phút")
    late.hears("16 giờ 51")
    await late.says("chào em")
    late.hears("gõ ngắn gọn lý do chậm")
    assert await reason(house) == "other"
    await late.says("/trogiup")
    late.hears("/baocao")
    await late.says("trạm mất sóng")
    late.hears("trạm mất sóng")


async def test_words_that_may_be_a_question_are_asked_about(house: House, late: Talker) -> None:
    await late.says("đang lấy mẫu ở Thọ Dân")
    late.hears("Chưa rõ «đang lấy mẫu ở Thọ Dân» là lý do chậm báo cáo hay câu hỏi")
    await late.says("lý do: đang lấy mẫu ở Thọ Dân")
    late.hears("Đã ghi nhận lý do chậm")
    assert await reason(house) == "đang lấy mẫu ở Thọ Dân"


async def test_an_answer_to_the_open_question_is_no_reason_and_words_are(house: House, reporter: Talker) -> None:
    await house.moves_to("16:31")
    reminder = reporter.hears("Đã hết thời hạn")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.taps("Chậm vì: lý do khác", reminder)
    reporter.hears("gõ ngắn gọn lý do")
    await reporter.says("mất sóng cả buổi")
    reporter.hears("Đã ghi nhận lý do chậm")
    await reporter.taps("Chậm vì: lý do khác", reminder)
    reporter.hears("gõ ngắn gọn lý do")
    house.simulator.clock.advance(timedelta(seconds=20))
    await reporter.says("3 ca")
    reporter.hears("(2/20)")
    await reporter.says("mất sóng")
    reporter.hears("(2/20)", "ví dụ")
    assert await reason(house) == "other"


async def test_a_reason_for_a_doubt_is_none_for_being_late(house: House, reporter: Talker) -> None:
    await house.moves_to("16:31")
    reporter.forgets()
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("250")
    reporter.hears("ghi ngắn gọn lý do")
    await reporter.says("lý do: chùm ca bệnh mới")
    reporter.hears("(2/20)")
    assert await reason(house) is None


@pytest.mark.parametrize("said", ["lý do:", "Lý do", "lý do: …"])
async def test_no_words_are_no_reason(house: House, late: Talker, said: str) -> None:
    await late.says(said)
    late.hears("gõ ngắn gọn lý do")
    assert await reason(house) == "other"


async def test_what_is_said_much_later_is_no_reason(house: House, late: Talker) -> None:
    await house.moves_to("19:00")
    late.forgets()
    await late.says("mất sóng")
    assert "Đã ghi nhận" not in late.hears("").text


@pytest.fixture
async def both(house: House, reporter: Talker) -> Talker:
    """The reporter, who is to send another commune's report as well; both are late."""
    await reporter.joins(await house.invitation("reporter", "15700"))
    reporter.forgets()
    await house.moves_to("16:31")
    reporter.hears("hiện còn 2 báo cáo chưa gửi", "[Báo cáo ngay: xã Dân Lực]", "[Chậm vì: mất điện, mất mạng]")
    return reporter


async def test_one_tap_gives_the_reason_of_all_that_are_late(house: House, both: Talker) -> None:
    await both.taps("Chậm vì: mất điện, mất mạng")
    both.hears("Đã ghi nhận lý do chậm của xã Dân Lực, xã Thọ Dân: mất điện, mất mạng")
    assert [await reason(house, code) for code in ("15700", "15742")] == ["power", "power"]


async def test_ones_own_words_are_the_reason_of_all_that_are_late(house: House, both: Talker) -> None:
    await both.taps("Chậm vì: lý do khác")
    both.hears("gõ ngắn gọn lý do chậm báo cáo của xã Dân Lực, xã Thọ Dân")
    await both.says("đường vào xã bị ngập")
    both.hears("Đã ghi nhận lý do chậm của xã Dân Lực, xã Thọ Dân: đường vào xã bị ngập")
    assert [await reason(house, code) for code in ("15700", "15742")] == ["đường vào xã bị ngập"] * 2


async def test_the_reason_of_all_that_are_late_can_be_typed(house: House, both: Talker) -> None:
    await both.says("lý do: vắng cán bộ")
    both.hears("Đã ghi nhận lý do chậm của xã Dân Lực, xã Thọ Dân: vắng cán bộ")
    assert [await reason(house, code) for code in ("15700", "15742")] == ["staff", "staff"]


async def test_the_reason_stands_beside_the_name_in_every_list_of_staff_and_in_no_answer_to_a_resident(
    house: House, reporter: Talker, leader: Talker, resident: Talker
) -> None:
    await house.moves_to("16:31")
    reporter.hears("Đã hết thời hạn")
    await reporter.taps("Chậm vì: mất điện, mất mạng")
    reporter.hears("Lý do này đứng cạnh tên đơn vị trong các danh sách")
    named = "xã Thọ Dân (mất điện, mất mạng)"
    await leader.says("/donduc")
    leader.hears("Đã gửi đôn đốc tới 1 đơn vị", named)
    reporter.hears("Theo chỉ đạo")
    await leader.says("/tonghop")
    assert any("xã Thọ Dân (41 ngày liền; mất điện, mất mạng)" in each.text for each in leader.forgets())
    await leader.says("/sosanh")
    leader.hears("Chưa có số liệu (3)", named)
    await leader.says("/tinhhinh")
    leader.hears("Quá hạn", named)
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.forgets()
    leader.forgets()
    await leader.says("/tinhhinh")
    leader.hears("Báo cáo chậm (1)", "xã Thọ Dân – 16 giờ 31 (mất điện, mất mạng)")
    await resident.says("xã Thọ Dân hôm nay bao nhiêu ca?")
    assert not any("mất điện" in each.text for each in resident.forgets())


async def test_a_tap_on_yesterdays_reminder_says_nothing_of_today(house: House, both: Talker) -> None:
    reminder = both.last
    await house.moves_to("16:00")
    both.forgets()
    await both.taps("Chậm vì: chờ kết quả", reminder)
    both.hears("không còn nợ báo cáo nào")


async def test_who_asks_to_be_reminded_later_before_anybody_reminded_him_is_told_how_it_is(reporter: Talker) -> None:
    await reporter.says("nhắc tôi sau 20 phút")
    reporter.hears("chưa có lời nhắc nào", "không sớm hơn")
