"""A day with a time of day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.dates import read_moment
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType
from reporting.questions.typed_text import echo
from reporting.translator import Translator


class DateTimeType(QuestionType):
    names = ("dateTime",)
    key = "datetime"
    field = "moment"
    is_moment = True
    older = (
        "datetime",
        "date time",
        "add date time prompt",
        "add datetime prompt",
        "q date time",
        "q datetime",
    )

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        moment = read_moment(text, now)
        if moment is None:
            raise NotUnderstood("err_datetime", text=echo(text))
        return moment

    def to_field(self, value: Value) -> str:
        return f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else str(value)

    def from_field(
        self, question: Question, text: str, words: Translator, choices: Sequence[Choice], now: datetime
    ) -> Value:
        """A browser tells no zone: it is ours."""
        value = self.read(question, text, words, choices, now)
        return value.replace(tzinfo=now.tzinfo) if isinstance(value, datetime) and value.tzinfo is None else value

    def to_json(self, value: Value) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    def from_json(self, stored: Any) -> Value:
        return datetime.fromisoformat(stored)

    def from_node(self, question: Question, text: str) -> Value | None:
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
