"""The desk's chat hears when something stands still: when it begins, when it gets worse, when it is over, each once."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import Connection, insert, update

from bot.doctor import checks, machine_checks
from bot.doctor.findings import Finding, Patient, failing, warned, well
from bot.running import disk_look
from bot.running.alerts import Alerts
from bot.running.due import Due
from reporting.tick_parts import TickPart
from storage.database.tables import metadata
from tests.conversations.house import House, Talker

inbox, outbox, alert = metadata.tables["inbox"], metadata.tables["outbox"], metadata.tables["alert"]


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
    for _ in range(5):
        desk.hears_nothing()
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


A, B, C = TickPart("due_digests"), TickPart("remind", form="covid"), TickPart("remind")
AWAY = OSError("the database is away")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, each look at the disk is waited for."""
    monkeypatch.setattr(disk_look, "MOMENT", 60.0)


class Failing:
    """In the place of what is due: what of it fails is said."""

    failing: dict[TickPart, int] | None = None


HELD = 5
"""So many minutes in a row without it are the end of a trouble."""


class Process:
    """One of those that look; `failing` and `away` are what it alone finds."""

    def __init__(self, house: House, away: Sequence[str] = ()) -> None:
        self.due, self.away, self.is_reading = Failing(), list(away), True
        self._of, self._house = house.running, house
        self._alerts = self.restarted()

    def restarted(self) -> Alerts:
        due = cast("Due", self.due)
        house, of = self._house, self._of
        self._alerts = Alerts(house.settings, of.channels, self._read, of._writes, due, lambda: self.away)
        return self._alerts

    async def _read(self, what: Callable[[Connection], Any]) -> object:
        if not self.is_reading:
            raise AWAY
        return await self._of.readers.read(what)

    async def finds(self, *fails: TickPart) -> None:
        """What fails in the next minute, in which it looks."""
        clock = self._house.simulator.clock
        clock.move_to(clock.now() + timedelta(minutes=1))
        await self.looks(*fails)

    async def looks(self, *fails: TickPart) -> None:
        """In the same minute as whoever has looked last."""
        self.due.failing = dict.fromkeys(fails, 1)
        await self._alerts.look(self._house.simulator.clock.now())
        await self._house.settled()

    async def reads_nothing(self) -> None:
        """In the same minute, the third in which it does not."""
        await self._alerts.given_up(self._house.simulator.clock.now(), 3)
        await self._house.settled()


async def test_what_one_process_finds_no_other_ends(house: House, desk: Talker) -> None:
    one, other = Process(house, ["zalo"]), Process(house)
    for _ in range(4):
        await other.finds()
        await one.finds(A)
    desk.hears("Cảnh báo hệ thống", "due_digests")
    desk.hears("Cảnh báo hệ thống", "zalo")
    await other.finds()
    desk.hears_nothing()
    one.away = []
    one.restarted()
    for _ in range(HELD - 2):
        await one.finds()
        await other.looks()
    desk.hears_nothing()
    await one.finds()
    desk.hears("✅ Đã ổn trở lại", "không có phần nào bị lỗi")
    desk.hears("✅ Đã ổn trở lại", "Các kênh đều đang nghe")
    await other.finds()
    await one.finds()
    desk.hears_nothing()


async def test_what_two_processes_find_is_over_when_neither_finds_it(house: House, desk: Talker) -> None:
    one, other = Process(house, ["zalo"]), Process(house, ["zalo"])
    for _ in range(3):
        await one.finds(A)
        await other.looks(A)
    desk.hears("Cảnh báo hệ thống", "due_digests")
    desk.hears("Cảnh báo hệ thống", "zalo")
    one.away = []
    for _ in range(2 * HELD):
        await one.finds()
        await other.looks(A)
    desk.hears_nothing()
    other.away = []
    for _ in range(HELD - 1):
        await one.finds()
        await other.looks()
    desk.hears_nothing()
    await one.finds()
    desk.hears("✅ Đã ổn trở lại", "không có phần nào bị lỗi")
    desk.hears("✅ Đã ổn trở lại", "Các kênh đều đang nghe")
    await other.looks()
    desk.hears_nothing()


