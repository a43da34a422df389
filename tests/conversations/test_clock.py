"""A machine whose clock is wrong for a while: what was said is not said again, and nobody is left out when it is right again."""

from datetime import datetime, timedelta

import pytest

from reporting.pace import UNHURRIED
from tests.conversations.house import House, Talker
from tests.conversations.test_residents import sends_report

YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)


class Wrong:
    """The program's clock, wrong by `by`."""

    def __init__(self, house: House) -> None:
        self.house, self.by = house, timedelta(0)

    def now(self) -> datetime:
        return self.house.simulator.clock.now() + self.by

    async def is_wrong(self, by: timedelta) -> None:
        """From now on; as everywhere a tick follows."""
        self.by = by
        await self.house.running.tick()
        await self.house.settled()


@pytest.fixture
async def clock(house: House) -> Wrong:
    await house.stop()
    wrong = Wrong(house)
    house.program = house.kind(house.settings, wrong.now, UNHURRIED)
    await house.program.start()
    return wrong


async def test_set_back_an_hour_it_says_nothing_twice_and_what_is_next_when_it_is_due(
    house: House, clock: Wrong, reporter: Talker
) -> None:
    await house.moves_to("16:00")
    reporter.hears("báo cáo")
    await clock.is_wrong(-HOUR)
    await house.moves_to("16:59")
    reporter.hears_nothing()
    await clock.is_wrong(timedelta(0))
    reporter.hears("lần nhắc thứ 2", "chậm 29 phút")
    await house.moves_to("17:10")
    reporter.hears("lần nhắc thứ 3")


async def test_set_back_over_the_deadline_a_digest_that_was_frozen_stays_the_one_that_was_told(
    house: House, clock: Wrong, reporter: Talker, leader: Talker
) -> None:
    await house.moves_to("17:30")
    told = [each.text for each in (*leader.forgets(), *reporter.forgets())]
    assert sum("TỔNG HỢP TÌNH HÌNH" in text for text in told) == 1
    await clock.is_wrong(-HOUR)
    await sends_report(reporter)
    for shown in ("17:31", "18:30", "18:31"):
        await house.moves_to(shown)
    reporter.hears_nothing()
    await clock.is_wrong(timedelta(0))
    await house.moves_to("19:00")
    assert not [each.text for each in leader.forgets() if "TỔNG HỢP" in each.text], "it was told at its hour"


async def test_a_year_ahead_and_back_again_nobody_is_left_out_and_nothing_of_today_is_lost(
    house: House, clock: Wrong, reporter: Talker, resident: Talker
) -> None:
    await resident.says("/theodoi số ca mắc mới xã Thọ Dân")
    await resident.taps("Hằng ngày lúc 17 giờ 00", resident.hears("17 giờ"))
    resident.hears("Đã ghi")
    await clock.is_wrong(YEAR)
    await house.moves_to("17:01")
    for each in (reporter, resident):
        each.forgets()
    await reporter.says("/huy")
    reporter.forgets()
    await clock.is_wrong(timedelta(0))
    reporter.forgets()
    resident.forgets()
    await house.moves_to("08:01")
    await house.moves_to("16:00")
    reporter.hears("báo cáo", "11/11/2021")
    await sends_report(reporter)
    await house.moves_to("17:00")
    resident.hears("xã Thọ Dân")
