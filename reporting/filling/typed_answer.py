"""One answer as it is typed: a value of the question, or that it is not known yet."""

from collections.abc import Sequence
from datetime import datetime

from reporting.answers import Answer
from reporting.errors import NotUnderstood
from reporting.forms import Choice, Question
from reporting.questions.question_types import type_of
from reporting.translator import Translator
from reporting.typed_buttons import says_unknown


def read_answer(question: Question, text: str, words: Translator, choices: Sequence[Choice], now: datetime) -> Answer:
    """What a text says of a question: a value, or that it is not known yet. Raises NotUnderstood."""
    try:
        return Answer(type_of(question).read(question, text, words, choices, now))
    except NotUnderstood:
        if type_of(question).takes_any_words or not says_unknown(text):
            raise
        return Answer(None, "unknown")
