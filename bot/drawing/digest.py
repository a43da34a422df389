"""The picture of a digest: the headline figures, the trend of the first of them, and a bar for every unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.drawing.bars import Bar, draw_bars, height_of
from bot.drawing.canvas import BLUE, FOOT, GREY, HEAD, MARGIN, ORANGE, WIDTH, Canvas, day, footing, heading, number
from reporting.digests.content import MOST_BARS
from reporting.words import Words, words_in

ROOM = WIDTH - 2 * MARGIN
TILES, TREND = 166, 262
"""Heights in pixels: the row of headline figures, a trend with its title."""


def picture(content: Mapping[str, Any]) -> Canvas:
    """A picture, 1,080 pixels wide and as high as its units need: 1,350 for 34."""
    words = words_in(content["language"])
    shown = [each for name in content["headlines"] for each in content["indicators"] if each["name"] == name]
    bars = bars_of(content, words)
    trends = shown[:1] if bars else shown[:4]
    height = HEAD + TILES + TREND * len(trends) + height_of(bars) + FOOT
    canvas = Canvas(height)
    heading(canvas, content, content["title"])
    _tiles(canvas, HEAD, shown[:4], words)
    canvas.write_fitted(MARGIN, HEAD + 122, content["legend"], 17, ROOM, colour=GREY)
    top = HEAD + TILES
    for each in trends:
        _trend(canvas, top, content, each, words)
        top += TREND
    if bars:
        draw_bars(canvas, top, bars, _bars_title(content, shown[0], words), words)
    odd = words.plain("picture_odd") if any(bar.odd for bar in bars) else ""
    footing(canvas, content, words, odd)
    return canvas


def bars_of(content: Mapping[str, Any], words: Words) -> list[Bar]:
    """The bars, longest first and missing units last; of groups where the tree has such, of none where it is one unit."""
    if content["groups"]:
        bars = [Bar(row["unit"], row["values"][0], _partly(*row["reports"])) for row in content["groups"]]
    elif len(content["rows"]) > 1 and content["headlines"]:
        place = [each["name"] for each in content["indicators"]].index(content["headlines"][0])
        odd = {unit_id for unit_id, name, *_ in content["standouts"] if name == content["headlines"][0]}
        bars = [
            Bar(row["unit"], row["values"][place], odd=row["id"] in odd, text=_excuse(row, place))
            for row in content["rows"]
        ]
    else:
        return []
    bars.sort(key=lambda bar: (bar.value is None, -(bar.value or 0)))
    if len(bars) <= MOST_BARS:
        return bars
    rest = bars[MOST_BARS - 1 :]
    known = [bar.value for bar in rest if bar.value is not None]
    return [*bars[: MOST_BARS - 1], Bar(words.plain("picture_rest", n=len(rest)), sum(known) if known else None)]


def _excuse(row: Mapping[str, Any], place: int) -> str:
    """Why there is no bar, where none was owed."""
    return str(row.get("excused", "")) if row["values"][place] is None else ""


def _partly(received: int, expected: int) -> str:
    return f"  {received}/{expected}" if received < expected else ""


def _tiles(canvas: Canvas, top: float, shown: Sequence[Mapping[str, Any]], words: Words) -> None:
    wide = ROOM / max(len(shown), 1)
    for place, each in enumerate(shown):
        left = MARGIN + place * wide
        value = number(each["total"], words)
        canvas.write(left, top, value, 52, bold=True)
        change = _change(each["change"], words)
        if canvas.width_of(value, 52, bold=True) + canvas.width_of(change, 25) + 14 < wide - 14:
            canvas.write(left + canvas.width_of(value, 52, bold=True) + 14, top + 22, change, 25, colour=GREY)
        canvas.write_fitted(left, top + 62, each["label"], 20, wide - 16, 2, colour=GREY)


def _change(change: float | None, words: Words) -> str:
    if not change:
        return "" if change is None else "="
    return ("▲ " if change > 0 else "▼ ") + number(abs(change), words)


def _trend(canvas: Canvas, top: float, content: Mapping[str, Any], of: Mapping[str, Any], words: Words) -> None:
    """A bar a day, the last one dark; where not all units that were expected are in it, how many are."""
    days, expected = content["days"], content["expected"]
    points = content["trend"][of["name"]]
    key = "picture_trend" if len(content["rows"]) > 1 or content["groups"] else "picture_trend_own"
    title = words.plain(key, label=of["label"], unit=of["unit"] or "–")
    canvas.write_fitted(MARGIN, top + 6, title, 24, ROOM, bold=True)
    most = max((value for value, _ in points if value is not None), default=0) or 1
    wide, floor, room = ROOM / len(days), top + TREND - 62, TREND - 62 - 76
    every = -(-len(days) // 15)
    letters = 20
    widest = max((canvas.width_of(number(value, words), 20, bold=True) for value, _ in points), default=0)
    if widest > wide - 4:
        letters = max(int(20 * (wide - 4) / widest), 13)
    for place, (iso, (value, units)) in enumerate(zip(days, points, strict=True)):
        middle = MARGIN + (place + 0.5) * wide
        inner = min(wide * 0.74, 60)
        is_now = place == len(days) - 1
        if value is None:
            canvas.box(middle - inner / 2, floor - 26, inner, 26, missing=True)
        else:
            high = max(room * value / most, 2)
            canvas.box(middle - inner / 2, floor - high, inner, high, NAVY_OR_BLUE[is_now])
            if len(days) <= 15 or is_now:
                text = number(value, words)
                canvas.write(middle, floor - high - 13, text, letters, bold=is_now, align="center", middle=True)
        if (len(days) - 1 - place) % every == 0:
            canvas.write(middle, floor + 6, day(iso, words), 19, bold=is_now, align="center")
            if units < expected[place]:
                canvas.write(middle, floor + 30, f"{units}/{expected[place]}", 17, colour=ORANGE, align="center")


NAVY_OR_BLUE = {True: BLUE, False: "#8fbbd9"}
"""Today's bar is dark, those before pale."""


def _bars_title(content: Mapping[str, Any], of: Mapping[str, Any], words: Words) -> str:
    last = date.fromisoformat(content["periods"][-1])
    if len(content["periods"]) > 1:
        first = date.fromisoformat(content["periods"][0])
        return words.plain("picture_bars_span", label=of["label"], first=first, last=last)
    return words.plain("picture_bars", label=of["label"], date=last)
