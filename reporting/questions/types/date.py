"""A day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.dates import read_date
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType
from reporting.questions.typed_text import echo
from reporting.translator import Translator


class DateType(QuestionType):
    names = ("date",)
    key = "date"
    field = "date"
    is_moment = True
    older = (
        "add date prompt",
        "q date",
    )
    may_be_ground = True

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        on = read_date(text, now)
        if on is None:
            raise NotUnderstood("err_date", text=echo(text))
        return on

    def to_field(self, value: Value) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    def to_json(self, value: Value) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def from_json(self, stored: Any) -> Value:
        return date.fromisoformat(stored)

    def from_node(self, question: Question, text: str) -> Value | None:
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return None

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return [(words.plain("today_button"), words.plain("today_button"))]
