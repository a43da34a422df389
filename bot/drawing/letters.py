"""What the pictures' font can write: what it lacks is left out or replaced, never drawn as an empty box."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font

FONT = "DejaVu Sans"
"""Ships with matplotlib and has every Vietnamese letter."""

STAND_IN = "?"
"""Stands for a letter or a digit that the font lacks; a sign that it lacks, as an emoji, is left out."""

UNSEEN = ("Cf", "Cs", "Co", "Cn")
"""Kinds of characters that draw nothing by themselves: joiners, halves of a pair, private and unassigned ones."""


@dataclass(frozen=True, slots=True)
class Writable:
    """A text as it can be drawn, and the characters that it had and the font lacks."""

    text: str
    lacking: frozenset[str] = frozenset()


@cache
def glyphs(bold: bool) -> frozenset[int]:
    """The code points that the font has a glyph for."""
    path = findfont(FontProperties(family=FONT, weight="bold" if bold else "normal"))
    return frozenset(get_font(path).get_charmap())


def writable(text: str, *, bold: bool = False) -> Writable:
    """The text in composed letters on one line, with nothing in it that the font lacks."""
    composed = unicodedata.normalize("NFC", text)
    known = glyphs(bold)
    lacking = frozenset(
        each for each in composed if not each.isspace() and not _is_unseen(each) and ord(each) not in known
    )
    drawn = "".join(_drawn(each, known) for each in composed)
    if drawn == text:
        return Writable(text)
    drawn = re.sub(r" {2,}", " ", drawn).strip() if lacking else drawn
    return Writable(drawn or (STAND_IN if lacking else ""), lacking)


def _drawn(character: str, known: frozenset[int]) -> str:
    """What stands for one character: itself, its plain form («𝟑» is 3), a stand-in, or nothing."""
    if character.isspace():
        return character if character == "\u00a0" else " "
    if _is_unseen(character):
        return ""
    if ord(character) in known:
        return character
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and all(ord(each) in known for each in plain):
        return plain
    return STAND_IN if unicodedata.category(character)[0] in "LN" else ""


def _is_unseen(character: str) -> bool:
    """Whether it has no shape of its own: control and format characters, selectors of a form."""
    return (
        unicodedata.category(character) in UNSEEN
        or unicodedata.category(character) == "Cc"
        or "\ufe00" <= character <= "\ufe0f"
    )
