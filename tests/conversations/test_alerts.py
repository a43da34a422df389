"""The desk's chat hears when something stands still: when it begins, when it gets worse, when it is over, each once."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, update

from bot.doctor import checks
from bot.doctor.findings import Finding, Patient
from storage.database.tables import metadata
from tests.conversations.house import House, Talker

inbox, outbox = metadata.tables["inbox"], metadata.tables["outbox"]


@pytest.fixture
async def desk(house: House) -> Talker:
    desk = house.talker("Trực hệ thống")
    house.settings = house.settings.model_copy(update={"alert_chat": str(desk.person.id)})
    await house.restart()
    await desk.says("/start")
    desk.forgets()
    return desk


async def set_aside(house: House) -> None:
    row = {"channel": "telegram", "update_id": "x", "chat": "1", "rank": 0, "raw": "{}", "tries": 3, "error": "odd"}
    aside = row | {"state": "aside", "received_at": house.simulator.clock.now()}
    await house.running.clerk.write(lambda connection: connection.execute(insert(inbox), aside))


async def minute(house: House) -> None:
    house.simulator.clock.move_to(house.simulator.clock.now() + timedelta(minutes=1))
    await house.running.tick()
    await house.settled()


async def test_trouble_is_told_once_and_that_it_is_over(house: House, desk: Talker) -> None:
    await set_aside(house)
    await minute(house)
    desk.hears_nothing()  # one look is none: after an outage much waits for a moment
    await minute(house)
    desk.hears("⚠️ Cảnh báo hệ thống", "1 tin nhận được mà không xử lý được", "GB-")
    for _ in range(3):
        await minute(house)
    await house.restart()
    await minute(house)
    await minute(house)
    desk.hears_nothing()
    house.simulator.clock.move_to(house.simulator.clock.now() + timedelta(days=1))
    await minute(house)
    desk.hears("✅ Đã ổn trở lại", "không có tin nào bị bỏ lại")
    await minute(house)
    desk.hears_nothing()


async def test_what_gets_worse_is_told_again(house: House, desk: Talker) -> None:
    """Something that waits in the outbox for a chat of a channel that nobody empties."""
    began = house.simulator.clock.now()
    row: dict[str, object] = {
        "channel": "elsewhere",
        "address": "1",
        "topic": None,
        "rank": 0,
        "key": "",
        "say": {},
        "tries": 0,
    }
    waits = row | {"uncertain": 0, "claimed_by": "", "message_id": "", "state": "new", "error": "", "created_at": began}

    def put(connection: Connection) -> None:
        connection.execute(insert(outbox), waits)

    def take(connection: Connection) -> None:
        connection.execute(update(outbox).where(outbox.c.channel == "elsewhere").values(state="said"))

    await house.running.clerk.write(put)

    async def after(minutes: int) -> None:
        for late in (0, 1):
            house.simulator.clock.move_to(began + timedelta(minutes=minutes + late))
            await house.running.tick()
        await house.simulator.idle_of_updates()

    await after(3)
    await after(40)
    await house.running.clerk.write(take)
    await house.settled()
    desk.hears("⚠️", "1 tin đang chờ gửi", "4 phút", "gọi được Telegram")
    desk.hears("⚠️", "41 phút")
    await minute(house)
    desk.hears("✅")


async def test_without_a_chat_it_is_in_the_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await set_aside(house)
    with caplog.at_level(logging.WARNING, "bot.running.alerts"):
        await minute(house)
        await minute(house)
    of_alerts = [each for each in caplog.records if each.name == "bot.running.alerts"]
    assert [each.getMessage() for each in of_alerts] == ["Alert: aside is warning: doctor_aside"]


async def test_a_check_that_fails_is_told_and_keeps_no_other_from_being_made(
    house: House, desk: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_odd(_: Patient) -> Finding:
        raise ZeroDivisionError

    await set_aside(house)
    with monkeypatch.context() as bug:
        bug.setattr(checks, "ALERTING_OF_DATABASE", (check_odd, *checks.ALERTING_OF_DATABASE))
        await minute(house)
        desk.hears_nothing()
        await minute(house)
        desk.hears("⚠️ Cảnh báo hệ thống", "Chưa kiểm tra được mục này: chương trình gặp lỗi (ZeroDivisionError)")
        desk.hears("⚠️ Cảnh báo hệ thống", "1 tin nhận được mà không xử lý được")
        assert not house.running.due.troubled
