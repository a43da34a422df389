"""What staff say in words instead of a command: «mở lại Thọ Dân hôm qua» is what /molai does with what stands behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from understanding.folding import Agreement, Sign, agreement, sign_of
from understanding.word_lists import word_list

ACTS: Mapping[str, Sequence[tuple[Sign, ...]]] = {
    "reopen": word_list("staff").phrases("reopen"),
    "ask": word_list("staff").phrases("ask"),
    "announce": word_list("staff").phrases("announce"),
    "nudge": word_list("staff").phrases("nudge"),
    "return": word_list("staff").phrases("return"),
    "unapprove": word_list("staff").phrases("unapprove"),
    "approve": word_list("staff").phrases("approve"),
    "handover": word_list("staff").phrases("handover"),
    "leave": word_list("staff").phrases("leave"),
    "report": word_list("staff").phrases("report"),
    "form": word_list("staff").phrases("form"),
    "propose": word_list("staff").phrases("propose"),
    "update": word_list("staff").phrases("update"),
    "webform": word_list("staff").phrases("webform"),
    "cancel": word_list("staff").phrases("cancel"),
    "practice": word_list("staff").phrases("practice"),
    "history": word_list("staff").phrases("history"),
    "letter": word_list("staff").phrases("letter"),
    "board": word_list("staff").phrases("board"),
    "briefing": word_list("staff").phrases("briefing"),
    "help": word_list("staff").phrases("help"),
    "complaint": word_list("staff").phrases("complaint"),
}
"""By command: what nobody says who asks for a figure; a complaint has none, and is answered with what can be done."""
LOOKS: Mapping[str, Sequence[tuple[Sign, ...]]] = {
    "standing": word_list("staff").phrases("standing"),
    "digest": word_list("staff").phrases("digest"),
    "unit": word_list("staff").phrases("unit"),
    "compare": word_list("staff").phrases("compare"),
    "rates": word_list("staff").phrases("rates"),
    "completeness": word_list("staff").phrases("completeness"),
    "targets": word_list("staff").phrases("targets"),
}
"""By command: what may as well be the beginning of a question."""
_BEFORE = word_list("staff").phrases("before")
_BEHIND = word_list("staff").phrases("behind")
_HOW_MANY = word_list("figures").phrases("quantity")
PAST = sorted(word_list("staff").words("past"))
"""What makes of «7 ngày» the last seven."""
_MARKS = " .,;:!?…«»\"'()-–"


@dataclass(frozen=True, slots=True)
class SaidAsCommand:
    """`name`: the command's English one. `arguments`: what is said with it, as typed, without courtesies.

    `is_look`: that the words may as well begin a question.
    """

    name: str
    arguments: str = ""
    is_look: bool = False


def command_said(text: str) -> SaidAsCommand | None:
    """The command that a text begins with, after courtesies, whatever the marks; None: with none."""
    typed = text.split()
    words = [sign_of(word.strip(_MARKS)) for word in typed]
    start = _past(words, _BEFORE)
    name, size = _longest(words[start:])
    if not name:
        return None
    rest, signs = typed[start + size :], words[start + size :]
    skipped = _past(signs, _BEFORE) if name in ACTS else 0
    end = len(rest) - _past([*reversed(signs[skipped:])], [phrase[::-1] for phrase in _BEHIND])
    return SaidAsCommand(name, " ".join(rest[skipped:end]).strip(" :,;–-"), name in LOOKS)


def says_leave(text: str) -> bool:
    """Whether a text says that somebody is away, wherever in it: «ngày mai tôi nghỉ»."""
    words = [sign_of(word.strip(_MARKS)) for word in text.split()]
    return any(_fits(words[at:], phrase) for at in range(len(words)) for phrase in ACTS["leave"])


def asks_how_many(text: str) -> bool:
    """Whether a text has the words of a question for a number: «bao nhiêu», «mấy»."""
    words = [sign_of(word.strip(_MARKS)) for word in text.split()]
    return any(
        words[at] == phrase[0] if len(phrase) == 1 else _fits(words[at:], phrase)  # «may» is no «mấy»
        for at in range(len(words))
        for phrase in _HOW_MANY
    )


@cache
def _phrases() -> dict[str, list[tuple[tuple[Sign, ...], str]]]:
    """By the bare letters of the first word."""
    found: dict[str, list[tuple[tuple[Sign, ...], str]]] = {}
    for name, phrases in (*ACTS.items(), *LOOKS.items()):
        for phrase in phrases:
            found.setdefault(phrase[0].base, []).append((phrase, name))
    return found


def _longest(words: Sequence[Sign]) -> tuple[str, int]:
    """The command whose longest phrase the words begin with, and of how many words it is."""
    among = _phrases().get(words[0].base, ()) if words else ()
    fitting = [(len(phrase), name) for phrase, name in among if _fits(words, phrase)]
    size, name = max(fitting, default=(0, ""))
    return name, size


def _past(words: Sequence[Sign], phrases: Sequence[tuple[Sign, ...]]) -> int:
    """How many words at the beginning are made up of these phrases, the longest first."""
    at = 0
    while sizes := [len(phrase) for phrase in phrases if _fits(words[at:], phrase)]:
        at += max(sizes)
    return at


def _fits(words: Sequence[Sign], phrase: Sequence[Sign]) -> bool:
    if len(words) < len(phrase):
        return False
    pairs = list(zip(words[: len(phrase)], phrase, strict=True))
    return all(word.base == sign.base for word, sign in pairs) and all(
        agreement(word, sign) < Agreement.AGAINST for word, sign in pairs
    )
