"""Patterns of `regex`, which are Java's in ODK Collect, written as Python's."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST_MATCHED = 1_000
"""A text longer than this matches no pattern: a bad one could hold everybody up."""

_ASCII = {
    "Lower": "a-z", "Upper": "A-Z", "Alpha": "a-zA-Z", "Digit": "0-9", "Alnum": "a-zA-Z0-9", "XDigit": "0-9a-fA-F",
    "Punct": r"!-/:-@\[-`{-~", "Blank": r" \t", "Space": r" \t\n\x0b\f\r", "ASCII": r"\x00-\x7f",
    "Graph": "!-~", "Print": " -~", "Cntrl": r"\x00-\x1f\x7f",
}  # fmt: skip
_OF_UNICODE = {
    "Alphabetic": "L", "Letter": "L", "Digit": "Nd", "Uppercase": "Lu", "Lowercase": "Ll", "Punctuation": "P",
    "White_Space": "Z",
}  # fmt: skip
_OUTSIDE = {
    "z": r"\Z", "Z": r"(?=\n?\Z)", "h": r"[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]", "e": r"\x1b",
    "R": r"(?:\r\n|[\n\x0b\f\r\x85\u2028\u2029])",
}  # fmt: skip
_PROPERTY = re.compile(r"\\([pP])(?:\{(\w+)\}|(\w))", re.ASCII)
_QUOTED = re.compile(r"\\Q(.*?)(?:\\E|$)", re.DOTALL)
_BY_NUMBER = re.compile(r"\\x\{([0-9a-fA-F]{1,6})\}")


def matches(text: str, pattern: str) -> bool:
    """Java's `matches`: the whole text, not a part of it; a pattern that is none matches nothing."""
    try:
        return len(text) <= LONGEST_MATCHED and compiled_pattern(pattern).fullmatch(text) is not None
    except re.error:
        return False


@lru_cache(maxsize=512)
def compiled_pattern(pattern: str) -> re.Pattern[str]:
    r"""`\d`, `\w` and `\s` are those of ASCII unless the pattern begins with (?U); `\p{…}` knows all letters. Raises re.error."""
    of_unicode = pattern.startswith("(?U)")
    written = "".join(_pieces(pattern[4:] if of_unicode else pattern))
    return re.compile(written.replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!"),
                      0 if of_unicode else re.ASCII)  # fmt: skip


def _pieces(pattern: str) -> Iterator[str]:
    """The pattern, piece by piece; a class inside a class is joined to it."""
    at, depth = 0, 0
    while at < len(pattern):
        letter = pattern[at]
        found = _escape(pattern, at, depth > 0) if letter == "\\" else None
        if found is not None:
            piece, at = found
            yield piece
            continue
        width = 2 if letter == "\\" else 1
        if letter == "[" and depth:
            if pattern[at + 1 : at + 2] == "^":
                raise re.error("a class inside a class cannot be a negated one", pattern, at)
            depth += 1
        elif letter == "[":
            depth, width = 1, 2 if pattern[at + 1 : at + 2] == "^" else 1
            yield pattern[at : at + width]
        elif letter == "]" and depth:
            depth -= 1
            yield "" if depth else "]"
        elif pattern.startswith("&&", at) and depth:
            raise re.error("an intersection of classes", pattern, at)
        else:
            yield pattern[at : at + width]
        at += width


def _escape(pattern: str, at: int, inside: bool) -> tuple[str, int] | None:
    """What Python writes otherwise among the escapes, and where it ends; None for those that both know."""
    if match := _PROPERTY.match(pattern, at):
        return _class(match[2] or match[3], match[1] == "P", inside), match.end()
    if match := _QUOTED.match(pattern, at):
        return re.escape(match[1]), match.end()
    if match := _BY_NUMBER.match(pattern, at):
        return re.escape(chr(int(match[1], 16))), match.end()
    if pattern.startswith(r"\k<", at) and not inside:
        name, _, _ = pattern[at + 3 :].partition(">")
        return f"(?P={name})", at + 4 + len(name)
    piece = _OUTSIDE.get(pattern[at + 1 : at + 2])
    return (piece.strip("[]") if inside else piece, at + 2) if piece is not None else None


def _class(name: str, negated: bool, inside: bool) -> str:
    ranges = _ASCII.get(name) or _of_category(_OF_UNICODE.get(name.removeprefix("Is"), name.removeprefix("Is")), False)
    if not inside:
        return f"[{'^' if negated else ''}{ranges}]"
    if negated and name in _ASCII:
        raise re.error(f"a negated class of ASCII inside another: {name}")
    return _of_category(_OF_UNICODE.get(name.removeprefix("Is"), name.removeprefix("Is")), True) if negated else ranges


@lru_cache(maxsize=32)
def _of_category(category: str, negated: bool) -> str:
    """All letters of a category of Unicode («L», «Lu»), or all others, as ranges of a class."""
    if not re.fullmatch("L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|C[cfnos]?", category):
        raise re.error(f"no category of Unicode: {category}")
    ranges: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith(category) != negated:
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
