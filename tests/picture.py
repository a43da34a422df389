"""Makes the README's picture of the demonstration: `python -m tests.picture FILE.png`; `make picture` calls this.

The day of the scene is played to the hour at which there is something to see on every phone. A picture in which a letter
or a sign would be an empty box is not written.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from playwright.async_api import Page, ViewportSize, async_playwright

from bot.cli.demo import day
from tests.demonstration import demonstration
from tests.machine import find_chromium, missing

UNTIL = time(17, 40)
"""The steps of this hour are the last: the digest is out, who was late is urged, a resident has been answered."""
SIZE = ViewportSize(width=2270, height=950)
PATIENCE = 120.0
EMPTY_BOXES = """() => {
  const canvas = new OffscreenCanvas(48, 48), pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = `32px ${getComputedStyle(document.body).fontFamily}`;
  const look = (letter) => {
    pen.clearRect(0, 0, 48, 48);
    pen.fillText(letter, 4, 36);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const box = look("\\u{10FFFD}");
  const letters = new Set(document.body.innerText.replace(/[\\s\\p{Cc}\\p{Cf}\\p{M}]/gu, ""));
  return [...letters].filter((letter) => look(letter) === box);
}"""


async def empty_boxes(page: Page) -> list[str]:
    """The characters on the page that the browser has no glyph for."""
    found: list[str] = await page.evaluate(EMPTY_BOXES)
    return sorted(found)


async def plays_until(address: str, hour: time) -> None:
    """Plays the scene's day and pauses when the steps of that hour are done. RuntimeError where it cannot."""
    last = max(place for place, step in enumerate(day().steps, 1) if step.clock is not None and step.clock <= hour)
    while last < len(day().steps) and day().steps[last].clock is None:
        last += 1
    async with aiohttp.ClientSession(address) as session, asyncio.timeout(PATIENCE):
        async with session.get("/events") as events:
            await session.post("/control/playback", json={"do": "play", "speed": 20})
            async for line in events.content:
                if b'"playback"' not in line:
                    continue
                view = await (await session.get("/control/playback")).json()
                if view["state"] == "failed":
                    raise RuntimeError(view["trouble"])
                if view["step"] == last:
                    break
        await session.post("/control/playback", json={"do": "pause"})
        await session.post("/control/idle", json={})


async def take(page: Page, file: Path) -> None:
    """Writes what the page shows. RuntimeError where a sign would be an empty box."""
    if boxes := await empty_boxes(page):
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in boxes)
        raise RuntimeError(f"this machine's fonts have no glyph for {named}")
    await page.screenshot(path=file)


async def _make(file: Path) -> None:
    with TemporaryDirectory() as folder:
        async with demonstration(Path(folder)) as address, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_chromium())
            page = await browser.new_page(locale="vi-VN", viewport=SIZE, reduced_motion="reduce")
            await page.goto(address)
            await page.locator("[data-role='tour-close']").click()
            await plays_until(address, UNTIL)
            await page.locator("[data-by='bot']").filter(has_text="9 ca.").last.wait_for()
            await page.locator(".photo").last.evaluate("e => e.closest('.message').scrollIntoView()")
            await page.wait_for_function("() => [...document.images].every((each) => each.complete)")
            await take(page, file)
            await browser.close()


def write_picture(make: Callable[[Path], Coroutine[Any, Any, None]]) -> int:
    """Makes the picture into the file that is typed. Exit status 1 and a line on stderr where no picture was written."""
    if lacking := missing(("chromium", "driver", "fonts", "emoji")):
        sys.stderr.write(f"no picture is made: this machine lacks {', '.join(lacking)}\n")
        return 1
    try:
        asyncio.run(make(Path(sys.argv[1])))
    except RuntimeError as trouble:
        sys.stderr.write(f"no picture is made: {trouble}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(write_picture(_make))
