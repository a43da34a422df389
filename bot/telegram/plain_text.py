"""The commonest update, a text in a person's own chat and nothing else, as what has come in: past aiogram's models, which take half
of the time of decoding one. Whatever has any other field, or a field of another kind, is aiogram's to read."""

from dataclasses import dataclass
from typing import Any, TypeGuard

from bot.telegram.channel import TELEGRAM
from reporting.incoming import Sender
from reporting.people import Address

_FIELDS = frozenset({"message_id", "from", "chat", "date", "text", "entities"})
_LATEST = 2**31


@dataclass(frozen=True, slots=True)
class PlainText:
    """Who said it, in his own chat (`sender.home`); which message of that chat it is."""

    sender: Sender
    message_id: int
    text: str


def plain_text_of(update: dict[str, Any]) -> PlainText | None:
    """The text, where the update is known to be no more than that; None where it may be anything else, or faulty."""
    message = update.get("message")
    if type(message) is not dict or not message.keys() <= _FIELDS or type(update.get("update_id")) is not int:
        return None
    number, said_at, text, chat, user = map(message.get, ("message_id", "date", "text", "chat", "from"))
    if type(number) is not int or type(said_at) is not int or not 0 < said_at < _LATEST or not _is_text(text):
        return None
    if type(chat) is not dict or chat.get("type") != "private" or type(chat.get("id")) is not int:
        return None
    sender = _sender(user, chat["id"]) if type(user) is dict else None
    cut = text[: TELEGRAM.text_length]  # Telegram lets nobody type more
    return PlainText(sender, number, cut) if sender is not None else None


def _sender(user: dict[str, Any], chat: int) -> Sender | None:
    first, last, language = map(user.get, ("first_name", "last_name", "language_code"))
    if user.get("id") != chat or type(user["id"]) is not int or type(user.get("is_bot")) is not bool:
        return None
    if not _is_text(first) or not all(each is None or _is_text(each) for each in (last, language)):
        return None
    return Sender(Address(TELEGRAM.name, str(chat)), f"{first} {last}" if last else first, language)


def _is_text(value: Any) -> TypeGuard[str]:
    """Whether it is a text that can be written down: half a pair of surrogates is none to aiogram."""
    if type(value) is not str:
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
