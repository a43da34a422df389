"""What a message of figures begins with, before its first figure: whose report it says it is."""

import re
from collections.abc import Sequence

from reporting.filling.line_names import gives_figure
from reporting.filling.line_pieces import line_words, number_apart, row_typed
from reporting.questions.names import Names

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[.,;]?")


def heading_of(text: str, names: Names) -> list[str]:
    """The lines before the first figure and what stands before it in its line; the first line alone where no figure is named."""
    found = list[str]()
    for written in text.split("\n"):
        line = row_typed(written, names)
        if not line:
            continue
        if number_apart(line) is not None or _begins_with_figure(line, names):
            return found
        before, is_figure = _before_figure(line, names)
        found.append(before)
        if is_figure:
            return found
    return found[:1]


def _begins_with_figure(line: str, names: Names) -> bool:
    words = line_words(line)
    return bool(names.at_start(words)[1]) or (words[0][0].isdigit() and gives_figure(line, "", names))


def _before_figure(line: str, names: Names) -> tuple[str, bool]:
    """What stands before the first name with a number behind it, and whether there is one."""
    words: Sequence[str] = line_words(line)
    for at in range(1, len(words)):
        _, size = names.at_start(words[at:])
        behind = [word for word in words[at + size : at + size + 2] if word not in (":", "=")]
        if size and any(map(_NUMBER.fullmatch, behind[:1])):
            return " ".join(words[:at]).strip(" :="), True
    return line.strip(" :="), False
