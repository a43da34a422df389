"""Reasons: what is one, what is none though it came where one is awaited, and what the buttons do there."""

import re
from collections.abc import Mapping
from functools import lru_cache

from reporting.answers import Answer
from reporting.errors import NotUnderstood
from reporting.filling.moves import Filling
from reporting.forms import Question
from reporting.questions.names import plain_name
from reporting.questions.question_types import type_of
from reporting.questions.typed_text import echo
from reporting.translator import LANGUAGES, Translator, translator
from reporting.typed_buttons import says_unknown

LONGEST = 500
LEAST_LETTERS = 3
_NAMED = re.compile(
    r"^\s*(?:(?:giữ|giu|keep)(?: nguyên| nguyen)?\s*[,;:.\-–]?\s*)?(?:lý do|lí do|ly do|reason)\b\s*(?P<mark>[:\-–,]?)\s*",
    re.IGNORECASE,
)
_EVERYWHERE = ("back", "edit", "mend", "explain", "figure", "leave", "template", "excel", "drop", "see", "stay")
_ANEW = ("restart", "anew")
_AT_DOUBT: Mapping[str, str] = {each: each for each in (*_EVERYWHERE, *_ANEW, "again", "unknown", "hold")}
_AT_CORRECTION: Mapping[str, str] = {each: each for each in (*_EVERYWHERE, "why", "value")} | {"again": "back"}


def reason_in(text: str, filling: Filling) -> str:
    """The reason that a text gives. NotUnderstood for a greeting, a «yes», a letter, a number, a question, or a very long one."""
    reason = " ".join(_NAMED.sub("", text).split())
    if sum(map(str.isalpha, reason)) < LEAST_LETTERS or "?" in reason or is_idle(reason):
        raise no_reason(text, filling)
    if filling.draft.at and says_unknown(reason):
        raise no_reason(text, filling)
    if len(reason) > LONGEST:
        raise NotUnderstood("reason_too_long", n=LONGEST)
    return reason


def is_named(text: str) -> bool:
    """Whether a text says of itself that it is the reason: «lý do: …», «giữ, lý do: …»."""
    named = _NAMED.match(text)
    return named is not None and bool(named["mark"])


def no_reason(text: str, filling: Filling) -> NotUnderstood:
    """What is said to a text that is no reason: of a doubt, or of a correction."""
    return NotUnderstood("reason_idle" if filling.draft.at else "reason_idle_correction", text=echo(text))


def is_idle(text: str) -> bool:
    """Whether a text is nothing but greetings and assent («dạ đúng rồi ạ»)."""
    said = plain_name(text).split()
    return all(word in _idle_words() for word in said)


@lru_cache
def _idle_words() -> frozenset[str]:
    return frozenset(
        plain_name(each) for lang in LANGUAGES for each in translator(lang).plain("reason_idle_words").split()
    )


def meant_verb(verb: str, filling: Filling) -> str | None:
    """What a button, or its typed word, does while a reason is awaited; None: nothing, for it would pass over the doubt."""
    return (_AT_DOUBT if filling.draft.at else _AT_CORRECTION).get(verb)


def only_number(filling: Filling) -> Question | None:
    """The one number that a correction has changed; None if it has changed none, or several."""
    stands, answers = filling.stands, filling.draft.answers
    changed = [q for q in filling.asked if q.name in answers and answers[q.name].value != stands.get(q.name)]
    return changed[0] if len(changed) == 1 and type_of(changed[0]).is_numeric else None


def bare_number(text: str, filling: Filling, words: Translator) -> Answer | None:
    """A text that is but a number, as the value of the one number that a correction has changed."""
    question = only_number(filling)
    if question is None or not any(map(str.isdigit, text)):
        return None
    try:
        return Answer(type_of(question).read(question, text, words, (), filling.now))
    except NotUnderstood:
        return None
