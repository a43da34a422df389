"""Methods that change or remove what was said."""

from __future__ import annotations

from typing import Any

from simulator import markup
from simulator.chats import Chat, Message
from simulator.errors import Refusal
from simulator.methods.media import FOLDERS, input_media
from simulator.methods.messages import caption_body, text_body
from simulator.methods.polls import close_when_due
from simulator.requests import Request, check_writable

Json = dict[str, Any]

TWO_DAYS = 2 * 86_400
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
MEDIA = {*FOLDERS, "caption", "caption_entities", "show_caption_above_media", "has_media_spoiler"}
CAPTIONED = {"photo", "document", "audio", "video", "animation", "voice", "live_photo"}


def edited(request: Request) -> tuple[Chat, Message]:
    """The message that a call changes, and its chat; Refusal when the bot may not."""
    if inline_id := request.get("inline_message_id"):
        key, number = request.cloud.inline_messages.get(inline_id, ("", 0))
        chat = request.cloud.chats.get(key)
        message = chat.messages.get(number) if chat else None
        if chat is None or message is None:
            raise Refusal("MESSAGE_ID_INVALID")
        return chat, message
    if "chat_id" not in request.params:
        raise Refusal("chat_id is empty")
    if "message_id" not in request.params:
        raise Refusal("message identifier is not specified")
    chat = request.chat()
    check_writable(request.bot, chat)
    message = chat.messages.get(request.params["message_id"])
    if message is None:
        raise Refusal("message to edit not found")
    if message.by_bot != request.bot.id or "forward_origin" in message.body:
        raise Refusal("message can't be edited")
    return chat, message


def edit(request: Request, chat: Chat, message: Message, content: Json, instead_of: set[str]) -> Json | bool:
    """Put `content` in the place of some parts of a message, with the call's keyboard; what an edit answers."""
    close_when_due(request, message)
    body = {k: v for k, v in message.body.items() if k not in instead_of | {"reply_markup"}} | content
    if buttons := markup.inline(request.get("reply_markup")):
        body["reply_markup"] = buttons
    if body == message.body:
        raise Refusal(UNCHANGED)
    only_buttons = {k: v for k, v in body.items() if k != "reply_markup"} == {
        k: v for k, v in message.body.items() if k != "reply_markup"
    }
    if not only_buttons:
        body["edit_date"] = max(int(request.cloud.clock.seconds()), 1)
    message.body = body
    request.cloud.touch_message(chat, message, "edited")
    return True if message.inline_id else chat.show(message)


def edit_message_text(request: Request) -> Json | bool:
    chat, message = edited(request)
    if "text" not in message.body:
        raise Refusal("there is no text in the message to edit")
    content = text_body(request, request.get("text", ""))
    return edit(request, chat, message, content, {"text", "entities", "link_preview_options"})


def edit_message_caption(request: Request) -> Json | bool:
    chat, message = edited(request)
    if not message.body.keys() & CAPTIONED:
        raise Refusal("there is no caption in the message to edit")
    content = caption_body(request, request.get("caption", ""))
    if request.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return edit(request, chat, message, content, {"caption", "caption_entities", "show_caption_above_media"})


def edit_message_media(request: Request) -> Json | bool:
    chat, message = edited(request)
    content = input_media(request, request.params["media"])
    return edit(request, chat, message, content, MEDIA | {"text", "entities", "link_preview_options"})


def edit_message_reply_markup(request: Request) -> Json | bool:
    chat, message = edited(request)
    return edit(request, chat, message, {}, set())


def _delete(request: Request, chat: Chat, number: int) -> None:
    message = chat.messages.get(number)
    if message is None:
        raise Refusal("message to delete not found")
    rights = chat.members.get(request.bot.id) in ("administrator", "creator")
    mine = message.by_bot == request.bot.id
    old = request.cloud.clock.seconds() - message.body["date"] > TWO_DAYS
    if (old and not (rights and chat.has_own_numbers)) or not (mine or rights or chat.type == "private"):
        raise Refusal("message can't be deleted for everyone" if old else "message can't be deleted")
    request.cloud.remove(chat, number)


def delete_message(request: Request) -> bool:
    _delete(request, request.writable(), request.params["message_id"])
    return True


def delete_messages(request: Request) -> bool:
    chat = request.writable()
    for number in request.params["message_ids"][:100]:
        if number in chat.messages:
            _delete(request, chat, number)
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
