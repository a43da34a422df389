"""The board: units by days, each cell the day's figure, or hatched where nothing was reported."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.drawing.canvas import GREY, INK, MARGIN, ORANGE, PAPER, RED, ROOM, Canvas
from bot.drawing.frame import FOOT, HEAD, footing, heading
from bot.drawing.legend import CELL, HIGH, LegendEntry, draw_legend
from bot.drawing.number_text import day, number_text
from bot.drawing.text_fit import shrunk
from reporting.digests.content import BoardCell, BoardRow
from reporting.digests.drawings import BoardPicture
from reporting.translator import Translator, translator

TITLE, DAYS, ROW, WIDEST = 52, 36, 36, 150
"""Heights in pixels: the board's title, the line of days, a unit; and how wide a day's cell is at most."""

SHADES = ("#f3f7fa", "#d6e6f1", "#a9cce3", "#6aa9d0", "#2d7fb8", "#0b4f83")
"""From little to much, told apart by lightness alone; every cell bears its number."""

FREE = "#cfcfcf"

REACH = 12
"""Pixels that a corner takes of each side."""

LEGEND = 44
"""The height of the line that explains the signs."""

Sign = Callable[[Canvas, float, float, float], None]
"""Marks the cell whose left and upper edges and width these are."""


def board_picture(content: BoardPicture) -> Canvas:
    """A picture, 1,080 pixels wide and as high as its units need. ValueError where the digest has no figures to show."""
    words, rows = translator(content.language), content.board
    if not rows:
        raise ValueError("a digest without numeric indicators has no board")
    shown = content.indicator(content.headlines[0])
    canvas = Canvas(HEAD + TITLE + DAYS + len(rows) * ROW + LEGEND + FOOT)
    heading(canvas, content, words.plain("board_heading", unit=content.unit.upper()))
    title = words.plain("board_title", label=shown.label, unit=shown.unit or "–")
    canvas.write_fitted(MARGIN, HEAD, title, 24, ROOM, bold=True)
    _cells(canvas, HEAD + TITLE, rows, content.days, words)
    cells = [cell for row in rows for cell in row.cells]
    signs = [
        (_late, "board_late"),
        *([(_archive, "board_archive")] if any(cell.archive for cell in cells) else []),
        *([(_untold, shown.untold_key)] if any(cell.untold for cell in cells) else []),
        *([(_partly, "board_partly")] if any(cell.is_partly for cell in cells) else []),
        *([(_free, "board_free")] if any(cell.owed == 0 for cell in cells) else []),
    ]
    draw_legend(canvas, HEAD + TITLE + DAYS + len(rows) * ROW + 10, _legend(signs, words))
    footing(canvas, content, words)
    return canvas


def _cells(canvas: Canvas, top: float, rows: Sequence[BoardRow], days: Sequence[date], words: Translator) -> None:
    names = min(max(canvas.width_of(row.unit, 22) for row in rows) + 16, 330)
    wide = min((ROOM - names) / len(days), WIDEST)
    letters = _letters(rows, wide, words)
    steps = _steps([value for row in rows for value in row.values if value is not None])
    for place, on in enumerate(days):
        now = place == len(days) - 1
        small = shrunk([day(on)], 17, wide - 6, 0, bold=now)
        canvas.write(MARGIN + names + (place + 0.5) * wide, top + 8, day(on), small, bold=now, align="center")
    for line, row in enumerate(rows):
        upper = top + DAYS + line * ROW
        canvas.write_name(MARGIN, upper + ROW / 2, row.unit, 22, names - 10, ROW)
        for place, cell in enumerate(row.cells):
            left = MARGIN + names + place * wide
            if not cell.owed:
                _free(canvas, left, upper, wide)
                continue
            if cell.untold:
                _untold(canvas, left, upper, wide)
                continue
            _value(canvas, left, upper, wide, cell.value, steps, letters, words)
            for sign in _signs(cell):
                sign(canvas, left, upper, wide)


def _value(
    canvas: Canvas,
    left: float,
    upper: float,
    wide: float,
    value: float | None,
    steps: Sequence[float],
    letters: float,
    words: Translator,
) -> None:
    if value is None:
        canvas.box(left + 1, upper + 2, wide - 3, ROW - 4, RED, missing=True)
        return
    shade = sum(value > step for step in steps)
    canvas.box(left + 1, upper + 2, wide - 3, ROW - 4, SHADES[shade])
    ink = PAPER if shade > 3 else INK
    canvas.write(
        left + wide / 2, upper + ROW / 2, number_text(value, words), letters, colour=ink, align="center", middle=True
    )


def _signs(cell: BoardCell) -> list[Sign]:
    signs = ((cell.late, _late), (cell.archive, _archive), (cell.is_partly, _partly))
    return [sign for is_so, sign in signs if is_so]


def _late(canvas: Canvas, left: float, upper: float, wide: float) -> None:
    """An orange corner on the right."""
    canvas.corner(left + wide - 2, upper + 2, -REACH, ORANGE)


def _archive(canvas: Canvas, left: float, upper: float, wide: float) -> None:
    """A grey corner on the left."""
    canvas.corner(left + 1, upper + 2, REACH, GREY)


def _partly(canvas: Canvas, left: float, upper: float, wide: float) -> None:
    """An orange line at the foot."""
    canvas.box(left + 4, upper + ROW - 6, wide - 10, 3, ORANGE)


def _free(canvas: Canvas, left: float, upper: float, wide: float) -> None:
    """A grey cell without a number: nothing was owed."""
    canvas.box(left + 1, upper + 2, wide - 3, ROW - 4, FREE)


def _untold(canvas: Canvas, left: float, upper: float, wide: float) -> None:
    """A pale cell with «?»: a group's total that cannot be told."""
    canvas.box(left + 1, upper + 2, wide - 3, ROW - 4, SHADES[0])
    canvas.write(left + wide / 2, upper + ROW / 2, "?", 21, colour=INK, align="center", middle=True)


def _letters(rows: Sequence[BoardRow], wide: float, words: Translator) -> float:
    """Letters in which the longest number fits its cell."""
    texts = {number_text(value, words) for row in rows for value in row.values}
    return shrunk([*texts], 21, wide - 6, 0, bold=False)


def _steps(values: Sequence[float]) -> list[float]:
    """Where one shade ends and the next begins: equal shares of the values that are not zero, so that one giant hides nobody."""
    known = sorted({value for value in values if value > 0})
    if not known:
        return [0] * (len(SHADES) - 1)
    cuts = len(SHADES) - 1
    return [0, *(known[max(-(-len(known) * share // cuts) - 1, 0)] for share in range(1, cuts))]


def _legend(signs: Sequence[tuple[Sign, str]], words: Translator) -> list[LegendEntry]:
    """What the signs in this board mean."""
    return [
        LegendEntry(words.plain("picture_missing"), _nothing, RED),
        *(LegendEntry(words.plain(key), _on_a_cell(sign)) for sign, key in signs),
    ]


def _nothing(canvas: Canvas, left: float, top: float) -> None:
    canvas.box(left, top, CELL, HIGH, RED, missing=True)


def _on_a_cell(sign: Sign) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, left: float, top: float) -> None:
        canvas.box(left, top, CELL, HIGH, SHADES[0])
        sign(canvas, left, top - 2, CELL + 1)

    return draw
