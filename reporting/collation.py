"""How Vietnamese sorts: the order of its letters first, of its tones second, numbers by what they come to.

The table is ours. Letters and tones stand as in Vietnamese dictionaries and in Unicode's CLDR for «vi»; like there, the whole name is
compared by its letters before any tone counts. Unlike there a tone is its syllable's, wherever it is written («hòa», «hoà»).
"""

import re
from functools import lru_cache
from unicodedata import normalize

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""f, j, w and z, of names from elsewhere, stand where Latin has them."""
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Ngang, huyền, hỏi, ngã, sắc, nặng, as combining marks."""

Order = tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]
"""What texts are sorted by: letters and numbers, the tones of the syllables, the text itself where all that is the same."""

_PLACES = {letter: place for place, letter in enumerate(LETTERS)}
_MARKED = {normalize("NFD", letter): place for letter, place in _PLACES.items()}
_PIECE = re.compile(r"(?P<number>\d+)|(?P<letter>[^\W_][\u0300-\u036f]*)|(?P<between>[\W_]+)")
_BETWEEN, _NUMBER, _LETTER, _OTHER = range(4)


@lru_cache(maxsize=1 << 15)
def vietnamese_order(text: str) -> Order:
    """The key by which a text sorts among others, composed or decomposed, whatever its cases.

    What stands between words comes before numbers, numbers before letters, letters of other scripts last.
    """
    letters: list[tuple[int, int]] = []
    tones = [0]
    for piece in _PIECE.finditer(normalize("NFD", text.strip().casefold())):
        if piece["letter"]:
            letters.append(_letter(piece["letter"]))
            tones[-1] = max(tones[-1], *(TONES.index(mark) for mark in piece["letter"][1:] if mark in TONES), 0)
        elif piece["number"]:
            letters.append((_NUMBER, int(piece["number"])))
        else:
            letters.append((_BETWEEN, 0))
            tones.append(0)
    return tuple(letters), tuple(tones), normalize("NFC", text)


def first_letter(text: str) -> str:
    """The letter that a name stands under in a list, a capital without its tone: «Đ» of «đảo»; «#» where it begins with none."""
    found = _PIECE.match(normalize("NFD", text.strip().casefold()))
    if found is None or not found["letter"]:
        return found["number"][0] if found is not None and found["number"] else "#"
    return normalize("NFC", "".join(mark for mark in found["letter"] if mark not in TONES)).upper()


def person_order(name: str) -> tuple[Order, Order]:
    """People sort by the given name, which stands last, then by all of it: «Trần Văn An» before «Lê Thị Bình»."""
    given = name.split()[-1:]
    return vietnamese_order(given[0] if given else ""), vietnamese_order(name)


def _letter(typed: str) -> tuple[int, int]:
    """Where a letter with its marks stands: with what makes it another letter, without its tone."""
    base = typed[0] + "".join(mark for mark in typed[1:] if mark not in TONES)
    place = _MARKED.get(base, _PLACES.get(base[0]))
    return (_LETTER, place) if place is not None else (_OTHER, ord(base[0]))
