"""Menus follow duties: who has got or lost one, or is told of new commands, gets another menu, behind all that is to be said."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from messages.common.guide import menu, menu_mark
from reminders.context import Tick
from reporting.channel import Channels
from reporting.effects import SetMenu
from reporting.say import Rank
from reporting.translator import translator
from storage.messages import menus, outbox

AT_ONCE = 100
"""So many menus at the most in one tick: ten thousand take under two hours, and Telegram is not hurried."""

Change = tuple[int, str, SetMenu]
"""A chat's id, the mark of its new menu, and the menu."""


def changed_menus(tick: Tick) -> list[Change]:
    """The first of the chats whose menus are not those of the duties in force. It only reads."""
    marks: dict[tuple[str, frozenset[str]], str] = {}
    found: list[Change] = []
    for chat in menus.chats(tick.connection, tick.today):
        words = translator(chat.language)
        wanted = marks.get((chat.language, chat.roles))
        if wanted is None:
            wanted = marks[chat.language, chat.roles] = menu_mark(chat.roles, words)
        channel = tick.channels[chat.to.channel]
        if chat.mark != wanted and channel.is_set and channel.has_menu:
            found.append((chat.id, wanted, menu(chat.roles, chat.to, words, Rank.BROADCAST)))
            if len(found) == AT_ONCE:
                break
    return found


def change_menus(connection: Connection, changes: Sequence[Change], now: datetime, channels: Channels) -> None:
    """Puts menus in the outbox and keeps their marks."""
    outbox.put(connection, [menu for _, _, menu in changes], now, channels)
    menus.mark(connection, {chat_id: wanted for chat_id, wanted, _ in changes})
