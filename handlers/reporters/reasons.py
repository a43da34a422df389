"""A reason is awaited, for a figure in doubt or for a correction: what is said and tapped there."""

from handlers.reporters.answer_content import Content
from handlers.reporters.draft_session import go_on, keep, noted, shown_again
from handlers.reporters.submit_report import send
from messages.reporters.batch_words import taken
from messages.reporters.doubt_words import ask_which_figure
from messages.reporters.offers import figures_in
from messages.reporters.reasons import (
    bare_number,
    is_idle,
    is_named,
    lines_in,
    meant_verb,
    no_reason,
    only_number,
    reason_in,
)
from messages.reporters.review_words import WHYS, corrections, offer_number
from reporting.answers import Answer
from reporting.errors import NotUnderstood, Refused
from reporting.filling.fast import together
from reporting.filling.lines import Lines
from reporting.filling.moves import Filling
from reporting.filling.reason_or_figure import figures_meant, may_be_figure
from reporting.people import Address, Person
from reporting.questions.question_types import type_of
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context


def at_doubt(filling: Filling, content: Content, words: Translator) -> Filling:
    """Another value, the reason for the one that is doubted, or what is to be asked back. Raises NotUnderstood for any other."""
    question, text = filling.question, content.text
    if question is None or content.kind != "text" or is_idle(text):
        raise no_reason(text, filling)
    if question.type == "text" or is_named(text):
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


def why(
    context: Context, person: Person, to: Address, filling: Filling, content: Content, message_id: int
) -> list[Say]:
    """What is typed where a correction's reason is awaited: the reason, or figures that change it further. Raises Refusal."""
    words, text = context.words(person), content.text if content.kind == "text" else ""
    answer = bare_number(text, filling, words)
    question = only_number(filling)
    if answer is not None and question is not None and isinstance(answer.value, int):
        filling = keep(context, person, filling)
        return [offer_number(filling, question, answer.value, text, to, words)]
    lines = lines_in(figures_in(text), filling, words)
    if lines is not None:
        return _changed(context, person, to, noted(filling, to, message_id, "*"), lines)
    reason = reason_in(text, filling)
    if not is_named(text) and may_be_figure(reason, filling):
        return go_on(context, person, to, filling.asking_back(reason))
    return send(context, person, to, filling, reason)


def meant(filling: Filling, verb: str, text: str) -> str:
    """What a button, or the typed word `text`, does where a reason is awaited. Raises Refusal where it does nothing."""
    found = meant_verb(verb, filling)
    if found is None:
        raise no_reason(text, filling) if text else Refused("button_unknown_to_us")
    return found


def done(
    context: Context, person: Person, to: Address, filling: Filling, verb: str, number: int | None
) -> list[Say] | None:
    """What only buttons do where a reason is awaited; None for any other. Raises Refusal."""
    words, draft = context.words(person), filling.draft
    if verb == "hold":
        return shown_again(context, person, to, filling, words("hold_how"))
    if verb == "explain":
        return _accepted(context, person, to, filling)
    if verb in ("edit", "mend") and number is not None:
        return go_on(context, person, to, filling.edit_line(number))
    if verb == "figure" or (verb == "edit" and draft.pending):
        return _which_figure(context, person, to, filling)
    if draft.at:
        return go_on(context, person, to, filling.again()) if verb == "edit" else None
    if verb == "why" and number is not None and number < len(WHYS):
        return send(context, person, to, filling, words.plain(WHYS[number]))
    question = only_number(filling)
    if verb == "value" and number is not None and question is not None:
        return _changed(context, person, to, filling, Lines({question.name: Answer(number)}))
    return go_on(context, person, to, filling.settled()) if verb == "edit" else None


def _accepted(context: Context, person: Person, to: Address, filling: Filling) -> list[Say]:
    """«Ghi làm lý do»: what was asked back is the reason."""
    reason, words = filling.draft.pending, context.words(person)
    if not reason:
        raise no_reason("", filling)
    if not filling.draft.at:
        return send(context, person, to, filling, reason)
    return go_on(context, person, to, filling.explain(reason), head=words("reason_taken", reason=reason))


def _which_figure(context: Context, person: Person, to: Address, filling: Filling) -> list[Say]:
    """«Sửa số»: to the figure that was meant; which one is asked where it may be another than the doubted one."""
    figures = figures_meant(filling) if filling.draft.pending else ()
    if len(figures) > 1 or (figures and not filling.draft.at):
        return [ask_which_figure(filling, to, context.words(person))]
    return go_on(context, person, to, filling.again() if filling.draft.at else filling.settled())


def _changed(context: Context, person: Person, to: Address, filling: Filling, lines: Lines) -> list[Say]:
    words = context.words(person)
    moved = together(filling, lines.answers)
    if moved.draft.state == "review" and corrections(moved, words):
        moved = moved.awaiting_reason()
    return go_on(context, person, to, moved, taken(filling, lines, words))
