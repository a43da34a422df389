"""The picture of a briefing page: the first figures, their trend, and which units what is with."""

from dataclasses import dataclass

from bot.drawing.canvas import BLUE, GREY, INK, MARGIN, NAVY, ORANGE, PALE, RED, ROOM, Canvas
from bot.drawing.digest import LINE, NOTE, TILES, TREND, draw_tiles, draw_trend
from bot.drawing.frame import FOOT, HEAD, footing, heading
from reporting.briefings.briefing_content import BLOCKS, BlockName, BriefingContent, BriefingPicture
from reporting.translator import Translator, translator

COLOURS: dict[BlockName, str] = {"new": BLUE, "worse": ORANGE, "missing": RED, "waiting": NAVY, "promised": INK}
TITLE, ROW, NAME = 54, 42, 360
"""Pixels: of the title over the units, of a unit's line, and of its name."""
SIGN = 26
MOST_TILES = 3


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands under the title."""

    window: str
    coverage_text: str


def briefing_picture(content: BriefingPicture) -> Canvas:
    """A picture, 1,080 pixels wide and as high as it needs: 1,200 with twelve units."""
    words = translator(content.language)
    canvas = Canvas(HEAD + briefing_height(content) + FOOT)
    heading(canvas, _Head(content.when, content.coverage_text), content.title)
    draw_briefing(canvas, HEAD, content, words)
    footing(canvas, content, words)
    return canvas


def briefing_height(content: BriefingContent) -> float:
    """Pixels of the figures and the units."""
    figures = TILES + TREND if content.figures is not None else 0
    return figures + (TITLE if content.units else 0) + ROW * (len(content.units) + 1)


def draw_briefing(canvas: Canvas, top: float, content: BriefingContent, words: Translator) -> None:
    """The figures, then a line for each unit that anything is with; how many there are besides."""
    if content.figures is not None:
        shown = [content.figures.indicator(name) for name in content.figures.headlines]
        draw_tiles(canvas, top, shown[:MOST_TILES], [""] * MOST_TILES, words)
        if any(each.mark for each in shown[:MOST_TILES]):
            canvas.write_fitted(MARGIN, top + TILES - LINE, " ".join(content.figures.notes), NOTE, ROOM)
        top += TILES
        draw_trend(canvas, top, content.figures, shown[0], words, is_own=_is_own(content))
        top += TREND
    if content.units:
        _heads(canvas, top, words)
        top += TITLE
    for each in content.units:
        canvas.box(MARGIN, top, ROOM, 1, PALE)
        canvas.write_name(MARGIN, top + ROW / 2, each.unit, 25, NAME - 10, ROW)
        for place, name in enumerate(BLOCKS):
            if name in each.blocks:
                _sign(canvas, place, top, name)
        top += ROW
    if said := _rest(content, words):
        canvas.box(MARGIN, top, ROOM, 1, PALE)
        canvas.write(MARGIN, top + ROW / 2, said, 22, colour=GREY, middle=True)


def _rest(content: BriefingContent, words: Translator) -> str:
    """How many more units something is with, and how many nothing; one unit alone is the page's own."""
    if _is_own(content):
        return ""
    more = words.plain("briefing_picture_more", n=content.more) if content.more else ""
    others = words.plain("briefing_picture_others", n=content.others) if content.others else ""
    return " ".join(filter(None, (more, others)))


def _is_own(content: BriefingContent) -> bool:
    return content.sources[0].coverage.expected <= 1


def _middle(place: int) -> float:
    wide = (ROOM - NAME) / len(BLOCKS)
    return MARGIN + NAME + (place + 0.5) * wide


def _heads(canvas: Canvas, top: float, words: Translator) -> None:
    canvas.write(MARGIN, top + TITLE / 2, words.plain("briefing_picture_units"), 24, bold=True, middle=True)
    for place, name in enumerate(BLOCKS):
        said = words.plain(f"briefing_picture_{name}")
        letters, lines = canvas.fit(said, 21, (ROOM - NAME) / len(BLOCKS) - 6)
        canvas.write(
            _middle(place),
            top + TITLE / 2,
            lines[0],
            letters,
            colour=COLOURS[name],
            bold=True,
            align="center",
            middle=True,
        )


def _sign(canvas: Canvas, place: int, top: float, name: BlockName) -> None:
    """A box in the block's colour; what is missing is hatched, as everywhere."""
    left, upper = _middle(place) - SIGN / 2, top + (ROW - SIGN) / 2
    canvas.box(left, upper, SIGN, SIGN, COLOURS[name], missing=name == "missing")
