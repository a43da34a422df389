"""Methods that send text and contacts, and pass messages on."""

from __future__ import annotations

from typing import Any

from simulator import entities, markup
from simulator.chats import Chat, Message
from simulator.errors import Refusal
from simulator.markdown import parse_markdown, parse_markdown_v2
from simulator.requests import Request, check_writable

Json = dict[str, Any]

MOST_TEXT = 4096
MOST_CAPTION = 1024
PARSERS = {"html": entities.parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}


def formatted(request: Request, text: str, kind: str = "entities") -> tuple[str, list[Json]]:
    """Text and entities of a call's text by `parse_mode` or its given entities."""
    mode = request.get("parse_mode", "")
    parse = PARSERS.get(mode.lower())
    if mode and parse is None:
        raise Refusal("unsupported parse_mode")
    if parse is not None:
        plain, found = parse(text)
    else:
        plain, found = entities.trimmed(text, [dict(e) for e in request.get(kind, [])])
    for entity in found:
        if entity["type"] == "text_mention" and isinstance(entity.get("user"), int):
            person = request.cloud.people.get(entity["user"])
            entity["user"] = person.view() if person else {"id": entity["user"], "is_bot": False, "first_name": "?"}
    return plain, entities.find(plain, found)


def text_body(request: Request, text: str) -> Json:
    """The body of a text message; Refusal when it is empty or too long."""
    plain, found = formatted(request, text)
    if not plain:
        raise Refusal("message text is empty")
    if entities.units(plain) > MOST_TEXT:
        raise Refusal("message is too long")
    body: Json = {"text": plain}
    if found:
        body["entities"] = found
    if options := request.get("link_preview_options"):
        body["link_preview_options"] = options
    return body


def caption_body(request: Request, caption: str) -> Json:
    """The caption's part of a body."""
    plain, found = formatted(request, caption, "caption_entities")
    if entities.units(plain) > MOST_CAPTION:
        raise Refusal("message caption is too long")
    body: Json = {"caption": plain} if plain else {}
    if found:
        body["caption_entities"] = found
    return body


def deliver(request: Request, content: Json, chat: Chat | None = None) -> Json:
    """Post the content with what all send methods share: reply, topic, keyboard, protection."""
    chat = chat or request.writable()
    body, reply_to = opening(request, chat)
    body |= content
    keyboard = request.get("reply_markup")
    buttons = markup.inline(keyboard)
    if buttons:
        body["reply_markup"] = buttons
    changed = markup.reply(chat, keyboard)
    message = request.cloud.post(chat, body, request.bot.id, reply_to)
    if changed:
        request.cloud.hub.tell("chat", lambda: {"chat": chat.key})
    if chat.type != "private":
        _to_other_bots(request, chat, message)
    return chat.show(message)


def _to_other_bots(request: Request, chat: Chat, message: Message) -> None:
    if chat.type == "channel":
        request.cloud.announce(chat, message, "channel_post")


def opening(request: Request, chat: Chat) -> tuple[Json, int]:
    """Who speaks, in which topic, in answer to what: the body's first part and the id replied to (0: none)."""
    sender = {"sender_chat": chat.view()} if chat.type == "channel" else {"from": request.bot.user.view()}
    body: Json = dict(sender)
    thread = request.get("message_thread_id", 0)
    if thread:
        topic = chat.topics.get(thread)
        if topic is None:
            raise Refusal("message thread not found")
        if topic.closed and chat.members.get(request.bot.id) != "administrator":
            raise Refusal("TOPIC_CLOSED")
        body |= {"message_thread_id": thread, "is_topic_message": True}
    if request.get("protect_content"):
        body["has_protected_content"] = True
    return body, _replied(request, chat, body)


