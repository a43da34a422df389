"""Appearances: how a question looks on a phone, and which of them a chat passes over with a word."""

import re
from collections.abc import Sequence

LOOKS = re.compile(
    r"minimal|compact(-\d+)?|quick(compact)?(-\d+)?|autocomplete(_chars)?|likert|columns(-\d+|-pack)?|columns-flex|horizontal(-compact)?|"
    r"vertical|no-buttons|list(-nolabel)?|label|multiline|numbers|thousands-sep|field-list|table-list|no-ticks|picker|rating|no-calendar|"
    r"month-year|year|new(-front|-rear)?|masked|hidden-answer|w\d+|h\d+|pages|theme-\w+|url|counter|bearing|placement-map|maps"
)
"""Appearances that change only how a question looks on a phone; chat has its own looks."""

STARTS = re.compile(r"(ex:|printer:|intent).*")
"""Appearances that hand the question over to another application."""
HIDDEN = "hidden"


def passed_over_of(words: Sequence[str]) -> tuple[str, str] | None:
    """What is said of a question's appearances that chat passes over: the sentence's key, and the first word that it is of."""
    for word in words:
        if STARTS.fullmatch(word):
            return "appearance_starts", word
    strange = [word for word in words if not LOOKS.fullmatch(word) and word != HIDDEN]
    return ("appearance", strange[0]) if strange else None
