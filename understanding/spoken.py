"""Which language a text is in, where that is clear: names of places and chat's short forms count for none."""

from functools import lru_cache
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
    spoken = [_language_of(word) for word in words]
    english, vietnamese = spoken.count("en"), spoken.count("vi")
    if english - vietnamese >= _ENOUGH:
        return "en"
    return "vi" if vietnamese - english >= _ENOUGH else None


@lru_cache(maxsize=8192)
def _language_of(word: str) -> Literal["vi", "en"] | None:
    if word in _ENGLISH:
        return "en"
    return "vi" if fold(word) in _VIETNAMESE else None
