"""Answers to a draft's questions, typed or tapped, up to sending it."""

import re
from collections.abc import Callable

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.asking import answer_to, view_of, vocabulary_of
from handlers.content import Content, content_of
from handlers.drafting import (
    charged,
    filling_of,
    go_on,
    marked,
    noted,
    refuse_if_closed,
    sent_already,
    sent_away,
    shown_again,
)
from handlers.excel import excel
from handlers.filters import AtDraft, Pressed
from handlers.opening import is_others, what_happened
from handlers.reasons import at_doubt, meant, of_correction, why
from handlers.sending import correcting, dropped, send
from handlers.several import read_head, take
from handlers.speech import answering
from handlers.turn import Turn, address_of
from reporting.errors import NotUnderstood, Refusal, Refused
from reporting.filling import fast
from reporting.filling.buttons import quick_answers
from reporting.filling.drafts import Draft
from reporting.filling.line_words import taken, taken_at_once
from reporting.filling.lines import Lines, read_answer
from reporting.filling.moves import Filling
from reporting.filling.reasons import lines_in
from reporting.filling.review_words import ask_which
from reporting.filling.template import template
from reporting.filling.words import kept_key, refusal, say_what_is_next
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.presses import read_id
from reporting.questions.question_types import type_of
from reporting.say import Say
from reporting.typed import typed_verb
from reporting.understanding import ABOUT_FIGURES, understand
from reporting.words import Words
from storage import drafts

router = Router(name="answer")
plain = Router(name="plain answer")
"""Offered everything first: a bare number at an open draft, and a draft's button, are what most updates are."""
BARE_NUMBER = re.compile(r"[\d.,\s]{1,15}")
FAST = ("same", "zeros", "quiet")
"""What answers several questions at once: which ones, and how, is said."""
private = F.chat.type == "private"


@plain.message(private, F.text.regexp(BARE_NUMBER, mode="fullmatch"), ~F.reply_to_message, AtDraft())
@router.message(private, AtDraft(), ~F.text.startswith("/"))
async def answer(message: Message, turn: Turn, draft: Draft, form: Form) -> list[Say]:
    """Whatever is said while a draft is open is an answer to what it asks if it can be one, else a question about figures."""
    to = address_of(message.chat)
    person = charged(turn, to, draft, form)
    if person is None:
        return sent_away(turn, to)
    return marked(turn, draft, _heard(message, turn, person, to, draft, form))


def _heard(message: Message, turn: Turn, person: Person, to: Address, draft: Draft, form: Form) -> list[Say]:
    filling = filling_of(turn, draft, form)
    try:
        refuse_if_closed(turn, person, form, draft)
        if is_others(turn, draft, person, to):
            return shown_again(turn, person, to, filling, what_happened(turn, draft, person))
        content = content_of(message)
        verb = typed_verb(content.text) if content.kind == "text" else None
        if verb is not None:
            return act(turn, person, to, filling, *verb, text=content.text)
        if draft.state == "awaiting a reason" and not draft.at:
            return why(turn, person, to, filling, content, message.message_id)
        return _answered(turn, person, to, filling, content, message.message_id)
    except Refusal as refused:
        return refused_in(turn, person, to, filling, refused)


