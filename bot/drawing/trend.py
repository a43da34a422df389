"""A unit's own figures over the last days, as bars one under the other; a day without a figure is hatched."""

from collections.abc import Sequence
from datetime import date

from bot.drawing.canvas import BLUE, FOOT, GREY, HEAD, MARGIN, WIDTH, Canvas, day, footing, heading, number_text
from reporting.figures.drawings import TrendSeries, UnitTrend
from reporting.translator import Translator, translator

PANEL, BARS = 260, 150
"""Pixels that an indicator takes, and its tallest bar."""


def unit_trend_picture(content: UnitTrend) -> Canvas:
    """A picture of the content that `messages.digests.trend.trend` makes."""
    words = translator(content.language)
    canvas = Canvas(HEAD + PANEL * len(content.series) + FOOT)
    heading(canvas, content, content.title)
    for place, series in enumerate(content.series):
        _panel(canvas, HEAD + PANEL * place, series, content.periods, words)
    footing(canvas, content, words)
    return canvas


def _panel(canvas: Canvas, top: float, series: TrendSeries, periods: Sequence[date], words: Translator) -> None:
    unit = f" ({series.unit})" if series.unit else ""
    canvas.write_fitted(MARGIN, top, series.label + unit, 26, WIDTH - 2 * MARGIN, bold=True)
    most = max((value for value in series.values if value is not None), default=0) or 1
    step = (WIDTH - 2 * MARGIN) / len(periods)
    foot = top + 62 + BARS
    for place, (period, value) in enumerate(zip(periods, series.values, strict=True)):
        left = MARGIN + place * step + step * 0.14
        middle = MARGIN + (place + 0.5) * step
        if value is None:
            canvas.box(left, foot - BARS, step * 0.72, BARS, missing=True)
        else:
            height = max(BARS * value / most, 2)
            canvas.box(left, foot - height, step * 0.72, height, BLUE)
            canvas.write(middle, foot - height - 22, number_text(value, words), 17, align="center")
        canvas.write(middle, foot + 6, day(period, words), 16, colour=GREY, align="center")
