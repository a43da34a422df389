"""How far units are with their targets: for each a bar on its own scale, the line of the target, and what is needed by now."""

from bot.drawing.canvas import BLUE, GREY, INK, MARGIN, ORANGE, PALE, RED, ROOM, Canvas
from bot.drawing.frame import picture_of_rows
from reporting.figures.drawings import TargetBar, TargetPicture
from reporting.translator import translator

ROW, BAR = 108, 34
"""Pixels that a target takes, and its bar."""
SCALE = 1.5
"""What is more than so many times the target is drawn as that."""
TRACK = ROOM * 0.62
DASHES = 5


def targets_picture(content: TargetPicture) -> Canvas:
    """A picture, 1,080 pixels wide and as high as its targets need."""
    return picture_of_rows(content, ROW, _row, translator(content.language))


def _row(canvas: Canvas, top: float, bar: TargetBar) -> None:
    canvas.write_fitted(MARGIN, top, f"{bar.unit}: {bar.goal}", 24, ROOM, bold=True)
    upper = top + 40
    canvas.box(MARGIN, upper, TRACK, BAR, PALE)
    right = MARGIN + TRACK + 14
    if bar.share is None:
        canvas.box(MARGIN, upper, TRACK, BAR, GREY, missing=True)
    else:
        canvas.box(MARGIN, upper, _at(bar.share), BAR, ORANGE if bar.is_wanting else BLUE)
    line = MARGIN + _at(1)
    canvas.box(line - 2, upper - 6, 4, BAR + 12, INK)
    if bar.share is not None and 0 < bar.due < 1:
        for dash in range(DASHES):
            canvas.box(MARGIN + _at(bar.due) - 1.5, upper - 6 + dash * (BAR + 12) / DASHES, 3, 5, INK)
    mark = "▲ " if bar.is_wanting else ""
    room = ROOM - TRACK - 14
    canvas.write_fitted(right, upper - 8, bar.value or bar.state, 24, room, bold=True)
    if bar.value:
        colour = RED if bar.is_wanting else GREY
        canvas.write_fitted(right, upper + 20, mark + bar.state, 19, room, 2, colour=colour)


def _at(share: float) -> float:
    """How far along the track a share of the target lies."""
    return max(0.0, min(share, SCALE)) / SCALE * TRACK
