"""What must be known of a raw update before it is decoded: its id and its chat."""

import json
from hashlib import sha256
from typing import Any

from storage.messages.inbox import Heard

_LARGEST = 2**63
_SENDERS = ("inline_query", "chosen_inline_result", "poll_answer", "shipping_query", "pre_checkout_query")


def heard(channel: str, raw: str) -> Heard:
    """The inbox's entry for an update as it came. One that is no object of Telegram's is kept under a hash of its text."""
    try:
        update = json.loads(raw)
        if _is_number(update["update_id"]):
            return Heard(channel, str(update["update_id"]), _chat(update), raw)
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    return Heard(channel, f"?{sha256(raw.encode(errors='backslashreplace')).hexdigest()}", "", raw)


def _chat(update: dict[str, Any]) -> str:
    """The id of the chat that an update belongs to, else of the person; «» where there is neither."""
    for name, content in update.items():
        if not isinstance(content, dict):
            continue
        if name in _SENDERS:
            return _id(content.get("from"))
        if name == "callback_query":
            message = content.get("message")
            return _id(message.get("chat")) if isinstance(message, dict) else _id(content.get("from"))
        if "chat" in content:
            return _id(content["chat"])
    return ""


def _id(owner: Any) -> str:
    return str(owner["id"]) if isinstance(owner, dict) and _is_number(owner.get("id")) else ""


def _is_number(value: Any) -> bool:
    """Whether it is a number as Telegram has them, and no text of any length."""
    return type(value) is int and abs(value) < _LARGEST
