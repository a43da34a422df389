"""What is said as the answer to the one question that the draft asks."""

from handlers.reporters.answer_content import Content
from handlers.reporters.reasons import at_doubt
from reporting.errors import NotUnderstood
from reporting.filling.moves import Filling
from reporting.filling.typed_answer import read_answer
from reporting.questions.question_types import type_of
from reporting.translator import Translator


def read(filling: Filling, content: Content, words: Translator) -> Filling:
    """What was said as the answer to what the draft asks. Raises NotUnderstood."""
    question = filling.question
    if question is None:
        raise NotUnderstood("review_not_understood")
    kind = type_of(question)
    if filling.draft.state == "awaiting a reason":
        return at_doubt(filling, content, words)
    if not kind.accepts(content.kind):
        raise kind.refusal() if content.kind == "text" else NotUnderstood("content_not_taken")
    if content.sent is not None:
        return filling.answer(kind.receive(question, content.sent))
    answer = read_answer(question, content.text, words, filling.choices(), filling.now)
    return filling.unknown() if answer.value is None else filling.answer(answer.value)
