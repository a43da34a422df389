"""What is said at a draft that is on the screen: who reads it, in which order."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.common.reply_language import answering
from handlers.reporters.answer_content import Content
from handlers.reporters.batch_answers import read_head, take
from handlers.reporters.draft_session import go_on, next_in
from handlers.reporters.draft_step import Step
from handlers.reporters.draft_verbs import act
from handlers.reporters.offered_answers import offer_for, offer_to_other_form
from handlers.reporters.reasons import why
from handlers.reporters.single_answer import read
from handlers.residents.public_answer import answer_to, view_at, vocabulary_of
from messages.reporters.batch_words import taken
from messages.reporters.doubt_words import same_again
from messages.reporters.near_words import ask_which_number
from messages.reporters.offers import figures_in
from messages.reporters.rest_words import rest_asked
from reporting.errors import NotUnderstood
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from reporting.filling.reason_or_figure import is_answer, lines_in
from reporting.filling.tasks import Task
from reporting.people import Address, Person
from reporting.questions.near_numbers import near_numbers
from reporting.questions.numbers import is_not_yet
from reporting.questions.question_types import type_of
from reporting.say import Say
from reporting.translator import Translator
from reporting.typed_buttons import change_said, says_rest, typed_verb
from services.context import Context
from understanding import ABOUT_FIGURES, understand
from understanding.staff_words import asks_how_many
from understanding.typed_requests import part_day


@dataclass(frozen=True, slots=True)
class SaidAtDraft:
    """What somebody said at a draft, as it stands on his screen."""

    context: Context
    person: Person
    to: Address
    filling: Filling
    content: Content
    message_id: int

    @property
    def words(self) -> Translator:
        return self.context.words(self.person)

    @property
    def text(self) -> str:
        """«» for what is no text."""
        return self.content.text if self.content.kind == "text" else ""

    @property
    def is_at_reason(self) -> bool:
        return self.filling.draft.state == "awaiting a reason"

    @property
    def is_at_doubt(self) -> bool:
        """Whether the reason for a doubted figure is awaited, not that of a correction."""
        return self.is_at_reason and bool(self.filling.draft.at)


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """One way to read what is said.

    `takes`: whether it is offered what is said, of which another reader has said that it does not understand it (None: none has).
    `read`: what is said back, [] if it is nothing for it after all; it raises NotUnderstood where it should have been for it.
    `is_last`: what it does not understand is offered to no other.
    """

    takes: Callable[[SaidAtDraft, NotUnderstood | None], bool]
    read: Callable[[SaidAtDraft], list[Say]]
    is_last: bool = False


def answered(said: SaidAtDraft) -> list[Say]:
    """What is said back by the first reader that understands it. Raises what the first that did not had against it."""
    refused: NotUnderstood | None = None
    for reader in READERS:
        if not reader.takes(said, refused):
            continue
        try:
            back = reader.read(said)
        except NotUnderstood as not_understood:
            refused = refused or not_understood
            if reader.is_last:
                break
        else:
            if back:
                return back
    raise refused or NotUnderstood("review_not_understood")


def _is_buttons(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    verb = typed_verb(said.text)
    return verb is not None and not (verb[0] == "undo" and said.is_at_reason)  # «nhập nhầm» may be one


def _as_button(said: SaidAtDraft) -> list[Say]:
    """«Gửi», «sửa 3»: what the button does."""
    verb, number = typed_verb(said.text) or ("", None)
    return act(Step(said.context, said.person, said.to, said.filling, number, said.text), verb)


def _is_why(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    return said.is_at_reason and not said.is_at_doubt


def _as_why(said: SaidAtDraft) -> list[Say]:
    """The reason of a correction, or more of its figures."""
    return why(said.context, said.person, said.to, said.filling, said.text, said.message_id)


def _is_rest(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    return refused is None and not said.is_at_reason and says_rest(said.text)


def _as_rest(said: SaidAtDraft) -> list[Say]:
    """«Còn lại không có gì»: what would be 0 is named, and nothing is before that is agreed to."""
    return rest_asked(said.filling, said.text, said.to, said.words)


def _is_several(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    """A report with its head, or figures with their names where the reason for another is awaited."""
    if read_head(said.text):
        return True
    return (
        said.is_at_doubt and lines_in(figures_in(said.text, [said.filling.form]), said.filling, said.words) is not None
    )


def _as_several(said: SaidAtDraft) -> list[Say]:
    return take(
        said.context, said.person, said.to, said.filling, figures_in(said.text, [said.filling.form]), said.message_id
    )


def _is_one(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    return refused is None


def _as_one(said: SaidAtDraft) -> list[Say]:
    """The answer to the question, or the reason for the one in doubt: a reason is said back, a value that is not plain too."""
    filling, words, at = said.filling, said.words, said.filling.draft.at
    moved = read(filling, said.content, words)
    if moved.draft.pending:
        return go_on(said.context, said.person, said.to, moved)
    answer = moved.draft.answers[at]
    if said.is_at_reason and answer.reason:
        head = words("reason_taken", reason=answer.reason)
        return go_on(said.context, said.person, said.to, moved, head=head)
    if said.is_at_reason or answer.state == "unknown":
        echoed = taken(filling, Lines({at: answer}), words)
    else:
        echoed = same_again(filling, moved, words)
    noted = moved.with_draft(moved.draft.heard_in(said.to, said.message_id, at))
    return go_on(said.context, said.person, said.to, noted, echoed)


def _may_be_else(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    """Whether what is no answer may be something else: not where a hard rule is broken, nor, but a question, at a doubt."""
    if refused is None or said.content.kind != "text" or "rule" in refused.values:
        return False
    return not said.is_at_reason or "?" in said.text


def _may_be_several(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    return _may_be_else(said, refused) and any(map(str.isdigit, said.text)) and "?" not in said.text


def _is_of_other_form(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    return _may_be_several(said, refused) and not said.filling.draft.is_practice


def _as_of_other_form(said: SaidAtDraft) -> list[Say]:
    """Figures by their names of another form's report: offered to that one, and none of them is a number for this question."""
    return offer_to_other_form(said.context, said.person, said.to, said.filling.draft, said.text, said.message_id)


