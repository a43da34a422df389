"""A figure of the archive as a value: it must be one of its indicator's type, whatever the form's rules say of it."""

import re
from decimal import Decimal

from reporting.amounts import to_amount
from reporting.answers import Value
from reporting.errors import Refused
from reporting.forms import Question
from reporting.questions.question_types import type_of

_WHOLE = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def archived_value(question: Question, text: str) -> Value:
    """What the file gives for an indicator: digits, a point where it need not be whole, or the name of a choice.

    A whole number has no point at all: «1.250» is 1250 to whoever wrote it. Raises Refused with what to write instead.
    """
    value = _number(question, text) if _is_number(question) else type_of(question).from_node(question, text)
    names = [choice.name for choice in question.choices]
    if value is None or (names and value not in names):
        raise Refused(_advice(question), indicator=question.name, value=text, known=", ".join(names))
    return value


def _is_number(question: Question) -> bool:
    """A kind other than `state` counts something, even where the type is none of its own (a calculation)."""
    return not question.choices and (question.kind != "state" or type_of(question).is_numeric)


def _number(question: Question, text: str) -> Value | None:
    """The number; None where it is none of the type, or too large or too fine to be kept."""
    if not (_WHOLE if type_of(question).is_whole else _NUMBER).fullmatch(text):
        return None
    try:
        to_amount(Decimal(text))
    except ValueError:
        return None
    return type_of(question).from_node(question, f"{Decimal(text):f}")


def _advice(question: Question) -> str:
    if question.choices:
        return "archive_choice"
    return "archive_whole" if type_of(question).is_whole else "archive_value"
