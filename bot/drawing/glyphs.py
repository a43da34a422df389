"""What the pictures' font can write: what it lacks is left out or replaced, never drawn as an empty box."""

import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
"""DejaVu Sans, which has every Vietnamese letter."""

STAND_IN = "?"
"""Stands for a letter or a digit that the font lacks; a sign that it lacks, as an emoji, is left out."""

UNSEEN = ("Cf", "Cs", "Co", "Cn")
"""Kinds of characters that draw nothing by themselves: joiners, halves of a pair, private and unassigned ones."""


@dataclass(frozen=True, slots=True)
class Writable:
    """A text as it can be drawn, and the characters that it had and the font lacks."""

    text: str
    lacking: frozenset[str] = frozenset()


def font_file(bold: bool) -> Path:
    return FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


@cache
def glyphs(bold: bool) -> frozenset[int]:
    """The code points that the font has a glyph for, by its table `cmap`, whose form 12 is a list of ranges."""
    font = font_file(bold).read_bytes()
    (tables,) = struct.unpack_from(">4xH", font)
    place = dict(struct.iter_unpack(">4s4xL4x", font[12 : 12 + 16 * tables]))[b"cmap"]
    (forms,) = struct.unpack_from(">2xH", font, place)
    starts = [place + at for (at,) in struct.iter_unpack(">4xL", font[place + 4 : place + 4 + 8 * forms])]
    start = next(at for at in starts if struct.unpack_from(">H", font, at) == (12,))
    (ranges,) = struct.unpack_from(">12xL", font, start)
    found = struct.iter_unpack(">LL4x", font[start + 16 : start + 16 + 12 * ranges])
    return frozenset(code for first, last in found for code in range(first, last + 1))


@lru_cache(1024)
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
