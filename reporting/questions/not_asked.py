"""What the types have in common that nobody answers."""

import re
from decimal import Decimal
from typing import Any

from reporting.answers import Value
from reporting.questions.numbers import as_decimal
from reporting.questions.question import Question
from reporting.questions.question_type import QuestionType, with_unit
from reporting.translator import Translator


class NotAsked(QuestionType):
    """A type that nobody answers: its value, if any, is worked out."""

    kinds = frozenset()
    is_asked = False

    def show(self, question: Question, value: Value, words: Translator) -> str:
        said = words.show(value)
        return with_unit(said, question, words) if isinstance(value, int | Decimal) else said

    def to_json(self, value: Value) -> Any:
        return {"decimal": str(value)} if isinstance(value, Decimal) else value

    def from_json(self, stored: Any) -> Value:
        value: Value = Decimal(stored["decimal"]) if isinstance(stored, dict) else stored
        return value

    def from_node(self, question: Question, text: str) -> Value | None:
        """A number where the text is one (whole ones as int); any other text stays a text. «NaN», «» and infinity are nothing.

        A figure that is a number is rounded to what can be kept, and is nothing where the text is no number.
        """
        if text in ("", "NaN", "Infinity", "-Infinity"):
            return None
        is_number = re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", text) is not None
        if question.kind in (None, "state") and not is_number:
            return text
        number = as_decimal(text) if question.kind not in (None, "state") else Decimal(text)
        if number is None:
            return None
        return int(number) if number == number.to_integral_value() else number
