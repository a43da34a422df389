"""The sheet of invitations as a PDF to print: A4, six cards a page with marks to cut along, a QR code on each."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import segno
from PIL import Image

from bot.drawing.canvas import INK, Canvas
from bot.drawing.painting import Painting
from reporting.invitation_sheet import InvitationCard, InvitationSheet
from reporting.translator import Translator, translator

DPI = 300
PAPER, BLACK_BELOW = "#ffffff", 150
"""Pages are black and white, as printers are: what is darker than this is black."""
COLUMNS, ROWS = 2, 3
PAGE_WIDE, PAGE_HIGH = 210.0, 297.0
CARD_WIDE, CARD_HIGH = 95.0, 88.0
CODE = 42.0
"""Millimetres: of the paper, a card, and the square in which the code stands with its quiet zone."""
QUIET = 4
"""Modules that stay white around a QR code (ISO/IEC 18004)."""
PAD, MARK = 4.0, 5.0


def dots(millimetres: float) -> float:
    return millimetres / 25.4 * DPI


def points(size: float) -> float:
    """Dots of letters of so many points."""
    return size / 72 * DPI


def invitation_pdf(sheet: InvitationSheet) -> bytes:
    """The file. A page is put behind those before it and forgotten: a country's sheet takes no more memory than a page."""
    words, file = translator(sheet.language), BytesIO()
    for place, page in enumerate(invitation_pages(sheet, words)):
        page.save(file, format="pdf", resolution=DPI, append=place > 0, title=words.plain("invitation_sheet_title"))
    return file.getvalue()


def invitation_pages(sheet: InvitationSheet, words: Translator) -> Iterator[Image.Image]:
    """The pages in black and white."""
    each = COLUMNS * ROWS
    for start in range(0, len(sheet.cards), each):
        yield _page(sheet, sheet.cards[start : start + each], words)


def _page(sheet: InvitationSheet, cards: Sequence[InvitationCard], words: Translator) -> Image.Image:
    canvas, codes = Canvas(dots(PAGE_HIGH)), []
    for place, card in enumerate(cards):
        left, top = _corner(place)
        codes.append(_card(canvas, left, top, sheet.issuer, card, words))
    painting = Painting(round(dots(PAGE_WIDE)), round(dots(PAGE_HIGH)), PAPER)
    painting.paint(canvas.marks)
    page = Image.open(BytesIO(painting.png())).convert("L").point(lambda value: 255 if value > BLACK_BELOW else 0)
    for code, corner in codes:
        page.paste(code, corner)
    return page.convert("1", dither=Image.Dither.NONE)


def _corner(place: int) -> tuple[float, float]:
    """The upper left corner of a card, in dots."""
    across, down = place % COLUMNS, place // COLUMNS
    left, top = (PAGE_WIDE - COLUMNS * CARD_WIDE) / 2, (PAGE_HIGH - ROWS * CARD_HIGH) / 2
    return dots(left + across * CARD_WIDE), dots(top + down * CARD_HIGH)


def _card(
    canvas: Canvas, left: float, top: float, issuer: str, card: InvitationCard, words: Translator
) -> tuple[Image.Image, tuple[int, int]]:
    """Writes a card; its code and where it stands."""
    wide, high, pad = dots(CARD_WIDE), dots(CARD_HIGH), dots(PAD)
    _cut_marks(canvas, left, top, wide, high)
    room, down = wide - 2 * pad, top + pad
    down = _lines(canvas, left + pad, down, issuer, 8, room, 1)
    down = _lines(canvas, left + pad, down, card.unit[:1].upper() + card.unit[1:], 14, room, 2, bold=True)
    down = _lines(canvas, left + pad, down, card.above, 8.5, room, 1) if card.above else down
    down = _lines(canvas, left + pad, down, words.plain(f"role_{card.role}").capitalize(), 10, room, 1, bold=True)
    code = dots(CODE)
    beside, right, below = left + pad + code + dots(2), room - code - dots(2), down + dots(0.5)
    uses = words.plain("invitation_sheet_uses", n=card.uses, date=card.last_on)
    scans = (words.plain("invitation_sheet_scan"), words.plain("invitation_sheet_start"))
    for step in (*(scans if card.link.startswith("http") else ()), *card.steps, uses):
        below = _lines(canvas, beside, below, step, 9, right, 6) + dots(1)
    _lines(canvas, left + pad, top + high - pad - points(7), card.link, 7, room, 1)
    image = qr_code(card.link, round(code))
    return image, (round(left + pad), round(down + dots(0.5)))


def _lines(
    canvas: Canvas, left: float, top: float, text: str, size: float, width: float, most: int, *, bold: bool = False
) -> float:
    """The text in letters of so many points; where the next line may begin."""
    letters, lines = canvas.fit(text, points(size), width, most, bold=bold)
    for place, line in enumerate(lines):
        canvas.write(left, top + place * letters * 1.3, line, letters, bold=bold)
    return top + len(lines) * letters * 1.3 + dots(0.4)


def _cut_marks(canvas: Canvas, left: float, top: float, wide: float, high: float) -> None:
    """A short cross at each corner of a card: where four meet it is one."""
    reach, thick = dots(MARK) / 2, 2
    for across in (left, left + wide):
        for down in (top, top + high):
            canvas.box(across - reach, down - thick / 2, 2 * reach, thick, INK)
            canvas.box(across - thick / 2, down - reach, thick, 2 * reach, INK)


def qr_code(text: str, side: int) -> Image.Image:
    """A QR code with its quiet zone, `side` dots square at the most: each module is as many whole dots as fit."""
    modules = [[255 if not dark else 0 for dark in row] for row in segno.make_qr(text, error="m").matrix]
    count = len(modules)
    module = side // (count + 2 * QUIET)
    small = Image.new("L", (count + 2 * QUIET,) * 2, 255)
    for down, row in enumerate(modules):
        for across, value in enumerate(row):
            small.putpixel((across + QUIET, down + QUIET), value)
    return small.resize((small.width * module, small.height * module), Image.Resampling.NEAREST)
