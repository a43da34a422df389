"""The picture of a digest: the headline figures, the trend of the first of them, and a bar for every unit."""

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import NamedTuple

from bot.drawing.bars import Bar, draw_bars, height_of
from bot.drawing.canvas import GREY, MARGIN, ROOM, Canvas
from bot.drawing.columns import AXIS, PeriodColumn, draw_columns
from bot.drawing.digest_bars import bars_of
from bot.drawing.frame import FOOT, HEAD, footing, heading
from bot.drawing.number_text import number_text
from bot.drawing.text_fit import shrunk
from reporting.digests.content import DigestIndicator, TrendPoint
from reporting.digests.drawings import DigestPicture
from reporting.translator import Translator, translator

TILES, TREND, LINE = 150, 262, 30
"""Heights in pixels: the row of headline figures, a trend with its title, a line under the figures."""

LETTERS = 88
"""So many letters of a note fit a line."""

NOTE = 21
"""Pixels of its letters: whoever wonders at an arrow finds what it means without reading small print."""


def digest_picture(content: DigestPicture) -> Canvas:
    """A picture, 1,080 pixels wide and as high as its units need: 1,350 for 34."""
    words = translator(content.language)
    shown = [content.indicator(name) for name in content.headlines]
    bars = bars_of(content, words)
    trends = [_first_told(content, shown)] if bars else shown[:4]
    grown = grown_lines(content, shown[:4], words)
    notes = [line for note in (*content.notes, content.legend) for line in wrap(note, LETTERS)]
    tiles = TILES + (LINE if any(grown) else 0) + LINE * len(notes)
    canvas = Canvas(HEAD + tiles + TREND * len(trends) + height_of(bars) + FOOT)
    heading(canvas, content, content.title)
    draw_tiles(canvas, HEAD, shown[:4], grown, words)
    top = HEAD + 122 + (LINE if any(grown) else 0)
    for note in notes:
        canvas.write_fitted(MARGIN, top, note, NOTE, ROOM)
        top += LINE
    top, is_own = HEAD + tiles, len(content.rows) <= 1 and not content.groups
    for each in trends:
        draw_trend(canvas, top, content, each, words, is_own=is_own)
        top += TREND
    if bars:
        draw_bars(canvas, top, bars, _bars_title(content, shown[0], words), words)
    odd = words.plain("picture_odd") if any(bar.odd for bar in bars) else ""
    footing(canvas, content, words, odd, _carried_sign(content, trends, bars, words))
    return canvas


def _first_told(content: DigestPicture, shown: Sequence[DigestIndicator]) -> DigestIndicator:
    """The first of the headlines of which there is a total on any of the days: fifteen times «?» would be no trend."""
    told = (each for each in shown if any(point.value is not None for point in content.trend.get(each.name, ())))
    return next(told, shown[0])


def _carried_sign(
    content: DigestPicture, trends: Sequence[DigestIndicator], bars: Sequence[Bar], words: Translator
) -> str:
    """What «*» at a bar means, where there is such a bar: of a group, of a day or of the rest."""
    in_days = any(_day(point).mark for each in trends for point in content.trend[each.name])
    return words.plain("picture_carried") if in_days or any(bar.text.endswith("*") for bar in bars) else ""


def grown_lines(content: DigestPicture, shown: Sequence[DigestIndicator], words: Translator) -> list[str]:
    """«lũy kế: 15*» under each headline that is added up; digests were frozen that do not say in what."""
    of_name = {each.name: each for each in content.indicators}
    said = []
    for each in shown:
        of = of_name.get(each.grown)
        if of is None or of.is_no_sum or (of.total is None and not of.untold):
            said.append("")
        elif of.untold:
            said.append(words.plain("digest_grown_untold"))
        else:
            said.append(words.plain("digest_grown", value=number_text(of.total, words) + of.mark))
    return said


class Day(NamedTuple):
    """A day of a trend: its total, how many units have reported it, and the sign that late ones stand in it, or why there is none."""

    value: float | None
    units: int
    mark: str = ""
    untold: bool = False


def _day(point: TrendPoint) -> Day:
    carried = point.carried or 0
    mark = "*" if carried and point.value is not None else ""
    return Day(point.value, point.units - carried, mark, point.is_untold)


def draw_tiles(
    canvas: Canvas, top: float, shown: Sequence[DigestIndicator], grown: Sequence[str], words: Translator
) -> None:
    """The headlines beside each other, each with its change and what it is added up in."""
    wide = ROOM / max(len(shown), 1)
    for place, each in enumerate(shown):
        left = MARGIN + place * wide
        value = "?" if each.untold else number_text(each.total, words) + each.mark
        letters = shrunk([value], 52, wide - 16, 0, bold=True)
        canvas.write(left, top, value, letters, bold=True)
        after = canvas.width_of(value, letters, bold=True) + 14
        change = _change(each.change, words)
        if after + canvas.width_of(change, 25) < wide - 14:
            canvas.write(left + after, top + 22, change, 25, colour=GREY)
        canvas.write_fitted(left, top + 62, each.label, 20, wide - 16, 2, colour=GREY)
        canvas.write_fitted(left, top + 116, grown[place], 20, wide - 16, bold=True)


def _change(change: float | None, words: Translator) -> str:
    if not change:
        return "" if change is None else "="
    return ("▲ " if change > 0 else "▼ ") + number_text(abs(change), words)


def draw_trend(
    canvas: Canvas, top: float, content: DigestPicture, of: DigestIndicator, words: Translator, *, is_own: bool
) -> None:
    """A column a day; where not all units that were expected are in it, how many are."""
    title = words.plain("picture_trend_own" if is_own else "picture_trend", label=of.label, unit=of.unit or "–")
    canvas.write_fitted(MARGIN, top + 6, title, 24, ROOM, bold=True)
    columns = [
        _column(on, _day(point), expected, words)
        for on, point, expected in zip(content.days, content.trend[of.name], content.expected, strict=True)
    ]
    draw_columns(canvas, top + 44, top + TREND - AXIS, columns, words)


def _column(on: date, of: Day, expected: int, words: Translator) -> PeriodColumn:
    text = "?" if of.untold else "" if of.value is None else number_text(of.value, words) + of.mark
    value = None if of.untold else of.value
    return PeriodColumn(on, value, value, text, f"{of.units}/{expected}" if of.units < expected else "")


def _bars_title(content: DigestPicture, of: DigestIndicator, words: Translator) -> str:
    first, last = content.periods[0], content.periods[-1]
    if first < last:
        return words.plain("picture_bars_span", label=of.label, first=first, last=last)
    return words.plain("picture_bars", label=of.label, date=last)
