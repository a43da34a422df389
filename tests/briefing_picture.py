"""Makes the picture of docs/briefing.md: `python -m tests.briefing_picture FILE.png`; `make picture` calls this.

The demonstration's day is played to the hour after the digest; the district's leader asks for the page on a phone 360 pixels wide,
and has it printed. The phone and the paper stand side by side. A picture in which a letter would be an empty box is not written.
"""

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Page, ViewportSize, async_playwright

from bot.drawing.briefing_sheet import DPI, HIGH, WIDE, briefing_marks
from bot.drawing.painting import Painting
from reporting.briefings.briefing_content import BriefingContent, BriefingSheet, briefing_part
from reporting.translator import translator
from storage.database.engines import reading_engine
from storage.figures import briefings
from tests.demonstration import demonstration
from tests.machine import find_chromium
from tests.picture import UNTIL, empty_boxes, plays_until, write_picture

LEADER = "Trần Quốc Bảo"
PHONE = ViewportSize(width=360, height=1180)
SHARP = 2
"""Pixels of the screen for each of the page."""
GAP, GREY = 24, "#d0d0d0"


async def shown(page: Page, address: str) -> bytes:
    """The leader's phone with the page on it. RuntimeError where a sign would be an empty box."""
    await page.goto(address)
    await page.locator("[data-role='tour-close']").click()
    await plays_until(address, UNTIL)
    await page.locator("button.face", has_text=LEADER.rsplit(maxsplit=1)[-1]).first.click()
    phone = page.locator("section.phone:visible")
    await phone.get_by_role("textbox").fill("/giaoban")
    await page.keyboard.press("Enter")
    last = phone.locator("[data-by='bot']").filter(has_text="GIAO BAN").last
    await last.wait_for()
    await last.locator("img").wait_for()
    await last.evaluate("e => e.scrollIntoView()")
    await page.wait_for_function("() => [...document.images].every((each) => each.complete)")
    if boxes := await empty_boxes(page):
        raise RuntimeError(f"this machine's fonts have no glyph for {boxes}")
    return await page.screenshot()


def printed(content: BriefingContent) -> bytes:
    """The page for the table, as it is in the PDF."""
    painting = Painting(round(WIDE / 25.4 * DPI), round(HIGH / 25.4 * DPI), "#ffffff")
    painting.paint(briefing_marks(briefing_part(BriefingSheet, content), translator("vi")))
    return painting.png()


def beside(phone: bytes, paper: bytes) -> Image.Image:
    """Both, as high as the phone."""
    left, right = (Image.open(BytesIO(each)).convert("RGB") for each in (phone, paper))
    right = right.resize((round(right.width * left.height / right.height), left.height), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (left.width + right.width + 3 * GAP, left.height + 2 * GAP), GREY)
    sheet.paste(left, (GAP, GAP))
    sheet.paste(right, (left.width + 2 * GAP, GAP))
    return sheet


async def _make(file: Path) -> None:
    with TemporaryDirectory() as folder:
        async with demonstration(Path(folder)) as address, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_chromium())
            page = await browser.new_page(
                locale="vi-VN", viewport=PHONE, device_scale_factor=SHARP, reduced_motion="reduce"
            )
            phone = await shown(page, address)
            await browser.close()
        with reading_engine(f"sqlite:///{folder}/giaoban.db").begin() as connection:
            kept = briefings.kept(connection, 1)
        assert kept is not None
        beside(phone, printed(kept.content)).quantize(256).save(file, optimize=True)


if __name__ == "__main__":
    sys.exit(write_picture(_make))
