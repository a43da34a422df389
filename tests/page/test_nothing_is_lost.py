"""What is pressed while the page is drawn anew is heard, and what comes while it asks for everything is kept."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import Page, Route, expect

from simulator import Simulator
from simulator.person import Person

LISTENS = """() => {
  window.heard = [];
  return new Promise((open) => {
    const source = new EventSource("/events");
    source.onopen = open;
    source.onmessage = (event) => window.heard.push(event.data);
  });
}"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator(seed=1) as simulator:
        simulator.bot()
        yield simulator


@pytest.fixture
async def nam(simulator: Simulator, page: Page) -> Person:
    """Somebody whose phone is on the page, which listens to the simulator besides."""
    nam = simulator.person("Lê Văn Nam", caption="Cán bộ báo cáo")
    await nam.says("/start")
    await page.goto(simulator.url)
    await expect(page.locator("html")).to_have_attribute("data-ready", "true")
    await page.evaluate(LISTENS)
    return nam


async def changes_the_menu(simulator: Simulator) -> None:
    """After which the page asks for everything, and is drawn anew."""
    bot = next(iter(simulator.cloud.bots.values()))
    menu = {"commands": [{"command": "baocao", "description": "Báo cáo"}]}
    address = f"{simulator.url}/bot{bot.token}/setMyCommands"
    async with aiohttp.ClientSession() as http, http.post(address, json=menu) as answer:
        assert answer.status == 200


async def hears(page: Page, words: str) -> None:
    await page.wait_for_function("(words) => window.heard.some((each) => each.includes(words))", arg=words)


async def test_what_comes_while_the_page_asks_for_everything_is_kept(
    simulator: Simulator, nam: Person, page: Page
) -> None:
    asked, may_come = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        asked.set()
        await may_come.wait()
        await route.fulfill(response=answer)

    await page.route("**/control/state*", late)
    await changes_the_menu(simulator)
    await asked.wait()
    await nam.says("hôm nay 7 ca")
    await hears(page, "hôm nay 7 ca")
    may_come.set()
    await expect(page.locator('[data-role="menu"]')).to_be_visible()
    await expect(page.locator("[data-message]").last).to_contain_text("hôm nay 7 ca")


async def test_what_is_pressed_while_the_page_is_drawn_anew_is_heard(
    simulator: Simulator, nam: Person, page: Page
) -> None:
    await page.locator('[data-role="input"]').fill("hôm nay 7 ca")
    send = page.locator('[data-role="send"]')
    box = await send.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await page.mouse.down()
    async with page.expect_response("**/control/state*"):
        await changes_the_menu(simulator)
    await page.evaluate(DRAWN)
    await page.mouse.up()
    await expect(page.locator("[data-message]").last).to_contain_text("hôm nay 7 ca")
    await expect(page.locator('[data-role="menu"]')).to_be_visible()
