"""Columns over periods, of what has gone day by day: the number over each, or lines to read them by where there are too many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.drawing.canvas import BLUE, GREY, MARGIN, ORANGE, PALE, ROOM, WIDTH, Canvas
from bot.drawing.number_text import day, number_text
from bot.drawing.scale import Scale
from bot.drawing.text_fit import shrunk
from reporting.translator import Translator

PALE_BLUE, HELD_BACK = "#8fbbd9", "#dbe7ef"
"""Columns before the last, and the part of a column that its value may or may not reach."""

LETTERS, LEAST = 22, 13
"""Pixels of the numbers over the columns, and of the smallest that can be read."""

DAYS, NOTE = 19, 17
AXIS = 62
"""Pixels: letters of the days and of what stands under them, and the height of both."""

APART = 5
"""Pixels between a column and its number."""

GAP = 26
"""How high the hatched place of a missing report is."""

EDGE = WIDTH - MARGIN / 2
"""No text goes further to the right."""

NARROW = 8
"""Columns that are closer than so many pixels stand without a gap between them."""


@dataclass(frozen=True, slots=True)
class PeriodColumn:
    """A period's value, which lies from `low` to `high`, and how it is told; None: it is missing, or where there is a text not told.

    `note` stands in orange under its day.
    """

    period: date
    low: float | None
    high: float | None
    text: str
    note: str = ""

    @property
    def values(self) -> tuple[float | None, float | None]:
        return self.low, self.high


def draw_columns(
    canvas: Canvas, top: float, foot: float, columns: Sequence[PeriodColumn], words: Translator, *, gap: float = GAP
) -> None:
    """From `top` to `foot`, with the days under it in `AXIS` pixels more. The last column is dark."""
    letters = _letters([column.text for column in columns], ROOM / len(columns))
    is_numbered = letters >= LEAST
    values = [value for column in columns for value in column.values]
    below = min((value for value in values if value is not None), default=0) < 0
    scale = Scale.over(values, foot - (LETTERS + APART) * below, top + LETTERS + APART)
    is_whole = all(value is None or value == int(value) for value in values)
    left = MARGIN if is_numbered else _grid(canvas, scale, words, is_whole=is_whole)
    wide = (MARGIN + ROOM - left) / len(columns)
    for place, column in enumerate(columns):
        is_last = place == len(columns) - 1
        _column(canvas, left + place * wide, wide, scale, column, is_last=is_last, gap=min(gap, scale.at(0) - top))
        if is_numbered or (is_last and column.text):
            _number(canvas, left + (place + 0.5) * wide, scale, column, letters if is_numbered else LETTERS, is_last)
    canvas.box(left, scale.at(0), MARGIN + ROOM - left, 2, GREY)
    _days(canvas, left, foot, wide, columns)


def _letters(texts: Sequence[str], wide: float) -> float:
    """Letters in which each number fits over its column; the last, which is bold, has more room on its right."""
    others = shrunk(texts[:-1], LETTERS, wide - 4, 0, bold=False)
    return min(others, shrunk(texts[-1:], LETTERS, wide + 4, 0, bold=True))


def _grid(canvas: Canvas, scale: Scale, words: Translator, *, is_whole: bool) -> float:
    """Thin lines at round values, with the values on the left; where the columns begin."""
    ticks = {tick: number_text(tick, words) for tick in scale.ticks(least=1 if is_whole else 0)}
    left = MARGIN + max(canvas.width_of(text, NOTE) for text in ticks.values()) + 10
    for tick, text in ticks.items():
        canvas.box(left, scale.at(tick), MARGIN + ROOM - left, 1, PALE)
        canvas.write(left - 10, scale.at(tick), text, NOTE, colour=GREY, align="right", middle=True)
    return left


def _column(
    canvas: Canvas, left: float, wide: float, scale: Scale, column: PeriodColumn, *, is_last: bool, gap: float
) -> None:
    inner = wide if wide < NARROW else min(wide * 0.76, 64)
    left += (wide - inner) / 2
    if column.low is None or column.high is None:
        if not column.text:
            canvas.box(left, scale.at(0) - gap, inner, gap, missing=True)
        return
    if column.low < column.high:
        upper, lower = sorted((scale.at(column.low), scale.at(column.high)))
        canvas.box(left, upper, inner, lower - upper, HELD_BACK)
    upper, lower = scale.bar(max(column.low, 0) if column.high > 0 else column.high)
    canvas.box(left, upper, inner, lower - upper, BLUE if is_last else PALE_BLUE)


def _number(canvas: Canvas, middle: float, scale: Scale, column: PeriodColumn, letters: float, is_last: bool) -> None:
    """Over the column; under it where it is negative."""
    end = (column.low if (column.high or 0) < 0 else column.high) or 0
    upper, lower = scale.bar(end)
    top = lower + APART + letters / 2 if end < 0 else upper - APART - letters / 2
    middle = min(middle, EDGE - canvas.width_of(column.text, letters, bold=is_last) / 2)
    canvas.write(middle, top, column.text, letters, bold=is_last, align="center", middle=True)


def _days(canvas: Canvas, left: float, foot: float, wide: float, columns: Sequence[PeriodColumn]) -> None:
    """Every so many that they stand apart, the last one always."""
    room = max(canvas.width_of(day(column.period), DAYS, bold=True) for column in columns)
    furthest = EDGE - room / 2
    apart = room + 5 + max(left + (len(columns) - 0.5) * wide - furthest, 0)
    every = max(ceil(apart / wide), 1)
    for place, column in enumerate(columns):
        if (len(columns) - 1 - place) % every == 0:
            middle, is_last = min(left + (place + 0.5) * wide, furthest), place == len(columns) - 1
            canvas.write(middle, foot + 8, day(column.period), DAYS, bold=is_last, align="center")
            canvas.write(middle, foot + 33, column.note, NOTE, colour=ORANGE, align="center")
