"""The ways in which people type the phrases of a word list: with their marks, without, in chat's short forms. Made here only."""

import re
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize

from reporting.typed_buttons import fold_word
from understanding.word_lists import word_list

_OLD_TONE = re.compile("(?:o[\u0300\u0301\u0303\u0309\u0323][ae]|u[\u0300\u0301\u0303\u0309\u0323]y)$")

_LONG_I = re.compile("(?<=^[hklmst])y")
"""«Lý», «lí»."""


def any_way_of(phrases: Iterable[str]) -> str:
    """A pattern of any of the phrases in any way in which it is typed."""
    return _alternatives(way for phrase in _longest_first(phrases) for way in _ways(phrase))


def with_marks(phrases: Iterable[str]) -> str:
    """A pattern of the phrases as they stand in their list: without their marks they are other words."""
    return _alternatives(map(_literal, _longest_first(phrases)))


def not_behind(phrases: Iterable[str]) -> str:
    """A pattern of a place that none of the phrases stands right before."""
    ways = {way for phrase in phrases for way in (phrase, " ".join(map(fold_word, phrase.split())))}
    return "".join(rf"(?<!\b{re.escape(way)}\s)" for way in _longest_first(ways))


def without_marks(phrases: Iterable[str]) -> str:
    return _alternatives(map(_literal, _longest_first({" ".join(map(fold_word, each.split())) for each in phrases})))


def _ways(phrase: str) -> list[str]:
    """Each begins with letters, not with a choice: where a text has others, a pattern passes on at once."""
    first, *rest = phrase.split()
    behind = "".join(rf"\s+{_alternatives(map(re.escape, _word_ways(word)))}" for word in rest)
    shortened = _longest_first(_short_forms().get(phrase, ())) if rest else []
    return [*(f"{re.escape(way)}{behind}" for way in _word_ways(first)), *map(re.escape, shortened)]


@cache
def _word_ways(word: str) -> list[str]:
    spread = normalize("NFD", word)
    others = (_OLD_TONE.sub(lambda found: _moved(found[0]), spread), _LONG_I.sub("i", spread))
    ways = {word, *(normalize("NFC", other) for other in others), fold_word(word), *_short_forms().get(word, ())}
    return _longest_first(ways)


def _moved(rime: str) -> str:
    """The tone on the other vowel: «xóa», «xoá»."""
    return rime[0] + rime[2] + rime[1]


@cache
def _short_forms() -> dict[str, set[str]]:
    """What is typed for a word."""
    found: dict[str, set[str]] = {}
    for typed, meant in word_list("spellings").pairs("short").items():
        found.setdefault(meant, set()).add(typed)
    return found


def _longest_first(ways: Iterable[str]) -> list[str]:
    return sorted(ways, key=lambda each: (-len(each), each))


def _literal(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.split()))


def _alternatives(ways: Iterable[str]) -> str:
    return f"(?:{'|'.join(ways)})"
