"""Answers to a draft's questions, typed or tapped, up to sending it."""

import re
from collections.abc import Callable

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of
from handlers.common.filters import AtDraft, Pressed
from handlers.reporters.answer_content import Content, content_of
from handlers.reporters.draft_session import (
    charged,
    filling_of,
    go_on,
    marked,
    refuse_if_closed,
    sent_already,
    sent_away,
    shown_again,
)
from handlers.reporters.excel import excel
from handlers.reporters.offered_answers import unasked
from handlers.reporters.open_report import is_others, what_happened
from handlers.reporters.read_answer import answered, read
from handlers.reporters.reasons import done, meant, why
from handlers.reporters.submit_report import correcting, dropped, send
from messages.reporters.batch_words import taken_at_once
from messages.reporters.doubt_words import same_again
from messages.reporters.draft_words import kept_key, refusal
from messages.reporters.question_buttons import quick_answers
from messages.reporters.review_words import ask_which
from messages.reporters.template import template
from reporting.errors import Refusal, Refused
from reporting.filling import fast
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.presses import read_id
from reporting.questions.numbers import echo
from reporting.say import Say
from reporting.translator import Translator
from reporting.typed import typed_verb
from services.context import Context
from storage.reports import drafts

router = Router(name="answer")
plain = Router(name="plain answer")
"""Offered everything first: a bare number at an open draft, and a draft's button, are what most updates are."""
BARE_NUMBER = re.compile(r"[\d.,\s]{1,15}")
FAST = ("same", "zeros", "quiet")
"""What answers several questions at once: which ones, and how, is said."""
ELSEWHERE = {"figure": "edit", "hold": "keep"}
"""What the typed words of a doubt's buttons do where nothing is doubted."""
private = F.chat.type == "private"


@plain.message(private, F.text.regexp(BARE_NUMBER, mode="fullmatch"), ~F.reply_to_message, AtDraft(only_shown=True))
@router.message(private, AtDraft(), ~F.text.startswith("/"))
async def answer(message: Message, context: Context, draft: Draft, form: Form, is_shown: bool) -> list[Say]:
    """Whatever is said while a draft is open is an answer to what it asks if it can be one, else a question about figures."""
    to = address_of(message.chat)
    person = charged(context, to, draft, form)
    if person is None:
        return sent_away(context, to)
    if draft.state == "sent":
        drafts.go_to(context.connection, to, None)
        return [sent_already(context, draft, to, context.words(person))]
    filling = filling_of(context, draft, form)
    try:
        refuse_if_closed(context, person, form, draft)
        if not is_shown:
            return marked(context, draft, _not_shown(message, context, person, to, filling))
        return marked(context, draft, _heard(message, context, person, to, filling))
    except Refusal as refused:
        return marked(context, draft, refused_in(context, person, to, filling, refused))


def _not_shown(message: Message, context: Context, person: Person, to: Address, filling: Filling) -> list[Say]:
    """What is said when something else has come between: figures with their names are offered, anything else changes nothing."""
    if filling.draft.holder_id not in (None, person.id):
        return shown_again(context, person, to, filling, what_happened(context, filling.draft, person))
    offered = unasked(context, person, to, message)
    if offered is not None:
        return offered
    said = echo(message.text or "…")
    return shown_again(context, person, to, filling, context.words(person)("not_on_screen", text=said))


def _heard(message: Message, context: Context, person: Person, to: Address, filling: Filling) -> list[Say]:
    content = content_of(message)
    verb = typed_verb(content.text) if content.kind == "text" else None
    if verb is not None:
        return act(context, person, to, filling, *verb, text=content.text)
    if filling.draft.state == "awaiting a reason" and not filling.draft.at:
        return why(context, person, to, filling, content, message.message_id)
    return answered(context, person, to, filling, content, message.message_id)


