"""A reason is awaited, for a figure in doubt or for a correction: what is said and tapped there."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.reporters.answer_content import Content
from handlers.reporters.draft_session import go_on, shown_again
from handlers.reporters.draft_step import Step
from handlers.reporters.submit_report import send
from messages.reporters.batch_words import not_taken, taken
from messages.reporters.doubt_words import ask_which_figure
from messages.reporters.offers import figures_in
from messages.reporters.reasons import (
    bare_number,
    is_idle,
    is_named,
    meant_verb,
    no_reason,
    only_number,
    reason_in,
)
from messages.reporters.review_words import WHYS, corrections, offer_number
from reporting.answers import Answer
from reporting.errors import NotUnderstood, Refused
from reporting.filling.fast import together
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from reporting.filling.reason_or_figure import figures_meant, lines_in, may_be_figure
from reporting.people import Address, Person
from reporting.questions.names import Names
from reporting.questions.question_types import type_of
from reporting.say import Say
from reporting.translator import Html, Translator
from services.context import Context
from services.draft_session import save_filling
from understanding.reasons_said import numbers_in_reason


def at_doubt(filling: Filling, content: Content, words: Translator) -> Filling:
    """Another value, the reason for the one that is doubted, or what is to be asked back. Raises NotUnderstood for any other."""
    question, text = filling.question, content.text
    if question is None or content.kind != "text" or is_idle(text):
        raise no_reason(text, filling)
    if type_of(question).takes_any_words or is_named(text):
        return _explained(filling, text)
    try:
        value = type_of(question).read(question, text, words, filling.choices(), filling.now)
    except NotUnderstood:
        return _explained(filling, text)
    if filling.draft.pending and len(figures_meant(filling)) > 1:
        raise NotUnderstood("number_of_which", text=text)
    answer = filling.answered(question.name)
    if answer is not None and answer.value == value:
        raise no_reason(text, filling)
    return filling.answer(value)


def _explained(filling: Filling, text: str) -> Filling:
    """With the reason; or the text is asked back, where it may be a figure. Raises NotUnderstood."""
    reason = reason_in(text, filling)
    if not is_named(text) and may_be_figure(reason, filling):
        return filling.asking_back(reason)
    return filling.explain(reason)


def why(context: Context, person: Person, to: Address, filling: Filling, text: str, message_id: int) -> list[Say]:
    """What is typed where a correction's reason is awaited: the reason, or figures that change it further. Raises Refusal."""
    words, question = context.words(person), only_number(filling)
    answer = bare_number(text, filling, words)
    if answer is not None and question is not None and isinstance(answer.value, int):
        filling = save_filling(context, person, filling)
        return [offer_number(filling, question, answer.value, text, to, words)]
    lines = lines_in(figures_in(text, [filling.form]), filling, words)
    if lines is not None:
        noted = filling.with_draft(filling.draft.heard_in(to, message_id, "*"))
        return _changed(context, person, to, noted, lines)
    reason = reason_in(text, filling)
    if not is_named(text) and may_be_figure(reason, filling):
        return go_on(context, person, to, filling.asking_back(reason))
    said, *others = send(context, person, to, filling, reason)
    unread = numbers_in_reason(reason, "", context.today, [Names.of(filling.form)])
    beside = not_taken(filling, Lines().beside_reason(unread), words)
    return [replace(said, text=Html("\n".join([said.text, *beside]))), *others]


def verb_meant(filling: Filling, verb: str, text: str) -> str:
    """What a button, or the typed word `text`, does where a reason is awaited. Raises Refusal where it does nothing."""
    found = meant_verb(verb, filling)
    if found is None:
        raise no_reason(text, filling) if text else Refused("button_unknown_to_us")
    return found


def _hold(step: Step) -> list[Say]:
    return shown_again(step.context, step.person, step.to, step.filling, step.words("hold_how"))


def _accept(step: Step) -> list[Say]:
    """«Ghi làm lý do»: what was asked back is the reason."""
    filling, reason = step.filling, step.filling.draft.pending
    if not reason:
        raise no_reason("", filling)
    if not filling.draft.at:
        return send(step.context, step.person, step.to, filling, reason)
    return step.go_on(filling.explain(reason), head=step.words("reason_taken", reason=reason))


def _mend(step: Step) -> list[Say] | None:
    return step.go_on(step.filling.edit_line(step.number)) if step.number is not None else None


def _edit(step: Step) -> list[Say]:
    filling = step.filling
    if step.number is not None:
        return step.go_on(filling.edit_line(step.number))
    if filling.draft.pending:
        return _which_figure(step)
    return step.go_on(filling.again() if filling.draft.at else filling.settled())


def _which_figure(step: Step) -> list[Say]:
    """«Sửa số»: to the figure that was meant; which one is asked where it may be another than the doubted one."""
    filling = step.filling
    figures = figures_meant(filling) if filling.draft.pending else ()
    if len(figures) > 1 or (figures and not filling.draft.at):
        return [ask_which_figure(filling, step.to, step.words)]
    return step.go_on(filling.again() if filling.draft.at else filling.settled())


def _why(step: Step) -> list[Say] | None:
    """One of the reasons of a correction that are offered."""
    if step.filling.draft.at or step.number is None or step.number >= len(WHYS):
        return None
    return send(step.context, step.person, step.to, step.filling, step.words.plain(WHYS[step.number]))


def _value(step: Step) -> list[Say] | None:
    """The number that was typed is the value of the one number that the correction changes."""
    question = only_number(step.filling)
    if step.filling.draft.at or step.number is None or question is None:
        return None
    return _changed(step.context, step.person, step.to, step.filling, Lines({question.name: Answer(step.number)}))


AT_REASON: Mapping[str, Callable[[Step], list[Say] | None]] = {
    "hold": _hold,
    "explain": _accept,
    "edit": _edit,
    "mend": _mend,
    "figure": _which_figure,
    "why": _why,
    "value": _value,
}
"""What buttons do where a reason is awaited, if they do anything there that they do not do elsewhere (None)."""


def _changed(context: Context, person: Person, to: Address, filling: Filling, lines: Lines) -> list[Say]:
    words = context.words(person)
    moved = together(filling, lines.answers)
    if moved.draft.state == "review" and corrections(moved, words):
        moved = moved.awaiting_reason()
    return go_on(context, person, to, moved, taken(filling, lines, words))