def _replied(request: Request, chat: Chat, body: Json) -> int:
    wanted: Json = request.get("reply_parameters") or {}
    number = int(wanted.get("message_id", 0))
    if not number:
        return 0
    replied = chat.messages.get(number)
    if replied is None or wanted.get("chat_id") not in (None, chat.id):
        if wanted.get("allow_sending_without_reply"):
            return 0
        raise Refusal("message to be replied not found")
    if quote := wanted.get("quote"):
        source = replied.words
        if quote not in source:
            raise Refusal("QUOTE_TEXT_INVALID")
        position = entities.units(source[: source.index(quote)])
        body["quote"] = {"text": quote, "position": position, "is_manual": True}
    return number


def send_message(request: Request) -> Json:
    chat = request.writable()
    return deliver(request, text_body(request, request.params["text"]), chat)


def send_contact(request: Request) -> Json:
    names = ("phone_number", "first_name", "last_name", "vcard")
    return deliver(request, {"contact": {n: request.params[n] for n in names if request.get(n)}})


ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


def send_chat_action(request: Request) -> bool:
    chat = request.writable()
    if request.params["action"] not in ACTIONS:
        raise Refusal("wrong parameter action in request")
    chat.actions[request.bot.id] = (request.params["action"], request.cloud.clock.seconds())
    action = request.params["action"]
    request.cloud.hub.tell("action", lambda: {"chat": chat.key, "action": action, "by": request.bot.user.name})
    request.cloud.pulse.beat()
    return True


CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "photo",
    "document",
    "sticker",
    "audio",
    "video",
    "animation",
    "voice",
    "video_note",
    "live_photo",
    "poll",
    "dice",
    "location",
    "venue",
    "contact",
    "caption",
    "caption_entities",
    "has_media_spoiler",
    "show_caption_above_media",
)


def origin(chat: Chat, message: Message) -> Json:
    """Where a forwarded message came from (MessageOrigin)."""
    body = message.body
    if kept := body.get("forward_origin"):
        return dict(kept)
    if chat.type == "channel":
        return {"type": "channel", "date": body["date"], "chat": chat.view(), "message_id": message.message_id}
    return {"type": "user", "date": body["date"], "sender_user": body["from"]}


def _source(request: Request, number: int, verb: str) -> tuple[Chat, Message]:
    chat = request.cloud.find_chat(request.bot, request.params["from_chat_id"])
    message = chat.messages.get(number)
    if message is None:
        raise Refusal(f"message to {verb} not found")
    if message.body.get("has_protected_content") or not message.body.keys() & set(CONTENT):
        raise Refusal(f"the message can't be {'forwarded' if verb == 'forward' else 'copied'}")
    return chat, message


def _forward(request: Request, number: int) -> Json:
    target = request.writable()
    chat, message = _source(request, number, "forward")
    content = {name: message.body[name] for name in CONTENT if name in message.body}
    return deliver(request, {"forward_origin": origin(chat, message), **content}, target)


def _copy(request: Request, number: int) -> Json:
    target = request.writable()
    _, message = _source(request, number, "copy")
    content = {name: message.body[name] for name in CONTENT if name in message.body}
    if "caption" in request.params and "text" not in content:
        content = {k: v for k, v in content.items() if not k.startswith("caption")}
        content |= caption_body(request, request.params["caption"])
    return {"message_id": deliver(request, content, target)["message_id"]}


def forward_message(request: Request) -> Json:
    return _forward(request, request.params["message_id"])


def copy_message(request: Request) -> Json:
    return _copy(request, request.params["message_id"])


def _many(request: Request, one: Any) -> list[Json]:
    check_writable(request.bot, request.chat())
    answers = []
    for number in request.params["message_ids"][:100]:
        try:
            answers.append({"message_id": one(request, number)["message_id"]})
        except Refusal:
            continue
    if not answers:
        raise Refusal("messages to forward not found")
    return answers


METHODS = {
    "sendMessage": send_message,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "forwardMessages": lambda request: _many(request, _forward),
    "copyMessages": lambda request: _many(request, _copy),
}