_PLAINLY_NONE = ("err_whole", "err_negative", "err_big", "err_large")
"""What is a number, but none that can be an answer, is refused as what it is."""


def _is_near(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    """Whether numbers were said, but none as an answer, where a whole number is asked for, and not as a question.

    «Chưa có» is 0 or not known yet where any number is asked for that may be 0.
    """
    question = said.filling.question
    is_asked = not said.is_at_reason and question is not None and type_of(question).is_numeric
    if question is not None and is_asked and not type_of(question).is_whole:
        is_asked = is_not_yet(said.text) and is_answer(said.filling, "0", said.words)
    is_none = refused is not None and refused.key not in _PLAINLY_NONE
    is_question = "?" in said.text or asks_how_many(said.text)
    return _may_be_else(said, refused) and is_asked and is_none and not is_question


def _as_near(said: SaidAtDraft) -> list[Say]:
    """«Khoảng 5», «10-15»: each number is offered, none is taken."""
    numbers = near_numbers(part_day(said.text, said.context.today)[0])
    return [ask_which_number(said.filling, numbers, said.text, said.to, said.words)] if numbers else []


def _is_change(said: SaidAtDraft, refused: NotUnderstood | None) -> bool:
    is_asked = said.filling.draft.state in ("asking", "mending")
    return refused is None and is_asked and not said.filling.draft.is_practice and change_said(said.text) is not None


def _as_change(said: SaidAtDraft) -> list[Say]:
    """«Đổi thành 4»: of what was answered last it is asked whether that is meant."""
    filling, numbers = said.filling, near_numbers(change_said(said.text) or "")
    question = filling.answered_last
    if len(numbers) != 1 or question is None or not type_of(question).is_whole:
        return []
    task = Task(filling.form, said.context.unit(filling.draft.unit_id), filling.draft.period)
    return offer_for(said.context, said.person, said.to, task, f"{question.name}: {numbers[0]}", said.message_id)


def _as_question(said: SaidAtDraft) -> list[Say]:
    """A question about figures is answered, and what the draft asks is asked again."""
    context, words, text = said.context, said.words, said.text
    inquiry = understand(text, vocabulary_of(context), context.today)
    is_one = inquiry.intent in ABOUT_FIGURES and (inquiry.indicators or inquiry.intent != "value")
    if not is_one or len(text.split()) < 2 or ("unknown" in inquiry.doubts and "?" not in text):
        return []  # words that are no figure's are no question of staff's
    told = answer_to(context, view_at(context, said.to, answering(words, text)), inquiry)
    again = next_in(context, said.person, said.to, said.filling, words("taken_for_question"))
    return [*told, again] if told else []


READERS: tuple[AnswerReader, ...] = (
    AnswerReader(_is_buttons, _as_button, is_last=True),
    AnswerReader(_is_why, _as_why, is_last=True),
    AnswerReader(_is_change, _as_change),
    AnswerReader(_is_rest, _as_rest),
    AnswerReader(_is_several, _as_several),
    AnswerReader(_is_one, _as_one),
    AnswerReader(_may_be_several, _as_several),
    AnswerReader(_is_of_other_form, _as_of_other_form),
    AnswerReader(_is_near, _as_near),
    AnswerReader(_may_be_else, _as_question),
)
"""Who reads what is said, in this order."""
