"""A number that need not be whole."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from reporting.answers import Value
from reporting.questions.numbers import (
    as_decimal,
    counted_words,
    kept_number,
    may_be_negative,
    read_decimal,
    refuse_increase,
    refuse_other_count,
)
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType, with_unit
from reporting.translator import Translator


class DecimalNumber(QuestionType):
    names = ("decimal",)
    key = "decimal"
    field = "decimal"
    older = (
        "add decimal prompt",
        "q decimal",
    )
    indicators = frozenset({"flow", "stock", "total"})
    is_numeric = True
    is_counted = False

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        refuse_other_count(question, text, words.language)
        refuse_increase(question, text)
        number = read_decimal(text, counted_words(question), negative=may_be_negative(question))
        return kept_number(number, question, text)

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return with_unit(words.show(value), question, words)

    def to_field(self, value: Value) -> str:
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)

    def to_json(self, value: Value) -> Any:
        return str(value)

    def from_json(self, stored: Any) -> Value:
        return Decimal(str(stored))

    def from_node(self, question: Question, text: str) -> Value | None:
        return as_decimal(text)
