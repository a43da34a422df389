"""Keyboards: what of a reply_markup is allowed, and what it does to a chat."""

from __future__ import annotations

from typing import Any

from simulator.chats import Chat
from simulator.errors import Refusal

Json = dict[str, Any]

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MOST_BUTTONS = 100


def inline(markup: Json | None) -> Json | None:
    """An inline keyboard that is allowed, or None when there is none; Refusal when it is not allowed."""
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise Refusal("reply markup is too long")
    for button in (b for row in rows for b in row):
        _check(button)
    return {"inline_keyboard": [row[:8] for row in rows]} if rows else None


def _check(button: Json) -> None:
    if not button.get("text", "").strip():
        raise Refusal("can't parse inline keyboard button: Button text must be non-empty")
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise Refusal("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Refusal("can't parse inline keyboard button: exactly one action is expected")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise Refusal("BUTTON_DATA_INVALID")
    if "url" in button and "://" not in button["url"] and "." not in button["url"]:
        raise Refusal(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise Refusal("BUTTON_COPY_TEXT_INVALID")


def reply(chat: Chat, markup: Json | None) -> bool:
    """Let a reply keyboard, its removal or a forced reply take effect in a chat; whether it was one of these."""
    if not markup or "inline_keyboard" in markup:
        return False
    if "keyboard" in markup:
        if chat.type == "channel":
            raise Refusal("reply keyboards are not allowed in channels")
        rows = [[{"text": b} if isinstance(b, str) else b for b in row] for row in markup["keyboard"] if row]
        if not rows or any(not b["text"].strip() for row in rows for b in row):
            raise Refusal("can't parse keyboard button: Button text must be non-empty")
        if sum(map(len, rows)) > 3 * MOST_BUTTONS:
            raise Refusal("reply markup is too long")
        chat.keyboard = {**markup, "keyboard": rows}
    elif markup.get("remove_keyboard"):
        chat.keyboard = {}
    elif markup.get("force_reply"):
        chat.keyboard = {"force_reply": True, "input_field_placeholder": markup.get("input_field_placeholder", "")}
    else:
        raise Refusal("object expected as reply markup")
    return True
