"""The bulletin of the public channel: headline figures, the trend of the first of them, and a bar for every unit."""

from collections.abc import Sequence

from bot.drawing.bars import Bar, draw_bars, height_of
from bot.drawing.canvas import GREY, MARGIN, ORANGE, ROOM, Canvas
from bot.drawing.columns import draw_columns
from bot.drawing.frame import HEAD, demonstration_room, heading
from bot.drawing.public_trend import columns_of, is_partly, told
from bot.drawing.text_fit import shrunk
from reporting.digests.evidence import MOST_BARS
from reporting.figures.drawings import BulletinBar, BulletinPicture, BulletinTile, PublicPoint
from reporting.translator import Translator, translator

TILE = 138
TREND, ABOVE, DAYS, FOOT = 330, 66, 80, 98
"""Heights in pixels: a trend, its title and coverage, its days with what is free under them, the lines at the foot."""


def bulletin_picture(content: BulletinPicture) -> Canvas:
    """A picture, 1,080 pixels wide and as high as its units need."""
    words, tiles, points = translator(content.language), content.tiles, content.points
    bars = bars_of(content.bars, words, adds_up=content.adds_up)
    high = TILE * -(-len(tiles) // _abreast(tiles))
    canvas = Canvas(HEAD + high + (TREND if points else 0) + height_of(bars) + FOOT)
    heading(canvas, content, content.title)
    _tiles(canvas, HEAD, tiles, words, content.carried)
    top = HEAD + high
    if points:
        _trend(canvas, top, content.trend_title, points, words)
        top += TREND
    if bars:
        draw_bars(canvas, top, bars, content.bars_title, words)
    _foot(canvas, content, words)
    return canvas


def bars_of(rows: Sequence[BulletinBar], words: Translator, *, adds_up: bool = True) -> list[Bar]:
    """The longest first, those without a figure last. What is held back ranks as what is told of it."""
    found = [
        Bar(name, None, text=why)
        if low is None or high is None
        else Bar(name, high, f"  {note}" if note else "", text=told(low, high, words), is_exact=low == high)
        for name, low, high, note, why in rows
    ]
    found.sort(key=lambda bar: (bar.value is None, -(bar.value or 0)))
    if len(found) <= MOST_BARS:
        return found
    rest = [bar for bar in found[MOST_BARS - 1 :] if bar.value is not None]
    named = words.plain("picture_rest", n=len(found) - MOST_BARS + 1)
    if rest and not adds_up:
        last = Bar(named, None, text=words.plain("picture_no_sum"))
    elif rest and all(bar.is_exact for bar in rest):
        last = Bar(named, sum(bar.value or 0 for bar in rest))
    else:
        last = Bar(named, None, text="–")
    return [*found[: MOST_BARS - 1], last]


def _abreast(tiles: Sequence[BulletinTile]) -> int:
    return len(tiles) if len(tiles) < 4 else 2 if len(tiles) == 4 else 3


def _tiles(
    canvas: Canvas, top: float, tiles: Sequence[BulletinTile], words: Translator, carried: Sequence[int]
) -> None:
    abreast = _abreast(tiles)
    wide = ROOM / abreast
    for place, (label, low, high) in enumerate(tiles):
        left, upper = MARGIN + place % abreast * wide, top + place // abreast * TILE
        value = told(low, high, words) + ("*" if place in carried else "")
        canvas.write(left, upper, value, shrunk([value], 52, wide - 16, 0, bold=True), bold=True)
        canvas.write_fitted(left, upper + 64, label, 21, wide - 22, 2, colour=GREY)


def _trend(canvas: Canvas, top: float, title: str, points: Sequence[PublicPoint], words: Translator) -> None:
    canvas.write_fitted(MARGIN, top + 6, title, 24, ROOM, bold=True)
    draw_columns(canvas, top + ABOVE, top + TREND - DAYS, columns_of(points, words), words)
    if any(is_partly(point) for point in points):
        canvas.write(MARGIN, top + 40, words.plain("public_trend_partly"), 18, colour=ORANGE)


def _foot(canvas: Canvas, content: BulletinPicture, words: Translator) -> None:
    """Whose figures, as of when, what was corrected in them, and loudly that they are made up, where they are."""
    top = canvas.height - FOOT + 18
    said = [words.plain("public_trend_as_of", at=content.as_of)] if content.as_of is not None else []
    if content.carried:
        said.append(words.plain("picture_carried"))
    if content.is_corrected:
        said.append(words.plain("bulletin_picture_corrected"))
    room = demonstration_room(canvas, top + 32, words, is_made_up=content.demonstration)
    canvas.write_fitted(MARGIN, top, content.source, 20, ROOM, colour=GREY)
    canvas.write_fitted(MARGIN, top + 32, "  ·  ".join(said), 18, room, 2, colour=GREY)
