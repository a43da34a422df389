"""One of an announcement's receivers cannot be put into the outbox: all others have it, he is named, and has it when he can."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from messages.notices import notices_in_parts
from reporting.say import Say
from tests.conversations.house import House, Talker

TEXT = "Họp giao ban 8 giờ sáng mai."
PUTTING = ("handlers.leaders.announcement_receivers.notices_in_parts", "reminders.announcements.notices_in_parts")


@pytest.fixture
async def second(house: House) -> Talker:
    return await house.joined("Đỗ Thị Mai", "reporter", "15700")


@contextmanager
def cannot_be_told(monkeypatch: pytest.MonkeyPatch, whom: Talker) -> Iterator[None]:
    def fails(events: Iterable[Any], zone: ZoneInfo) -> list[Say]:
        some = list(events)
        if any(each.to.address.address == str(whom.person.id) for each in some):
            raise ZeroDivisionError
        return notices_in_parts(some, zone)

    with monkeypatch.context() as bug:
        for name in PUTTING:
            bug.setattr(name, fails)
        yield


async def minute(house: House) -> set[str]:
    """What of it has failed."""
    house.simulator.clock.move_to(house.simulator.clock.now() + timedelta(minutes=1))
    await house.running.tick()
    await house.settled()
    return {f"{each.job} {each.row}" for each in house.running.due.troubled if each.person_id}


async def writes(leader: Talker) -> None:
    await leader.says("/thongbao")
    leader.hears("2 người nhận")
    await leader.says(TEXT)
    leader.hears(TEXT)
    leader.hears("[Gửi ngay]")


async def test_all_others_have_it_at_once_and_he_has_it_as_soon_as_he_can(
    house: House, leader: Talker, reporter: Talker, second: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cannot_be_told(monkeypatch, second):
        await writes(leader)
        await leader.taps("Gửi ngay", leader.last)
        leader.hears("Đã gửi thông báo số 1 đến 1 người", "Còn 1 người chưa gửi được do lỗi chương trình")
        reporter.hears("📣 Thông báo số 1")
        assert await minute(house) == {"due_announcements announcement 1"}
        await leader.says("/thongbao 1")
        leader.hears("đã nắm 0/2 người", "xã Dân Lực: Đỗ Thị Mai (chưa gửi được)")
        await leader.says("/thongbao 1 bằng chứng")
        leader.hears("xã Dân Lực – Đỗ Thị Mai; chưa gửi được")
        second.hears_nothing()
    assert await minute(house) == set()
    second.hears("📣 Thông báo số 1", TEXT)
    for _ in range(2):
        assert await minute(house) == set()
    for each in (leader, reporter, second):
        each.hears_nothing()


async def test_one_that_is_set_for_an_hour_leaves_to_all_others_then(
    house: House, leader: Talker, reporter: Talker, second: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writes(leader)
    await leader.says("gửi lúc 15:35")
    leader.hears(TEXT)
    leader.hears("[Đặt gửi]")
    await leader.says("gửi")
    leader.hears("Đã đặt thông báo số 1")
    with cannot_be_told(monkeypatch, second):
        house.simulator.clock.move_to(house.simulator.clock.now().replace(hour=8, minute=34))  # 15:34
        assert await minute(house) == {"due_announcements announcement 1"}
        reporter.hears("📣 Thông báo số 1")
        leader.hears("Đã gửi thông báo số 1 đến 1 người", "Còn 1 người chưa gửi được")
    assert await minute(house) == set()
    second.hears("📣 Thông báo số 1")


async def test_that_its_sender_cannot_be_told_keeps_it_from_nobody(
    house: House, leader: Talker, reporter: Talker, second: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writes(leader)
    await leader.says("gửi lúc 15:35")
    await leader.says("hạn 15:37")
    leader.forgets()
    await leader.says("gửi")
    leader.hears("Đã đặt thông báo số 1")
    with cannot_be_told(monkeypatch, leader):
        house.simulator.clock.move_to(house.simulator.clock.now().replace(hour=8, minute=34))  # 15:34
        for _ in range(4):
            assert await minute(house) <= {"due_announcements announcement 1"}
        for each in (reporter, second):
            each.hears("📣 Thông báo số 1")
            each.hears_nothing()
    assert await minute(house) == set()
    leader.hears("đã nắm 0/2 người")


async def test_all_others_have_new_words_and_are_reminded(
    house: House, leader: Talker, reporter: Talker, second: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writes(leader)
    await leader.says("gửi")
    leader.hears("Đã gửi thông báo số 1 đến 2 người")
    for each in (reporter, second):
        each.hears("📣 Thông báo số 1")
    with cannot_be_told(monkeypatch, second):
        await leader.says("/thongbao 1 sửa Họp 9 giờ.")
        leader.hears("Đã sửa thông báo số 1; cập nhật cho 1 người")
        await leader.says("/thongbao 1 nhắc")
        leader.hears("Đã nhắc 1 người")
        reporter.hears("Đồng chí chưa xác nhận thông báo số 1", "Họp 9 giờ.")
        assert await minute(house) == {"due_announcements announcement 1"}
    assert [each.text for each in second.person.reads() if "Họp 9 giờ." in each.text] == []
    assert await minute(house) == set()
    assert len([each for each in second.person.reads() if "Họp 9 giờ." in each.text]) == 1
    await leader.says("/thongbao 1 nhắc")
    leader.hears("Đã nhắc 1 người")
    second.hears("Đồng chí chưa xác nhận thông báo số 1")
    for each in (reporter, second):
        each.hears_nothing()


async def test_nobody_acknowledges_what_he_was_not_given_yet(
    house: House, leader: Talker, reporter: Talker, second: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writes(leader)
    await leader.says("gửi")
    leader.hears("Đã gửi thông báo số 1 đến 2 người")
    second.hears("📣 Thông báo số 1")
    with cannot_be_told(monkeypatch, second):
        await writes(leader)
        await leader.says("gửi")
        leader.hears("Đã gửi thông báo số 2 đến 1 người")
        await second.says("Đã nắm")
        assert "số 1" in second.forgets()[-1].text
        await second.says("Đã nắm")
        assert "số 2" not in second.forgets()[-1].text
        await leader.says("/thongbao 2")
        leader.hears("đã nắm 0/2 người", "xã Dân Lực: Đỗ Thị Mai (chưa gửi được)")
    for _ in range(2):
        reporter.hears("📣 Thông báo số")
