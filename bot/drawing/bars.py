"""Units' bars in two columns: the number beside each, and a hatched place where there is none, never zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing.canvas import BLUE, GREY, MARGIN, ORANGE, RED, ROOM, Canvas
from bot.drawing.number_text import number_text
from bot.drawing.scale import Scale
from reporting.translator import Translator

GAP, TITLE, NOTE = 36, 58, 18
"""Pixels: between the columns, the height of the title, the letters of a group's coverage beside its bar."""
LEAST = 30
"""Pixels of the longest bar, whatever stands beside it."""
PALE = "#b9d3e6"


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit's bar; `value` None: there is none. `note`: its coverage, for a group of units. `odd`: it stands out.

    `text`: the number as it is told where that is not just the value, or why there is none. `is_exact`: else the bar is pale.
    """

    name: str
    value: float | None
    note: str = ""
    odd: bool = False
    text: str = ""
    is_exact: bool = True


def height_of(bars: Sequence[Bar]) -> float:
    """Pixels that they take with their title; none where there are none."""
    rows = _rows(bars)
    return TITLE + rows * _step(rows) if bars else 0


def _rows(bars: Sequence[Bar]) -> int:
    return -(-len(bars) // 2)


def _step(rows: int) -> float:
    return 40 if rows <= 17 else 36


def draw_bars(canvas: Canvas, top: float, bars: Sequence[Bar], title: str, words: Translator) -> None:
    """All of them, of one scale, in their order down the left column and then the right."""
    canvas.write_fitted(MARGIN, top + 10, title, 24, ROOM, bold=True)
    rows = _rows(bars)
    step, column = _step(rows), (ROOM - GAP) / 2
    letters = 24 if step >= 40 else 22
    names = min(max(canvas.width_of(bar.name, letters) for bar in bars) + 14, column * 0.62)
    values = 12 + max(_wide(canvas, bar, letters, words) for bar in bars)
    scale = Scale.over((bar.value for bar in bars), 0, max(column - names - values, LEAST))
    for place, bar in enumerate(bars):
        left = MARGIN + (place // rows) * (column + GAP)
        middle = top + TITLE + (place % rows + 0.5) * step
        canvas.write_name(left, middle, bar.name, letters, names - 8, step)
        start = left + names
        if bar.value is None:
            colour = GREY if bar.text else RED
            canvas.box(start, middle - step * 0.34, 34, step * 0.68, colour, missing=True)
            said = bar.text or words.plain("picture_missing")
            small, (said,) = canvas.fit(said, letters - 3, column - names - 42, bold=not bar.text)
            canvas.write(start + 42, middle, said, small, colour=colour, bold=not bar.text, middle=True)
            continue
        first, last = (start + at for at in scale.bar(bar.value))
        colour = (ORANGE if bar.odd else BLUE) if bar.is_exact else PALE
        canvas.box(first, middle - step * 0.34, last - first, step * 0.68, colour)
        text = _value(bar, words)
        canvas.write(last + 8, middle, text, letters, bold=True, middle=True)
        after = last + 8 + canvas.width_of(text, letters, bold=True)
        canvas.write(after, middle, bar.note, NOTE, colour=ORANGE, middle=True)


def _wide(canvas: Canvas, bar: Bar, letters: float, words: Translator) -> float:
    return canvas.width_of(_value(bar, words), letters, bold=True) + canvas.width_of(bar.note, NOTE)


def _value(bar: Bar, words: Translator) -> str:
    """«18 ◆»; «» where nothing was reported."""
    return "" if bar.value is None else (bar.text or number_text(bar.value, words)) + (" ◆" if bar.odd else "")