async def test_a_channel_that_is_away_is_not_over_while_nothing_can_be_told_of_it(house: House, desk: Talker) -> None:
    """One process has lost the desk's own channel too; the other has all."""
    one, other = Process(house, ["zalo"]), Process(house)
    for _ in range(3):
        await one.finds()
    desk.hears("Cảnh báo hệ thống", "zalo")
    one.away = ["telegram", "zalo"]
    for _ in range(2 * HELD):
        await one.finds()
        await other.looks()
    desk.hears_nothing()


async def test_what_fails_in_two_minutes_of_three_is_one_trouble(house: House, desk: Talker) -> None:
    process = Process(house)
    for _ in range(4):
        await process.finds(A)
        await process.finds(A)
        await process.finds()
    desk.hears("Cảnh báo hệ thống", "due_digests")
    desk.hears_nothing()
    for _ in range(HELD - 1):
        await process.finds()
    desk.hears("✅ Đã ổn trở lại")
    await process.finds()
    desk.hears_nothing()


@pytest.mark.usefixtures("patient")
async def test_what_is_now_worse_and_now_better_is_told_once(
    house: House, desk: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [failing, failing, warned]

    def check_disk(_: Patient) -> Finding:
        found.append(found.pop(0))
        return found[-1]("doctor_check_broken", error="Disk")

    monkeypatch.setattr(checks, "ALERTING", (check_disk,))
    process = Process(house)
    for _ in range(12):
        await process.finds()
    desk.hears("Cảnh báo hệ thống", "Disk")
    desk.hears_nothing()


async def test_that_a_process_which_is_gone_could_read_nothing_is_over_and_holds_back_no_other(
    house: House, desk: Talker
) -> None:
    gone, other = Process(house), Process(house)
    await gone.reads_nothing()
    desk.hears("Cảnh báo hệ thống", "không đọc được cơ sở dữ liệu")
    for _ in range(2):
        await other.finds(A)
        await gone.reads_nothing()
    desk.hears("Cảnh báo hệ thống", "due_digests")
    for _ in range(HELD - 1):
        await other.finds(A)
    desk.hears_nothing()
    await other.finds(A)
    desk.hears("✅ Đã ổn trở lại", "Đọc được cơ sở dữ liệu")
    desk.hears_nothing()


async def test_what_another_process_goes_on_to_find_is_not_told_anew_after_an_hour(house: House, desk: Talker) -> None:
    one, other = Process(house), Process(house)
    for _ in range(3):
        await one.finds(A, B)
        await other.looks(A, B)
    desk.hears("Cảnh báo hệ thống", "due_digests; remind (biểu mẫu covid)")
    for _ in range(63):
        await one.finds(A)
        await other.looks(A, B)
    desk.hears_nothing()


async def test_a_clock_that_stood_ahead_does_not_keep_a_trouble_from_being_over(house: House, desk: Talker) -> None:
    process, clock = Process(house), house.simulator.clock
    for _ in range(2):
        await process.finds(A)
    desk.hears("Cảnh báo hệ thống", "due_digests")
    later = clock.now() + timedelta(days=1)
    await house.running.clerk.write(
        lambda connection: connection.execute(update(alert).where(alert.c.over_at.is_(None)).values(began_at=later))
    )
    await process.finds()
    desk.hears("✅ Đã ổn trở lại")


@pytest.mark.usefixtures("patient")
async def test_what_is_worse_for_one_process_no_other_makes_better(
    house: House, desk: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two machines' disks."""
    found = warned

    def check_disk(_: Patient) -> Finding:
        return found("doctor_check_broken", error="Disk")

    monkeypatch.setattr(checks, "ALERTING", (check_disk,))
    one, other = Process(house), Process(house)
    for _ in range(4):
        found = warned
        await other.finds()
        found = failing
        await one.finds()
    desk.hears("Cảnh báo hệ thống", "Disk")
    desk.hears("Cảnh báo hệ thống", "Disk")
    found = well
    for _ in range(HELD - 1):
        await other.finds()
        await one.looks()
    desk.hears_nothing()
    await one.finds()
    desk.hears("✅ Đã ổn trở lại", "Disk")


async def test_a_folder_that_does_not_answer_holds_nothing_up_and_is_told_of(
    house: House, desk: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = threading.Event(), list[Path]()

    def looks() -> list[threading.Thread]:
        return [each for each in threading.enumerate() if each.name == "disk"]

    def disk_usage(folder: Path) -> SimpleNamespace:
        asked.append(folder)
        answers.wait()
        return SimpleNamespace(free=10**12)

    monkeypatch.setattr(machine_checks, "disk_usage", disk_usage)
    monkeypatch.setattr(disk_look, "MOMENT", 0.05)
    try:
        process = Process(house)
        for _ in range(5):
            await process.finds()
        assert len(asked) == 1, "a second thread would wait as long"
        assert [each.daemon for each in looks()] == [True], "the end of the process waits for it"
        desk.hears("Cảnh báo hệ thống", "ổ đĩa không phản hồi")
        desk.hears_nothing()
    finally:
        answers.set()
    monkeypatch.setattr(disk_look, "MOMENT", 60.0)
    for each in looks():
        each.join()
    for _ in range(HELD):
        desk.hears_nothing()
        await process.finds()
    desk.hears("✅ Đã ổn trở lại", "MB")


async def test_what_fails_newly_is_told_though_the_program_was_started_anew(house: House, desk: Talker) -> None:
    process = Process(house)
    for _ in range(3):
        await process.finds(A)
    desk.hears("Cảnh báo hệ thống", "due_digests")
    process.restarted()
    for _ in range(3):
        await process.finds(A)
    desk.hears_nothing()
    process.restarted()
    for _ in range(3):
        await process.finds(B)
    desk.hears("Cảnh báo hệ thống", "remind (biểu mẫu covid)")
    desk.hears_nothing()


async def test_another_channel_that_is_away_is_told_too(house: House, desk: Talker) -> None:
    process = Process(house, ["zalo"])
    for _ in range(3):
        await process.finds()
    desk.hears("Cảnh báo hệ thống", "zalo")
    process.away = ["mail", "zalo"]
    for _ in range(3):
        await process.finds()
    desk.hears("Cảnh báo hệ thống", "mail, zalo")
    desk.hears_nothing()


async def test_a_look_that_is_given_up_loses_nothing(house: House, desk: Talker) -> None:
    process = Process(house)
    await process.finds(A)
    await process.finds(A)
    desk.hears("Cảnh báo hệ thống", "due_digests")
    await process.finds(A, B)
    process.is_reading = False
    with pytest.raises(OSError, match="away"):
        await process.finds(A, B)
    process.is_reading = True
    await process.finds(A, B)
    desk.hears("Cảnh báo hệ thống", "due_digests; remind (biểu mẫu covid)")
    await process.finds(A, B)
    desk.hears_nothing()


async def test_what_an_alert_has_named_is_told_once_more_after_an_hour_only(house: House, desk: Talker) -> None:
    process = Process(house)
    await process.finds(A)
    await process.finds(B)
    desk.hears("Cảnh báo hệ thống", "remind (biểu mẫu covid)")
    await process.finds(B)
    desk.hears_nothing()
    await process.finds(A, B)
    await process.finds(A, C)
    await process.finds(A, C)
    desk.hears("Cảnh báo hệ thống", "due_digests; remind")
    for minute in range(9):
        await process.finds(*((A, B, C) if minute % 3 else (A, B)))
    desk.hears_nothing()
    for _ in range(61):
        await process.finds(A, B)  # that the job as a whole is quiet says nothing of one of its forms
    for _ in range(2):
        await process.finds(A, B, C)
    desk.hears("Cảnh báo hệ thống", "remind (biểu mẫu covid)")
    desk.hears_nothing()
