"""What a cell of a file that is given out may hold: no text in it is ever a formula where a spreadsheet opens it."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    begins = text.lstrip(" \u00a0\ufeff")[:1]
    return f"'{text}" if begins and begins in "=+-@|%\t\r\n＝＋－＠" else text


def harmless_row(cells: Iterable[object]) -> list[object]:
    """The cells of a row, each of its texts harmless; a number stays one."""
    return [harmless_cell(each) if isinstance(each, str) else each for each in cells]


def harmless_cell(text: str) -> str:
    """A text as it may stand in a cell; one that is a number stays one. Every line of a text ends in the same way.

    A lone carriage return is something that Python's csv does not quote, and takes for the end of a row when it reads it.
    """
    return text if _NUMBER.fullmatch(text) else harmless("\n".join(re.split("\r\n?", text)))
