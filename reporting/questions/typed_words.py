"""Words that people type beside a number, from the catalogues of all our languages: as they are written there, and without accents."""

import re
from functools import lru_cache

from reporting.questions.number_words import fold_words
from reporting.translator import LANGUAGES, translator


@lru_cache
def typed_words(key: str) -> tuple[str, ...]:
    """The entries of a list («nào;gì»), each as it is written and without accents, the longest first."""
    entries = [each for lang in LANGUAGES for each in translator(lang).plain(key).split(";")]
    ways = {way for each in entries for way in (each, fold_words(each))}
    return tuple(sorted(ways, key=lambda way: (-len(way), way)))


def is_typed_word(key: str, said: str) -> bool:
    """Whether it is one of a list's entries, and no more."""
    return fold_words(said) in _folded(key)


@lru_cache
def _folded(key: str) -> frozenset[str]:
    return frozenset(map(fold_words, typed_words(key)))


@lru_cache
def any_typed(key: str) -> str:
    """A pattern of any of a list's entries."""
    return f"(?:{'|'.join(map(re.escape, typed_words(key)))})"
