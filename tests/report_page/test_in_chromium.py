"""A report's page in a browser of 360 points: what is typed is saved by itself, and survives a lost network and a reload."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, Request, expect

from tests.conversations.house import ANSWERS, House, Talker
from tests.open_data.test_page import CONTRAST
from tests.report_page.conftest import Browser, link_for
from tests.report_page.test_filling import numbers

PICTURES = os.environ.get("PICTURES", "")
"""A folder into which the page is drawn for whoever wants to look at it."""

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def opens(page: Page, link: str) -> None:
    asked: list[Request] = []
    page.on("request", lambda each: asked.append(each))  # noqa: PLW0108 - playwright marks what it calls
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(link)
    await draws(page, "door")
    await page.get_by_role("button", name="Mở phiếu").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Báo cáo ngày")
    named = {(await each.all_headers()).get("referer", "") for each in list(asked)}
    assert named == {"", f"{link[: link.index('/r/')]}/"}, "what lets in goes no further, as a proxy's log has it"


async def draws(page: Page, name: str, *, whole: bool = False) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=whole)


async def fits(page: Page) -> None:
    """It is no wider than the phone, can be read, touched, and each field has its label."""
    assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert await page.evaluate(CONTRAST) == []
    small = await page.evaluate(
        "[...document.querySelectorAll('button:not(.hidden), input:not([type=hidden]), select, textarea')].filter((e) => "
        "e.checkVisibility() && (e.closest('.choice') || e).getBoundingClientRect().height < 43).map((e) => e.outerHTML)"
    )
    assert small == []
    unnamed = await page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter((e) => !e.labels.length).map((e) => e.id)"
    )
    assert unnamed == []


async def test_what_is_typed_is_saved_by_itself_and_survives_a_lost_network_and_a_reload(
    page: Page, house: House, reporter: Talker
) -> None:
    await opens(page, await link_for(reporter))
    status, new, community = page.locator("#status"), page.locator("#f-f0_new"), page.locator("#f-f0_new_community")
    await new.fill("3")
    await expect(status).to_contain_text("Đã lưu")
    await fits(page)
    await draws(page, "begun")
    await page.context.set_offline(True)
    await community.fill("5")
    await expect(status).to_contain_text("Chưa lưu, đang chờ mạng")
    await draws(page, "offline")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(status).to_contain_text("Chưa gửi được")
    await page.context.set_offline(False)
    await page.reload()
    await expect(community).to_have_value("5")
    await expect(page.locator("#e-f0_new_community")).to_contain_text("lớn hơn tổng số ca mắc mới")
    await expect(status).to_contain_text("Đã lưu")
    await draws(page, "wrong")
    await community.fill("1")
    await expect(page.locator("#e-f0_new_community")).to_have_count(0)
    await reporter.says("/baocao")
    reporter.hears("(3/20)")


async def test_two_at_once_and_a_whole_report_by_the_page(
    page: Page, house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    other = browser()
    shown = await other.opens(await link_for(reporter))
    await opens(page, await link_for(reporter))
    await other.sends(f0_new="5")
    await page.locator("#f-f0_new").fill("3")
    await expect(page.get_by_role("button", name="Giữ 3")).to_be_visible()
    await draws(page, "two")
    await page.get_by_role("button", name="Giữ 3").click()
    await expect(page.locator("#status")).to_contain_text("Đã lưu")
    for name, value in numbers(shown).items():
        await page.locator(f"#f-{name}").fill(value)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#closed")).to_contain_text("đã tiếp nhận")
    await draws(page, "sent")
    assert await page.evaluate("localStorage.length") == 0
    await house.settled()
    reporter.hears("đã tiếp nhận", f"F0 mới: {ANSWERS[0]} ca")


async def test_an_unchanged_day_is_four_taps(
    page: Page, house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    other = browser()
    shown = await other.opens(await link_for(reporter))
    await other.sends("send", **numbers(shown) | dict.fromkeys(("f0_new", "f0_new_community"), "0"))
    await house.moves_to("15:30")
    reporter.forgets()
    await page.emulate_media(color_scheme="dark")
    await opens(page, await link_for(reporter))  # one: the link; two: the button behind it
    await draws(page, "before")
    await page.get_by_role("button", name="Không phát sinh").click()
    await expect(page.locator("#f-f1_active")).to_have_value("15")
    await fits(page)
    await draws(page, "whole", whole=True)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#closed")).to_contain_text("đã tiếp nhận")
    await house.settled()
    reporter.hears("đã tiếp nhận")
