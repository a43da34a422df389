"""A leader writes to the people of his units: a preview, who has acknowledged, one reminder, an edit, a recall, the evidence."""

from base64 import b64decode
from datetime import timedelta

import pytest

from tests.conversations.house import House, Talker

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
async def chair(house: House) -> Talker:
    return await house.joined("Ngô Văn Bình", "chair", "15742")


@pytest.fixture
async def second(house: House) -> Talker:
    return await house.joined("Đỗ Thị Mai", "reporter", "15700")


async def sends(leader: Talker, whom: str = "", text: str = "Họp giao ban 8 giờ sáng mai.") -> None:
    await leader.says(f"/thongbao {whom}".strip())
    leader.hears("người nhận", "Đề nghị đồng chí gõ nội dung")
    await leader.says(text)
    leader.hears("Thông báo số", text)
    leader.hears("người nhận", "[Gửi ngay]")


def told(talker: Talker, fragment: str) -> int:
    """How many of the messages that wait unheard have these words; all of them are heard then."""
    return sum(fragment in each.text for each in talker.forgets())


async def test_it_is_looked_at_and_sent_and_a_second_tap_sends_nothing(
    house: House, leader: Talker, reporter: Talker, second: Talker, chair: Talker
) -> None:
    await leader.says("/thongbao")
    leader.hears("Gửi cán bộ báo cáo của huyện Triệu Sơn: 2 người nhận", "[Cho lãnh đạo đơn vị]", "[Cho tất cả]")
    await leader.says("Họp giao ban 8 giờ sáng mai.")
    leader.hears(
        "📣 Thông báo số 1", "UBND huyện Triệu Sơn – đồng chí Trần Thị Hoa", "Họp giao ban 8 giờ sáng mai.", "[Đã nắm]"
    )
    leader.hears("2 người nhận", "1 đơn vị không có người nhận: thị trấn Nưa", "[Hạn xác nhận]")
    await leader.says("hạn 17 giờ")
    leader.hears("Đề nghị đồng chí xác nhận trước 17 giờ 00")
    control = leader.hears("Hạn xác nhận: 17 giờ 00")
    await leader.taps("Gửi ngay", control)
    leader.hears("Đã gửi thông báo số 1 đến 2 người")
    await leader.taps("Gửi ngay", control)
    leader.hears("Không có thông báo nào đang soạn")
    reporter.hears("📣 Thông báo số 1", "Họp giao ban 8 giờ sáng mai.", "trước 17 giờ 00", "[Đã nắm]")
    second.hears("📣 Thông báo số 1")
    chair.hears_nothing()


async def test_who_has_acknowledged_is_told_by_unit_the_others_are_reminded_and_it_is_all_in_the_evidence(
    house: House, leader: Talker, reporter: Talker, second: Talker
) -> None:
    await sends(leader)
    await leader.taps("Gửi ngay", leader.last)
    leader.hears("Đã gửi thông báo số 1 đến 2 người")
    told = reporter.hears("📣 Thông báo số 1")
    had = second.hears("📣 Thông báo số 1")
    await reporter.taps("Đã nắm", told)
    reporter.hears("Đồng chí đã xác nhận nắm thông báo số 1")
    await reporter.taps("Đã nắm", told)
    reporter.hears("từ trước")
    await leader.says("/thongbao 1")
    shown = leader.hears("đã nắm 1/2 người", "Chưa xác nhận (1)", "xã Dân Lực: Đỗ Thị Mai", "[Nhắc 1 người chưa nắm]")
    await leader.taps("Nhắc 1 người chưa nắm", shown)
    leader.hears("Đã nhắc 1 người")
    second.hears("Đồng chí chưa xác nhận thông báo số 1", "Họp giao ban")
    await leader.taps("Nhắc 1 người chưa nắm", shown)
    leader.hears("Không còn ai cần nhắc")
    await second.person.says("đã nắm", reply_to=had)
    await house.settled()
    second.hears("Đồng chí đã xác nhận nắm thông báo số 1")
    await leader.says("/thongbao 1 bằng chứng")
    proof = leader.hears("đã nắm 2/2", "xã Dân Lực – Đỗ Thị Mai; nhận lúc", "nhắc lúc", "xác nhận lúc")
    assert proof.document is not None
    assert proof.document.name == "thong_bao_1.txt"


