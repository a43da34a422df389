"""The trend: one figure of one unit, a column a period, hatched where nothing was reported, never zero."""

from collections.abc import Sequence

from bot.drawing.canvas import GREY, INK, MARGIN, NAVY, ORANGE, PAPER, ROOM, WIDTH, Canvas
from bot.drawing.columns import AXIS, PeriodColumn, draw_columns
from bot.drawing.frame import FOOT, demonstration_room
from bot.drawing.legend import CELL, HIGH, LegendEntry, draw_legend
from bot.drawing.number_text import number_text
from reporting.figures.drawings import PublicPoint, PublicTrend
from reporting.translator import Translator, translator

HEAD, PLOT, LEGEND = 150, 420, 60
"""Heights in pixels: the heading, the columns, what the signs mean."""


def public_trend_picture(content: PublicTrend) -> Canvas:
    """A picture, 1,080 pixels wide."""
    words, points = translator(content.language), content.points
    canvas = Canvas(HEAD + PLOT + AXIS + LEGEND + FOOT)
    _heading(canvas, content, words)
    draw_columns(canvas, HEAD, HEAD + PLOT, columns_of(points, words), words)
    draw_legend(canvas, HEAD + PLOT + AXIS + 22, _legend(points, words, is_carried=content.is_carried))
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


def columns_of(points: Sequence[PublicPoint], words: Translator) -> list[PeriodColumn]:
    """What is held back lies from the least to the most that it may be."""
    return [
        PeriodColumn(
            point.period,
            point.low,
            point.high,
            "" if point.low is None or point.high is None else told(point.low, point.high, words),
            f"{point.received}/{point.expected}" if is_partly(point) else "",
        )
        for point in points
    ]


def is_partly(point: PublicPoint) -> bool:
    """Whether there is a figure though not all units have reported."""
    return point.low is not None and point.received < point.expected


def told(low: float, high: float, words: Translator) -> str:
    """A number, or «<5» and «2–8» where a small count is held back."""
    if low == high:
        return number_text(low, words)
    return (
        f"<{number_text(high + 1, words)}" if low in (0, 1) else f"{number_text(low, words)}–{number_text(high, words)}"
    )


def _legend(points: Sequence[PublicPoint], words: Translator, *, is_carried: bool) -> list[LegendEntry]:
    entries = []
    if any(point.low is None for point in points):
        entries.append(LegendEntry(words.plain("picture_missing"), _missing, INK))
    if any(is_partly(point) for point in points):
        said = words.plain("public_trend_carried" if is_carried else "public_trend_partly")
        entries.append(LegendEntry(said, None, ORANGE))
    return entries


def _missing(canvas: Canvas, left: float, top: float) -> None:
    canvas.box(left, top, CELL, HIGH, missing=True)


def _foot(canvas: Canvas, content: PublicTrend, words: Translator) -> None:
    """When the newest of it was published, and loudly that the figures are made up, where they are."""
    top = canvas.height - FOOT + 14
    room = demonstration_room(canvas, top, words, is_made_up=content.demonstration)
    if content.as_of is not None:
        said = words.plain("public_trend_as_of", at=content.as_of)
        canvas.write_fitted(MARGIN, top, said, 20, room, colour=GREY)
