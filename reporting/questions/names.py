"""What people call a form's questions: labels, aliases, names of the sheet, in any of its languages, without accents."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reporting.forms import Form, Question
from reporting.questions.question_types import type_of
from reporting.texts import in_language
from reporting.typed_buttons import fold_typed

LONGEST_SHORT = 40
_ARROW = re.compile(r"[-=–—]+>")
_SAYS_MORE = re.compile(r"\([-–−<>≤≥~≈≃±?+/]\)|[<>≤≥~≈≃±?+/]")
"""Signs that say something of the number behind them («f0 > 10», «test (-) 3», «chốt + 1») but where a name ends with them."""
_BEHIND_NAME = re.compile(r"[\W_]*$")


def plain_name(text: str) -> str:
    """Lower case, no accents, nothing but letters and figures between single spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", fold_typed(text)).split())


def short_label(form: Form, question: Question, language: str) -> str:
    """The name that takes least room: the first alias, which is in the form's own language, else the label."""
    if question.aliases and language == form.languages[0]:
        return question.aliases[0]
    label = in_language(question.label, language)
    return label if len(label) <= LONGEST_SHORT else label[: LONGEST_SHORT - 1].rstrip() + "…"


class Names(NamedTuple):
    """Plain name to the questions that bear it, the most words that a name has, and the names in which a number stands.

    One that is written with a sign at its end is there with it too: «test (+)» and «test (-)» are two names, and «test» is both.
    """

    by_name: Mapping[str, tuple[Question, ...]]
    longest: int
    numbered: frozenset[str]

    @staticmethod
    def of(form: Form) -> "Names":
        """The names in a form, made once for each."""
        known = _known.get((form.key, form.version))
        if known is None or known[0] is not form:
            known = _known[form.key, form.version] = (form, Names._made(form))
        return known[1]

    @staticmethod
    def _made(form: Form) -> "Names":
        found: dict[str, dict[str, Question]] = {}
        for question in form.questions:
            if type_of(question).is_shown:
                continue
            for written in _written(question):
                if name := plain_name(written):
                    for each in dict.fromkeys((name, f"{name} {_sign_behind(written)}".rstrip())):
                        found.setdefault(each, {})[question.name] = question
        by_name = {name: tuple(meaning.values()) for name, meaning in found.items()}
        numbered = frozenset(name for name in by_name if any(map(str.isdecimal, name.split())))
        return Names(by_name, max((len(name.split()) for name in by_name), default=0), numbered)

    def meaning(self, name: str) -> tuple[Question, ...]:
        return self.by_name.get(name, ())

    def beginning(self, name: str) -> tuple[Question, ...]:
        """The questions one of whose names begins with these words."""
        found = {q.name: q for each, meaning in self.by_name.items() if each.startswith(name + " ") for q in meaning}
        return tuple(found.values())

    def at_start(self, words: Sequence[str]) -> tuple[str, int]:
        """The longest name at the start of these words that leaves something behind it, and its number of words; («», 0) if none."""
        alone = ("", 0)
        for size in range(min(len(words), self.longest + 4), 0, -1):
            if name := self._name_of(words[:size]):
                if size < len(words):
                    return name, size
                alone = (name, size) if alone == ("", 0) else alone
        return alone

    def _name_of(self, words: Sequence[str]) -> str:
        """The name that these words are, with its sign if they end with the one that it is written with; «» if none."""
        typed = " ".join(words)
        name = plain_name(typed)
        if name not in self.by_name:
            return ""
        sign = _sign_behind(typed)
        if sign and f"{name} {sign}" in self.by_name:
            return f"{name} {sign}"
        return "" if _ends_with_sign(words) else name


def _sign_behind(text: str) -> str:
    """The signs that a text ends with, however they are spaced: «(+)», «(-)», «≥»."""
    found = _BEHIND_NAME.search(text)
    behind = _ARROW.sub("", found[0] if found is not None else "")
    return re.sub("[–−]", "-", "".join(_SAYS_MORE.findall("".join(behind.split()))))


def _ends_with_sign(words: Sequence[str]) -> bool:
    """Whether a word of such signs stands at their end."""
    for word in reversed(words):
        if any(map(str.isalnum, word)):
            return False
        if _SAYS_MORE.search(_ARROW.sub("", word)):
            return True
    return False


_known: dict[tuple[str, str], tuple[Form, Names]] = {}


def _written(question: Question) -> list[str]:
    labels = [label for label in question.label.values() if label]
    bare = [re.sub(r"\([^()]*\)", " ", label) for label in labels]
    cut = [label[: LONGEST_SHORT - 1] for label in labels if len(label) > LONGEST_SHORT]
    return [question.name, *question.aliases, *labels, *bare, *cut]
