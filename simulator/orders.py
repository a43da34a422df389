"""What people can be told to do over HTTP; the table is at the foot."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from typing import Any

from simulator.chats import Chat
from simulator.cloud import Cloud
from simulator.errors import NotThere
from simulator.person import Person
from simulator.requests import Upload
from simulator.seen import Seen

Json = dict[str, Any]
Order = Callable[[Cloud, Person, Chat, Json], Awaitable[Any]]


def _bytes(body: Json) -> Upload:
    return Upload(body.get("file_name", "photo.jpg"), base64.b64decode(body["content"]), body.get("mime", ""))


def _message(person: Person, chat: Chat, number: int) -> Seen:
    found = next((m for m in person.reads(chat) if m.message_id == number), None)
    if found is None:
        raise NotThere(f"{person.name} sees no message {number}")
    return found


async def _say(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Seen:
    return await person.says(body["text"], body.get("reply_to"), chat, body.get("topic", 0))


async def _tap(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Json:
    message = _message(person, chat, int(body["message_id"])) if "message_id" in body else None
    if body.get("forged"):
        if message is None:
            raise NotThere("a forged tap needs a message_id")
        done: Any = person.forges(message, body["data"], chat)
    else:
        done = await person.taps(body.get("label", ""), message, body.get("data", ""), chat)
    return {"message_id": done.message_id} if isinstance(done, Seen) else {"query": done.query.id}


async def _photo(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Seen:
    return await person.sends_photo(_bytes(body).content, body.get("caption", ""), chat)


async def _document(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Seen:
    upload = _bytes(body)
    return await person.sends_document(upload.content, upload.name, body.get("caption", ""), upload.mime, chat)


async def _location(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Seen:
    return await person.sends_location(float(body["latitude"]), float(body["longitude"]), chat)


async def _forward(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Seen:
    source = cloud.chats[body["from_chat"]]
    return await person.forwards(_message(person, source, int(body["message_id"])), chat)


async def _edit(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Seen:
    return await person.edits(_message(person, chat, int(body["message_id"])), body["text"], chat)


async def _inline(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Json:
    return {"results": await person.inline(body.get("query", ""))}


async def _choose(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Seen:
    return await person.chooses(body["result"], chat, body.get("query", ""))


async def _read(cloud: Cloud, person: Person, chat: Chat, body: Json) -> Json:
    chat.read[person.id] = max(chat.read.get(person.id, 0), int(body["message_id"]))
    cloud.touch_chat(chat)
    return {"done": True}


def _into(cloud: Cloud, body: Json) -> Chat:
    return cloud.chats[body["into"]]


ORDERS: dict[str, Order] = {
    "say": _say,
    "tap": _tap,
    "start": lambda cloud, person, chat, body: person.starts(body.get("payload", person.user.start)),
    "open": lambda cloud, person, chat, body: person.opens(body["link"]),
    "photo": _photo,
    "document": _document,
    "location": _location,
    "sticker": lambda cloud, person, chat, body: person.sends_sticker(body.get("emoji", "👍"), chat),
    "contact": lambda cloud, person, chat, body: person.sends_contact(chat),
    "forward": _forward,
    "edit": _edit,
    "delete": lambda cloud, person, chat, body: person.deletes(_message(person, chat, int(body["message_id"])), chat),
    "inline": _inline,
    "choose": _choose,
    "read": _read,
    "join": lambda cloud, person, chat, body: person.joins(_into(cloud, body), body.get("status", "member")),
    "leave": lambda cloud, person, chat, body: person.leaves(chat),
    "block": lambda cloud, person, chat, body: person.blocks(),
    "unblock": lambda cloud, person, chat, body: person.unblocks(),
    "offline": lambda cloud, person, chat, body: person.goes_offline(),
    "online": lambda cloud, person, chat, body: person.comes_back(),
}
