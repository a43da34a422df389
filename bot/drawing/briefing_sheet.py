"""The briefing page for the table as a PDF: one A4 with the five blocks, the picture under them, and where it all comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
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
LABEL = 44.0
"""Millimetres: the paper, its margins, the room of a block's title."""
SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
LEAST_SHARE = 0.5
"""Points of the letters of the blocks: the first in which all of it is on the page; and what is left of the picture at the least."""
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
    """All that stands on the page, in dots from its upper left corner. The picture gives way to the words, to half of its size."""
    canvas = Canvas(_dots(HIGH))
    top = _head(canvas, content, words)
    foot = _dots(HIGH - EDGE) - _sources(canvas, content, words)
    room, high = foot - top - _dots(4), briefing_height(content) * INNER / ROOM
    text = _set(canvas, content, room - high)
    share = min(max((room - text.high) / high, LEAST_SHARE), 1) if high else 0
    _blocks(canvas, top, text, room - share * high)
    drawn, grow = Canvas(briefing_height(content)), share * INNER / ROOM
    draw_briefing(drawn, 0, content, words)
    left = _dots(EDGE) + INNER * (1 - share) / 2 - MARGIN * grow
    return [*canvas.marks, *(moved(each, grow, left, foot - share * high) for each in drawn.marks)]


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


@dataclass(frozen=True, slots=True)
class _Text:
    """The blocks' lines in letters of `size` points, and what became of the last page."""

    size: float
    blocks: tuple[tuple[BriefingBlock, list[str]], ...]
    ending: list[str]

    @property
    def step(self) -> float:
        return _points(self.size) * 1.4

    @property
    def high(self) -> float:
        count = sum(len(said) for _, said in self.blocks) + len(self.ending)
        return self.step * (count + 0.5 * len(self.blocks))


def _set(canvas: Canvas, content: BriefingSheet, room: float) -> _Text:
    """In the largest letters in which all of it is no higher than that, or in the smallest."""
    for size in SIZES:
        lines = tuple((each, _lines(canvas, each, size)) for each in content.blocks)
        ending = canvas.fit(content.before, _points(size), INNER, 3, least=_points(size))[1] if content.before else []
        text = _Text(size, lines, ending)
        if text.high <= room:
            break
    return text


def _blocks(canvas: Canvas, top: float, text: _Text, room: float) -> None:
    """The five and what became of the last page; where there are too many lines the longest blocks are cut."""
    letters = _points(text.size)
    most = int(room / text.step - 0.5 * len(text.blocks) + 0.01) - len(text.ending)
    longest = max(len(said) for _, said in text.blocks)
    while longest > 1 and sum(min(len(said), longest) for _, said in text.blocks) > most:
        longest -= 1
    for block, said in text.blocks:
        canvas.write(_dots(EDGE), top, block.title, letters, bold=True)
        shown = said if len(said) <= longest else [*said[: longest - 1], f"{said[longest - 1].rstrip(' .,;')}…"]
        for line in shown:
            canvas.write(_dots(EDGE + LABEL), top, line, letters, colour=INK if block.lines else GREY)
            top += text.step
        top += text.step / 2
    for line in text.ending:
        canvas.write(_dots(EDGE), top, line, letters, bold=True)
        top += text.step


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
    """What it is derived from and what its signs mean, at the foot; how high that is."""
    listed = "; ".join(each.said for each in content.sources)
    said = words.plain("briefing_sheet_sources", list=listed, at=content.as_of)
    if content.figures is not None and content.figures.legend:
        said = f"{said} {content.figures.legend}"
    letters, lines = canvas.fit(said, _points(9), INNER, 4)
    top = _dots(HIGH - EDGE) - len(lines) * letters * 1.35
    for line in lines:
        canvas.write(_dots(EDGE), top, line, letters, colour=GREY)
        top += letters * 1.35
    return len(lines) * letters * 1.35 + _dots(3)