async def test_a_picture_goes_with_it_is_edited_under_it_and_recalled(
    house: House, leader: Talker, reporter: Talker
) -> None:
    await leader.says("/thongbao Thọ Dân")
    leader.hears("Gửi cán bộ báo cáo của xã Thọ Dân: 1 người nhận")
    await leader.person.sends_photo(PIXEL, "Sơ đồ điểm tiêm")
    await house.settled()
    leader.hears("Thông báo số 1", "Sơ đồ điểm tiêm")
    await leader.taps("Gửi ngay", leader.hears("1 người nhận"))
    leader.hears("Đã gửi thông báo số 1 đến 1 người")
    told = reporter.hears("Sơ đồ điểm tiêm", "[Đã nắm]")
    assert told.photo is not None
    await leader.says("/thongbao 1 sửa Sơ đồ điểm tiêm số 2")
    leader.hears("Đã sửa thông báo số 1; cập nhật cho 1 người")
    seen = next(each for each in reporter.person.reads() if each.message_id == told.message_id)
    assert seen.photo == told.photo
    assert "Thông báo số 1 (đã sửa)" in seen.text
    assert "Sơ đồ điểm tiêm số 2" in seen.text
    await leader.says("/thongbao 1 thu hồi")
    sure = leader.hears("Thu hồi thông báo số 1 («Sơ đồ điểm tiêm số 2»)?")
    await leader.taps("Thu hồi", sure)
    leader.hears("Đã thu hồi thông báo số 1 ở 1 người")
    assert told.message_id not in [each.message_id for each in reporter.person.reads()]
    await leader.taps("Thu hồi", sure)
    leader.hears("Thông báo số 1 đã thu hồi")
    await reporter.says("đã nắm 1")
    reporter.hears("Thông báo số 1 đã thu hồi")


async def test_what_telegram_deletes_no_more_says_that_it_was_recalled(
    house: House, leader: Talker, reporter: Talker
) -> None:
    await sends(leader)
    await leader.says("gửi")
    leader.hears("Đã gửi thông báo số 1")
    told = reporter.hears("Họp giao ban")
    house.simulator.clock.advance(timedelta(days=2, minutes=1))
    await house.settled()
    leader.forgets()
    reporter.forgets()
    await leader.says("/thongbao 1 thu hồi đồng ý")
    leader.hears("Đã thu hồi thông báo số 1")
    seen = next(each for each in reporter.person.reads() if each.message_id == told.message_id)
    assert seen.text.startswith("Thông báo số 1 đã thu hồi")
    assert seen.labels == []


async def test_it_leaves_at_its_hour_and_the_clock_reminds_once_and_tells_its_sender_at_the_deadline(
    house: House, leader: Talker, reporter: Talker, second: Talker
) -> None:
    await sends(leader)
    for said, heard in (("gửi lúc 17 giờ", "🕗 Gửi lúc 17 giờ 00"), ("hạn 18 giờ 30", "Hạn xác nhận: 18 giờ 30")):
        await leader.says(said)
        leader.hears("Thông báo số 1")
        leader.hears(heard, "[Đặt gửi]")
    for said, heard in (("hạn 15 giờ hôm nay", "Giờ này đã qua"), ("hạn 16 giờ", "phải sau giờ gửi (17 giờ 00")):
        await leader.says(said)
        leader.hears(heard)
    await leader.says("gửi")
    leader.hears("Đã đặt thông báo số 1, gửi lúc 17 giờ 00 ngày 10/11/2021")
    await house.moves_to("16:59")
    assert told(reporter, "Thông báo số 1") == 0
    await house.moves_to("17:00")
    await house.running.tick()
    assert (told(reporter, "📣 Thông báo số 1"), told(second, "📣 Thông báo số 1")) == (1, 1)
    assert told(leader, "Đã gửi thông báo số 1 đến 2 người") == 1
    await reporter.says("đã nắm")
    reporter.hears("xác nhận nắm thông báo số 1")
    for clock in ("17:44", "17:45", "17:46"):
        await house.moves_to(clock)
    assert (told(reporter, "thông báo số 1"), told(second, "chưa xác nhận thông báo số 1")) == (0, 1)
    leader.forgets()
    await house.moves_to("18:30")
    await house.running.tick()
    assert told(leader, "• xã Dân Lực: Đỗ Thị Mai") == 1
    assert (told(reporter, "thông báo số 1"), told(second, "thông báo số 1")) == (0, 0)


async def test_only_units_of_ones_own_and_only_who_has_not_reported_and_who_blocked_the_bot_is_named(
    house: House, leader: Talker, reporter: Talker, second: Talker, chair: Talker
) -> None:
    await reporter.says("/thongbao")
    reporter.hears("chưa được phân quyền")
    below = await house.joined("Vi Văn Cao", "leader", "15700")
    await below.says("/thongbao Thọ Dân")
    below.hears("chưa được phân quyền")
    await second.person.blocks()
    await house.settled()
    await leader.says("/thongbao chưa báo cáo covid_daily: Đề nghị gửi báo cáo ngay.")
    leader.hears("Đề nghị gửi báo cáo ngay.")
    leader.hears(
        "các đơn vị chưa gửi báo cáo", "1 người nhận", "1 người đã chặn hoặc rời kênh, không nhận được: Đỗ Thị Mai"
    )
    await leader.says("cho lãnh đạo")
    leader.hears("Thông báo số 1")
    leader.hears("Gửi lãnh đạo đơn vị của huyện Triệu Sơn: 1 người nhận")
    await leader.says("cho tất cả")
    leader.hears("Thông báo số 1")
    leader.hears("Gửi toàn bộ cán bộ của huyện Triệu Sơn: 3 người nhận")
    await leader.says("/tinhhinh")
    leader.hears("Thọ Dân")
    await leader.says("gửi")
    leader.forgets()
    await leader.says("x" * 3800)
    leader.forgets()
    chair.hears_nothing()
    reporter.hears_nothing()
