"""Which figures a line gives numbers by name, wherever in it they stand."""

import re

from reporting.filling.line_pieces import line_words
from reporting.questions.names import Names

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[.,]?")


def figures_given(piece: str, names: Names) -> set[str]:
    """The figures that a piece gives a number by name: «sửa lại f0 5» is about no figure before it."""
    words, found = line_words(piece), set[str]()
    for at in range(len(words)):
        name, size = names.at_start(words[at:])
        if size and any(word[0].isdigit() for word in words[at + size : at + size + 1]):
            found |= {question.name for question in names.meaning(name)}
    return found


def head_apart(line: str, names: Names) -> tuple[str, str]:
    """What a message begins with, and the figures that stand in the same line: «báo cáo anh, f0 3 khỏi 2»."""
    words = line_words(line)
    for at in range(len(words)):
        _, size = names.at_start(words[at:])
        if size and any(map(_NUMBER.fullmatch, words[at + size : at + size + 1])):
            return " ".join(words[:at]), " ".join(words[at:])
    return line, ""
