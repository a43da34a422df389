"""A sentence to be confirmed."""

from collections.abc import Sequence
from datetime import datetime

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.number_words import fold_words
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType
from reporting.questions.typed_text import clean, echo
from reporting.translator import Translator

_YES = frozenset({
    "ok", "oke", "okay", "yes", "y", "co", "vang", "da", "ro", "dong y", "da doc", "da ro", "da hieu",
    "xac nhan", "nhat tri", "agree", "agreed", "confirm", "read", "understood",
})  # fmt: skip


class Acknowledge(QuestionType):
    """A sentence to be confirmed; ODK stores «OK»."""

    names = ("acknowledge",)
    key = "acknowledge"
    field = "confirm"
    older = (
        "trigger",
        "q acknowledge",
        "add acknowledge prompt",
    )

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        if fold_words(clean(text)) in _YES or clean(text) == words.plain("acknowledge_button").lower():
            return "OK"
        raise NotUnderstood("err_acknowledge", text=echo(text))

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return words.plain("acknowledged")

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return [(words.plain("acknowledge_button"), "OK")]
