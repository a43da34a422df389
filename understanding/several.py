"""Two questions in one text, each answered for itself: «… mấy ca hôm nay, Dân Lực mấy ca hôm qua», «… chưa? Có ai … không?»."""

import re
from collections.abc import Callable, Iterator

from understanding.inquiry import ABOUT_FIGURES, Inquiry
from understanding.word_lists import word_list

_JOINING = "|".join(sorted(word_list("fillers").words("between questions"), key=len, reverse=True))
_BOUNDARY = re.compile(rf"(?:[?!.;,]\s+|\n+|\s+(?=(?:{_JOINING})\s))", re.IGNORECASE)
_MOST = 6
"""So many places where a second question may begin are tried."""
_SHORTEST = 2
_LONGEST = 300
Reads = Callable[[str, Inquiry | None], Inquiry | None]
"""Understands a text, as one that goes on from an inquiry where there is one; None: it asks nothing."""


def may_be_several(text: str) -> bool:
    """Whether a second question may begin somewhere in it; what is long is no question."""
    return len(text) <= _LONGEST and _BOUNDARY.search(text, len(text) // 8) is not None


def several(text: str, whole: Inquiry, reads: Reads) -> Inquiry:
    """The first question with the others `also`, where the text as a whole is in doubt, or leaves one out, and its parts are not."""
    if (whole.intent not in ABOUT_FIGURES and whole.intent != "not collected") or _is_whole(whole):
        return whole
    for first, rest in _parts(text):
        one = reads(first, None)
        if one is None or not _stands(one) or not one.units:
            continue
        other = reads(rest, one)
        if other is not None and _stands(other) and _differ(one, other):
            return one.with_also(_rest(rest, one, other, reads))
    return whole


def _rest(text: str, one: Inquiry, other: Inquiry, reads: Reads) -> Inquiry:
    """What the rest asks, which goes on from the first question and may ask for more itself."""

    def goes_on(part: str, before: Inquiry | None) -> Inquiry | None:
        return reads(part, before or one)

    return several(text, other, goes_on)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for boundary in list(_BOUNDARY.finditer(text))[:_MOST]:
        first, rest = text[: boundary.end()], text[boundary.end() :]
        if len(first.split()) >= _SHORTEST and len(rest.split()) >= _SHORTEST:
            yield first, rest


def _stands(inquiry: Inquiry) -> bool:
    """Whether it is a whole question about a figure, with no doubt."""
    return inquiry.is_certain and inquiry.intent in ABOUT_FIGURES and bool(inquiry.indicators)


def _differ(one: Inquiry, other: Inquiry) -> bool:
    return (one.units, one.indicators, one.span, one.wanted) != (
        other.units,
        other.indicators,
        other.span,
        other.wanted,
    )


def _is_whole(inquiry: Inquiry) -> bool:
    """Whether a text was understood as one question: not one of yes or no, which has no room for another figure."""
    return inquiry.is_certain and inquiry.choice is None
