"""What a reporter sends reaches the portal by itself; what is refused there comes back to the desk's phone, and the reporter's."""

from collections.abc import AsyncIterator
from datetime import date
from functools import partial

import pytest

from services.portal_targets import use_mapping
from simulator.dhis2 import DataSet, Dhis2Server, Element, Metadata, OrgUnit, ServerFault
from tests.conversations.house import House, Talker, fills_in

MAPPING = """target = "tinh"
title = "Cổng dữ liệu tỉnh"
format = "dhis2-json"
url = "{url}"
authentication = "token"
secret = "PORTAL_TINH"
form = "covid_daily"

[dhis2]
dataSet = "COVID"
idScheme = "code"

[units]
others = "own code"

[indicators]
f0_new = "F0_NEW"
checkpoints = "CHOT"
"""


@pytest.fixture
async def portal(house: House, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Dhis2Server]:
    """The house sends to a stand-in for DHIS2, whose element CHOT takes only yes or no."""
    monkeypatch.setenv("PORTAL_TINH", "d2pat_simulated")
    unit = OrgUnit("oubbbbbbbbb", "15742", "Thọ Dân")
    elements = (Element("deF0NEW____", "F0_NEW"), Element("deCHOT_____", "CHOT", value_type="BOOLEAN"))
    clock = house.simulator.clock

    def today() -> date:
        return clock.now().astimezone(house.settings.zone).date()

    async with Dhis2Server(
        Metadata((DataSet("dsCOVID____", "COVID", elements=elements, units=(unit,)),), today)
    ) as server:
        house.settings.portal_private_addresses = True
        await house.restart()
        now = clock.now()
        use = partial(use_mapping, text=MAPPING.replace("{url}", server.url), now=now, today=today())
        await house.running.clerk.write(use)
        yield server


async def test_what_a_reporter_sends_is_at_the_portal_and_what_is_refused_comes_back(
    house: House, portal: Dhis2Server, reporter: Talker
) -> None:
    desk = await house.joined("Bà Hoa", "admin", "397")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await house.running.portals.round()
    assert portal.value("F0_NEW", "15742", "20211110") == "3"
    assert portal.value("CHOT", "15742", "20211110") is None
    await house.moves_to("15:45")
    desk.hears("Cổng dữ liệu tỉnh", "xã Thọ Dân", "Số chốt kiểm soát dịch", "E7619", "giaoban portal show 1")
    reporter.hears("Cổng dữ liệu tỉnh không nhận", "E7619")
    await house.moves_to("15:50")
    desk.hears_nothing()


async def test_a_portal_that_stands_still_is_told_of_once_and_nothing_is_lost(
    house: House, portal: Dhis2Server, reporter: Talker
) -> None:
    desk = await house.joined("Bà Hoa", "admin", "397")
    portal.faults += [ServerFault(503)] * 50
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await house.running.portals.round()
    await house.moves_to("15:48")
    desk.hears("Từ", "chưa gửi được đến Cổng dữ liệu tỉnh", "Đang chờ gửi: 1")
    await house.moves_to("16:05")
    reporter.forgets()
    desk.hears_nothing()
    portal.faults.clear()
    await house.moves_to("16:20")
    await house.running.portals.round()
    assert portal.value("F0_NEW", "15742", "20211110") == "3"
