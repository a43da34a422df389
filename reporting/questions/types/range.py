"""A number between two bounds, in steps."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.numbers import as_decimal, counted_words, read_decimal
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType, with_unit
from reporting.questions.typed_text import echo
from reporting.translator import Translator

MOST_BUTTONS = 12
OWN_PARAMETERS = ("start", "end", "step")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Range(QuestionType):
    """A number between the parameters `start` and `end`, in steps of `step`."""

    names = ("range",)
    key = "range"
    field = "decimal"
    indicators = frozenset({"flow", "stock", "total"})
    is_numeric = True
    parameters = OWN_PARAMETERS

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        start, end, step = bounds(question)
        number = read_decimal(text, counted_words(question), negative=start < 0)
        if not start <= number <= end or (number - start) % step:
            raise NotUnderstood("err_range", text=echo(text), start=start, end=end, step=step)
        return _plain(number, question)

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return with_unit(words.show(value), question, words)

    def to_field(self, value: Value) -> str:
        return str(value).replace(".", ",")

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

    def wrong_parameters(self, parameters: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
        for name in OWN_PARAMETERS:
            value = parameters.get(name)
            if value is not None and (not _NUMBER.fullmatch(value) or (name == "step" and float(value) <= 0)):
                return "parameter_number", {"name": name, "value": value}
        if float(parameters.get("start", 1)) > float(parameters.get("end", 10)):
            return "parameter_range", {}
        return None


def bounds(question: Question) -> tuple[Decimal, Decimal, Decimal]:
    """A range's start, end and step; 1, 10 and 1 where its parameters do not say, as in ODK."""
    wanted = (("start", "1"), ("end", "10"), ("step", "1"))
    start, end, step = (Decimal(question.parameters.get(name, default)) for name, default in wanted)
    return start, end, step


def _plain(number: Decimal, question: Question) -> int | Decimal:
    """An int where the whole range is of whole numbers."""
    whole = all(bound == bound.to_integral_value() for bound in bounds(question))
    return int(number) if whole else number
