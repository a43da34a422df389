"""Killed while a report's page is saved or sent: what was confirmed is there, what was not is taken when it is sent again."""

import asyncio
import re
from collections import deque
from pathlib import Path

import aiohttp
import pytest

from simulator import Simulator
from tests.crash.commune import START
from tests.crash.points import ACCEPT, HANDLE, SAVE
from tests.crash.test_kills import ANSWERS
from tests.crash.traps import COMMIT, Step, Trap
from tests.crash.ward import Ward, Zygote
from tests.ports import free_port
from tests.report_page.conftest import LINK, Browser, Looked

ASKED = Step("after", HANDLE, 1)
"""The link was given; opening the page saves the new draft, so the second saving is that of what was typed."""
KILLS = {
    "before what was typed is saved": (ASKED, Step("before", SAVE, 2)),
    "after it was saved, before that is said": (ASKED, Step("after", SAVE, 2), Step("after", COMMIT)),
    "after the report stands, before that is said": (ASKED, Step("after", ACCEPT), Step("after", COMMIT)),
}
PATIENCE = 60.0
TYPED = {
    "a:cases": "120",
    "r:cases": "chùm ca bệnh ở công ty may",
    "a:deaths": "1",
    "a:isolated": "15",
    "a:level": "green",
}


async def again_and_again(browser: Browser, page: Looked, fields: list[tuple[str, str]]) -> Looked:
    """As the page's script does, until there is an answer."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await browser.posts(page.url, fields)
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)  # another process begins anew: nothing tells us when it listens


@pytest.mark.parametrize("steps", KILLS.values(), ids=KILLS)
async def test_a_kill_loses_nothing_that_was_confirmed_and_nothing_comes_twice(
    steps: tuple[Step, ...], zygote: Zygote, sqlite_url: str, tmp_path: Path
) -> None:
    at, log = f"127.0.0.1:{free_port()}", tmp_path / "bot.log"
    more = {"open_data_listen": at, "public_url": f"http://{at}"}
    async with (
        Simulator(start=START, seed=1) as simulator,
        Ward(zygote, simulator, sqlite_url, log, deque([Trap(steps)]), more=more) as ward,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        await ward.person.says("/phieu")
        found = LINK.search((await ward.hears("Phiếu báo cáo trên trang")).text)
        assert found is not None
        browser = Browser(http)
        page = await browser.opens(found[0])
        typed = [(name, value) for name, value in page.fields if not name.startswith("a:")] + list(TYPED.items())
        saved = await again_and_again(browser, page, [*typed, ("do", "save")])
        assert saved.status == 200
        assert [saved.field(name) for name in ("k:cases", "k:deaths", "k:isolated", "k:level")] == [
            "120",
            "1",
            "15",
            "green",
        ]
        sent = await again_and_again(browser, page, [*saved.fields, ("do", "send")])
        assert re.search("đã tiếp nhận", sent.text)
        await ward.settled()
        assert ward.deaths == 1, ward.logged()
        assert await ward.stops() == 0, ward.logged()
        (report,) = ward.rows("report")
        assert (report.revision, report.answers) == (1, ANSWERS)
        assert [each.what for each in ward.rows("audit") if each.what in ("report", "correction")] == ["report"]
