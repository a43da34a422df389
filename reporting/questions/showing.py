"""Values and answers as people read them."""

from reporting.answers import Answer, Value
from reporting.forms import Question
from reporting.questions.question_types import type_of
from reporting.translator import Translator


def shown(question: Question, value: Value, words: Translator) -> str:
    """A value of a question as people read it, with its unit of count."""
    return type_of(question).show(question, value, words)


def show_answer(question: Question, answer: Answer | None, words: Translator) -> str:
    """An answer as people read it: a value, «chưa rõ», «để trống» or «chưa trả lời»."""
    if answer is None:
        return words.plain("answer_none")
    if answer.value is None:
        return words.plain("answer_unknown" if answer.state == "unknown" else "answer_empty")
    return shown(question, answer.value, words)
