"""Which language a text is in, where that is clear: names of places and chat's short forms count for none."""

from typing import Literal

from understanding.folding import fold
from understanding.tokens import pieces_of
from understanding.word_lists import word_list

_ENGLISH = word_list("languages").words("english")
_VIETNAMESE = word_list("languages").words("vietnamese")
"""Bare Vietnamese words of questions; «may», «so», «hay», «on», «bi», «o» and «co» are rare enough in English ones."""
_ENOUGH = 2


def language_spoken(text: str) -> Literal["vi", "en"] | None:
    """The language of a text: at least two words more of it than of the other; None where that is not clear."""
    words = [piece.lower() for piece in pieces_of(text) if piece[0].isalpha()]
    english = sum(word in _ENGLISH for word in words)
    vietnamese = sum(fold(word) in _VIETNAMESE and word not in _ENGLISH for word in words)
    if english - vietnamese >= _ENOUGH:
        return "en"
    return "vi" if vietnamese - english >= _ENOUGH else None
