"""Words left as they were keyed, because the Telex or VNI input method was off: «thoj daan», «tho5 da6n»."""

from functools import lru_cache

from understanding.folding import Sign, is_syllable

_VOWELS = frozenset("aeiouy")
_TELEX_TONES = frozenset("fsrxj")
_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
_VNI_MARKS = {"6": ("^", "aeo"), "7": ("+", "ou"), "8": ("(", "a"), "9": ("-", "d")}
_LONGEST = 10


@lru_cache(maxsize=8192)
def keyed(word: str) -> Sign | None:
    """The syllable that the keys of a lower-case word make («đ» may be there), or None if they make none or the word is plain."""
    word = word.replace("đ", "dd")
    if not (2 <= len(word) <= _LONGEST and word.isascii() and word[0].isalpha()):
        return None
    sign = _vni(word) if any(letter.isdigit() for letter in word) else _telex(word)
    return sign if sign is not None and not sign.is_bare and is_syllable(sign.base) else None


def _telex(word: str) -> Sign | None:
    base: list[str] = []
    marks: list[str] = []
    tone = ""
    for letter in word:
        vowels = [at for at, each in enumerate(base) if each in _VOWELS]
        if letter in _TELEX_TONES and vowels and not tone:
            tone = letter
        elif letter == "w" and vowels and _horn(base, marks):
            continue
        elif letter in "aeo" and (at := _doubled(base, marks, letter)) is not None:
            marks[at] = "^"
        elif letter == "d" and base[:1] == ["d"] and not marks[0] and (vowels or len(base) == 1):
            marks[0] = "-"
        elif letter == "w":
            base.append("u")
            marks.append("+")
        else:
            base.append(letter)
            marks.append("")
    return Sign("".join(base), tuple(marks), tone)


def _doubled(base: list[str], marks: list[str], letter: str) -> int | None:
    """Where the same vowel stands last in the word and unmarked: «aa», or «dana» for «dân»."""
    at = next((at for at in range(len(base) - 1, -1, -1) if base[at] == letter), None)
    return at if at is not None and not marks[at] else None


def _horn(base: list[str], marks: list[str]) -> bool:
    """Puts the mark of «w» on the vowel it belongs to: ươ, ơ, ư or ă."""
    letters = "".join(base)
    at = letters.find("uo")
    if at >= 0 and not marks[at + 1]:
        marks[at] = marks[at + 1] = "+"
        return True
    for vowel, mark in (("a", "("), ("o", "+"), ("u", "+")):
        at = letters.rfind(vowel)
        if vowel == "a" and at > 0 and letters[at - 1] == "u" and at == len(letters) - 1:
            continue
        if at >= 0 and not marks[at]:
            marks[at] = mark
            return True
    return False


def _vni(word: str) -> Sign | None:
    base: list[str] = []
    marks: list[str] = []
    tone = ""
    for key in word:
        if key.isalpha():
            base.append(key)
            marks.append("")
        elif key in _VNI_TONES and not tone and _VOWELS & set(base):
            tone = _VNI_TONES[key]
        elif key in _VNI_MARKS:
            mark, letters = _VNI_MARKS[key]
            places = [at for at, each in enumerate(base) if each in letters and not marks[at]]
            if not places:
                return None
            pair = "".join(base).find("uo") if mark == "+" else -1
            for at in {pair, pair + 1} if pair >= 0 else {places[-1]}:
                marks[at] = mark
        else:
            return None
    return Sign("".join(base), tuple(marks), tone)
