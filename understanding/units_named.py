"""Whose report a message of figures says that it is: the units named in its heading, of which nothing is asked."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from reporting.units import Unit
from understanding.layout import lay_out
from understanding.scene import Scene
from understanding.tokens import MOST_TOKENS, Token, signs_of, tidy
from understanding.typed_requests import part_day
from understanding.vocabulary import Vocabulary
from understanding.word_lists import word_list

_NUMBER = re.compile(r"(?<!\S)[^\w\s]*\d")
"""A word that begins with a number: no heading goes on behind it."""

_BARE = frozenset(tuple(sign.base for sign in signs) for signs in word_list("staff").phrases("around a heading"))
_TO_WHOM = frozenset(tuple(sign.base for sign in signs) for signs in word_list("staff").phrases("to whom"))


class Heading(NamedTuple):
    """A line of a heading: each place of ours that it names by its kind and name, or by a name that is nothing else, as the units
    that may be meant by it.

    `is_bare`: there is nothing beside them but the day and words that tell nothing («UBND … báo cáo»); `is_addressed`: nothing but
    these and to whom it goes («kính gửi …»).
    """

    units: tuple[tuple[Unit, ...], ...]
    is_bare: bool
    is_addressed: bool
    is_ended: bool
    """A number follows within the line, which is no day."""


def read_heading(line: str, vocabulary: Vocabulary, today: date, about: Collection[str] = ()) -> Heading:
    """What stands before the first number of a line but its day's. `about`: what all the figures are about."""
    rest = part_day(line, today)[0]
    bare = _BARE | _topics(tuple(about))
    number = _NUMBER.search(rest)
    if number is not None:
        scene, units, said = _laid_out(rest, vocabulary, today)
        if _is_seen(scene, rest) and _are_only(["" if at in scene.periods.at else each for at, each in said], bare):
            return Heading(units, is_bare=True, is_addressed=False, is_ended=False)  # «ngày 10 tháng 11 năm 2021»
        rest = rest[: number.start()]
    scene, units, said = _laid_out(rest, vocabulary, today)
    words, is_seen = [each for _, each in said], _is_seen(scene, rest)
    is_addressed = is_seen and _are_only(words, bare | _TO_WHOM)
    return Heading(units, is_seen and _are_only(words, bare), is_addressed, number is not None)


def _laid_out(
    text: str, vocabulary: Vocabulary, today: date
) -> tuple[Scene, tuple[tuple[Unit, ...], ...], list[tuple[int, str]]]:
    """A text's scene, the units that it names for sure, and its words with their places, «» for those of a unit's name."""
    scene = lay_out(text, vocabulary, today)
    found = [mention for mention in scene.mentions if mention.is_sure and mention.is_ours]
    named = {at for mention in found for at in range(mention.start, mention.end)}
    words = [
        (at, "" if at in named else _word(token))
        for at, token in enumerate(scene.tokens)
        if at in named or token.is_word
    ]
    return scene, tuple(mention.units for mention in found), words


def _is_seen(scene: Scene, text: str) -> bool:
    """Whether a scene has all of a text in it."""
    return len(scene.tokens) <= MOST_TOKENS and _letters(tidy(text)) == _letters(text)


@lru_cache
def _topics(about: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The runs of two words or more of these texts."""
    said = [[sign.base for sign in signs_of(text) if sign.base.isalnum()] for text in about]
    return frozenset(
        tuple(words[at:end]) for words in said for at in range(len(words)) for end in range(at + 2, len(words) + 1)
    )


def _word(token: Token) -> str:
    """A word as it was typed; one that is known only with another letter is none of ours."""
    return "?" if 0 in token.slips else token.word


def _letters(text: str) -> str:
    """A text without marks: addresses and the like are in none that was tidied."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def _are_only(words: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether words, «» for those of a unit's name, are nothing but such phrases."""
    at, longest = 0, max(map(len, phrases))
    while at < len(words):
        size = next((size for size in range(longest, 0, -1) if tuple(words[at : at + size]) in phrases), 0)
        if words[at] and not size:
            return False
        at += size or 1
    return True
