"""Quiet hours, 17:30 to 06:30: nobody is told anything unasked, and in the morning each hears once what is still true."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from storage.reports import forms
from tests.conversations.house import START, House, Talker, running_house
from tests.conversations.test_approving import APPROVED
from tests.conversations.test_groups import bots, says_in
from tests.conversations.test_leading import sends


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with running_house(database_url, quiet_hours="17:30-06:30") as house:
        yield house


def told(talker: Talker, fragment: str) -> int:
    """How many of the messages that wait unheard have these words; all of them are heard then."""
    return sum(fragment in each.text for each in talker.forgets())


async def test_a_question_waits_for_the_morning_and_the_reporter_has_his_hour(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sends(reporter)
    await house.moves_to("17:10")
    leader.forgets()
    await leader.says("/hoilai thọ dân ca mắc mới")
    reporter.hears("[Đúng]")
    leader.hears("Đã hỏi")
    for clock in ("18:10", "19:10", "06:29"):
        await house.moves_to(clock)
        reporter.hears_nothing()
        leader.hears_nothing()
    await house.moves_to("06:30")
    reporter.hears("Nhắc lại", "[Đúng]")
    await house.moves_to("07:29")
    reporter.hears_nothing()
    assert told(leader, "chưa trả lời câu hỏi") == 0
    await house.moves_to("07:30")
    leader.hears("chưa trả lời câu hỏi")
    reporter.forgets()


async def test_what_waits_for_approval_is_told_in_the_morning_if_it_still_does(house: House, reporter: Talker) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await sends(reporter)
    await house.moves_to("17:00")
    chair.forgets()
    await house.moves_to("17:40")
    now = house.simulator.clock.now()
    await house.running.clerk.write(
        lambda connection: forms.publish(connection, APPROVED.encode(), "beds.md", date(2021, 11, 1), now)
    )
    await reporter.says("/baocao")
    reporter.hears("Số giường bệnh trống")
    await reporter.says("12")
    await reporter.taps("Gửi", reporter.hears("Báo cáo ngày"))
    reporter.hears("đã tiếp nhận")
    for clock in ("17:41", "06:29"):
        await house.moves_to(clock)
        chair.hears_nothing()
    await house.moves_to("06:30")
    assert told(chair, "Chờ duyệt") == 1
    await house.moves_to("06:35")
    chair.hears_nothing()


async def test_a_digest_that_could_not_be_told_in_time_waits_for_the_morning(house: House, leader: Talker) -> None:
    group = house.simulator.group("Lãnh đạo huyện", [leader.person])
    assert "nhận bản tổng hợp" in (await says_in(house, leader, group, "/nhom"))[0]
    before = len(bots(leader, group))
    await house.stop()
    house.simulator.clock.move_to(START.replace(hour=17, minute=45))
    await house.start()
    await house.moves_to("17:46")
    leader.hears_nothing()
    assert len(bots(leader, group)) == before
    await house.moves_to("06:30")
    assert told(leader, "TỔNG HỢP TÌNH HÌNH") == 1
    assert sum("TỔNG HỢP TÌNH HÌNH" in each.text for each in bots(leader, group)[before:]) == 1
    await house.moves_to("06:31")
    leader.hears_nothing()


async def test_residents_are_told_of_changes_in_the_morning_and_at_the_hour_that_they_chose(
    house: House, reporter: Talker, resident: Talker
) -> None:
    other = house.talker("Ông Tư")
    for talker, when in ((resident, "Mỗi khi có số mới"), (other, "Hằng ngày lúc 18 giờ 00")):
        await talker.says("/theodoi số ca mắc mới xã Thọ Dân")
        await talker.taps(when, talker.hears(f"[{when}]"))
        talker.hears("Đã ghi")
    await house.moves_to("17:40")
    reporter.forgets()
    await sends(reporter)
    await house.moves_to("17:41")
    resident.hears_nothing()
    await house.moves_to("18:00")
    other.hears("3 ca")
    resident.hears_nothing()
    await house.moves_to("06:30")
    resident.hears("3 ca")
    reporter.forgets()
    await house.moves_to("06:31")
    resident.hears_nothing()


async def test_an_own_hour_in_them_is_refused(house: House, reporter: Talker) -> None:
    await reporter.says("nhắc tôi lúc 6 giờ sáng")
    reporter.hears("06 giờ 00 nằm trong giờ yên lặng (17 giờ 30 – 06 giờ 30)")


async def test_an_announcement_that_falls_into_them_says_so_and_leaves_after_them(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await house.moves_to("18:00")
    leader.forgets()
    await leader.says("/thongbao Thọ Dân: Họp giao ban 8 giờ.")
    leader.hears("Thông báo số 1")
    await leader.taps("Đặt gửi", leader.hears("🌙", "thông báo sẽ đi lúc 06 giờ 30 ngày 11/11/2021"))
    leader.hears("Đã đặt thông báo số 1, gửi lúc 06 giờ 30")
    reporter.forgets()
    await house.moves_to("06:29")
    assert told(reporter, "Họp giao ban") == 0
    await house.moves_to("06:30")
    await house.running.tick()
    assert told(reporter, "Họp giao ban") == 1
    leader.forgets()
