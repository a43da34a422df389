"""How much a figure must come to for its unit to be asked for: «trên 5 ca», «từ 3 ca trở lên», «dưới 10», «at least 2»."""

import re
from collections.abc import Collection, Sequence
from itertools import accumulate

from understanding.dates import NUMBER, NUMBERS
from understanding.inquiry import Bounds
from understanding.tokens import Token

_COUNT = rf"(?P<n>\d+(?: \. \d{{3}})*|{NUMBER[NUMBER.index('|') + 1 : -1]})"
_COUNTING = {"muoi", *(word.split()[0] for word in NUMBERS)}
_NOT_OF_TIME = r"(?! (?:ngay|hom|tuan|thang|nam|gio|h|tuoi|lan|phan|%|/|days?|weeks?|months?|years?)(?: |$))"
_BETWEEN = re.compile(
    rf"(?:(?<= )|^)tu (\d+) (?:den|toi|-) (\d+){_NOT_OF_TIME}(?= |$)|between (\d+) and (\d+){_NOT_OF_TIME}(?= |$)"
)
_PATTERNS = tuple(
    (re.compile(rf"(?:(?<= )|^){before}{_COUNT}{_NOT_OF_TIME}{behind}(?= |$)"), sign)
    for before, behind, sign in (
        (r"(?:tu )?", r"(?: [^ \d]+){0,2} (?:tro len|or more|and more|and above)", ">="),
        (r"(?:tu )?", r"(?: [^ \d]+){0,2} (?:tro xuong|or fewer|or less|and below)", "<="),
        (r"(?:it nhat|toi thieu|at least|no fewer than) ", "", ">="),
        (r"(?:khong qua|toi da|nhieu nhat|at most|no more than|not more than|up to) ", "", "<="),
        (
            r"(?:chua den|chua toi|khong den|khong toi|duoi|it hon|nho hon|thap hon|below|under|less than|fewer than) ",
            "",
            "<",
        ),
        (r"(?:tren|hon|qua|vuot qua|vuot|nhieu hon|lon hon|cao hon|over|above|more than|exceeding) ", "", ">"),
    )
)


def read_bounds(tokens: Sequence[Token], of_days: Collection[int]) -> tuple[Bounds | None, frozenset[int]]:
    """The bounds said, and the tokens that say them; both ends where there are two («trên 5 dưới 10 ca»).

    Tokens `of_days` say none: «hôm qua 3 ca» is not over three.
    """
    if not any(token.text.isdigit() or token.word in _COUNTING for token in tokens):
        return None, frozenset()
    words = [token.text if token.text.isdigit() else token.word.replace(" ", "") for token in tokens]
    line = " ".join(words)
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))[:-1]
    least: int | None = None
    most: int | None = None
    taken: set[int] = set()
    if (between := _BETWEEN.search(line)) is not None:
        least, most = (int(each) for each in between.groups() if each)
        taken = {n for n, start in enumerate(starts) if between.start() <= start < between.end()}
    for pattern, sign in _PATTERNS:
        for match in pattern.finditer(line):
            at = {n for n, start in enumerate(starts) if match.start() <= start < match.end()}
            if taken & at or at.intersection(of_days):
                continue
            taken |= at
            number = _number(match["n"])
            if sign[0] == ">":
                least = number + (sign == ">")
            else:
                most = number - (sign == "<")
    return (Bounds(least, most) if taken else None), frozenset(taken)


def _number(said: str) -> int:
    digits = said.replace(" . ", "")
    return int(digits) if digits.isdigit() else NUMBERS[said]
