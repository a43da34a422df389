"""One of a list of choices."""

from collections.abc import Sequence
from datetime import datetime

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.choices import choice_buttons, find_choice, label_of, listed
from reporting.questions.numbers import echo
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType
from reporting.translator import Translator


class SelectOne(QuestionType):
    names = ("select_one",)
    key = "select_one"
    indicators = frozenset({"state"})
    has_choices = True

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
            raise NotUnderstood("err_choice", text=echo(text), choices=listed(choices, words.language))
        return choice.name

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return label_of(question, str(value), words.language)

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return choice_buttons(words, choices or question.choices)
