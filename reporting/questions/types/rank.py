"""All of a list of choices, in an order."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.choices import find_choice, listed
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import FieldKind
from reporting.questions.typed_text import echo
from reporting.questions.types.select_multiple import SelectMultiple
from reporting.translator import Translator

_APART = re.compile(r"\s*[,;\n>]\s*")


class Ranking(SelectMultiple):
    """The first comes first; each choice once."""

    names = ("rank",)
    key = "rank"
    field: ClassVar[FieldKind] = "order"

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        choices = choices or question.choices
        for parts in (_APART.split(text), text.split()):
            found = [find_choice(part, choices) for part in parts if part.strip()]
            names = [each.name for each in found if each is not None]
            if len(names) == len(found) == len(choices) == len(set(names)):
                return tuple(names)
        raise NotUnderstood("err_rank", text=echo(text), choices=listed(choices, words.language))

    def from_field(
        self, question: Question, text: str, words: Translator, choices: Sequence[Choice], now: datetime
    ) -> Value:
        return self.read(question, text, words, choices, now)

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return []
