"""A reason is awaited, for a figure in doubt or for a correction: what is said and tapped there."""

from handlers.content import Content
from handlers.drafting import go_on, keep, noted
from handlers.sending import send
from handlers.turn import Turn
from reporting.answers import Answer
from reporting.errors import NotUnderstood, Refused
from reporting.filling.fast import together
from reporting.filling.line_words import taken
from reporting.filling.lines import Lines
from reporting.filling.moves import Filling
from reporting.filling.reasons import bare_number, is_idle, lines_in, meant_verb, no_reason, only_number, reason_in
from reporting.filling.review_words import WHYS, corrections, offer_number
from reporting.people import Address, Person
from reporting.questions.question_types import type_of
from reporting.say import Say
from reporting.words import Words


def reason_of(content: Content, filling: Filling) -> str:
    """The reason that a message gives. Raises NotUnderstood."""
    return reason_in(content.text if content.kind == "text" else "", filling)


def at_doubt(filling: Filling, content: Content, words: Words) -> Filling:
    """Another value, or the reason for the one that is doubted. Raises NotUnderstood for what is neither."""
    question = filling.question
    if question is None or content.kind != "text" or is_idle(content.text):
        raise no_reason(content.text, filling)
    if question.type == "text":
        return filling.explain(reason_of(content, filling))
    try:
        value = type_of(question).read(question, content.text, words, filling.choices(), filling.now)
    except NotUnderstood:
        return filling.explain(reason_of(content, filling))
    answer = filling.answered(question.name)
    if answer is not None and answer.value == value:
        raise no_reason(content.text, filling)
    return filling.answer(value)


def why(turn: Turn, person: Person, to: Address, filling: Filling, content: Content, message_id: int) -> list[Say]:
    """What is typed where a correction's reason is awaited: the reason, or figures that change it further. Raises Refusal."""
    words = turn.words(person)
    if content.kind == "text":
        lines = lines_in(content.text, filling, words)
        if lines is not None:
            return _changed(turn, person, to, noted(filling, to, message_id, "*"), lines)
        answer = bare_number(content.text, filling, words)
        question = only_number(filling)
        if answer is not None and question is not None and isinstance(answer.value, int):
            filling = keep(turn, person, filling)
            return [offer_number(filling, question, answer.value, content.text, to, words)]
    return send(turn, person, to, filling, reason_of(content, filling))


def meant(filling: Filling, verb: str, text: str) -> str:
    """What a button, or the typed word `text`, does where a reason is awaited. Raises Refusal where it does nothing."""
    found = meant_verb(verb, filling)
    if found is None:
        raise no_reason(text, filling) if text else Refused("button_unknown_to_us")
    return found


def of_correction(
    turn: Turn, person: Person, to: Address, filling: Filling, verb: str, number: int | None
) -> list[Say] | None:
    """What only a correction's reason has buttons for; None for any other."""
    if verb == "why" and number is not None and number < len(WHYS):
        return send(turn, person, to, filling, turn.words(person).plain(WHYS[number]))
    question = only_number(filling)
    if verb == "value" and number is not None and question is not None:
        return _changed(turn, person, to, filling, Lines({question.name: Answer(number)}))
    if verb == "edit":
        return go_on(turn, person, to, _at_line(filling.settled(), number))
    return None


def _at_line(filling: Filling, number: int | None) -> Filling:
    if number is None:
        return filling
    if not 1 <= number <= len(filling.asked):
        raise Refused("no_such_question")
    return filling.edit(filling.asked[number - 1].name)


def _changed(turn: Turn, person: Person, to: Address, filling: Filling, lines: Lines) -> list[Say]:
    words = turn.words(person)
    moved = together(filling, lines.answers)
    if moved.draft.state == "review" and corrections(moved, words):
        moved = moved.awaiting_reason()
    return go_on(turn, person, to, moved, taken(filling, lines, words))
