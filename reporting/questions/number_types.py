"""Question types whose answer is a number: integer, decimal, range."""

import math
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from reporting.amounts import to_keep
from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.forms import Choice, Question
from reporting.questions.numbers import echo, read_decimal, read_integer
from reporting.questions.question_type import QuestionType, with_unit
from reporting.translator import Translator

MOST_BUTTONS = 12


def may_be_negative(question: Question) -> bool:
    """A count (a question with a `kind` or a `unit`) is never under 0."""
    return question.kind is None and not question.unit


def as_decimal(text: str) -> Decimal | None:
    """A number that an expression came to, as it can be kept; None if it is none, infinite, or too large."""
    try:
        return to_keep(Decimal(text.strip()))
    except InvalidOperation:
        return None


class Integer(QuestionType):
    names = ("integer",)
    key = "integer"

    def how_key(self, question: Question) -> str:
        """For what happens in a period, that nothing is 0."""
        return "type_integer_flow_answer" if question.kind == "flow" else "type_integer_answer"

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        return read_integer(text, question.unit.values(), negative=may_be_negative(question))

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return with_unit(words.show(value), question, words)

    def from_node(self, question: Question, text: str) -> Value | None:
        number = as_decimal(text)
        return int(number) if number is not None and number == number.to_integral_value() else None

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return [("0", "0")] if question.kind == "flow" else []


class DecimalNumber(QuestionType):
    names = ("decimal",)
    key = "decimal"

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        return read_decimal(text, question.unit.values(), negative=may_be_negative(question))

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return with_unit(words.show(value), question, words)

    def to_json(self, value: Value) -> Any:
        return str(value)

    def from_json(self, stored: Any) -> Value:
        return Decimal(str(stored))

    def from_node(self, question: Question, text: str) -> Value | None:
        return as_decimal(text)


class Range(QuestionType):
    """A number between the parameters `start` and `end`, in steps of `step`."""

    names = ("range",)
    key = "range"

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        start, end, step = bounds(question)
        number = read_decimal(text, question.unit.values(), negative=start < 0)
        if not start <= number <= end or (number - start) % step:
            raise NotUnderstood("err_range", text=echo(text), start=start, end=end, step=step)
        return _plain(number, question)

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return with_unit(words.show(value), question, words)

    def to_json(self, value: Value) -> Any:
        return value if isinstance(value, int) else str(value)

    def from_json(self, stored: Any) -> Value:
        return stored if isinstance(stored, int) else Decimal(str(stored))

    def from_node(self, question: Question, text: str) -> Value | None:
        number = as_decimal(text)
        return None if number is None else _plain(number, question)

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        start, end, step = bounds(question)
        count = math.floor((end - start) / step) + 1
        if count > MOST_BUTTONS:
            return []
        numbers = (_plain(start + step * index, question) for index in range(count))
        return [(words.show(number), words.show(number)) for number in numbers]


def bounds(question: Question) -> tuple[Decimal, Decimal, Decimal]:
    """A range's start, end and step; 1, 10 and 1 where its parameters do not say, as in ODK."""
    wanted = (("start", "1"), ("end", "10"), ("step", "1"))
    start, end, step = (Decimal(question.parameters.get(name, default)) for name, default in wanted)
    return start, end, step


def _plain(number: Decimal, question: Question) -> int | Decimal:
    """An int where the whole range is of whole numbers."""
    whole = all(bound == bound.to_integral_value() for bound in bounds(question))
    return int(number) if whole else number
