"""The demonstration at first sight: the phones, the guided tour, and the day that plays by itself, in a browser."""

import re
from pathlib import Path

from playwright.async_api import Locator, Page, ViewportSize, expect

from bot.cli import demo
from tests.demonstration import demonstration

NARROW, WIDE = ViewportSize(width=360, height=740), ViewportSize(width=1400, height=900)
PHONES = ["Lê Văn Nam", "Nguyễn Thị Hương", "Trần Quốc Bảo", "Bà Lan", "Phạm Thu Hà"]
A_DAY = 200_000
"""Milliseconds that a day may take at the highest speed on a slow machine."""


def role(where: Page | Locator, name: str) -> Locator:
    return where.locator(f'[data-role="{name}"]')


def phone_of(page: Page, name: str) -> Locator:
    return page.locator("section.phone:not(.zalo)").filter(
        has=page.get_by_role("heading", level=2, name=name, exact=True)
    )


async def opens(page: Page, address: str) -> None:
    await page.goto(address)
    await expect(page.locator("html[data-ready=true]")).to_be_attached()


async def nothing_sticks_out(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_each_phone_opens_on_the_talk_with_the_bot_and_a_tour_leads_around(page: Page, tmp_path: Path) -> None:
    async with demonstration(tmp_path) as address:
        await opens(page, address)
        await expect(page.locator("section.phone:not(.zalo) h2")).to_have_text(PHONES)
        for name in PHONES:
            phone = phone_of(page, name)
            await expect(phone.locator('[role="tab"][aria-selected="true"]')).to_have_text("Giao Ban")
            await expect(phone.locator(".welcome")).to_contain_text("Bấm BẮT ĐẦU để thử")
            await expect(role(phone, "start")).to_be_visible()
            await expect(phone.get_by_role("tab", name="Bản tin dịch Triệu Sơn")).to_be_visible()
        await walks_the_tour(page)
        await role(page, "language").click()
        await expect(role(page, "play")).to_have_text("Watch a day in 60 seconds")
        await role(page, "tour").click()
        await expect(role(page, "tour-card")).to_contain_text("one person's phone")
        await page.set_viewport_size(NARROW)
        await nothing_sticks_out(page)
        await page.keyboard.press("Escape")
        await expect(page.locator("section.phone:visible")).to_have_count(1)
        await expect(role(page.locator("section.phone:visible"), "start")).to_be_in_viewport()
        await nothing_sticks_out(page)


async def walks_the_tour(page: Page) -> None:
    """With the keyboard alone; once closed it does not come back by itself, and can be opened again."""
    card = role(page, "tour-card")
    await expect(role(card, "tour-next")).to_be_focused()
    told = [await card.locator("p").inner_text()]
    for _ in range(4):
        await page.keyboard.press("Enter")
        told.append(await card.locator("p").inner_text())
    assert len(set(told)) == 5
    await page.keyboard.press("ArrowLeft")
    await expect(card.locator("p")).to_have_text(told[3])
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(card).to_have_count(0)
    await expect(role(page, "tour")).to_be_focused()
    await page.reload()
    await expect(role(page, "play")).to_be_visible()
    await expect(card).to_have_count(0)
    await role(page, "tour").press("Enter")
    await expect(card).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(card).to_have_count(0)


async def test_a_day_plays_by_itself_to_its_end_and_the_world_goes_on(page: Page, tmp_path: Path) -> None:
    async with demonstration(tmp_path) as address:
        await page.set_viewport_size(NARROW)
        await opens(page, f"{address}/?speed=1000")
        await role(page, "tour-close").click()
        await role(page, "play").click()
        await expect(role(page, "caption")).not_to_be_empty()
        await role(page, "play-pause").click()
        await expect(page.locator("#playback")).to_have_attribute("data-state", "paused")
        await nothing_sticks_out(page)
        await role(page, "play-on").click()
        await expect(role(page, "played")).to_contain_text("Đã xem hết", timeout=A_DAY)
        await nothing_sticks_out(page)
        await page.set_viewport_size(WIDE)
        await page.goto(address)
        await hears(page, "Lê Văn Nam", "đã tiếp nhận bản điều chỉnh")
        await hears(page, "Nguyễn Thị Hương", "chưa gửi báo cáo", "Đã gửi đôn đốc")
        await hears(page, "Trần Quốc Bảo", "31/34 đơn vị đã báo cáo", "32/34 đơn vị đã báo cáo", "9 → 12 ca")
        await expect(phone_of(page, "Trần Quốc Bảo").locator(".photo img").first).to_be_attached()
        await hears(page, "Bà Lan", "9 ca", "12 ca")
        await hears(
            page, "Phạm Thu Hà", "không nhận một số giá trị", "xã Hợp Tiến", "not open for this organisation unit"
        )
        await says(page, "Lê Văn Nam", "/baocao")
        await hears(page, "Lê Văn Nam", "Nếu cần điều chỉnh")
    async with demonstration(tmp_path) as address:
        await opens(page, address)
        await expect(page.locator("section.phone:not(.zalo) h2")).to_have_text(PHONES)
        for name in PHONES:
            selected = phone_of(page, name).locator('[role="tab"][aria-selected="true"]')
            await expect(selected).to_have_text("Giao Ban")
        await begins_the_next_day_and_stops(page)


async def begins_the_next_day_and_stops(page: Page) -> None:
    await expect(role(page, "clock")).to_have_attribute("datetime", "2021-11-11T10:55:00.000Z")
    await role(page, "play").click()
    await expect(page.locator("#playback")).to_have_attribute("data-state", "playing")
    await role(page, "play-stop").click()
    await expect(role(page, "played")).to_contain_text("Đã dừng")
    await expect(role(page, "clock")).to_have_attribute("datetime", "2021-11-12T00:00:00.000Z")
    await says(page, "Bà Lan", "toàn huyện 11/11")
    await hears(page, "Bà Lan", "42 ca")


async def says(page: Page, name: str, text: str) -> None:
    await role(phone_of(page, name), "input").fill(text)
    await role(phone_of(page, name), "send").click()


async def hears(page: Page, name: str, *fragments: str) -> None:
    for fragment in fragments:
        heard = phone_of(page, name).locator('[data-by="bot"]').filter(has_text=fragment)
        await expect(heard.first).to_be_attached()


def test_whoever_acts_in_the_day_is_of_the_scene_and_each_step_is_told_in_both_languages() -> None:
    there = {each["name"] for each in demo.cast()}
    day = demo.day()
    assert set(day.title) == {"vi", "en"}
    assert 50 <= day.seconds <= 70
    for step in day.steps:
        assert set(step.who) <= there
        assert step.captions is not None
        assert all(step.captions[language] for language in ("vi", "en"))
        for name in step.who:
            assert name in PHONES or re.match("Đầu mối (xã|thị trấn) ", name)
