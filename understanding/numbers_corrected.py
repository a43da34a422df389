"""A number that is taken back for another in the same message: «f0 5 chứ không phải 3», «f0 3, à nhầm, 5», «f0 từ 3 thành 5».

Only where nobody can mean the other one: whatever else speaks of a mistake is left as it stands, for whoever reads it to ask.
"""

import re
from collections.abc import Sequence
from unicodedata import normalize

from reporting.questions.names import Names
from reporting.questions.number_words import is_of_number
from reporting.questions.numbers import is_counted
from reporting.typed_buttons import fold_word
from understanding import correction_patterns as patterns

_SEVERAL = re.compile(r"[,;](?!\d)|\n")
_LAST_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*[^\d]*$")
_NUMBER = re.compile(r"(?<![\w.,])\d")
_WORD = re.compile(r"[^\s,;:=()]+")
_HIDDEN = {ord(str(digit)): chr(0xE000 + digit) for digit in range(10)}
"""Digits of a name, while numbers are looked for: «mũi 1» is no number."""
_SHOWN = {ord(hidden): chr(digit) for digit, hidden in _HIDDEN.items()}


def part_mistake(text: str, names: Sequence[Names] = ()) -> tuple[str, bool]:
    """A message without the words that take a number back, and whether there were any: «nhầm rồi, f0 5 chứ không phải 3» is «f0 5».

    `names`: what figures are called: of «mũi 1 đúng là 600» the 1 is not taken back, nor of «chốt 3 khỏi đúng là 5» the 3.
    """
    said = _tidy(text)
    rest, may_be_told = _without_mistake(said, names)
    if rest == said and not may_be_told:
        return text, False
    if (hidden := _hide_names(said, names)) != said:
        rest = _without_mistake(hidden, names)[0].translate(_SHOWN)
    return (rest, True) if rest != said else (text, False)


def changed_into(text: str, names: Sequence[Names] = ()) -> str:
    """«F0 từ 3 thành 5» of which only the last number is meant: «F0 5»."""
    return patterns.INTO.sub(" ", _hide_names(_tidy(text), names)).translate(_SHOWN)


def _without_mistake(said: str, names: Sequence[Names]) -> tuple[str, bool]:
    """The message without those words, and whether a right number is told, be it of a name or of another number."""
    begun = patterns.MISTAKEN.match(said)
    rest = said[begun.end() :] if begun is not None else said
    if begun is not None and begun["so"] == "" and patterns.INTO.search(rest):
        return said, False  # «báo nhầm f0 3 thành 5»: the 3 was right
    for pattern in (patterns.INSTEAD_OF, patterns.BUT):
        rest = pattern.sub(lambda found: "" if _has_its_name(found) else found[0], rest)
    rest = patterns.NOW.sub("", rest, count=1) if _is_of_one(rest, names) else rest
    rest, told = patterns.TOLD.subn(lambda found: " " if _is_behind_name(found) else found[0], rest)
    rest = patterns.RIGHT.sub(lambda found: found["noun"] if _has_its_name(found) else found[0], rest)
    return rest.rstrip(), bool(told)


def _tidy(text: str) -> str:
    """With single spaces, and no empty lines: patterns look at long runs of spaces from each of them anew."""
    return "\n".join(" ".join(line.split()) for line in normalize("NFC", text).splitlines() if line.strip())


def _hide_names(text: str, names: Sequence[Names]) -> str:
    """With other signs for the digits of the names that stand in it."""
    if not (numbered := frozenset[str]().union(*[each.numbered for each in names])):
        return text
    words = list(_WORD.finditer(text))
    folded, most = [fold_word(word[0]) for word in words], max(len(name.split()) for name in numbered)
    at, hidden = 0, text
    while at < len(words):
        sizes = range(min(most, len(words) - at), 0, -1)
        size = next((size for size in sizes if " ".join(folded[at : at + size]) in numbered), 0)
        if size:
            start, end = words[at].start(), words[at + size - 1].end()
            hidden = hidden[:start] + hidden[start:end].translate(_HIDDEN) + hidden[end:]
        at += max(size, 1)
    return hidden


def _is_of_one(text: str, names: Sequence[Names]) -> bool:
    """Whether the first number that is corrected behind itself is of the first figure: else it may be any figure's before it.

    A name behind that number begins another figure («chốt 3 khỏi đúng là 5»), if it is not what is counted.
    """
    found = patterns.NOW.search(text)
    if found is None or _SEVERAL.search(text, 0, found.start()):
        return False
    noun = fold_word(found["noun"] or "")
    return not noun or is_counted(noun) or not any(each.meaning(noun) for each in names)


def _is_behind_name(found: re.Match[str]) -> bool:
    """Whether a name stands before, and no number of its own, in words neither: of «f0 hai mươi đúng là 6» it may be either."""
    name = found.string[_clause(found) : found.start()]
    return any(map(str.isalpha, name)) and _NUMBER.search(name) is None and not is_of_number(name.split()[-1])


def _has_its_name(found: re.Match[str]) -> bool:
    """Whether the number that stays is a figure's of its own: in «f0 5, 3 ca mới đúng» it may be any figure's before it."""
    begun = _clause(found)
    of_name = _LAST_NUMBER.sub("", found.string[begun : found.start()])
    if is_of_number(of_name.split()[-1] if of_name.strip() else ""):
        return False  # «f0 hai mươi 9 mới đúng»
    return any(map(str.isalpha, of_name)) or not any(map(str.isdigit, found.string[:begun]))


def _clause(found: re.Match[str]) -> int:
    """Where the part of the message begins that it stands in."""
    return max((each.end() for each in _SEVERAL.finditer(found.string, 0, found.start())), default=0)
