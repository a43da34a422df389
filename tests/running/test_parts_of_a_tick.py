"""One part of the tick fails: its trouble is in the log, and all the others are done."""

import logging

import pytest

from bot.running import due
from reminders.context import Job, Tick
from reminders.jobs import JOBS, READ_AHEAD
from reporting.say import Say
from tests.conversations.house import House, Talker


def fails(_: Tick) -> list[Say]:
    raise ZeroDivisionError


def fails_to_read(_: Tick) -> Job:
    raise ZeroDivisionError


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
    assert house.running.due.troubled == {"fails", "fails_to_read"}
    assert [each.levelno for each in caplog.records if "has failed; the rest goes on" in each.message] == [
        logging.ERROR,
        logging.ERROR,
    ]


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
