"""The trend: one figure of one unit, a bar a period, hatched where nothing was reported, never zero."""

from collections.abc import Sequence

from bot.drawing.canvas import BLUE, FOOT, GREY, INK, MARGIN, NAVY, ORANGE, PAPER, WIDTH, Canvas, day, number_text
from reporting.figures.drawings import PublicPoint, PublicTrend
from reporting.translator import Translator, translator

HEAD, PLOT, AXIS, LEGEND = 150, 420, 78, 44
"""Heights in pixels: the heading, the bars, the days under them, what the signs mean."""
PALE_BLUE = "#8fbbd9"
ROOM = WIDTH - 2 * MARGIN
NUMBERED = 31
"""Up to so many bars bear their numbers."""
GAP = 22
"""How high the hatched place of a missing report is."""


def public_trend_picture(content: PublicTrend) -> Canvas:
    """A picture, 1,080 pixels wide."""
    words, points = translator(content.language), content.points
    canvas = Canvas(HEAD + PLOT + AXIS + LEGEND + FOOT)
    _heading(canvas, content, words)
    draw_trend(canvas, HEAD + PLOT, PLOT, points, words)
    _legend(canvas, points, words, is_carried=content.is_carried)
    _foot(canvas, content, words)
    return canvas


def _heading(canvas: Canvas, content: PublicTrend, words: Translator) -> None:
    canvas.box(0, 0, WIDTH, HEAD - 24, NAVY)
    canvas.write_fitted(MARGIN, 26, content.title, 34, ROOM, colour=PAPER, bold=True)
    named = {"first": content.first, "last": content.last}
    unit = content.unit
    span = (
        words.plain("public_trend_days", unit=unit, **named) if unit else words.plain("public_trend_days_bare", **named)
    )
    canvas.write_fitted(MARGIN, 78, span, 23, ROOM, colour=PAPER)


def draw_trend(canvas: Canvas, floor: float, high: float, points: Sequence[PublicPoint], words: Translator) -> None:
    """Bars on `floor`, with their days under it. What is held back is pale from the least to the most that it may be."""
    wide, room = ROOM / len(points), high - 50
    most = max((abs(high) for _, _, high, *_ in points if high is not None), default=0) or 1
    letters = _letters(canvas, points, wide, words)
    every = max(-(-len(points) * 62 // ROOM), 1)
    canvas.box(MARGIN, floor, ROOM, 2, GREY)
    for place, (period, low, most_told, received, expected) in enumerate(points):
        middle, inner = MARGIN + (place + 0.5) * wide, min(wide * 0.76, 64)
        is_last = place == len(points) - 1
        if low is None or most_told is None:
            canvas.box(middle - inner / 2, floor - GAP, inner, GAP, missing=True)
        else:
            length = room * max(most_told, 0) / most
            _bar(canvas, middle, inner, floor, room * max(low, 0) / most, length, is_last)
            if len(points) <= NUMBERED:
                text = told(low, most_told, words)
                top = floor - max(length, 2) - 16
                canvas.write(middle, top, text, letters, bold=is_last, align="center", middle=True)
        if (len(points) - 1 - place) % every == 0:
            canvas.write(middle, floor + 10, day(period, words), 19, bold=is_last, align="center")
            if received < expected and low is not None:
                canvas.write(middle, floor + 36, f"{received}/{expected}", 17, colour=ORANGE, align="center")


def _bar(canvas: Canvas, middle: float, inner: float, floor: float, low: float, high: float, is_last: bool) -> None:
    if low < high:
        canvas.box(middle - inner / 2, floor - high, inner, high, "#dbe7ef")
    canvas.box(middle - inner / 2, floor - max(low, 2), inner, max(low, 2), BLUE if is_last else PALE_BLUE)


def told(low: float, high: float, words: Translator) -> str:
    """A number, or «<5» and «2–8» where a small count is held back."""
    if low == high:
        return number_text(low, words)
    return (
        f"<{number_text(high + 1, words)}" if low in (0, 1) else f"{number_text(low, words)}–{number_text(high, words)}"
    )


def _letters(canvas: Canvas, points: Sequence[PublicPoint], wide: float, words: Translator) -> float:
    """Letters in which the widest number fits over its bar."""
    texts = [told(low, high, words) for _, low, high, *_ in points if low is not None and high is not None]
    widest = max((canvas.width_of(text, 22, bold=True) for text in texts), default=0)
    return max(min(22.0, 22 * (wide - 4) / widest), 11.0) if widest else 22.0


def _legend(canvas: Canvas, points: Sequence[PublicPoint], words: Translator, *, is_carried: bool) -> None:
    top, left = HEAD + PLOT + AXIS + 6, float(MARGIN)
    if any(low is None for _, low, *_ in points):
        canvas.box(left, top, 40, 26, missing=True)
        said = words.plain("picture_missing")
        canvas.write(left + 50, top + 13, said, 20, colour=INK, middle=True)
        left += 90 + canvas.width_of(said, 20)
    if any(received < expected and low is not None for _, low, _, received, expected in points):
        said = words.plain("public_trend_carried" if is_carried else "public_trend_partly")
        canvas.write(left, top + 13, said, 20, colour=ORANGE, middle=True)


def _foot(canvas: Canvas, content: PublicTrend, words: Translator) -> None:
    """When the newest of it was published, and loudly that the figures are made up, where they are."""
    top = canvas.height - FOOT + 14
    if content.as_of is not None:
        said = words.plain("public_trend_as_of", at=content.as_of)
        canvas.write_fitted(MARGIN, top, said, 19, ROOM * 0.6, colour=GREY)
    if content.demonstration:
        mark = words.plain("picture_demonstration")
        canvas.write(WIDTH - MARGIN, top, mark, 21, colour=ORANGE, bold=True, align="right")
