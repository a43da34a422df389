"""People follow a unit or a figure, and end it; /quen forgets all that is kept of them as residents."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of, language_of
from handlers.common.filters import Pressed
from handlers.common.reply_language import words_pressed
from handlers.residents.public_answer import forget_told, slowed, view_of, vocabulary_of
from messages.residents.asked_back import ask_back
from messages.residents.follow_words import (
    FOLLOW,
    UNFOLLOW,
    ask_when,
    begun,
    ended,
    hour_of,
    overview,
    read,
    which,
)
from messages.residents.former import instead, notes
from messages.residents.view import View
from reporting.figures.follow import MOST
from reporting.people import Address
from reporting.say import Say
from services.context import Context
from storage.messages.forgetting import forget_chat
from storage.residents import flags, follows
from understanding import Inquiry, understand

router = Router(name="follow")
private = F.chat.type == "private"


@router.message(private, Command("theodoi", "follow"))
async def follow(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/theodoi: what is followed; with a unit, or a figure of one, behind it: that too."""
    view = _view(context, message)
    if not command.args:
        return [overview(view, follows.of(context.connection, view.to))]
    return follow_asked(context, view, understand(command.args, vocabulary_of(context), context.today))


@router.message(private, Command("quen", "forget"))
async def forget(message: Message, context: Context) -> list[Say]:
    """/quen: nothing of a resident remains."""
    view = _view(context, message)
    count = follows.forget(context.connection, view.to) + flags.forget(context.connection, view.to)
    forget_chat(context.connection, view.to)
    forget_told(context, view.to)
    return [Say(view.to, view.words("forgotten" if count else "forgotten_nothing"))]


@router.callback_query(Pressed(FOLLOW))
async def choose(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Theo dõi», then the hour."""
    view = view_of(context, to, words_pressed(context, query, to))
    if (late := slowed(context, view, query.from_user, is_tap=True)) is not None:
        return late
    try:
        unit, indicator, when = read(arguments, view)
        at = hour_of(when) if when else None
    except (ValueError, KeyError):
        return [Say(to, view.words("button_unknown_to_us"))]
    if not when:
        return [ask_when(view, unit, indicator)]
    held = follows.of(context.connection, to)
    if len(held) >= MOST and not any((one.unit_id, one.indicator) == (unit.id, indicator) for one in held):
        return [Say(to, view.words("follow_too_many", n=MOST))]
    follows.begin(context.connection, to, unit.id, indicator, at, view.words.language, context.now)
    return [begun(view, unit, indicator, at)]


@router.callback_query(Pressed(UNFOLLOW))
async def end(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Bỏ theo dõi»: in one tap."""
    view = view_of(context, to, words_pressed(context, query, to))
    if (late := slowed(context, view, query.from_user, is_tap=True)) is not None:
        return late
    try:
        unit, indicator, _ = read(arguments, view)
    except (ValueError, KeyError):
        return [Say(to, view.words("button_unknown_to_us"))]
    follows.end(context.connection, to, unit.id, indicator)
    return [ended(view, unit, indicator)]


def follow_asked(context: Context, view: View, inquiry: Inquiry) -> list[Say]:
    """«Tôi muốn nhận thông báo về xã Minh Sơn»: when; if it is not clear about which unit: that first."""
    if inquiry.intent == "unsubscribe":
        return [overview(view, follows.of(context.connection, view.to))]
    if "gone" in inquiry.doubts:
        return [replace(ask_back(view, inquiry), buttons=which(view, instead(view, inquiry)).buttons)]
    if inquiry.doubts or len(inquiry.units) != 1:
        return [which(view, inquiry.unit_choices or inquiry.units)]
    named = [each for each in inquiry.indicators if each in view.public]
    said = ask_when(view, inquiry.units[0], named[0] if len(named) == 1 else None)
    return [replace(said, text=view.joined([*notes(view, inquiry), said.text]))]


def _view(context: Context, message: Message) -> View:
    to = address_of(message.chat)
    return view_of(context, to, context.words(context.person(to), language_of(message.from_user)))
