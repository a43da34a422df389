"""Several of a list of choices."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.choices import choice_buttons, find_choice, label_of, listed
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import FieldKind, QuestionType
from reporting.questions.typed_text import clean, echo
from reporting.questions.typed_words import any_typed, is_typed_word
from reporting.translator import Translator


@lru_cache
def _apart() -> re.Pattern[str]:
    """«Chợ, trường và trạm»."""
    return re.compile(rf"\s*[,;\n+/&]\s*|\s+{any_typed('joined_by')}\s+")


class SelectMultiple(QuestionType):
    names: ClassVar[tuple[str, ...]] = ("select_multiple",)
    key: ClassVar[str] = "select_multiple"
    has_choices = True
    takes_several = True
    field: ClassVar[FieldKind] = "choices"

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        choices = choices or question.choices
        if is_typed_word("all_of_them", clean(text)):
            return tuple(choice.name for choice in choices)
        for parts in ([text], _apart().split(text), text.split()):
            found = [find_choice(part, choices) for part in parts if part.strip()]
            if found and None not in found:
                chosen = {choice.name for choice in found if choice is not None}
                return tuple(choice.name for choice in choices if choice.name in chosen)
        raise NotUnderstood("err_choices", text=echo(text), choices=listed(choices, words.language))

    def to_field(self, value: Value) -> str:
        return " ".join(value) if isinstance(value, tuple) else str(value)

    def from_field(
        self, question: Question, text: str, words: Translator, choices: Sequence[Choice], now: datetime
    ) -> Value:
        chosen = text.split()
        if not {*chosen} <= {each.name for each in choices}:
            raise NotUnderstood("err_choices", text=echo(text), choices=listed(choices, words.language))
        return tuple(each.name for each in choices if each.name in chosen)

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
        return choice_buttons(words, choices or question.choices)
