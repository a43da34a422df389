"""The desk's page in a browser: on a phone and on a desk, light and dark, by clicks and by keys."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.web.desk_page.pages import PAGES
from tests.conversations.house import House, Talker, fills_in
from tests.desk_page.conftest import link_for
from tests.open_data.test_page import CONTRAST

DESK, PHONE = (1280, 900), (360, 780)
PICTURES = os.environ.get("PICTURES", "")
"""A folder into which each page is drawn for whoever wants to look at them."""

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def opens(page: Page, link: str, size: tuple[int, int]) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(link)
    await page.get_by_role("button", name="Vào trang").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("huyện Triệu Sơn")


@pytest.fixture
async def reported(reporter: Talker) -> Talker:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.forgets()
    return reporter


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "light"), (PHONE, "dark")])
async def test_every_page_fits_and_can_be_read(
    page: Page, house: House, admin: Talker, reported: Talker, size: tuple[int, int], scheme: str
) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await opens(page, await link_for(admin), size)
    assert house.running.sites.desk is not None
    for each in PAGES:
        await page.goto(f"{house.running.sites.desk.url}{each.path}")
        wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, each.path
        assert await page.evaluate(CONTRAST) == [], each.path
        small = await page.evaluate(
            "[...document.querySelectorAll('button, input, select, nav a')].filter((e) => e.type !== 'hidden' && "
            "e.getBoundingClientRect().height < 43).map((e) => e.outerHTML)"
        )
        assert small == [], each.path
        unnamed = await page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), select')].filter((e) => !e.labels.length).map((e) => e.id)"
        )
        assert unnamed == [], each.path
        if PICTURES:
            name = f"{each.template.split('.')[0]}-{size[0]}-{scheme}.png"
            await page.screenshot(path=Path(PICTURES) / name, full_page=True)
    admin.forgets()
    reported.forgets()


async def test_a_day_at_the_desk_by_clicks(page: Page, admin: Talker, reported: Talker) -> None:
    await opens(page, await link_for(admin), DESK)
    await page.get_by_label("Tình trạng").select_option("due")
    await page.get_by_role("button", name="Lọc").click()
    await expect(page.get_by_role("row")).to_have_count(3)
    await page.get_by_role("link", name="xã Dân Lực").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("xã Dân Lực")
    await page.get_by_role("link", name="Tạm dừng báo cáo").click()
    await page.get_by_label("Mã đơn vị").fill("15700")
    await page.get_by_label("Lý do").fill("lũ quét")
    await page.get_by_role("button", name="Tạm dừng", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("xã Dân Lực tạm dừng báo cáo")
    await expect(page.get_by_role("cell", name="lũ quét")).to_be_visible()
    await page.get_by_role("link", name="Tình hình báo cáo").click()
    await expect(page.get_by_role("row", name="xã Dân Lực")).to_contain_text("tạm dừng")
    await page.get_by_role("button", name="Ra khỏi trang").click()
    await expect(page.get_by_role("main")).to_contain_text("đã ra khỏi trang")
    admin.forgets()
    reported.forgets()


async def test_the_keyboard_alone_is_enough(page: Page, admin: Talker) -> None:
    await opens(page, await link_for(admin), DESK)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Tới nội dung chính")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("Biểu mẫu")).to_be_focused()
