"""What the signs in a picture mean: a little cell with each sign, side by side, in letters that leave room for all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.drawing.canvas import GREY, MARGIN, ROOM, Canvas
from bot.drawing.text_fit import shrunk

CELL, HIGH, BEFORE, BETWEEN = 34, 26, 10, 24
"""Pixels: a cell's width and height, from it to its text, and from there to the next."""

LETTERS = 20


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """`draw` puts the sign into the cell whose left and upper edge these are; None: the text stands alone."""

    text: str
    draw: Callable[[Canvas, float, float], None] | None
    colour: str = GREY


def draw_legend(canvas: Canvas, top: float, entries: Sequence[LegendEntry]) -> None:
    cells = [CELL + BEFORE if entry.draw else 0 for entry in entries]
    room = ROOM - sum(cells) - BETWEEN * (len(entries) - 1)
    letters = shrunk(["".join(entry.text for entry in entries)], LETTERS, room, 0, bold=False)
    left = float(MARGIN)
    for entry, cell in zip(entries, cells, strict=True):
        if entry.draw:
            entry.draw(canvas, left, top)
        canvas.write(left + cell, top + HIGH / 2, entry.text, letters, colour=entry.colour, middle=True)
        left += cell + canvas.width_of(entry.text, letters) + BETWEEN
