"""Question types that are answered by choosing: select_one, select_multiple, acknowledge."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.forms import Choice, Question
from reporting.questions.number_words import fold
from reporting.questions.numbers import clean, echo
from reporting.questions.question_type import QuestionType
from reporting.texts import in_language
from reporting.translator import Translator

_APART = re.compile(r"\s*[,;\n+/&]\s*|\s+(?:và|va|and)\s+")
_ALL = frozenset({"tat ca", "ca", "all", "het"})
_YES = frozenset({
    "ok", "oke", "okay", "yes", "y", "co", "vang", "da", "ro", "dong y", "da doc", "da ro", "da hieu",
    "xac nhan", "nhat tri", "agree", "agreed", "confirm", "read", "understood",
})  # fmt: skip


def label_of(question: Question, name: str, language: str) -> str:
    """The label of one of a question's choices, or its name if the form no longer has it."""
    return next(
        (in_language(choice.label, language) or name for choice in question.choices if choice.name == name), name
    )


def find_choice(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that `text` means: a name, a label in any language, an alias, a number in the list. None if none, or several."""
    said = clean(text)
    for choice in choices:
        if choice.name.lower() == said:
            return choice
    folded = fold(said)
    for spelt, wanted in (
        (lambda each: " ".join(each.lower().split()), said),
        (lambda each: " ".join(fold(each).split()), folded),
    ):
        found = [choice for choice in choices if wanted in map(spelt, _spellings(choice))]
        if found:
            return found[0] if len(found) == 1 else None
    if (
        said.isdecimal()
        and len(said) <= 4
        and 1 <= int(said) <= len(choices)
        and not any(each.name.isdecimal() for each in choices)
    ):
        return choices[int(said) - 1]
    return None


def _spellings(choice: Choice) -> list[str]:
    aliases = choice.columns.get("aliases", "").split(";")
    return [choice.name, *choice.label.values(), *(alias.strip() for alias in aliases if alias.strip())]


def _listed(choices: Sequence[Choice], language: str) -> str:
    labels = [in_language(choice.label, language) or choice.name for choice in choices[:12]]
    return ", ".join(f"«{label}»" for label in labels) + (", …" if len(choices) > 12 else "")


def _buttons(words: Translator, choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(in_language(choice.label, words.language) or choice.name, choice.name) for choice in choices]


class SelectOne(QuestionType):
    names = ("select_one",)
    key = "select_one"

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        choices = choices or question.choices
        choice = find_choice(text, choices)
        if choice is None:
            raise NotUnderstood("err_choice", text=echo(text), choices=_listed(choices, words.language))
        return choice.name

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return label_of(question, str(value), words.language)

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return _buttons(words, choices or question.choices)


class SelectMultiple(QuestionType):
    names = ("select_multiple",)
    key = "select_multiple"

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        choices = choices or question.choices
        if fold(clean(text)) in _ALL:
            return tuple(choice.name for choice in choices)
        for parts in ([text], _APART.split(text), text.split()):
            found = [find_choice(part, choices) for part in parts if part.strip()]
            if found and None not in found:
                chosen = {choice.name for choice in found if choice is not None}
                return tuple(choice.name for choice in choices if choice.name in chosen)
        raise NotUnderstood("err_choices", text=echo(text), choices=_listed(choices, words.language))

    def show(self, question: Question, value: Value, words: Translator) -> str:
        names = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(label_of(question, name, words.language) for name in names)

    def to_json(self, value: Value) -> Any:
        return list(value) if isinstance(value, tuple) else [value]

    def from_json(self, stored: Any) -> Value:
        return tuple(stored)

    def from_node(self, question: Question, text: str) -> Value | None:
        return tuple(text.split()) or None

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return _buttons(words, choices or question.choices)


class Acknowledge(QuestionType):
    """A sentence to be confirmed; ODK stores «OK»."""

    names = ("acknowledge",)
    key = "acknowledge"

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        if fold(clean(text)) in _YES or clean(text) == words.plain("acknowledge_button").lower():
            return "OK"
        raise NotUnderstood("err_acknowledge", text=echo(text))

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return words.plain("acknowledged")

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return [(words.plain("acknowledge_button"), "OK")]
