"""A time of day."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.dates import read_time
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType
from reporting.questions.typed_text import echo
from reporting.translator import Translator


class TimeType(QuestionType):
    names = ("time",)
    key = "time"
    field = "time"
    is_moment = True

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        at = read_time(text)
        if at is None:
            raise NotUnderstood("err_time", text=echo(text))
        return at

    def to_field(self, value: Value) -> str:
        return f"{value:%H:%M}" if isinstance(value, time) else str(value)

    def to_json(self, value: Value) -> Any:
        return value.isoformat() if isinstance(value, time) else value

    def from_json(self, stored: Any) -> Value:
        return time.fromisoformat(stored)

    def from_node(self, question: Question, text: str) -> Value | None:
        try:
            return time.fromisoformat(text.rpartition("T")[2][:8])
        except ValueError:
            return None
