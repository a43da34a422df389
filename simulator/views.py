"""What the page is told: people, chats, messages and calls as JSON."""

from __future__ import annotations

from typing import Any

from simulator.bots import Call, SimulatedBot
from simulator.chats import Chat, Message, User
from simulator.cloud import Cloud
from simulator.entities import to_html

Json = dict[str, Any]

NEWEST = 200
SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
)


def message_view(cloud: Cloud, chat: Chat, message: Message) -> Json:
    """A message as a bubble needs it."""
    body = message.body
    sender = body.get("from") or body.get("sender_chat") or {}
    text, found = message.words, message.marks
    view: Json = {
        "id": message.message_id,
        "chat": chat.key,
        "by": {"id": sender.get("id", 0), "name": _name(sender), "bot": bool(message.by_bot)},
        "date": body["date"],
        "text": text,
        "html": to_html(text, found, commands=True),
        "edited": "edit_date" in body,
        "topic": body.get("message_thread_id", 0),
        "buttons": body.get("reply_markup", {}).get("inline_keyboard", []),
    }
    if message.reply_to and (replied := chat.messages.get(message.reply_to)):
        view["reply"] = {"id": message.reply_to, "by": _name(replied.body.get("from", {})), "text": _short(replied)}
    if source := body.get("forward_origin"):
        view["forwarded"] = _name(source.get("sender_user") or source.get("chat") or {})
    if via := body.get("via_bot"):
        view["via"] = via["username"]
    view |= _attached(cloud, body)
    if kind := next((k for k in SERVICE if k in body), ""):
        detail = body[kind][0] if isinstance(body[kind], list) else body[kind]
        view["service"] = [kind, (detail.get("name") or _name(detail)) if isinstance(detail, dict) else str(detail)]
    return view


def _attached(cloud: Cloud, body: Json) -> Json:
    view: Json = {}
    for kind, part in (("photo", (body.get("photo") or [None])[-1]), ("document", body.get("document"))):
        if part:
            view[kind] = _file(cloud, part)
    for kind in ("audio", "video", "animation", "voice", "video_note", "live_photo"):
        if kind in body and "document" not in body:
            view["document"] = _file(cloud, body[kind])
    for kind in ("location", "contact", "venue"):
        if kind in body:
            view[kind] = body[kind]
    if "sticker" in body:
        view["sticker"] = body["sticker"].get("emoji", "🙂")
    if "media_group_id" in body:
        view["album"] = body["media_group_id"]
    return view


def _file(cloud: Cloud, part: Json) -> Json:
    file = cloud.files.by_id.get(part["file_id"])
    return {"path": file.path if file else "", "name": part.get("file_name", ""), **_sizes(part)}


def _sizes(part: Json) -> Json:
    return {"size": part.get("file_size", 0), "width": part.get("width", 0), "height": part.get("height", 0)}


def _name(sender: Json) -> str:
    return sender.get("title") or f"{sender.get('first_name', '')} {sender.get('last_name', '')}".strip()


def _short(message: Message) -> str:
    kinds = ("photo", "document", "sticker", "location")
    return message.words[:80] or next((k for k in kinds if k in message.body), "")


def chat_view(cloud: Cloud, chat: Chat, with_messages: bool = True) -> Json:
    """A chat; `menus` are the commands that each of the page's people sees there."""
    bots = [b for b in cloud.bots.values() if b.id == chat.bot_id or chat.members.get(b.id, "left") != "left"]
    view: Json = {
        "key": chat.key,
        "id": chat.id,
        "type": chat.type,
        "title": chat.title or (bots[0].user.name if bots else ""),
        "username": chat.username or (bots[0].user.username if bots and chat.person else ""),
        "person": chat.person_id,
        "started": chat.started,
        "blocked": chat.blocked,
        "members": chat.members,
        "bots": [b.id for b in bots],
        "forum": chat.is_forum,
        "topics": [{"id": t.id, "name": t.name, "closed": t.closed} for t in chat.topics.values()],
        "keyboard": chat.keyboard,
        "held": chat.held,
        "pinned": chat.pinned,
        "read": chat.read,
        "menus": _menus(cloud, chat, bots),
        "description": _description(chat, bots),
    }
    if with_messages:
        newest = list(chat.messages.values())[-NEWEST:]
        view["messages"] = [message_view(cloud, chat, message) for message in newest]
    return view


def _menus(cloud: Cloud, chat: Chat, bots: list[SimulatedBot]) -> dict[int, list[Json]]:
    menus: dict[int, list[Json]] = {}
    for number in [chat.person_id] if chat.person_id else list(chat.members)[:50]:
        person = cloud.people.get(number)
        if person is not None:
            admin = chat.members.get(number) in ("creator", "administrator")
            kind, code = chat.type, person.language_code
            menus[number] = [c for bot in bots for c in bot.commands_for(chat.id, number, kind, code, admin)]
    return menus


def _description(chat: Chat, bots: list[SimulatedBot]) -> str:
    if chat.person is None or not bots:
        return chat.description
    texts, code = bots[0].texts, chat.person.language_code
    return texts.get(f"description|{code}") or texts.get("description|", "")


def person_view(cloud: Cloud, person: User) -> Json:
    """A person and the keys of the chats on his phone."""
    return {
        "id": person.id,
        "name": person.name,
        "username": person.username,
        "caption": person.caption,
        "language": person.language_code,
        "offline": person.offline,
        "deactivated": person.deactivated,
        "chats": [chat.key for chat in cloud.sees(person)],
    }


def call_view(call: Call) -> Json:
    """A call in the log."""
    return {
        "number": call.number,
        "at": call.at,
        "bot": call.bot,
        "method": call.method,
        "params": call.params,
        "status": call.status,
        "answer": call.answer,
        "ms": call.ms,
    }


def clock_view(cloud: Cloud) -> Json:
    """The clock."""
    clock = cloud.clock
    return {"now": clock.now().isoformat(), "speed": clock.speed, "revision": clock.revision, "real": clock.is_real}
