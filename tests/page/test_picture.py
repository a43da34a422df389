"""The README's picture is not written while a sign in it would be an empty box."""

from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.environment import ROOT
from tests.picture import empty_boxes, take

NOWHERE = chr(0x10FFFD)
"""A character for private use, which no font has."""


async def test_a_page_with_a_sign_that_no_font_has_is_not_taken(page: Page, tmp_path: Path) -> None:
    await page.set_content(f"<p>Báo cáo ngày {NOWHERE}</p><button>Gửi</button>")
    assert await empty_boxes(page) == [NOWHERE]
    with pytest.raises(RuntimeError, match=r"no glyph for .* \(U\+10FFFD\)"):
        await take(page, tmp_path / "demo.png")
    assert not (tmp_path / "demo.png").exists()


async def test_a_page_whose_letters_are_all_there_is_taken(page: Page, tmp_path: Path) -> None:
    await page.set_content("<p>Ủy ban nhân dân xã Thọ Dân – «đã tiếp nhận»</p>")
    await take(page, tmp_path / "demo.png")
    assert (tmp_path / "demo.png").read_bytes().startswith(b"\x89PNG")


def test_the_readme_shows_the_picture_that_the_command_makes() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "](docs/demo.png)" in readme
    assert "make picture" in readme
    assert "-m tests.picture docs/demo.png" in (ROOT / "Makefile").read_text(encoding="utf-8")
