"""Vietnamese letters without their marks, how far two spellings agree, and whether letters can be a syllable."""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_QUALITIES = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
_I_OR_Y = re.compile(r"^((?:[hklmst]|qu)?)y$")


_STOPPED = ("c", "ch", "p", "t")


class Sign(NamedTuple):
    """A word's spelling: bare letters, each letter's own mark (^ ( + or -), and the tone wherever it was put (hoà, hòa)."""

    base: str
    qualities: tuple[str, ...]
    tone: str

    @property
    def is_bare(self) -> bool:
        return not self.tone and not any(self.qualities)


class Agreement(IntEnum):
    """How the marks typed agree with a name's: all of them, none typed, some typed, or another one typed."""

    SAME = 0
    BARE = 1
    PART = 2
    AGAINST = 3


@lru_cache(maxsize=65536)
def sign_of(word: str) -> Sign:
    """The spelling of one word in any case and Unicode form. Lí and Lý are one."""
    base: list[str] = []
    qualities: list[str] = []
    tone = ""
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            tone = _TONES[letter]
        elif letter in _QUALITIES:
            if qualities:
                qualities[-1] = _QUALITIES[letter]
        elif letter == "đ":
            base.append("d")
            qualities.append("-")
        elif not unicodedata.combining(letter):
            base.append(letter)
            qualities.append("")
    return Sign(_I_OR_Y.sub(r"\1i", "".join(base)), tuple(qualities), tone)


def fold(text: str) -> str:
    """Lower case without marks: «Thọ Dân» is «tho dan»."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c)).replace(
        "đ", "d"
    )


@lru_cache(maxsize=8192)
def is_unfinished(sign: Sign) -> bool:
    """Whether no syllable is written so, some of its marks being left out: «vưc» for «vực», «dưong» for «dương»."""
    if sign.base.endswith(_STOPPED) and sign.tone not in ("s", "j"):
        return True
    at = sign.base.find("uo")
    return at >= 0 and len(sign.base) > at + 2 and (sign.qualities[at] == "+") != (sign.qualities[at + 1] == "+")


def agreement(typed: Sign, name: Sign) -> Agreement:
    """How `typed` agrees with `name`; both must have the same bare letters. Many write hỏi for ngã: that is a mark left out."""
    if typed is name or typed == name:
        return Agreement.SAME
    if typed.is_bare:
        return Agreement.BARE
    if typed.tone not in ("", name.tone) and {typed.tone, name.tone} != {"r", "x"}:
        return Agreement.AGAINST
    fits = all(mine in ("", its) for mine, its in zip(typed.qualities, name.qualities, strict=False))
    if not fits:
        return Agreement.AGAINST
    return Agreement.BARE if is_unfinished(typed) else Agreement.PART


_ONSETS = "b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|r|s|t|th|tr|v|x"
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep
    iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on
    ong ooc oong op ot u ua uan uang uat uay uc ue uech uen uenh ui um un ung uo uoc uoi uom uon uong uop uot
    uou up ut uu uy uya uych uyen uyet uynh uyt uyu
"""
_RIME = "|".join(_RIMES.split())
_SYLLABLE = re.compile(
    rf"(?:(?P<onset>{_ONSETS})?(?P<rime>{_RIME})|qu(?:{_RIME})?|qu[iy](?:t|nh|ch|p)?|gi|[hklmst]?y|y(?:em|en|eng|et|eu))"
)
_BEFORE_FRONT = ("c", "g", "ng")
_BEFORE_BACK = ("k", "gh", "ngh")


@lru_cache(maxsize=65536)
def is_syllable(base: str) -> bool:
    """Whether bare letters can be spelled as one Vietnamese syllable: «tien» can, «nog» and «ngiem» cannot be with «g» so."""
    match = _SYLLABLE.fullmatch(base)
    if match is None:
        return False
    onset, rime = match["onset"], match["rime"] or ""
    front = rime[:1] in ("e", "i", "y")
    if onset in _BEFORE_FRONT and front and not (onset == "g" and rime[:1] == "i"):
        return False
    return not (onset in _BEFORE_BACK and rime and not front)
