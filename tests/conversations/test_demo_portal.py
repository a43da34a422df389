"""The demonstration's taker: what a reporter confirms appears on its page, a correction changes it there, the receipt is found."""

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.cli import demo
from bot.cli.main import main
from bot.portal import sender
from simulator import Simulator
from simulator.dhis2 import Dhis2Server
from tests.conversations.house import House, Talker


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """The demonstration's scene, in this process."""
    monkeypatch.setenv("PORTAL_DEMO", "")
    async with Simulator(start=demo.START, seed=1) as simulator:
        simulator.clock.run(0)
        simulator.bot(demo.TOKEN)
        house = House(simulator, f"sqlite:///{tmp_path / 'demo.db'}")
        told = {"demonstration": True, "portal_private_addresses": True}
        house.settings = house.settings.model_copy(update=told)
        await asyncio.to_thread(demo.furnish, house.database_url, house.settings.zone)
        monkeypatch.setenv("DATABASE_URL", house.database_url)
        await house.start()
        yield house
        await house.stop()


@pytest.fixture
async def taker(house: House) -> AsyncIterator[Dhis2Server]:
    async with demo.open_taker(house.settings, house.simulator.clock.now) as taker:
        yield taker


async def page_of(taker: Dhis2Server) -> str:
    async with aiohttp.ClientSession() as session, session.get(taker.url) as answer:
        assert answer.status == 200
        return await answer.text()


async def cells(taker: Dhis2Server, unit: str) -> list[str]:
    """A unit's row of the page's table, from its name on."""
    row = re.search(rf"<tr><th>{unit}</th>(.*?)</tr>", await page_of(taker))
    assert row is not None
    return [unescape(each) for each in re.findall(r"<td[^>]*>(.*?)</td>", row[1])]


async def confirms(house: House, reporter: Talker, *, by_hand: bool = True) -> None:
    """Sends the day's report as the scene's reporters do: 6 cases, 2 of them in the community."""
    await reporter.says("/baocao")
    await reporter.says("F0 mới: 6; F0 cộng đồng: 2; Mẫu XN: 60; XN dương tính: 6")
    for label in ("Còn lại như hôm qua", "Còn lại đều 0", "Gửi"):
        await reporter.taps(label, reporter.forgets()[-1])
    assert "đã tiếp nhận" in reporter.forgets()[-1].text
    if by_hand:
        await house.running.portals.round()


async def test_what_is_confirmed_in_the_demonstration_arrives_and_has_its_receipt(
    house: House, taker: Dhis2Server, capsys: pytest.CaptureFixture[str]
) -> None:
    await house.running.portals.round()
    others = int((await cells(taker, "huyện Triệu Sơn"))[0])
    assert set(await cells(taker, "xã Thọ Dân")) == {""}
    reporter = await house.joined("Nam", "reporter", "15742")
    await confirms(house, reporter)
    of_unit = await cells(taker, "xã Thọ Dân")
    assert (of_unit[0], of_unit[1], of_unit[-1]) == ("6", "2", "2021-11-10")
    assert (await cells(taker, "huyện Triệu Sơn"))[0] == f"<s>{others}</s> {others + 6}"
    assert await asyncio.to_thread(main, ["portal", "list"]) == 0
    listed = capsys.readouterr().out
    number = next(line.split()[0] for line in listed.splitlines() if "xã Thọ Dân" in line)
    assert await asyncio.to_thread(main, ["portal", "show", number]) == 0
    assert re.search(r"f0_new +6 +đã nhận", capsys.readouterr().out)
    house.finish()


async def test_a_correction_changes_the_page_and_says_what_stood_there(house: House, taker: Dhis2Server) -> None:
    reporter = await house.joined("Nam", "reporter", "15742")
    await confirms(house, reporter)
    await reporter.says("F0 mới 5")
    await reporter.taps("Sửa", reporter.forgets()[-1])
    await reporter.taps("Bổ sung số liệu mới phát sinh", reporter.forgets()[-1])
    reporter.forgets()
    await house.running.portals.round()
    assert (await cells(taker, "xã Thọ Dân"))[0] == "<s>6</s> 5"
    assert "5 (trước là 6)" in await page_of(taker)


async def test_what_is_confirmed_leaves_at_once_without_waiting_for_the_next_look(
    house: House, taker: Dhis2Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sender looks again only in an hour: what comes before it was woken."""
    monkeypatch.setattr(sender, "REST", 3600.0)
    await house.running.portals.round()
    reporter = await house.joined("Nam", "reporter", "15742")
    arrived = asyncio.Event()
    put = taker.stored.put

    def noted(*arguments: Any, **named: Any) -> Any:
        arrived.set()
        return put(*arguments, **named)

    monkeypatch.setattr(taker.stored, "put", noted)
    await confirms(house, reporter, by_hand=False)
    async with asyncio.timeout(60):
        await arrived.wait()


async def test_what_the_taker_refuses_comes_back_to_the_phone_of_the_desk(house: House, taker: Dhis2Server) -> None:
    """Of a unit that is closed there nothing is taken: the desk hears which figures, why, and how to look closer."""
    desk = await house.joined("Hà", "admin", "397")
    await house.running.portals.round()
    assert set(await cells(taker, "xã Hợp Tiến")) == {""}
    await house.moves_to("15:31")
    (told,) = [each.text for each in desk.forgets() if "không nhận" in each.text]
    assert "xã Hợp Tiến, kỳ 10/11/2021" in told
    assert "is not open for this organisation unit" in told
    assert "giaoban portal show" in told
    house.finish()


async def test_a_taker_that_begins_anew_is_sent_everything_again(house: House, taker: Dhis2Server) -> None:
    await confirms(house, await house.joined("Nam", "reporter", "15742"))
    before = await cells(taker, "xã Thọ Dân")
    async with demo.open_taker(house.settings, house.simulator.clock.now) as another:
        await house.running.portals.round()
        assert await cells(another, "xã Thọ Dân") == before


async def test_the_page_shows_names_as_text(house: House, taker: Dhis2Server) -> None:
    """What a taker is told is never taken for HTML."""
    key = (taker.metadata.elements[0].uid, "20211110", taker.metadata.units[0].uid, "HllvX50cXC0", "HllvX50cXC0")
    taker.stored.put(key, "<b>3</b>")
    page = await page_of(taker)
    assert "<b>3</b>" not in page
    assert "&lt;b&gt;3&lt;/b&gt;" in page
