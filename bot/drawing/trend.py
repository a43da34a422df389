"""A unit's own figures over the last days, as columns one under the other; a day without a figure is hatched."""

from collections.abc import Sequence
from datetime import date

from bot.drawing.canvas import MARGIN, ROOM, Canvas
from bot.drawing.columns import PeriodColumn, draw_columns
from bot.drawing.frame import FOOT, HEAD, footing, heading
from bot.drawing.number_text import number_text
from reporting.figures.drawings import TrendSeries, UnitTrend
from reporting.translator import Translator, translator

PANEL, TITLE, DAYS = 260, 42, 48
"""Pixels that an indicator takes, its title, and the days with what is free under them."""

GAP = 110
"""How high the hatched place of a day without a figure is: whoever reports shall see it."""


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
    canvas.write_fitted(MARGIN, top, series.label + unit, 26, ROOM, bold=True)
    columns = [
        PeriodColumn(period, value, value, "" if value is None else number_text(value, words))
        for period, value in zip(periods, series.values, strict=True)
    ]
    draw_columns(canvas, top + TITLE, top + PANEL - DAYS, columns, words, gap=GAP)