@plain.callback_query(Pressed("d"))
async def press(query: CallbackQuery, turn: Turn, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """A button of a draft: of its present turn, or stale, or forged."""
    person = turn.person(to)
    words = turn.words(person, query.from_user.language_code)
    try:
        draft_id, at, verb = read_id(arguments[0]), read_id(arguments[1]), arguments[2]
        number = read_id(arguments[3]) if len(arguments) > 3 else None
        found = drafts.draft_of(turn.connection, draft_id)
    except (ValueError, IndexError):
        found = None
    if found is None:
        return [Say(to, words("button_unknown_to_us"))]
    draft, form = found
    person = charged(turn, to, draft, form)
    if person is None:
        return sent_away(turn, to)
    return marked(turn, draft, _pressed(turn, person, to, filling_of(turn, draft, form), at, verb, number))


def _pressed(
    turn: Turn, person: Person, to: Address, filling: Filling, at: int, verb: str, number: int | None
) -> list[Say]:
    draft, words = filling.draft, turn.words(person)
    if draft.state == "sent" and verb != "correct":
        return [sent_already(turn, draft, to, words)]
    try:
        refuse_if_closed(turn, person, filling.form, draft)
        drafts.go_to(turn.connection, to, draft.id)
        if at != draft.turn:
            is_moved = is_others(turn, draft, person, to)
            why = what_happened(turn, draft, person) if is_moved else words("button_stale")
            return shown_again(turn, person, to, filling, why)
        return act(turn, person, to, filling, verb, number)
    except Refusal as refused:
        return refused_in(turn, person, to, filling, refused)


def refused_in(turn: Turn, person: Person, to: Address, filling: Filling, refused: Refusal) -> list[Say]:
    """Why something was not taken, with the open question again; a report whose time is over is left."""
    why = refusal(turn.words(person), refused)
    if refused.key == "report_closed":
        drafts.go_to(turn.connection, to, None)
        return [Say(to, why)]
    return shown_again(turn, person, to, filling, why)


def act(
    turn: Turn, person: Person, to: Address, filling: Filling, verb: str, number: int | None = None, text: str = ""
) -> list[Say]:
    """Does what a button, or its typed equivalent `text`, stands for. Raises Refusal where it does not fit."""
    words, unit = turn.words(person), turn.unit(filling.draft.unit_id)
    if filling.draft.state == "awaiting a reason":
        verb = meant(filling, verb, text)
        said = of_correction(turn, person, to, filling, verb, number) if not filling.draft.at else None
        if said is not None:
            return said
    if verb in ("send", "sure"):
        return send(turn, person, to, filling, is_sure=verb == "sure")
    if verb == "drop":
        return dropped(turn, person, to, filling)
    if verb == "leave":
        drafts.go_to(turn.connection, to, None)
        return [Say(to, words(kept_key(filling.draft), date=filling.draft.period))]
    if verb == "template":
        return [template(filling, unit, to, words)]
    if verb == "excel":
        return [excel(filling, unit, to, words)]
    if verb == "correct":
        return go_on(turn, person, to, correcting(turn, person, filling))
    if verb == "edit" and number is None:
        if filling.draft.state != "review":
            raise Refused("not_in_review")
        return [ask_which(filling, to, words)]
    moved = _moved(filling, verb, number, words)
    return go_on(turn, person, to, moved, taken_at_once(filling, moved, words) if verb in FAST else "")


def _answered(
    turn: Turn, person: Person, to: Address, filling: Filling, content: Content, message_id: int
) -> list[Say]:
    """What was said, as the answer to what is asked, as several answers, or as a question about figures."""
    words, at = turn.words(person), filling.draft.at
    is_text, at_reason = content.kind == "text", filling.draft.state == "awaiting a reason"
    try:
        if is_text and (read_head(content.text) or (at_reason and lines_in(content.text, filling, words))):
            return take(turn, person, to, filling, content.text, message_id)
        moved = read(filling, content, words)
        answer = moved.draft.answers[at]
        echoed = taken(filling, Lines({at: answer}), words) if at_reason or answer.state == "unknown" else ""
        return go_on(turn, person, to, noted(moved, to, message_id, at), echoed)
    except NotUnderstood as refused:
        if not is_text or "rule" in refused.values or (at_reason and "?" not in content.text):
            raise
        if any(map(str.isdigit, content.text)) and "?" not in content.text:
            try:
                return take(turn, person, to, filling, content.text, message_id)
            except NotUnderstood:
                pass
        told = _told(turn, to, words, content.text)
        if not told:
            raise
        again = say_what_is_next(filling, turn.unit(filling.draft.unit_id), to, words, words("taken_for_question"))
        return [*told, again]


def _told(turn: Turn, to: Address, words: Words, text: str) -> list[Say]:
    """The answer to a question about figures; nothing if it is none."""
    inquiry = understand(text, vocabulary_of(turn), turn.today)
    is_one = inquiry.intent in ABOUT_FIGURES and (inquiry.indicators or inquiry.intent != "value")
    if not is_one or len(text.split()) < 2:
        return []
    return answer_to(turn, view_of(turn, to, answering(words, text)), inquiry)


def _moved(filling: Filling, verb: str, number: int | None, words: Words) -> Filling:
    if verb == "pick" and filling.question is not None:
        taps = quick_answers(filling, filling.question, words)
        if number is None or number >= len(taps):
            raise Refused("button_unknown_to_us")
        return read(filling, Content("text", taps[number][1]), words)
    if verb in ("mend", "edit") and filling.draft.state == "review":
        if number is None or not 1 <= number <= len(filling.asked):
            raise Refused("no_such_question")
        return filling.edit(filling.asked[number - 1].name)
    simple: dict[str, Callable[[], Filling]] = {
        "back": filling.back,
        "skip": filling.skip,
        "unknown": filling.unknown,
        "again": filling.again,
        "keep": filling.keep,
        "same": lambda: fast.keep_all(filling),
        "zeros": lambda: fast.zeros(filling),
        "quiet": lambda: fast.quiet(filling),
    }
    if verb not in simple:
        raise Refused("not_in_review" if verb in ("mend", "edit") else "button_unknown_to_us")
    return simple[verb]()


def read(filling: Filling, content: Content, words: Words) -> Filling:
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
