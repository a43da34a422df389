"""What a message of figures begins with, before its first figure: whose report it says it is."""

import re

from reporting.filling.line_names import gives_figure
from reporting.filling.line_pieces import line_words, number_apart, row_typed
from reporting.questions.names import Names

_WORD = re.compile(r"[^\s:=]+|[:=]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[.,;]?")


def heading_of(text: str, names: Names) -> list[str]:
    """The lines before the first figure and what stands before it in its line; the first line alone where no figure is named."""
    return heading_apart(text, names)[0]


def heading_apart(text: str, names: Names) -> tuple[list[str], str]:
    """The same, and all that follows it, «» where no figure is named."""
    found, written = list[str](), text.split("\n")
    for at, each in enumerate(written):
        line = row_typed(each, names)
        if not line:
            continue
        if number_apart(line) is not None or _begins_with_figure(line, names):
            return found, "\n".join(written[at:])
        before, figures = _before_figure(line, names)
        found.append(before)
        if figures:
            return found, "\n".join([figures, *written[at + 1 :]])
    return found[:1], ""


def _begins_with_figure(line: str, names: Names) -> bool:
    words = line_words(line)
    return bool(names.at_start(words)[1]) or (words[0][0].isdigit() and gives_figure(line, "", names))


def _before_figure(line: str, names: Names) -> tuple[str, str]:
    """What stands before the first name with a number behind it, and the rest from there on; «» where there is none."""
    found = list(_WORD.finditer(line))
    words = [each[0] for each in found]
    for at in range(1, len(words)):
        size = names.at_start(words[at:])[1] if words[at] not in (":", "=") else 0
        behind = [word for word in words[at + size : at + size + 2] if word not in (":", "=")]
        if size and any(map(_NUMBER.fullmatch, behind[:1])):
            return line[: found[at].start()].strip(" :="), line[found[at].start() :]
    return line.strip(" :="), ""
