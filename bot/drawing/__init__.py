"""Pictures, workbooks and letters: made from the JSON that a `Say` carries, in the speaker's worker thread."""

from collections.abc import Callable, Mapping
from typing import Any

from reporting.say import Drawn


def _digest(content: Mapping[str, Any]) -> bytes:
    from bot.drawing.digest import picture

    return picture(content).png()


def _board(content: Mapping[str, Any]) -> bytes:
    from bot.drawing.board import picture

    return picture(content).png()


def _workbook(content: Mapping[str, Any]) -> bytes:
    from bot.drawing.workbook import workbook

    return workbook(content)


def _letter(content: Mapping[str, Any]) -> bytes:
    from bot.drawing.letter import letter

    return letter(content)


def _trend(content: Mapping[str, Any]) -> bytes:
    from bot.drawing.trend import picture

    return picture(content).png()


def _public_trend(content: Mapping[str, Any]) -> bytes:
    from bot.drawing.public_trend import picture

    return picture(content).png()


def _bulletin(content: Mapping[str, Any]) -> bytes:
    from bot.drawing.bulletin import picture

    return picture(content).png()


def _filling(content: Mapping[str, Any]) -> bytes:
    from bot.drawing.filling import workbook

    return workbook(content)


MAKERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "digest": _digest,
    "board": _board,
    "workbook": _workbook,
    "letter": _letter,
    "trend": _trend,
    "filling": _filling,
    "public_trend": _public_trend,
    "bulletin": _bulletin,
}
"""What a `Drawn` can name. Each imports its library when it is first called: matplotlib alone takes a second."""


def draw(drawn: Drawn) -> bytes:
    """The file's bytes: PNG, .xlsx or .docx. Safe in any thread. KeyError for a maker that there is not."""
    return MAKERS[drawn.maker](drawn.content)