@plain.callback_query(Pressed("d"))
async def press(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """A button of a draft: of its present turn, or stale, or forged."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
    try:
        draft_id, at, verb = read_id(arguments[0]), read_id(arguments[1]), arguments[2]
        number = read_id(arguments[3]) if len(arguments) > 3 else None
        found = drafts.draft_of(context.connection, draft_id)
    except (ValueError, IndexError):
        found = None
    if found is None:
        return [Say(to, words("button_unknown_to_us"))]
    draft, form = found
    person = charged(context, to, draft, form)
    if person is None:
        return sent_away(context, to)
    now_at = drafts.at(context.connection, to)
    if now_at is not None and now_at[0].is_practice != draft.is_practice:
        filling = filling_of(context, *now_at)
        return marked(context, now_at[0], shown_again(context, person, to, filling, words("button_stale")))
    return marked(context, draft, _pressed(context, person, to, filling_of(context, draft, form), at, verb, number))


def _pressed(
    context: Context, person: Person, to: Address, filling: Filling, at: int, verb: str, number: int | None
) -> list[Say]:
    draft, words = filling.draft, context.words(person)
    if draft.state == "sent" and verb != "correct":
        return [sent_already(context, draft, to, words)]
    try:
        refuse_if_closed(context, person, filling.form, draft)
        is_moved = at != draft.turn and is_others(context, draft, person, to)
        drafts.go_to(context.connection, to, draft.id, at)
        if at != draft.turn:
            why = what_happened(context, draft, person) if is_moved else words("button_stale")
            return shown_again(context, person, to, filling, why)
        return act(context, person, to, filling, verb, number)
    except Refusal as refused:
        return refused_in(context, person, to, filling, refused)


def refused_in(context: Context, person: Person, to: Address, filling: Filling, refused: Refusal) -> list[Say]:
    """Why something was not taken, with the open question again; a report whose time is over is left."""
    why = refusal(context.words(person), refused)
    if refused.key == "report_closed":
        drafts.go_to(context.connection, to, None)
        return [Say(to, why)]
    return shown_again(context, person, to, filling, why)


def act(
    context: Context,
    person: Person,
    to: Address,
    filling: Filling,
    verb: str,
    number: int | None = None,
    text: str = "",
) -> list[Say]:
    """Does what a button, or its typed equivalent `text`, stands for. Raises Refusal where it does not fit."""
    words, unit = context.words(person), context.unit(filling.draft.unit_id)
    if filling.draft.state == "awaiting a reason":
        verb = meant(filling, verb, text)
        said = done(context, person, to, filling, verb, number)
        if said is not None:
            return said
    verb = ELSEWHERE.get(verb, verb)
    if verb in ("send", "sure"):
        return send(context, person, to, filling, is_sure=verb == "sure")
    if verb == "drop":
        return dropped(context, person, to, filling)
    if verb == "leave":
        drafts.go_to(context.connection, to, None)
        return [Say(to, words(kept_key(filling.draft), date=filling.draft.period))]
    if verb == "template":
        return [template(filling, unit, to, words)]
    if verb == "excel":
        return [excel(filling, unit, to, words)]
    if verb == "correct":
        return go_on(context, person, to, correcting(context, person, filling))
    if verb == "edit" and number is None:
        if filling.draft.state != "review":
            raise Refused("not_in_review")
        return [ask_which(filling, to, words)]
    moved = _moved(filling, verb, number, words)
    said_too = taken_at_once(filling, moved, words) if verb in FAST else same_again(filling, moved, words)
    return go_on(context, person, to, moved, said_too)


def _moved(filling: Filling, verb: str, number: int | None, words: Translator) -> Filling:
    if verb == "pick" and filling.question is not None:
        taps = quick_answers(filling, filling.question, words)
        if number is None or number >= len(taps):
            raise Refused("button_unknown_to_us")
        return read(filling, Content("text", taps[number][1]), words)
    if verb in ("mend", "edit") and number is not None:
        return filling.edit_line(number)
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
        raise Refused("nothing_to_explain" if verb == "explain" else "button_unknown_to_us")
    return simple[verb]()
