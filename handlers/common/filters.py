"""Filters of ours: is the chat at a draft; what does a button carry."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of
from reporting.people import Address
from reporting.presses import read_press
from services.context import Context
from storage.reports import drafts


class AtDraft(Filter):
    """Passes where the chat is at a draft, or at one that somebody else has sent meanwhile; the handler gets `draft` and `form`.

    `is_shown`: whether the draft, as it is, is the last that this chat was shown; only then is anything said an answer to it.
    """

    def __init__(self, *, only_shown: bool = False) -> None:
        self.only_shown = only_shown

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        found = drafts.on_screen(context.connection, address_of(message.chat))
        if found is None or (self.only_shown and found[2] != found[0].turn):
            return False
        return {"draft": found[0], "form": found[1], "is_shown": found[2] == found[0].turn}


class Pressed(Filter):
    """Passes a tap on a button of these verbs; the handler gets `verb`, `arguments` and `to`, the chat that the button stands in."""

    def __init__(self, *verbs: str) -> None:
        self.verbs = verbs

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        verb, arguments = read_press(query.data or "")
        if verb not in self.verbs:
            return False
        return {"verb": verb, "arguments": arguments, "to": chat_of(query)}


def chat_of(query: CallbackQuery) -> Address:
    """Where an answer to a tap goes: the chat of the button, else the person's own."""
    if query.message is not None:
        return address_of(query.message.chat)
    return Address("telegram", str(query.from_user.id))
