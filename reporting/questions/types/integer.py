"""A whole number."""

from collections.abc import Sequence
from datetime import datetime

from reporting.answers import Value
from reporting.questions.numbers import (
    as_decimal,
    counted_words,
    kept_number,
    may_be_negative,
    read_integer,
    refuse_increase,
    refuse_other_count,
)
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType, Spelling, with_unit
from reporting.translator import Translator


class Integer(QuestionType):
    names = ("integer",)
    key = "integer"
    field = "digits"
    older = (
        "int",
        "add integer prompt",
        "q int",
    )
    indicators = frozenset({"flow", "stock", "total"})
    is_numeric = True
    is_whole = True
    special = {
        "percentage": Spelling(constraint="0 <= . and . <= 100"),
        "number of days in last month": Spelling(constraint="0 <= . and . <= 31"),
        "number of days in last six months": Spelling(constraint="0 <= . and . <= 183"),
        "number of days in last year": Spelling(constraint="0 <= . and . <= 365"),
    }

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
        refuse_other_count(question, text, words.language)
        refuse_increase(question, text)
        number = read_integer(text, counted_words(question), negative=may_be_negative(question))
        return kept_number(number, question, text)

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return with_unit(words.show(value), question, words)

    def from_node(self, question: Question, text: str) -> Value | None:
        number = as_decimal(text)
        return int(number) if number is not None and number == number.to_integral_value() else None

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return [("0", "0")] if question.kind == "flow" else []
