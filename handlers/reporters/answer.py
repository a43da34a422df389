"""Answers to a draft's questions, typed or tapped, up to sending it."""

import re

from handlers.reporters.answer_content import content_said
from handlers.reporters.draft_session import (
    marked,
    moved_meanwhile,
    refused_again,
    sent_already,
    sent_away,
    shown_again,
)
from handlers.reporters.draft_step import Step
from handlers.reporters.draft_verbs import act
from handlers.reporters.offered_answers import offered_for_question, still_offered, unasked
from handlers.reporters.read_answer import SaidAtDraft, answered
from messages.reporters.draft_words import refusal_said
from reporting.errors import Refusal
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.shown import shown_in_doubt
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.reporters import DraftPress
from reporting.questions.typed_text import echo
from reporting.say import Say
from services.context import Context
from services.draft_session import (
    filler_at,
    filling_of,
    go_to_draft,
    is_moved_by_another,
    leave_draft,
    other_hand,
    refuse_if_closed,
    sent_meanwhile,
)
from storage.reports import drafts
from storage.reports.at_chat import at_chat
from storage.reports.last_saved import EarlierRow

BARE_NUMBER = re.compile(r"[\d.,\s]{1,15}")


def bare_number(message: Message, context: Context) -> list[Say] | None:
    """A number at the question that is on the screen: what most messages are."""
    if not BARE_NUMBER.fullmatch(message.said) or message.replied is not None:
        return None
    found = at_chat(context.connection, message.chat, context.today)
    if found is None or not found.is_on_screen:
        return None
    context.remember(message.chat, found.person, found.duties)
    return _answered(message, context, found.draft, found.form, found.earlier, found.shown_turn)


def answer(message: Message, context: Context) -> list[Say] | None:
    """Whatever is said while a draft is open, or one that somebody else has sent meanwhile, is said to it."""
    if context.person(message.chat) is None:
        return None
    found = drafts.on_screen(context.connection, message.chat)
    if found is None:
        return None
    return _answered(message, context, found[0], found[1], None, found[2])


def _answered(
    message: Message, context: Context, draft: Draft, form: Form, earlier: EarlierRow | None, shown: int | None
) -> list[Say]:
    """An answer to what the draft asks if it can be one, else a question about figures.

    `shown`: at which turn this chat was shown the draft last; only where it is so still is anything said an answer to it.
    """
    to, is_forwarded = message.chat, message.is_forwarded
    person = filler_at(context, to, draft, form)
    if person is None:
        return sent_away(context, to)
    if draft.state == "sent":
        leave_draft(context, to)
        return [sent_already(context, sent_meanwhile(context, draft, to), to, context.words(person))]
    filling = filling_of(context, draft, form, earlier)
    try:
        refuse_if_closed(context, person, form, draft)
        if shown == shown_in_doubt(draft.turn) and not is_forwarded:
            offered = offered_for_question(context, person, to, filling, message.said, message.message_id)
            if offered is not None:
                return offered
        if shown != draft.turn:
            text, figures = message.said, "" if is_forwarded else message.said
            return marked(context, draft, _not_shown(context, person, to, filling, text, figures, message.message_id))
        said = SaidAtDraft(context, person, to, filling, content_said(message), message.message_id)
        return marked(context, draft, answered(said))
    except Refusal as refused:
        return marked(context, draft, refused_in(context, person, to, filling, refused))


def _not_shown(
    context: Context, person: Person, to: Address, filling: Filling, text: str, figures: str, message_id: int
) -> list[Say]:
    """What is said when something else has come between: figures with their names are offered, anything else changes nothing."""
    words, draft = context.words(person), filling.draft
    if draft.is_held_by_another(person.id):
        other = other_hand(context, draft, person)
        return shown_again(context, person, to, filling, moved_meanwhile(context, other, words))
    offered = unasked(context, person, to, figures, message_id)
    if offered is not None:
        return offered
    again = still_offered(context, person, to, filling, text)
    if again is not None:
        return again
    return shown_again(context, person, to, filling, words("not_on_screen", text=echo(text or "…")))


def press(tap: Tap, press: DraftPress, context: Context) -> list[Say]:
    """A button of a draft: of its present turn, or stale, or forged."""
    to, words = tap.chat, context.words_for(tap)
    found = drafts.draft_of(context.connection, press.draft_id)
    if found is None:
        return [Say(to, words("button_unknown_to_us"))]
    draft, form = found
    person = filler_at(context, to, draft, form)
    if person is None:
        return sent_away(context, to)
    now_at = drafts.at(context.connection, to)
    if now_at is not None and now_at[0].is_practice != draft.is_practice:
        filling = filling_of(context, *now_at)
        return marked(context, now_at[0], shown_again(context, person, to, filling, words("button_stale")))
    return marked(context, draft, _pressed(context, person, to, filling_of(context, draft, form), press))


def _pressed(context: Context, person: Person, to: Address, filling: Filling, press: DraftPress) -> list[Say]:
    draft, words, at, verb = filling.draft, context.words(person), press.turn, press.move
    if draft.state == "sent" and verb != "correct":
        return [sent_already(context, sent_meanwhile(context, draft, to), to, words)]
    try:
        refuse_if_closed(context, person, filling.form, draft)
        is_moved = at != draft.turn and is_moved_by_another(context, draft, person, to)
        go_to_draft(context, to, draft, at)
        if is_moved:
            other = other_hand(context, draft, person)
            return shown_again(context, person, to, filling, moved_meanwhile(context, other, words))
        if at != draft.turn:
            return shown_again(context, person, to, filling, words("button_stale"))
        return act(Step(context, person, to, filling, press.number), verb)
    except Refusal as refused:
        return refused_in(context, person, to, filling, refused)


def refused_in(context: Context, person: Person, to: Address, filling: Filling, refused: Refusal) -> list[Say]:
    """Why something was not taken, with the open question again; a report whose time is over is left."""
    why = refusal_said(context.words(person), refused)
    if refused.key == "report_closed":
        leave_draft(context, to)
        return [Say(to, why)]
    return refused_again(context, person, to, filling, why)
