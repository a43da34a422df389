"""Whole numbers that a text may mean though it is none itself («3O», «10-15», «khoảng 5», «chưa có»): offered, never taken."""

import re

from reporting.errors import NotUnderstood
from reporting.questions.numbers import is_not_yet, read_integer
from reporting.questions.typed_text import clean

MOST = 3
"""A text with more numbers is no answer to one question."""
_LIKE_DIGITS = str.maketrans("oil", "011")
_NUMBER = re.compile(r"(?<![^\W_])\d[\doil]*(?:[.,][\doil]{3})*(?![^\W_])")
"""Of digits and letters that look like them, the first a digit; «F0» is a name."""


def near_numbers(text: str) -> tuple[int, ...]:
    """The numbers in the order of the text, each once; none where there are more than MOST."""
    if is_not_yet(text):
        return (0,)
    found: dict[int, None] = {}
    for each in _NUMBER.findall(clean(text)):
        try:
            found[read_integer(each.translate(_LIKE_DIGITS))] = None
        except NotUnderstood:
            continue
    return tuple(found) if len(found) <= MOST else ()
