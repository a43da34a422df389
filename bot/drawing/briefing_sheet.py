"""The briefing page for the table as a PDF: one A4 with the five blocks, the picture under them, and where it all comes from."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from bot.drawing.briefing import briefing_height, draw_briefing
from bot.drawing.canvas import GREY, INK, MARGIN, ORANGE, PAPER, ROOM, Canvas
from bot.drawing.marks import Mark, moved
from bot.drawing.painting import Painting
from reporting.briefings.briefing_content import BriefingBlock, BriefingSheet
from reporting.translator import Translator, translator

DPI = 200
WIDE, HIGH = 210.0, 297.0
EDGE = 20.0
LABEL = 38.0
"""Millimetres: the paper, its margins, the room of a block's title."""
SIZES = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
"""Points of the letters of the blocks: the first in which all of it is on the page."""
QUALITY = 92


def _dots(millimetres: float) -> float:
    return millimetres / 25.4 * DPI


def _points(size: float) -> float:
    return size / 72 * DPI


INNER = _dots(WIDE - 2 * EDGE)


def briefing_pdf(content: BriefingSheet) -> bytes:
    """The file."""
    words = translator(content.language)
    painting = Painting(round(_dots(WIDE)), round(_dots(HIGH)), PAPER)
    painting.paint(briefing_marks(content, words))
    file = BytesIO()
    page = Image.open(BytesIO(painting.png())).convert("RGB")
    page.save(file, format="pdf", resolution=DPI, quality=QUALITY, title=content.title)
    return file.getvalue()


def briefing_marks(content: BriefingSheet, words: Translator) -> Sequence[Mark]:
    """All that stands on the page, in dots from its upper left corner."""
    canvas = Canvas(_dots(HIGH))
    top = _head(canvas, content, words)
    grow = INNER / ROOM
    picture = briefing_height(content) * grow
    foot = _dots(HIGH - EDGE) - _sources(canvas, content, words)
    _blocks(canvas, top, foot - picture - _dots(4), content)
    drawn = Canvas(briefing_height(content))
    draw_briefing(drawn, 0, content, words)
    placed = [moved(each, grow, _dots(EDGE) - MARGIN * grow, foot - picture) for each in drawn.marks]
    return [*canvas.marks, *placed]


def _head(canvas: Canvas, content: BriefingSheet, words: Translator) -> float:
    """The title, when, how many have reported, and a line; where the blocks may begin."""
    left, top, middle = _dots(EDGE), _dots(EDGE), _dots(WIDE / 2)
    canvas.write(middle, top, content.title, _points(18), bold=True, align="center")
    top += _points(18) * 1.5
    for text in (content.when, content.coverage_text):
        letters, lines = canvas.fit(text, _points(12), INNER, 2)
        for line in lines:
            canvas.write(middle, top, line, letters, align="center")
            top += letters * 1.35
    if content.demonstration:
        canvas.write(
            middle, top, words.plain("picture_demonstration"), _points(11), colour=ORANGE, bold=True, align="center"
        )
        top += _points(11) * 1.5
    top += _dots(2)
    canvas.box(left, top, INNER, 2, INK)
    return top + _dots(4)


def _blocks(canvas: Canvas, top: float, foot: float, content: BriefingSheet) -> None:
    """The five, the largest letters in which they end before `foot`; what has no room even in the smallest is cut."""
    for size in SIZES:
        lines = [(each, _lines(canvas, each, size)) for each in content.blocks]
        ending = canvas.fit(content.before, _points(size), INNER, 3, least=_points(size))[1] if content.before else []
        step = _points(size) * 1.4
        needed = step * (sum(len(said) for _, said in lines) + len(ending) + 0.5 * len(lines))
        if top + needed <= foot:
            break
    most = max(int((foot - top) / step) - len(ending), len(lines))
    for block, said in lines:
        canvas.write(_dots(EDGE), top, block.title, _points(size), bold=True)
        for line in said[: max(most - len(lines), 1)]:
            is_none = not block.lines
            canvas.write(_dots(EDGE + LABEL), top, line, _points(size), colour=GREY if is_none else INK)
            top += step
        top += step / 2
    for line in ending:
        canvas.write(_dots(EDGE), top, line, _points(size), bold=True)
        top += step


def _lines(canvas: Canvas, block: BriefingBlock, size: float) -> list[str]:
    """A block's lines as wide as the page leaves room; what is told of several things begins with a dash."""
    letters, width = _points(size), INNER - _dots(LABEL)
    said = block.lines or (block.none,)
    found: list[str] = []
    for each in said:
        text = f"– {_upper(each)}" if len(said) > 1 else _upper(each) if block.lines else each
        found += canvas.fit(text, letters, width, 40, least=letters)[1]
    return found


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sources(canvas: Canvas, content: BriefingSheet, words: Translator) -> float:
    """What it is derived from, at the foot; how high that is."""
    listed = "; ".join(each.said for each in content.sources)
    said = words.plain("briefing_sheet_sources", list=listed, at=content.as_of)
    letters, lines = canvas.fit(said, _points(9), INNER, 3)
    top = _dots(HIGH - EDGE) - len(lines) * letters * 1.35
    for line in lines:
        canvas.write(_dots(EDGE), top, line, letters, colour=GREY)
        top += letters * 1.35
    return len(lines) * letters * 1.35 + _dots(3)
