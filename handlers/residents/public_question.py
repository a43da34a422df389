"""People ask for figures, in their own words or by a button; whoever asks, the answer is the public one."""

from collections.abc import Sequence
from datetime import datetime

from handlers.common.reply_language import answering
from handlers.residents import flag, follow
from handlers.residents.public_answer import (
    asker_name,
    before,
    slowed,
    told_as_now,
    told_to,
    understood,
    view_of,
    view_under,
)
from messages.reporters.greeting import greeted
from messages.residents.menus import first_menu, menu_of
from messages.residents.presses import inquiry_of
from reporting.filling.tasks import Task
from reporting.incoming import Message, Tap
from reporting.people import Address, Duty
from reporting.presses.leaders import AskFigures
from reporting.presses.residents import LookUp
from reporting.questions.typed_text import echo
from reporting.rounds.periods import moment
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context
from services.open_report import open_tasks, sent_of
from understanding import Inquiry
from understanding.units_now import without_as_now

_NOTHING = frozenset({"help", "about", "unclear", "outside", "not collected", "report_help", "complaint", "contact"})
_SAID_FIRST = {"greet": "greeting", "thanks": "thanks"}


def look_up(message: Message, context: Context) -> list[Say]:
    """/tracuu: units, figures and days to tap; with words behind it, their answer."""
    words = context.words_for(message)
    if message.arguments:
        return _answer(context, message, words, message.arguments)
    return [first_menu(view_of(context, message, words))]


def ask(message: Message, context: Context) -> list[Say] | None:
    """Any text that nobody else took is a question."""
    return _answer(context, message, context.words_for(message), message.text) if message.text is not None else None


def ask_anew(message: Message, context: Context) -> list[Say] | None:
    """A resident puts his question right in its own message: it is answered as it is now. What staff edit may be figures."""
    if context.duties(context.person(message.chat)) or message.said.startswith("/"):
        return None
    return ask(message, context)


def ask_in_group(message: Message, context: Context) -> list[Say]:
    """In a group only what names the bot, or answers it, is meant for it."""
    if message.to_us is None or message.said.startswith("/"):
        return []
    return _answer(context, message, context.words(None), message.to_us)


def press(tap: Tap, press: AskFigures, context: Context) -> list[Say]:
    """A button with a question on it."""
    view = view_under(context, tap)
    try:
        inquiry = inquiry_of(press.parts, view)
    except (ValueError, KeyError):
        return [Say(view.to, view.words("button_unknown_to_us"))]
    held = slowed(context, view, tap)
    return held if held is not None else told_to(context, view, asker_name(tap), inquiry)


def leaf(tap: Tap, press: LookUp, context: Context) -> list[Say]:
    """A button of the menus: the next menu takes the place of this one."""
    view = view_under(context, tap)
    if (held := slowed(context, view, tap)) is not None:
        return held
    try:
        return [menu_of(press.parts, view, tap.under.message_id if tap.under is not None else "")]
    except (ValueError, KeyError):
        return [Say(view.to, view.words("button_unknown_to_us"))]


def _answer(context: Context, message: Message, words: Translator, text: str) -> list[Say]:
    view, name = view_of(context, message, answering(words, text)), asker_name(message)
    replied = message.replied.text if message.replied is not None and message.replied.is_bots else None
    last = before(context, view.to, name, replied)
    text, is_now = without_as_now(text)
    inquiry = understood(context, text, last, is_reply=replied is not None)
    if is_now and (said := told_as_now(context, view, inquiry)) is not None:
        return [said]
    held = context.duties(context.person(view.to))
    if inquiry.intent in ("greet", "thanks") and held:
        return [_greeted(context, view.to, held, view.words, f"staff_{_SAID_FIRST[inquiry.intent]}")]
    if held and not view.is_group and _is_nothing(inquiry):
        return [Say(view.to, context.words_for(message)("staff_not_understood", text=echo(text)))]
    if inquiry.intent != "emergency" and (late := slowed(context, view, message)) is not None:
        return late
    if inquiry.intent in ("subscribe", "unsubscribe") and not view.is_group:
        return follow.follow_asked(context, view, inquiry)
    if inquiry.intent == "flag" and not view.is_group:
        return flag.flag_asked(context, view, inquiry)
    return told_to(context, view, name, inquiry)


def _is_nothing(inquiry: Inquiry) -> bool:
    """Whether a resident would be told what this channel is for, or that it has no such figure: staff are told what they can do."""
    return inquiry.intent in _NOTHING or "unknown" in inquiry.doubts


def _greeted(context: Context, to: Address, held: Sequence[Duty], words: Translator, key: str) -> Say:
    """Staff are greeted with the reports by the calendar that wait for them."""
    person = context.person(to)
    by_calendar = [task for task in open_tasks(context, held) if task.form.schedule.period != "on change"]
    waiting = [(task, _due(context, task)) for task in by_calendar if sent_of(context, task) is None]
    is_reporter = any(duty.role in ("reporter", "deputy") for duty in held)
    return greeted(key, person.name if person else "", waiting, is_reporter, to, words)


def _due(context: Context, task: Task) -> datetime:
    return moment(task.form.schedule.due, task.period, context.zone).astimezone(context.zone)
