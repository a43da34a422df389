"""A whole report is made on the page by real clicks, and a resident reads it there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.conversations.house import ANSWERS, House, prepare, running_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    url = f"sqlite:///{tmp_path / 'giaoban.db'}"
    prepare(url)
    async with running_house(url) as house:
        yield house


async def test_a_whole_report_is_made_by_clicks(page: Page, house: House) -> None:
    link = await house.invitation("reporter", "15742")
    nam = house.simulator.person("Lê Văn Nam", caption="Cán bộ báo cáo", start=link.partition("start=")[2])
    lan = house.simulator.person("Bà Lan", caption="Người dân")
    await page.goto(house.simulator.url)
    phone = page.locator(f'section[data-person="{nam.id}"]')
    await phone.locator('[data-role="start"]').click()
    await hears(phone, "Kính chào đồng chí Lê Văn Nam")
    await says(phone, "/baocao")
    await hears(phone, "(1/20) Số ca mắc mới (F0) ghi nhận trong kỳ")
    for place, answer in enumerate(ANSWERS, 1):
        tapped = newest(phone).locator('[data-role="button"][data-label="0"]')
        if answer == "0" and await tapped.count():
            await tapped.click()
        else:
            await says(phone, answer)
        await hears(phone, f"({place + 1}/20)")
    await taps(phone, "Bỏ qua")
    await hears(phone, "Báo cáo ngày 10/11/2021")
    await taps(phone, "Gửi")
    await hears(phone, "đã tiếp nhận báo cáo ngày 10/11/2021 của xã Thọ Dân")
    resident = page.locator(f'section[data-person="{lan.id}"]')
    await resident.locator('[data-role="start"]').click()
    await hears(resident, "Kính chào quý ông/bà")
    await says(resident, "hom nay tho dan bao nhieu ca")
    await hears(resident, "3 ca")


def newest(phone: Locator) -> Locator:
    return phone.locator('[data-message][data-by="bot"]').last


async def hears(phone: Locator, words: str) -> None:
    await expect(newest(phone)).to_contain_text(words)


async def says(phone: Locator, text: str) -> None:
    await phone.locator('[data-role="input"]').fill(text)
    await phone.locator('[data-role="send"]').click()


async def taps(phone: Locator, label: str) -> None:
    await newest(phone).locator(f'[data-role="button"][data-label="{label}"]').click()
