"""Names of units as they are looked for, and which of them may be read as something else: «Số 5», «Tháng Tám», «19/8», «Tư»."""

import re
from dataclasses import dataclass

from reporting.units import Unit
from understanding import language
from understanding.dates import NUMBERS
from understanding.folding import Sign, sign_of
from understanding.period_words import WORDS as PERIOD_WORDS

_TEN, _HUNDRED = 10, 100
_NUMBER = 2
"""So many words are «số 5»."""
_DATE_MARKS = "/-."
_DATED = re.compile(r"(\d+)\s*[/.-]\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a unit. `kinds`: those that an alias is said with; none: the unit's own, and for an alias any.

    `has_other_words`: some of its words are numerals, days or everyday words too («Số 5», «Tháng Tám», «Tư»).
    """

    unit: Unit
    is_own: bool
    kinds: frozenset[str]
    size: int
    has_other_words: bool = False


def phrases_in(text: str) -> list[str]:
    """The phrases of a list separated by semicolons."""
    return [phrase for phrase in (" ".join(part.split()) for part in text.split(";")) if phrase]


_EVERYDAY = {sign.base for sign in language.COMMON} | set(NUMBERS)


def has_other_words(signs: tuple[Sign, ...]) -> bool:
    """Whether words of a name are numerals, days or, of one word, an everyday word too."""
    is_everyday = len(signs) == 1 and signs[0].base in _EVERYDAY
    return is_everyday or any(sign.base in PERIOD_WORDS or sign.base.isdigit() for sign in signs)


def as_dates(name: str) -> list[tuple[Sign, ...]]:
    """A name that is written as a date, «19/8», in every way in which dates are: «19-8», «19.8»."""
    parts = _DATED.fullmatch(name.strip())
    return [tuple(map(sign_of, (parts[1], mark, parts[2]))) for mark in _DATE_MARKS] if parts else []


_TENS = ("", "mười", "hai mươi", "ba mươi", "bốn mươi", "năm mươi", "sáu mươi", "bảy mươi", "tám mươi", "chín mươi")
_ONES = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_OTHER_ONES = {1: "mốt", 4: "tư", 5: "lăm"}
"""«Hai mươi mốt», «hai mươi tư», «mười lăm»."""


def spelt_names(signs: tuple[Sign, ...]) -> list[tuple[Sign, ...]]:
    """A name that ends with a number of two digits, with that in words: «số mười hai»; a smaller one is read as its numeral anyway."""
    said = signs[-1].base
    if not said.isdigit() or not _TEN < int(said) < _HUNDRED:
        return []
    tens, one = divmod(int(said), _TEN)
    ones = dict.fromkeys((_ONES[one], _OTHER_ONES.get(one, _ONES[one])))
    return [(*signs[:-1], *map(sign_of, f"{_TENS[tens]} {each}".split())) for each in ones]


def numbered_names(signs: tuple[Sign, ...]) -> list[tuple[Sign, ...]]:
    """By what number alone a unit is called for short: «số 5» for «Trường TH số 5», and «number 5» for both; none if it has none."""
    if len(signs) < _NUMBER or signs[-2].base != "so" or not signs[-1].base.isdigit():
        return []
    in_english = (sign_of("number"), signs[-1])
    return [in_english, signs[-_NUMBER:]] if len(signs) > _NUMBER else [in_english]
