"""What a person does on a phone: says, taps, sends, forwards, blocks. Each act reaches the bots as updates."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from simulator import entities
from simulator.bots import Query, SimulatedBot
from simulator.chats import Chat, Message, User
from simulator.cloud import Cloud
from simulator.errors import NotThere
from simulator.methods import media
from simulator.methods.groups import member
from simulator.methods.messages import CONTENT, origin
from simulator.methods.places import place
from simulator.requests import Request, Upload

Json = dict[str, Any]

START_LINK = re.compile(r"(?:https?://)?t\.me/(\w+)\?start=([\w-]*)|tg://resolve\?domain=(\w+)&start=([\w-]*)")


class Acts:
    """The acts of people upon a cloud; every one is immediate."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.outbox: dict[int, list[Any]] = {}

    # Saying things

    def say(self, person: User, chat: Chat, content: Json, reply_to: int = 0, topic: int = 0) -> Message:
        """Put a message of the person into the chat; writing to a bot starts the chat with it."""
        self._may_write(person, chat)
        if chat.type == "channel":
            body: Json = {"sender_chat": chat.view()}
        else:
            body = {"from": person.view()}
        if topic:
            if topic not in chat.topics:
                raise NotThere(f"no topic {topic} in {chat.title}")
            body |= {"message_thread_id": topic, "is_topic_message": True}
        if chat.type == "private" and not chat.started:
            chat.started = True
        if chat.keyboard.get("one_time_keyboard") or chat.keyboard.get("force_reply"):
            chat.keyboard = {}
            self.cloud.hub.tell("chat", lambda: {"chat": chat.key})
        message = self.cloud.post(chat, body | content, reply_to=reply_to)
        chat.read[person.id] = message.message_id
        self.cloud.announce(chat, message, "channel_post" if chat.type == "channel" else "message")
        return message

    def text(self, words: str) -> Json:
        """The content of a text message as a phone sends it, with what is a command, a link or a mention."""
        plain, _ = entities.trimmed(words, [])
        if not plain:
            raise NotThere("a phone does not send an empty message")
        if entities.units(plain) > 4096:
            raise NotThere("a phone sends at most 4,096 characters in a message")
        found = entities.find(plain, [])
        return {"text": plain, "entities": found} if found else {"text": plain}

    def file(self, chat: Chat, upload: Upload, as_photo: bool, caption: str = "") -> Json:
        """The content of a photo or a document."""
        bot = self.cloud.bot_by_id(chat.bot_id) or next(iter(self.cloud.bots.values()))
        request = Request(self.cloud, bot, "", {})
        stored = media.store(request, upload, "photos" if as_photo else "documents")
        content: Json = {"photo": media.photo_sizes(stored)} if as_photo else {"document": media.document(stored)}
        if caption:
            content["caption"] = caption
            if found := entities.find(caption, []):
                content["caption_entities"] = found
        return content

    def sticker(self, emoji: str) -> Json:
        """The content of a sticker."""
        name = f"sticker{ord(emoji[0])}.webp"
        known = next((f for f in self.cloud.files.by_id.values() if f.name == name), None)
        file = known or self.cloud.keep_file(self.cloud.files.add(TINY_WEBP, name, "stickers", "image/webp"))
        return {"sticker": media.sticker(file, emoji)}

    def location(self, latitude: float, longitude: float) -> Json:
        """The content of a location."""
        return {"location": place({"latitude": latitude, "longitude": longitude})}

    def contact(self, person: User) -> Json:
        """The content of the person's own contact."""
        phone = person.phone or f"84{person.id % 10**9:09d}"
        return {"contact": {"phone_number": phone, "first_name": person.first_name, "user_id": person.id}}

    def forward(self, source: Chat, message: Message) -> Json:
        """The content of a forwarded message."""
        content = {name: message.body[name] for name in CONTENT if name in message.body}
        return {"forward_origin": origin(source, message), **content}

    def edit(self, person: User, chat: Chat, number: int, words: str) -> Message:
        """Change the text (or caption) of the person's own message."""
        message = self.own(person, chat, number)
        part = self.text(words)
        key = "text" if "text" in message.body else "caption"
        kept = {k: v for k, v in message.body.items() if k not in (key, "entities", "caption_entities")}
        kept[key] = part["text"]
        if "entities" in part:
            kept["entities" if key == "text" else "caption_entities"] = part["entities"]
        message.body = kept | {"edit_date": int(self.cloud.clock.seconds())}
        self.cloud.touch_message(chat, message, "edited")
        self.cloud.announce(chat, message, "edited_channel_post" if chat.type == "channel" else "edited_message")
        return message

    def own(self, person: User, chat: Chat, number: int) -> Message:
        """A message that the person wrote."""
        message = chat.messages.get(number)
        if message is None or message.body.get("from", {}).get("id", person.id) != person.id or message.by_bot:
            raise NotThere(f"message {number} is not one of {person.name}'s")
        return message

    def delete(self, person: User, chat: Chat, number: int) -> None:
        """Delete a message (for everybody; bots are not told)."""
        if number not in chat.messages:
            raise NotThere(f"there is no message {number}")
        self.cloud.remove(chat, number)

    def _may_write(self, person: User, chat: Chat) -> None:
        status = chat.members.get(person.id, "left")
        if chat.type == "private" and chat.blocked:
            raise NotThere(f"{person.name} has blocked the bot; a phone does not write then")
        if chat.type in ("group", "supergroup") and status in ("left", "kicked"):
            raise NotThere(f"{person.name} is not in {chat.title}")
        if chat.type == "channel" and status not in ("creator", "administrator"):
            raise NotThere(f"{person.name} may not post in {chat.title}")

    # Tapping

    def tap(self, person: User, chat: Chat, message: Message, data: str) -> Query:
        """Tap a button with this data: a callback query for the bot that sent the message."""
        bot = self.cloud.bot_by_id(message.by_bot) or next(iter(self.cloud.bots.values()))
        number = str(self.cloud.chance.getrandbits(62))
        query = Query(number, person.id, self.cloud.clock.seconds(), chat.key, message.message_id)
        bot.remember(query)
        body: Json = {"id": number, "from": person.view(), "chat_instance": str(hash_of(chat)), "data": data}
        if message.inline_id:
            body["inline_message_id"] = message.inline_id
        else:
            body["message"] = chat.show(message)
        self.cloud.push(bot, "callback_query", body, chat.id)
        return query

    def ask_inline(self, person: User, bot: SimulatedBot, words: str, offset: str = "", kind: str = "sender") -> Query:
        """Type `@bot words` in some chat."""
        number = str(self.cloud.chance.getrandbits(62))
        query = Query(number, person.id, self.cloud.clock.seconds(), offset=offset)
        bot.remember(query)
        body = {"id": number, "from": person.view(), "query": words, "offset": offset, "chat_type": kind}
        self.cloud.push(bot, "inline_query", body, person.id)
        return query

    def choose(self, person: User, bot: SimulatedBot, chat: Chat, words: str, result: Json) -> Message:
        """Send an inline result into a chat."""
        content: Json = {"via_bot": bot.user.view()}
        given = result.get("input_message_content", {})
        source = given.get("message_text", result.get("caption", result.get("title", "")))
        mode = given.get("parse_mode", result.get("parse_mode", ""))
        plain, found = entities.parse_html(source) if mode.upper() == "HTML" else (source, [])
        if known := self.cloud.files.by_id.get(result.get("photo_file_id", "")):
            content |= {"photo": media.photo_sizes(known), "caption": plain, "caption_entities": found}
        elif "latitude" in given:
            content |= self.location(given["latitude"], given["longitude"])
        else:
            content |= {"text": plain or " ", "entities": entities.find(plain, found)}
        if result.get("reply_markup"):
            content["reply_markup"] = result["reply_markup"]
        message = self.say(person, chat, content)
        message.inline_id = f"AAAA{self.cloud.chance.getrandbits(80):020x}"
        self.cloud.inline_messages[message.inline_id] = (chat.key, message.message_id)
        if bot.inline_feedback:
            chosen = {"result_id": result["id"], "from": person.view(), "query": words}
            if result.get("reply_markup"):
                chosen["inline_message_id"] = message.inline_id
            self.cloud.push(bot, "chosen_inline_result", chosen, person.id)
        return message

    # Coming and going

    def block(self, person: User, bot: SimulatedBot, blocked: bool) -> None:
        """Block the bot, or let it in again."""
        chat = self.cloud.private(bot, person)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        now, before = ("kicked", "member") if blocked else ("member", "kicked")
        self.status_update(bot, chat, person, before, now)
        self.cloud.touch_chat(chat)
        self.cloud.touch_person(person)

    def status_update(self, bot: SimulatedBot, chat: Chat, by: User, before: str, now: str) -> None:
        """Tell a bot that its own standing in a chat changed."""
        body = {
            "chat": chat.view(),
            "from": by.view(),
            "date": int(self.cloud.clock.seconds()),
            "old_chat_member": member(bot.user, before),
            "new_chat_member": member(bot.user, now),
        }
        self.cloud.push(bot, "my_chat_member", body, chat.id)

    def join(self, person: User, chat: Chat, status: str = "member") -> None:
        """Come into a group or channel with this standing, or leave it (`left`); it is announced in the chat."""
        before = chat.members.get(person.id, "left")
        chat.members[person.id] = status
        body = {
            "chat": chat.view(),
            "from": person.view(),
            "date": int(self.cloud.clock.seconds()),
            "old_chat_member": member(person, before),
            "new_chat_member": member(person, status),
        }
        for bot in self.cloud.bots.values():
            if chat.members.get(bot.id) == "administrator":
                self.cloud.push(bot, "chat_member", body, chat.id)
        if chat.type != "channel" and (before == "left") != (status == "left"):
            service = {"left_chat_member": person.view()} if status == "left" else {"new_chat_members": [person.view()]}
            message = self.cloud.post(chat, {"from": person.view(), **service})
            self.cloud.announce(chat, message)
        self.cloud.touch_chat(chat)
        self.cloud.touch_person(person)
        self.cloud.hub.tell("chat", lambda: {"chat": chat.key})

    def link(self, address: str) -> tuple[str, str] | None:
        """The bot's name and the payload of a start link; None for another address."""
        if found := START_LINK.fullmatch(address):
            name, payload, name2, payload2 = found.groups()
            return name or name2, payload or payload2 or ""
        return None


def hash_of(chat: Chat) -> int:
    """A chat_instance: the same for the same chat."""
    return int.from_bytes(hashlib.sha256(chat.key.encode()).digest()[:7], "big")


TINY_WEBP = bytes.fromhex("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700")
