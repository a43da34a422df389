"""What stands at the head and the foot of pictures: what and of when, and loudly that figures are made up."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.drawing.canvas import GREY, MARGIN, NAVY, ORANGE, PAPER, ROOM, WIDTH, Canvas
from reporting.translator import Translator

HEAD, FOOT = 196, 62
"""Pixels that the heading takes, and the line at the foot."""

Row_co = TypeVar("Row_co", covariant=True)


class WithWindow(Protocol):
    """What has a window and its coverage."""

    @property
    def window(self) -> str: ...
    @property
    def coverage_text(self) -> str: ...


class WithMoment(Protocol):
    """What is as of a moment, and may be made up."""

    @property
    def as_of(self) -> datetime: ...
    @property
    def demonstration(self) -> bool: ...


class WithRows(WithWindow, WithMoment, Protocol[Row_co]):
    """What is a title and a row for each of its bars."""

    @property
    def title(self) -> str: ...
    @property
    def bars(self) -> Sequence[Row_co]: ...


def picture_of_rows(
    content: WithRows[Row_co], high: float, draw: Callable[[Canvas, float, Row_co], None], words: Translator
) -> Canvas:
    """A picture, 1,080 pixels wide, with a row of `high` pixels for each of its bars; `draw` draws one from its upper edge on."""
    canvas = Canvas(HEAD + high * len(content.bars) + FOOT)
    heading(canvas, content, content.title)
    for place, bar in enumerate(content.bars):
        draw(canvas, HEAD + high * place, bar)
    footing(canvas, content, words)
    return canvas


def heading(canvas: Canvas, content: WithWindow, title: str) -> None:
    """A dark band with the title and the window with its coverage."""
    canvas.box(0, 0, WIDTH, HEAD - 22, NAVY)
    pixels, lines = canvas.fit(title, 36, ROOM, least=30, bold=True)
    if canvas.width_of(title, pixels, bold=True) > ROOM:
        whole = canvas.width_of(title, 28, bold=True)
        pixels, lines = canvas.fit(title, 28, min(ROOM, max(whole * 0.6, ROOM * 0.5)), 2, least=28, bold=True)
        if " ".join(lines) != title:
            pixels, lines = canvas.fit(title, 28, ROOM, 2, bold=True)
    top = 30.0 if len(lines) == 1 else 14.0
    for line in lines:
        canvas.write(MARGIN, top, line, pixels, colour=PAPER, bold=True)
        top += pixels * 1.3
    canvas.write_fitted(MARGIN, 94, content.window, 24, ROOM, colour=PAPER)
    canvas.write_fitted(MARGIN, 130, content.coverage_text, 24, ROOM, colour=PAPER, bold=True)


def footing(canvas: Canvas, content: WithMoment, words: Translator, *more: str) -> None:
    """As of when, and what the signs mean."""
    as_of = words.plain("picture_as_of", at=content.as_of)
    top = canvas.height - FOOT + 14
    room = demonstration_room(canvas, top, words, is_made_up=content.demonstration)
    canvas.write_fitted(MARGIN, top, "  ·  ".join(filter(None, (as_of, *more))), 20, room, colour=GREY)


def demonstration_room(canvas: Canvas, top: float, words: Translator, *, is_made_up: bool) -> float:
    """Says on the right, where it is so, that the figures are made up; the width that is left of the line for others."""
    if not is_made_up:
        return ROOM
    mark = words.plain("picture_demonstration")
    canvas.write(WIDTH - MARGIN, top, mark, 21, colour=ORANGE, bold=True, align="right")
    return ROOM - canvas.width_of(mark, 21, bold=True) - 20
