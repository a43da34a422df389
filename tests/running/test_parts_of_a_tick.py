"""One part of the tick fails: its trouble is in the log, and all the others are done."""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.doctor.checks import Examined
from bot.running import alerts, due, program, ticks
from reminders import menus
from reminders.context import Job, Tick
from reminders.jobs import JOBS, READ_AHEAD
from reporting.people import Address
from reporting.rounds import reminding
from reporting.say import Say
from reporting.tick_parts import TickPart
from storage.organisation import units
from tests.conversations.house import START, House, Talker


def fails(_: Tick) -> list[Say]:
    raise ZeroDivisionError


def fails_to_read(_: Tick) -> Job:
    raise ZeroDivisionError


def never_ticks(_: object) -> AsyncIOScheduler:
    ticker = AsyncIOScheduler()
    ticker.start(paused=True)
    return ticker


def troubled(house: House) -> set[str]:
    return {str(each) for each in house.running.due.troubled}


async def minutes(house: House, count: int) -> None:
    for _ in range(count):
        house.simulator.clock.move_to(house.simulator.clock.now() + timedelta(minutes=1))
        await house.running.tick()
        await house.settled()


async def test_a_job_that_fails_keeps_no_other_from_being_done(
    house: House, leader: Talker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(due, "JOBS", (fails, *JOBS))
    monkeypatch.setattr(due, "READ_AHEAD", (fails_to_read, *READ_AHEAD))
    house.simulator.clock.move_to(house.simulator.clock.now().replace(hour=10, minute=30))  # 17:30, the digest's hour
    await house.running.tick()
    await house.settled()
    leader.hears("Tổng hợp")
    leader.forgets()
    assert troubled(house) == {"fails", "fails_to_read"}
    said = [each for each in caplog.records if "has failed; the rest goes on" in each.message]
    assert {(each.args, each.levelno) for each in said} == {
        (("fails",), logging.ERROR),
        (("fails_to_read",), logging.ERROR),
    }


async def test_a_part_that_fails_keeps_no_other_from_being_done(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plan(_: Tick) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(due, "plan", plan)
    with pytest.raises(AssertionError):
        await house.moves_to("16:00")
    reporter.hears_nothing()
    monkeypatch.undo()
    await house.moves_to("16:01")
    reporter.hears("báo cáo")


async def test_a_clock_that_cannot_be_made_up_for_keeps_nothing_else_from_being_done(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """At each start; it is tried again with the next minute."""

    def cannot(*_: object) -> int:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(ticks, "count_from_now", cannot)
        await house.restart()
        house.simulator.clock.move_to(house.simulator.clock.now().replace(hour=9, minute=0))  # 16:00
        await house.running.tick()
        await house.settled()
        reporter.hears("báo cáo")
        assert troubled(house) == {"mend_clock"}
    monkeypatch.setattr(ticks, "count_from_now", lambda *_: 7)
    for _ in range(2):
        await minutes(house, 1)
        assert not house.running.due.troubled
    assert sum("The clock stood ahead: 7 rows" in each for each in caplog.messages) == 1


async def test_that_nothing_can_go_by_another_road_keeps_no_reminder_from_being_said(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "waits_for_another_road", fails)
    with pytest.raises(AssertionError):
        await house.moves_to("16:00")
    await house.settled()
    reporter.hears("báo cáo")
    assert troubled(house) == {"go_over"}


async def test_the_minute_of_the_start_is_ticked_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once more would make of one failing two in a row."""
    ticked = list[datetime]()

    class Counted(due.Due):
        async def tick(self, now: datetime) -> bool:
            ticked.append(now)
            return await super().tick(now)

    monkeypatch.setattr(program, "Due", Counted)
    monkeypatch.setattr(ticks, "start_ticker", never_ticks)  # it would at the machine's next minute
    house.kind = program.Program
    await house.restart()
    assert ticked == [house.simulator.clock.now()]


async def test_what_fails_at_every_minute_is_told_to_the_desk_once_and_that_it_is_over(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = house.talker("Trực hệ thống")
    house.settings = house.settings.model_copy(update={"alert_chat": str(desk.person.id)})
    await house.restart()
    await desk.says("/start")
    desk.forgets()

    with monkeypatch.context() as broken:
        broken.setattr(due, "JOBS", (fails, *JOBS))
        await minutes(house, 1)
    await minutes(house, 3)
    desk.hears_nothing()  # once is none
    with monkeypatch.context() as broken:
        broken.setattr(due, "JOBS", (fails, *JOBS))
        await minutes(house, 2)
        desk.hears_nothing()
        await minutes(house, 1)
        desk.hears("⚠️ Cảnh báo hệ thống", "lần liên tiếp: fails", "nhật ký lỗi")
        await minutes(house, 3)
        await house.restart()
        await minutes(house, 3)
        desk.hears_nothing()
    await minutes(house, 6)
    desk.hears("✅ Đã ổn trở lại", "không có phần nào bị lỗi")
    await minutes(house, 1)
    desk.hears_nothing()


async def test_the_desk_hears_too_that_looking_for_trouble_is_what_fails(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def examine(*_: object) -> list[Examined]:
        raise ZeroDivisionError

    monkeypatch.setattr(alerts, "examine_for_alerts", examine)
    await minutes(house, 3)
    assert troubled(house) == {"look"}
    assert [each.message for each in caplog.records if each.message.startswith("Alert: ")] == [
        "Alert: tick is warning: doctor_tick_failing"
    ]


async def test_what_is_forgotten_once_an_hour_is_tried_again_the_next_minute(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget_old(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(due, "forget_old", forget_old)
    house.simulator.clock.move_to(house.simulator.clock.now().replace(minute=58))
    for expected in (set[str](), {"forget_old"}, {"forget_old"}):
        await minutes(house, 1)
        assert troubled(house) == expected
    monkeypatch.undo()
    await minutes(house, 1)
    assert not house.running.due.troubled


async def test_a_menu_that_cannot_be_made_is_tried_again_the_next_minute(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(*_: object) -> None:
        raise ZeroDivisionError

    house.simulator.clock.move_to(house.simulator.clock.now().replace(minute=49))
    with monkeypatch.context() as broken:
        broken.setattr(menus, "_change", change)
        for _ in range(3):
            await minutes(house, 1)
            assert {each.job for each in house.running.due.troubled} == {"change_menus"}
    await minutes(house, 1)
    assert not house.running.due.troubled
    reporter.forgets()


def unit_id(house: House, code: str) -> int:
    with house.running.engine.connect() as connection:
        return units.tree(connection).known(code, START.date()).id


async def test_a_unit_that_fails_is_named_to_the_desk_and_all_others_are_reminded(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, counted = house.talker("Trực hệ thống"), list[str]()
    house.settings = house.settings.model_copy(update={"alert_chat": str(desk.person.id)})
    await house.restart()
    await desk.says("/start")
    desk.forgets()
    failing, whole = unit_id(house, "15700"), reminding._Report.reminders
    monkeypatch.setattr(house.running.sites.observer, "failed", counted.append)

    def fails(report: Any, *given: Any) -> Any:
        if report.standing.deadline.unit_id == failing:
            raise ZeroDivisionError
        return whole(report, *given)

    house.simulator.clock.move_to(house.simulator.clock.now().replace(hour=8, minute=59))  # 15:59
    with monkeypatch.context() as broken:
        broken.setattr(reminding._Report, "reminders", fails)
        await minutes(house, 1)
        reporter.hears("báo cáo")
        assert troubled(house) == {f"remind form=covid_daily unit={failing}"}
        assert counted == ["remind"]
        await minutes(house, 2)
        desk.hears("⚠️ Cảnh báo hệ thống", "remind (biểu mẫu covid_daily, xã Dân Lực (15700))", "liên hệ trực tiếp")
        with broken.context() as more:
            more.setattr(due, "JOBS", (fails_to_say, *JOBS))
            await minutes(house, 2)
            desk.hears_nothing()
            await minutes(house, 1)
            desk.hears("⚠️ Cảnh báo hệ thống", "fails_to_say; remind (biểu mẫu covid_daily, xã Dân Lực (15700))")
            await minutes(house, 2)
            desk.hears_nothing()
    await minutes(house, 6)
    desk.hears("✅ Đã ổn trở lại")
    reporter.forgets()


def fails_to_say(_: Tick) -> list[Say]:
    """What it says cannot be put in the outbox."""
    no_button: Any = "no button"
    return [Say(Address("telegram", "1"), "Không gửi được.", ((no_button,),))]


async def test_a_message_that_cannot_be_put_in_the_outbox_keeps_no_other_job_from_being_said(
    house: House, leader: Talker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(due, "JOBS", (fails_to_say, *JOBS))
    house.simulator.clock.move_to(house.simulator.clock.now().replace(hour=10, minute=30))  # 17:30, the digest's hour
    await house.running.tick()
    await house.settled()
    leader.hears("Tổng hợp")
    leader.forgets()
    assert troubled(house) == {"fails_to_say"}
    assert "Part by part nothing" not in caplog.text


async def test_where_very_many_fail_the_log_names_some_and_counts_the_others(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(tick: Tick) -> list[Say]:
        for number in range(1, 61):
            tick.says(TickPart(person_id=number), partial(fails, tick))
        return []

    monkeypatch.setattr(due, "JOBS", (fail, *JOBS))
    await house.running.tick()
    lines = [each for each in caplog.messages if "fail" in each]
    assert sum("has failed; the rest goes on" in each for each in lines) == 50
    assert lines[-1].endswith("10 more parts of fail have failed")
    assert len(house.running.due.troubled) == 60


async def test_what_was_read_ahead_and_cannot_be_said_has_the_name_of_whatever_read_it(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reads_ahead(_: Tick) -> Job:
        return partial(fails)

    monkeypatch.setattr(due, "READ_AHEAD", (reads_ahead,))
    house.simulator.clock.move_to(house.simulator.clock.now().replace(hour=9, minute=0))  # 16:00
    await house.running.tick()
    assert troubled(house) == {"reads_ahead"}
    await house.settled()
    reporter.hears("báo cáo")
