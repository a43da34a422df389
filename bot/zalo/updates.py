"""Zalo's updates: what must be known of one before it is decoded, and what has come in with it."""

import json
from hashlib import sha256
from typing import Any

from bot.zalo.channel import ZALO
from reporting.answers import Attachment
from reporting.incoming import Earlier, Incoming, Message, Sender, SharedFile
from reporting.people import Address
from storage.messages.inbox import Heard

LONGEST_HEARD = 8192
"""Letters of a text that are read; how many Zalo lets a person type is told nowhere."""

IN_GROUP = "-"
"""How the address of a group's chat begins with us: Zalo's ids do not tell."""
LONGEST_ID = 200
LANGUAGE = "vi"
"""Zalo does not tell which language a person's app speaks."""


def zalo_heard(raw: str) -> Heard:
    """The inbox's entry for an update as it came: its message's id tells it from others, as Zalo numbers no updates."""
    try:
        update = json.loads(raw)
        message = update["message"]
        number, chat = f"{message['message_id']}", _chat(message["chat"]).address
        if _is_id(number) and _is_id(chat):
            return Heard(ZALO.name, number, chat, raw)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    return Heard(ZALO.name, f"?{sha256(raw.encode(errors='backslashreplace')).hexdigest()}", "", raw)


def _is_id(text: str) -> bool:
    """Whether it is an id as Zalo has them, and no text of any letters and length."""
    return 0 < len(text) <= LONGEST_ID and text.isascii() and text.isprintable()


def decode_zalo(raw: str, bot_name: str) -> Incoming | None:
    """What has come in; None for what nobody answers to. ValueError for what is no update.

    `bot_name`: as it is named in groups, «» where that is not known yet.
    """
    try:
        update = json.loads(raw)
        event, message = str(update["event_name"]), update["message"]
        chat = _chat(message["chat"])
        home = Address(ZALO.name, str(message["from"]["id"]))
        is_bots = bool(message["from"].get("is_bot"))
        sender = Sender(home, str(message["from"].get("display_name", "")), LANGUAGE)
        number = _number(str(message["message_id"]))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(raw[:200]) from error
    if is_bots:
        return None
    is_group = chat.address.startswith(IN_GROUP)
    text, shared = _said(event, message)
    if text is None and shared is None and event.endswith("unsupported.received") and is_group:
        return None
    to_us = _without_name(text, bot_name) if is_group and text is not None else None
    command, arguments = _command(to_us if to_us is not None else text or (shared.caption if shared else ""))
    return Message(
        chat if is_group else home,
        "group" if is_group else "private",
        None,
        sender,
        number,
        text,
        command,
        arguments,
        shared,
        replied=_replied(message),
        to_us=to_us,
    )


def _chat(chat: dict[str, Any]) -> Address:
    """A person's chat has his own id; a group's begins with «-»."""
    own = str(chat["id"])
    return Address(ZALO.name, f"{IN_GROUP}{own}" if chat.get("chat_type") == "GROUP" else own)


def _number(message_id: str) -> int:
    """Zalo's ids of messages are texts; a number that stands for one, the same each time it comes."""
    return int.from_bytes(sha256(message_id.encode()).digest()[:6], "big")


def _said(event: str, message: dict[str, Any]) -> tuple[str | None, SharedFile | None]:
    if event == "message.text.received":
        return str(message.get("text", ""))[:LONGEST_HEARD], None
    if event == "message.image.received":
        address = str(message.get("photo") or message.get("photo_url") or "")
        return None, SharedFile(
            "photo", Attachment(address, "", "image/jpeg", 0), caption=str(message.get("caption") or "")
        )
    return None, None


def _replied(message: dict[str, Any]) -> Earlier | None:
    """A message that is replied to, where Zalo tells of it."""
    before = message.get("reply_to_message") or message.get("quote")
    if not isinstance(before, dict) or "message_id" not in before:
        return None
    by = before.get("from")
    return Earlier(
        str(before["message_id"]), str(before.get("text") or ""), (), isinstance(by, dict) and bool(by.get("is_bot"))
    )


def _without_name(text: str, bot_name: str) -> str:
    """In a group all that Zalo hands on is meant for the bot: it named it, or replied to it."""
    at = text.casefold().find(f"@{bot_name}".casefold()) if bot_name else -1
    return (text[:at] + text[at + len(bot_name) + 1 :]).strip() if at >= 0 else text


def _command(text: str) -> tuple[str, str]:
    """«/name» and what stands behind it: Zalo has no commands, who knows them from Telegram types them all the same."""
    head, *arguments = text.split(maxsplit=1) or [""]
    return (head[1:], arguments[0] if arguments else "") if head.startswith("/") else ("", "")
