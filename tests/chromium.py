"""The fixture `page`: a page in the Chromium of this machine, where what goes wrong in it fails the test."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from tests.environment import not_on_this_machine
from tests.machine import drives_browsers, find_chromium

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PATIENCE = 60_000
"""Milliseconds that the page may take for anything, on a machine that is busy with other tests."""


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program."""
    found = find_chromium()
    if found is None:
        not_on_this_machine("Chromium")
    if not drives_browsers():
        not_on_this_machine("libatomic, which Chromium's driver needs,")
    return found


@pytest.fixture
async def page(chromium: Path) -> AsyncIterator[Page]:
    """An empty page of 1400 by 900 points, in Vietnamese; a script's error or a request off loopback fails the test."""
    wrongs: list[str] = []

    async def let_through_on_loopback(route: Route) -> None:
        if urlsplit(route.request.url).hostname in LOOPBACK:
            await route.continue_()
        else:
            wrongs.append(f"asked for {route.request.url}")
            await route.abort()

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--disable-quic", "--disable-sync"])
        page = await browser.new_page(locale="vi-VN", viewport={"width": 1400, "height": 900})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("pageerror", lambda error: wrongs.append(f"script failed: {error}"))
        await page.route("**/*", let_through_on_loopback)
        yield page
        await browser.close()
    assert not wrongs, "\n".join(wrongs)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes the fixture has its mark: `pytest -m "not chromium"` leaves it out."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.chromium)
