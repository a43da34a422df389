"""What is said to the open question: its answer, several answers, a reason, or a question about figures."""

from handlers.common.reply_language import answering
from handlers.reporters.answer_content import Content
from handlers.reporters.batch_answers import read_head, take
from handlers.reporters.draft_session import go_on, noted
from handlers.reporters.reasons import at_doubt
from handlers.residents.public_answer import answer_to, view_of, vocabulary_of
from messages.reporters.batch_words import taken
from messages.reporters.doubt_words import same_again
from messages.reporters.draft_words import say_what_is_next
from messages.reporters.offers import figures_in
from messages.reporters.reasons import lines_in
from reporting.errors import NotUnderstood
from reporting.filling.lines import Lines, read_answer
from reporting.filling.moves import Filling
from reporting.people import Address, Person
from reporting.questions.question_types import type_of
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context
from understanding import ABOUT_FIGURES, understand


def answered(
    context: Context, person: Person, to: Address, filling: Filling, content: Content, message_id: int
) -> list[Say]:
    """What was said, as the answer to what is asked, as several answers, or as a question about figures. Raises NotUnderstood."""
    words, at_reason = context.words(person), filling.draft.state == "awaiting a reason"
    is_text, figures = content.kind == "text", figures_in(content.text)
    try:
        if is_text and (read_head(content.text) or (at_reason and lines_in(figures, filling, words))):
            return take(context, person, to, filling, figures, message_id)
        return _taken(context, person, to, filling, read(filling, content, words), message_id)
    except NotUnderstood as refused:
        if not is_text or "rule" in refused.values or (at_reason and "?" not in content.text):
            raise
        if any(map(str.isdigit, content.text)) and "?" not in content.text:
            try:
                return take(context, person, to, filling, figures, message_id)
            except NotUnderstood:
                pass
        told = _told(context, to, words, content.text)
        if not told:
            raise
        again = say_what_is_next(filling, context.unit(filling.draft.unit_id), to, words, words("taken_for_question"))
        return [*told, again]


def _taken(
    context: Context, person: Person, to: Address, filling: Filling, moved: Filling, message_id: int
) -> list[Say]:
    """What has become of an answer: a reason is said back, a value that is not plain too."""
    words, at = context.words(person), filling.draft.at
    if moved.draft.pending:
        return go_on(context, person, to, moved)
    answer, at_reason = moved.draft.answers[at], filling.draft.state == "awaiting a reason"
    if at_reason and answer.reason:
        return go_on(context, person, to, moved, head=words("reason_taken", reason=answer.reason))
    if at_reason or answer.state == "unknown":
        echoed = taken(filling, Lines({at: answer}), words)
    else:
        echoed = same_again(filling, moved, words)
    return go_on(context, person, to, noted(moved, to, message_id, at), echoed)


def _told(context: Context, to: Address, words: Translator, text: str) -> list[Say]:
    """The answer to a question about figures; nothing if it is none."""
    inquiry = understand(text, vocabulary_of(context), context.today)
    is_one = inquiry.intent in ABOUT_FIGURES and (inquiry.indicators or inquiry.intent != "value")
    if not is_one or len(text.split()) < 2:
        return []
    return answer_to(context, view_of(context, to, answering(words, text)), inquiry)


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
