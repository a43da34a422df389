"""The demonstration of two roads by clicks: begun at Telegram, which is blocked then, and gone on with at the Zalo phone."""

import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.demonstration import demonstration
from tests.page.test_first_sight import PHONES, opens, phone_of, role


async def test_a_report_begun_at_telegram_which_is_blocked_is_gone_on_with_at_the_zalo_phone(
    page: Page, tmp_path: Path
) -> None:
    async with demonstration(tmp_path) as address:
        await opens(page, address)
        await role(page, "tour-close").click()
        nam, zalo = phone_of(page, PHONES[0]), page.locator("section.phone:not(.zalo) + section.phone.zalo")
        await expect(zalo.locator("h2")).to_have_text(PHONES[0])  # beside his other one
        await role(nam, "start").click()
        await hears(nam, "Kính chào")
        await says(nam, "/lienket")
        await hears(nam, "mã")
        code = re.findall(r"mã \d{12}", await newest(nam).inner_text())[0]
        await says(zalo, code)
        await hears(zalo, "Đã liên kết với đồng chí Lê Văn Nam")
        await says(nam, "/baocao")
        await hears(nam, "(1/20)")
        await says(nam, "3")
        await hears(nam, "(2/20)")
        await role(nam, "more").click()
        await role(page, "blocked").click()
        await expect(role(nam, "unblock")).to_be_visible()
        await says(zalo, "báo cáo")
        await hears(zalo, "(2/20)")
        await says(zalo, "*0")
        await hears(zalo, "Đang ghi: 3 ca")


async def says(phone: Locator, text: str) -> None:
    await role(phone, "input").fill(text)
    await role(phone, "send").click()


def newest(phone: Locator) -> Locator:
    return phone.locator('[data-message][data-by="bot"]').last


async def hears(phone: Locator, words: str) -> None:
    await expect(newest(phone)).to_contain_text(words)
