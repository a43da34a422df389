"""The bulletin of the public channel: headline figures, the trend of the first of them, and a bar for every unit."""

from collections.abc import Sequence

from bot.drawing.bars import Bar, draw_bars, height_of
from bot.drawing.canvas import GREY, HEAD, INK, MARGIN, ORANGE, WIDTH, Canvas, heading
from bot.drawing.public_trend import draw_trend, told
from reporting.digests.evidence import MOST_BARS
from reporting.figures.drawings import BulletinBar, BulletinPicture, BulletinTile, PublicPoint
from reporting.translator import Translator, translator

ROOM = WIDTH - 2 * MARGIN
TILE = 138
TREND, PLOT, FOOT = 330, 200, 94
"""Heights in pixels: a trend with its title, days and coverage, its bars alone, the lines at the foot."""


def bulletin_picture(content: BulletinPicture) -> Canvas:
    """A picture, 1,080 pixels wide and as high as its units need."""
    words, tiles, points = translator(content.language), content.tiles, content.points
    bars = bars_of(content.bars, words)
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


def bars_of(rows: Sequence[BulletinBar], words: Translator) -> list[Bar]:
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
    is_exact = all(bar.is_exact for bar in rest)
    whole = sum(bar.value or 0 for bar in rest) if rest and is_exact else None
    return [*found[: MOST_BARS - 1], Bar(named, whole, text="" if rest and is_exact else "–")]


def _abreast(tiles: Sequence[BulletinTile]) -> int:
    return len(tiles) if len(tiles) < 4 else 2 if len(tiles) == 4 else 3


def _tiles(
    canvas: Canvas, top: float, tiles: Sequence[BulletinTile], words: Translator, carried: Sequence[int]
) -> None:
    abreast = _abreast(tiles)
    wide = ROOM / abreast
    for place, (label, low, high) in enumerate(tiles):
        left, upper = MARGIN + place % abreast * wide, top + place // abreast * TILE
        mark = "*" if place in carried else ""
        canvas.write(left, upper, told(low, high, words) + mark, 52, bold=True, colour=INK)
        canvas.write_fitted(left, upper + 64, label, 21, wide - 22, 2, colour=GREY)


def _trend(canvas: Canvas, top: float, title: str, points: Sequence[PublicPoint], words: Translator) -> None:
    canvas.write_fitted(MARGIN, top + 6, title, 24, ROOM, bold=True)
    floor = top + 50 + PLOT
    draw_trend(canvas, floor, PLOT, points, words)
    if any(received < expected and low is not None for _, low, _, received, expected in points):
        note = words.plain("public_trend_partly")
        canvas.write(MARGIN, top + 40, note, 18, colour=ORANGE)


def _foot(canvas: Canvas, content: BulletinPicture, words: Translator) -> None:
    """Whose figures, as of when, what was corrected in them, and loudly that they are made up, where they are."""
    top = canvas.height - FOOT + 18
    said = [words.plain("public_trend_as_of", at=content.as_of)] if content.as_of is not None else []
    if content.carried:
        said.append(words.plain("picture_carried"))
    if content.is_corrected:
        said.append(words.plain("bulletin_picture_corrected"))
    room = float(ROOM)
    if content.demonstration:
        mark = words.plain("picture_demonstration")
        canvas.write(WIDTH - MARGIN, top + 32, mark, 21, colour=ORANGE, bold=True, align="right")
        room -= canvas.width_of(mark, 21, bold=True) + 20
    canvas.write_fitted(MARGIN, top, content.source, 20, ROOM, colour=GREY)
    canvas.write_fitted(MARGIN, top + 32, "  ·  ".join(said), 20, room, colour=GREY)
