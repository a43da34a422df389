"""From an inquiry to what is said. What was just told is remembered for a minute, and gone on from for some."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.common.reply_language import words_pressed
from messages.residents.answering import tell
from messages.residents.former_units import as_now_note
from messages.residents.view import View
from reporting.figures.areas import Areas
from reporting.incoming import Incoming, Message, Tap
from reporting.people import Address
from reporting.rounds.periods import moment
from reporting.say import Say
from reporting.translator import Html, Translator
from services import public_answer
from services.context import Context
from services.memory import TOLD_AGAIN
from services.room_for_residents import has_room_for_residents
from services.units_now import by_units_of_today, units_of_today
from storage.database.engines import answers_alone
from storage.figures import published
from understanding import ABOUT_FIGURES, Inquiry, Vocabulary, understand
from understanding.settling import settle

MOST_UNDERSTOOD = 2000


def vocabulary_of(context: Context) -> Vocabulary:
    """Everything that may be asked for, built once for a tree and forms."""
    return context.learnt.vocabulary


def understood(context: Context, text: str, last: Inquiry | None, *, is_reply: bool) -> Inquiry:
    """What a text was understood as. Many ask the very same: a question about figures in which nothing was doubtful is remembered."""
    known = context.learnt.understood
    key = (
        text,
        context.today,
        last,
        last and last.days,
        is_reply,
    )  # of two inquiries that are equal the days may be said otherwise
    inquiry = known.get(key)
    if inquiry is None:
        inquiry = understand(text, vocabulary_of(context), context.today, last, is_reply)
        if inquiry.intent in ABOUT_FIGURES and inquiry.is_certain:
            if len(known) >= MOST_UNDERSTOOD:
                known.clear()
            known[key] = inquiry
    return inquiry


def slowed(context: Context, view: View, incoming: Incoming) -> list[Say] | None:
    """What is said instead of an answer to somebody who asks too fast, or where what may be sent is kept for those who report;
    None: he is answered. Staff always are.

    A tap is acknowledged before it gets here, so that no note can be put on it.
    """
    chat = Address(view.to.channel, view.to.address)
    who, is_tap = _asker(incoming) or chat, isinstance(incoming, Tap)
    if context.duties(context.person(who)):
        return None
    if context.site is not None and incoming.is_private and not has_room_for_residents(context, chat.channel):
        is_first = context.memory.sent_to_page.of(chat, context.now) == "answer"
        return [Say(view.to, view.words("ask_on_page", link=context.site.url))] if is_first else []
    match context.learnt.manners.of(who, chat, context.now, is_tap=is_tap):
        case "answer":
            return None
        case "say so":
            return [Say(view.to, view.words("ask_too_fast"))]
    return []


def view_of(context: Context, incoming: Incoming, words: Translator) -> View:
    """What every answer is told with, where it was asked."""
    to = incoming.place if isinstance(incoming, Message) and incoming.is_group else incoming.chat
    return view_at(context, to, words, is_group=not incoming.is_private)


def view_under(context: Context, tap: Tap) -> View:
    """The same for a tap: in the language of the answer that the button stands under."""
    return view_of(context, tap, words_pressed(context, tap))


def view_at(context: Context, to: Address, words: Translator, *, is_group: bool = False) -> View:
    """The same at an address."""
    channel, areas = context.channel(to), context.learnt.areas
    return View(
        context.told_forms, areas, context.local, context.zone, to, words, context.demonstration, channel, is_group
    )


def asker_name(incoming: Incoming) -> str:
    """By what whoever asks is known from the others in his chat; «» for whoever speaks for a chat."""
    asker = _asker(incoming)
    return asker.address if asker is not None else ""


def _asker(incoming: Incoming) -> Address | None:
    return incoming.sender.home if incoming.sender is not None else None


def before(context: Context, to: Address, asker: str, answer: str | None) -> Inquiry | None:
    """What a text goes on from: the answer that it replies to, else what whoever asks was told last.

    Where other processes answer too, one of them may have told him something since: then only the answer replied to is known.
    """
    last = context.learnt.last_told
    if answer is not None:
        return last.replied(to, answer, context.now)
    known = last.newest(to, asker, context.now)
    return known if known is not None and answers_alone(context.connection) else None


def told_to(context: Context, view: View, asker: str, inquiry: Inquiry) -> list[Say]:
    """The answer, which is gone on from for some minutes."""
    asked = [settle(each.changed(also=()), view) for each in (inquiry, *inquiry.also)]
    said = [_answered(context, view, each) for each in asked]
    context.learnt.last_told.remember(view.to, asker, asked[-1], said, context.now, context.channel(view.to))
    return said


def told_as_now(context: Context, view: View, inquiry: Inquiry) -> Say | None:
    """The answer by the units of today, and that it is so. No button goes on from it: those are of the units of then.

    None where something is in doubt; which of several units of then is meant is in none, if they are one by now.
    """
    now = by_units_of_today(context)
    units = units_of_today(now, inquiry.units or inquiry.unit_choices)
    is_one = len(units) == 1 and not inquiry.named_outside and set(inquiry.doubts) <= {"unit", "gone"}
    if not inquiry.is_certain and not is_one:
        return None
    view = replace(view, areas=Areas(now.tree))
    asked = inquiry.changed(units=units, merged=(), also=())
    if not inquiry.is_certain:
        asked = asked.changed(intent=inquiry.wanted, doubts=(), unit_choices=())
    said = tell(public_answer.answer(context.connection, view, asked), view)
    return replace(said, text=Html(f"{as_now_note(now.tree, view.words)}\n{said.text}"), buttons=())


def answer_to(context: Context, view: View, inquiry: Inquiry) -> list[Say]:
    """The answer: for a minute from memory, unless a report, or anything else on record, has come in between."""
    return [_answered(context, view, settle(inquiry, view))]


def _answered(context: Context, view: View, settled: Inquiry) -> Say:
    inquiry = public_answer.with_first_day(context.connection, view, settled)
    ahead = inquiry.days.said if inquiry.intent == "future" else ""
    where = (view.words.language, view.is_group, view.demonstration)
    key = (inquiry, ahead, *where, view.today, published.stamp(context.connection))
    kept = context.learnt.told.get(key)
    if (
        kept is not None
        and kept[0] <= context.now < kept[0] + TOLD_AGAIN
        and not _falls_due_between(view, kept[0], context.now)
    ):
        return replace(kept[1], to=view.to)
    said = tell(public_answer.find(context.connection, view, inquiry), view)
    context.learnt.keep_told(key, said, context.now)
    return said


def _falls_due_between(view: View, then: datetime, now: datetime) -> bool:
    """Whether a report has become late in between: that changes what is told of it."""
    late = timedelta(minutes=1)
    dues = (moment(form.schedule.due, view.today, view.zone) + late for form in view.forms)
    return any(then < due <= now for due in dues)
