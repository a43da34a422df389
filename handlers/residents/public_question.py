"""People ask for figures, in their own words or by a button; whoever asks, the answer is the public one."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of, language_of
from handlers.common.filters import Pressed
from handlers.common.reply_language import answering, words_pressed
from handlers.reporters.open_report import newest, open_tasks
from handlers.residents import flag, follow, inline
from handlers.residents.public_answer import before, slowed, told_to, view_of, vocabulary_of
from messages.reporters.greeting import greeted
from messages.residents.menus import VERB as LOOK
from messages.residents.menus import first_menu, menu_of
from messages.residents.presses import VERB as ASK
from messages.residents.presses import inquiry_of
from reporting.filling.tasks import Task
from reporting.people import Address, Duty
from reporting.rounds.periods import moment
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context
from understanding import understand

router = Router(name="ask")
_SAID_FIRST = {"greet": "greeting", "thanks": "thanks"}
router.include_router(follow.router)
router.include_router(flag.router)
router.include_router(inline.router)
private = F.chat.type == "private"
in_group = F.chat.type.in_({"group", "supergroup"})


@router.message(private, Command("tracuu", "figures"))
async def look_up(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/tracuu: units, figures and days to tap; with words behind it, their answer."""
    to = address_of(message.chat)
    words = _words(context, message, to)
    if command.args:
        return _answer(context, to, words, command.args, message)
    return [first_menu(view_of(context, to, words))]


@router.message(private, F.text, ~F.text.startswith("/"))
async def ask(message: Message, context: Context) -> list[Say]:
    """Any text that nobody else took is a question."""
    to = address_of(message.chat)
    return _answer(context, to, _words(context, message, to), message.text or "", message)


@router.message(in_group, F.text, ~F.text.startswith("/"))
async def ask_in_group(message: Message, bot: Bot, context: Context) -> list[Say]:
    """In a group only what names the bot, or answers it, is meant for it."""
    text, me = message.text or "", await bot.me()
    name = f"@{me.username}"
    answered = message.reply_to_message.from_user if message.reply_to_message is not None else None
    at = text.lower().find(name.lower())
    if at < 0 and (answered is None or answered.id != me.id):
        return []
    topic = message.message_thread_id if message.is_topic_message else None
    to = address_of(message.chat, topic)
    asked = text if at < 0 else text[:at] + text[at + len(name) :]
    return _answer(context, to, context.words(None), asked, message)


@router.callback_query(Pressed(ASK))
async def press(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """A button with a question on it."""
    words = words_pressed(context, query, to)
    view = view_of(context, to, words)
    try:
        inquiry = inquiry_of(arguments, view)
    except (ValueError, KeyError):
        return [Say(to, words("button_unknown_to_us"))]
    held = slowed(context, view, query.from_user, is_tap=True)
    return held if held is not None else told_to(context, view, str(query.from_user.id), inquiry)


@router.callback_query(Pressed(LOOK))
async def leaf(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """A button of the menus: the next menu takes the place of this one."""
    view = view_of(context, to, words_pressed(context, query, to))
    message_id = str(query.message.message_id) if query.message is not None else ""
    if (held := slowed(context, view, query.from_user, is_tap=True)) is not None:
        return held
    try:
        return [menu_of(arguments, view, message_id)]
    except (ValueError, KeyError):
        return [Say(to, view.words("button_unknown_to_us"))]


def _answer(context: Context, to: Address, words: Translator, text: str, message: Message) -> list[Say]:
    view, user = view_of(context, to, answering(words, text)), message.from_user
    asker, answer = str(user.id) if user is not None else "", _answer_replied_to(message)
    last = before(context, to, asker, answer)
    inquiry = understand(text, vocabulary_of(context), context.today, last, answer is not None)
    if inquiry.intent in ("greet", "thanks") and (held := context.duties(context.person(to))):
        return [_greeted(context, to, held, view.words, f"staff_{_SAID_FIRST[inquiry.intent]}")]
    if inquiry.intent != "emergency" and (late := slowed(context, view, user)) is not None:
        return late
    if inquiry.intent in ("subscribe", "unsubscribe") and not to.address.startswith("-"):
        return follow.follow_asked(context, view, inquiry)
    if inquiry.intent == "flag" and not to.address.startswith("-"):
        return flag.flag_asked(context, view, inquiry)
    return told_to(context, view, asker, inquiry)


def _answer_replied_to(message: Message) -> str | None:
    """The text of ours that a message replies to."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or not replied.from_user.is_bot:
        return None
    return replied.text or replied.caption


def _greeted(context: Context, to: Address, held: Sequence[Duty], words: Translator, key: str) -> Say:
    """Staff are greeted with the reports by the calendar that wait for them."""
    person = context.person(to)
    by_calendar = [task for task in open_tasks(context, held) if task.form.schedule.period != "on change"]
    waiting = [(task, _due(context, task)) for task in by_calendar if newest(context, task) is None]
    is_reporter = any(duty.role in ("reporter", "deputy") for duty in held)
    return greeted(key, person.name if person else "", waiting, is_reporter, to, words)


def _due(context: Context, task: Task) -> datetime:
    return moment(task.form.schedule.due, task.period, context.zone).astimezone(context.zone)


def _words(context: Context, message: Message, to: Address) -> Translator:
    return context.words(context.person(to), language_of(message.from_user))
