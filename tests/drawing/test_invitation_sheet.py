"""The sheet of invitations: each card's code can be read from the page as it is printed, and says the card's link."""

from datetime import date
from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.drawing import draw
from bot.drawing.invitation_sheet import COLUMNS, QUIET, ROWS, dots, invitation_pages, qr_code
from reporting.invitation_sheet import InvitationCard, InvitationSheet
from reporting.say import Drawn
from reporting.translator import LANGUAGES, translator

LINK = "https://t.me/giaoban_bot?start=k7Zp9vQxR2sT4uVwXyZ1aB3c"


def cards(count: int) -> tuple[InvitationCard, ...]:
    return tuple(
        InvitationCard("xã Thọ Dân", "huyện Triệu Sơn", "reporter", f"{LINK}{n}", 1, date(2021, 11, 24))
        for n in range(count)
    )


def modules(code: Image.Image, link: str) -> bytes:
    """The code made small again: a byte a module, its quiet zone left out."""
    side = len(segno.make_qr(link, error="m").matrix)
    small = code.convert("L").resize((side + 2 * QUIET,) * 2, Image.Resampling.NEAREST)
    return small.crop((QUIET, QUIET, QUIET + side, QUIET + side)).tobytes()


def expected(link: str) -> bytes:
    return bytes(0 if dark else 255 for row in segno.make_qr(link, error="m").matrix for dark in row)


def test_a_code_is_drawn_module_by_module_with_its_quiet_zone() -> None:
    code = qr_code(LINK, 500)
    assert modules(code, LINK) == expected(LINK)
    assert code.width == code.height <= 500
    assert set(code.crop((0, 0, code.width, code.width * QUIET // (QUIET * 2 + 33))).tobytes()) == {255}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_has_its_own_code_on_the_page_and_nothing_over_it(language: str) -> None:
    made = cards(COLUMNS * ROWS + 1)
    pages = list(invitation_pages(InvitationSheet(language, "UBND huyện Triệu Sơn", made), translator(language)))
    assert len(pages) == 2
    assert {page.mode for page in pages} == {"1"}
    page = pages[0].convert("L")
    for card in made[: COLUMNS * ROWS]:
        code = qr_code(card.link, round(dots(42.0)))
        assert any(
            page.crop((left, top, left + code.width, top + code.height)).tobytes() == code.tobytes()
            for left, top in corners(page, code)
        ), card.link


def corners(page: Image.Image, code: Image.Image) -> list[tuple[int, int]]:
    """Where on the page a code's first dark row and column begin as those of `code` do."""
    module = code.width // (len(segno.make_qr(f"{LINK}0", error="m").matrix) + 2 * QUIET)
    finder, found = bytes(7 * module), []
    wide, rows = page.width, page.tobytes()
    for top in range(page.height - code.height):
        row = rows[top * wide : (top + 1) * wide]
        at = row.find(finder)
        while at >= 0:
            if (
                row[at - 1]
                and not any(rows[(top + n) * wide + at] for n in range(7 * module))
                and rows[(top - 1) * wide + at]
            ):
                found.append((at - QUIET * module, top - QUIET * module))
            at = row.find(finder, at + 7 * module)
    return found


def test_the_file_is_a_pdf_of_as_many_pages_as_are_needed() -> None:
    file = draw(Drawn("phieu_moi.pdf", InvitationSheet("vi", "UBND huyện Triệu Sơn", cards(COLUMNS * ROWS * 2 + 1))))
    assert file.startswith(b"%PDF-")
    assert file.count(b"/Type /Page\n") + file.count(b"/Type /Page ") >= 3
    assert len(file) < 400_000
    assert BytesIO(file).read().rstrip().endswith(b"%%EOF")
