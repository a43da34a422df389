"""A reporter of the long run who fills in the report on its page: what was not answered he sends again, as the page's script does."""

import asyncio
import random
import re
from typing import TYPE_CHECKING

import aiohttp

from tests.crash.messengers import Hand
from tests.crash.reporter import GLANCE, Reporter
from tests.report_page.conftest import LINK, Browser, Looked

if TYPE_CHECKING:
    from tests.crash.district import District

AGAIN = 0.05
"""Seconds until what found nobody is sent again: nothing tells when the next process listens."""


class PageReporter(Reporter):
    def __init__(self, district: "District", person: Hand, unit_id: int, chance: random.Random) -> None:
        super().__init__(district, person, unit_id, chance)
        self._used = set[str]()

    async def reports(self) -> None:
        """From the link to the receipt on the page. AssertionError where the page does not take what is right."""
        self.make_up()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            browser = Browser(http)
            page = await self._comes_in(browser)
            while "đã tiếp nhận" not in page.text:
                page = await self._sends(browser, page)
        self.cases += int(self.answers["cases"]["value"])

    async def _comes_in(self, browser: Browser) -> Looked:
        """By the link of the reminder, or by one that he asks for: a link may have let in a browser that was never told so."""
        while True:
            page = await self._answered_to(browser, await self._link())
            if page.status == 200 and any(name == "token" for name, _ in page.fields):
                return page

    async def _answered_to(self, browser: Browser, link: str) -> Looked:
        while True:
            try:
                return await browser.opens(link)
            except aiohttp.ClientError:
                await asyncio.sleep(AGAIN)

    async def _link(self) -> str:
        while True:
            try:
                came = await self.person.next_message(GLANCE)
            except TimeoutError:
                if not self.district.expects_something(self.person, self.unit_id):
                    await self.person.says("/phieu")
                continue
            for link in [*came.links, *LINK.findall(came.text)]:
                if link not in self._used and "đã tiếp nhận" not in came.text:
                    self._used.add(link)
                    return str(link)

    async def _sends(self, browser: Browser, page: Looked) -> Looked:
        typed = {f"a:{name}": str(answer.get("value", "")) for name, answer in self.answers.items()}
        for name in re.findall(r'name="r:(\w+)"', page.text):
            typed[f"r:{name}"] = self.answers[name].setdefault("reason", "đã kiểm tra kỹ")
        kept = [(name, value) for name, value in page.fields if name not in typed]
        while True:
            try:
                return await browser.posts(page.url, [*kept, *typed.items(), ("do", "send")])
            except aiohttp.ClientError:
                await asyncio.sleep(AGAIN)
