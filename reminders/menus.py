"""Menus follow duties: who has got or lost one, or is told of new commands, gets another menu, behind all that is to be said."""

from collections.abc import Sequence
from functools import partial

from messages.common.guide import menu, menu_mark
from reminders.context import Tick
from reporting.effects import SetMenu
from reporting.say import Rank
from reporting.tick_parts import TickPart
from reporting.translator import translator
from storage.messages import menus, outbox

AT_ONCE = 100
"""So many menus at the most in one tick: ten thousand take under two hours, and Telegram is not hurried."""

Change = tuple[int, int, str, SetMenu]
"""A chat's id and its person's, the mark of its new menu, and the menu."""


def changed_menus(tick: Tick) -> list[Change]:
    """The first of the chats whose menus are not those of the duties in force. It only reads."""
    marks: dict[tuple[str, frozenset[str]], str] = {}
    found: list[Change] = []
    for chat in menus.chats(tick.connection, tick.today):
        change = tick.apart(TickPart(person_id=chat.person_id), partial(_change, tick, chat, marks))
        if change is not None:
            found.append(change)
            if len(found) == AT_ONCE:
                break
    return found


def _change(tick: Tick, chat: menus.Chat, marks: dict[tuple[str, frozenset[str]], str]) -> Change | None:
    """`marks`: those that are known by now, by language and roles."""
    words = translator(chat.language)
    wanted = marks.get((chat.language, chat.roles))
    if wanted is None:
        wanted = marks[chat.language, chat.roles] = menu_mark(chat.roles, words)
    channel = tick.channels[chat.to.channel]
    if chat.mark == wanted or not channel.is_set or not channel.has_menu:
        return None
    return chat.id, chat.person_id, wanted, menu(chat.roles, chat.to, words, Rank.BROADCAST)


def change_menus(tick: Tick, changes: Sequence[Change]) -> None:
    """Puts menus in the outbox and keeps their marks."""

    def change(some: Sequence[Change]) -> None:
        outbox.put(tick.connection, [menu for *_, menu in some], tick.now, tick.channels)
        menus.mark(tick.connection, {chat_id: wanted for chat_id, _, wanted, _ in some})

    tick.parts.in_halves(tick.connection, changes, lambda each: TickPart(person_id=each[1]), change)
