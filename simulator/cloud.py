"""All that Telegram's servers would know, and the few ways in which it changes."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.bots import DEFAULT_NAME, DEFAULT_TITLE, DEFAULT_TOKEN, Call, SimulatedBot, addresses
from simulator.chats import Chat, Message, User
from simulator.clock import Clock
from simulator.errors import Refusal
from simulator.faults import Faults
from simulator.files import File, Files
from simulator.hub import Hub
from simulator.journal import Journal
from simulator.limits import Limits
from simulator.pulse import Pulse
from simulator.updates import Pending, Queue

Json = dict[str, Any]


class Cloud:
    """People, bots, chats, messages and files, with the clock, the random numbers and the faults that apply to them.

    `keep` is how many of the newest messages each chat holds; `bot_came` is told of each new bot.
    """

    def __init__(self, clock: Clock, seed: int | None, state: Path | None, limits: Limits | None, keep: int) -> None:
        self.clock = clock
        self.seed = secrets.randbelow(10**9) if seed is None else seed
        self.chance = random.Random(self.seed)  # noqa: S311 - not for secrets
        self.limits = limits
        self.faults = Faults(self.seed)
        self.keep = keep
        self.hub, self.pulse = Hub(), Pulse()
        self.files = Files(self.chance)
        self.people: dict[int, User] = {}
        self.bots: dict[str, SimulatedBot] = {}
        self.chats: dict[str, Chat] = {}
        self.inline_messages: dict[str, tuple[str, int]] = {}
        self.log: deque[Call] = deque(maxlen=1_000)
        self.calls = 0
        self.starts = 0
        self.journal = Journal(state)
        self.bot_came: Callable[[SimulatedBot], None] = lambda bot: None

    def reseed(self, seed: int, starts: int) -> None:
        """Go on with a kept seed: ids of people follow from it, ids of files and taps must not come twice."""
        self.seed, self.starts = seed, starts
        self.chance.seed(f"{seed} {starts}")

    # Who and where

    def number_for(self, name: str) -> int:
        """An account's or a group's id that follows from the seed and a name alone."""
        digest = hashlib.sha256(f"{self.seed}:{name}".encode()).digest()
        return 1_000_000_000 + int.from_bytes(digest[:8], "big") % 6_000_000_000

    def bot_by_id(self, bot_id: int) -> SimulatedBot | None:
        """The bot with this account."""
        return next((bot for bot in self.bots.values() if bot.id == bot_id), None)

    def bot_named(self, username: str) -> SimulatedBot | None:
        """The bot with this username."""
        wanted = username.lower().removeprefix("@")
        return next((bot for bot in self.bots.values() if bot.user.username.lower() == wanted), None)

    @property
    def first_bot(self) -> SimulatedBot:
        """The bot that was made first (the default one, when there is none)."""
        return next(iter(self.bots.values()), None) or self.add_bot(DEFAULT_TOKEN, DEFAULT_NAME, DEFAULT_TITLE)

    def account(self, number: int) -> User | None:
        """The person or the bot with this id."""
        bot = self.bot_by_id(number)
        return bot.user if bot else self.people.get(number)

    def add_bot(self, token: str, username: str, name: str) -> SimulatedBot:
        """The bot of this token, made when it is new."""
        bot = self.bots.get(token)
        if bot is None:
            user = User(int(token.partition(":")[0]), name, True, username=username)
            bot = self.bots[token] = SimulatedBot(token, user, Queue(self.clock, self.chance))
            self.bot_came(bot)
        self.touch_bot(bot)
        return bot

    def private(self, bot: SimulatedBot, person: User) -> Chat:
        """The private chat of a person with a bot, made when it is new."""
        key = f"{bot.id}:{person.id}"
        chat = self.chats.get(key)
        if chat is None:
            chat = Chat(key, person.id, "private", bot_id=bot.id, person_id=person.id, person=person)
            self.add_chat(chat)
        return chat

    def add_chat(self, chat: Chat) -> None:
        """Take up a new chat."""
        chat.place = len(self.chats)
        self.chats[chat.key] = chat
        self.touch_chat(chat)
        self.hub.tell("chat", lambda: {"chat": chat.key})

    def find_chat(self, bot: SimulatedBot, chat_id: int | str) -> Chat:
        """The chat that a bot means by an id or an @name; Refusal when it may know none such."""
        if isinstance(chat_id, str):
            chat = self.named(chat_id)
        elif chat_id > 0:
            chat = self.chats.get(f"{bot.id}:{chat_id}")
            chat = chat if chat and chat.started else self._met(bot, chat_id)
        else:
            chat = self.chats.get(str(chat_id))
        if chat is None or (chat.type == "channel" and not chat.username and bot.id not in chat.members):
            raise Refusal("chat not found")
        return chat

    def number_of(self, chat_id: Any) -> int | None:
        """The id of the chat that a call names by id or @name, as limits and faults count it; None for none."""
        try:
            return int(chat_id)
        except (TypeError, ValueError):
            chat = self.named(chat_id) if isinstance(chat_id, str) else None
            return chat.id if chat is not None else None

    def named(self, name: str) -> Chat | None:
        """The group or channel with this @name."""
        wanted = name.removeprefix("@").lower()
        return next((c for c in self.chats.values() if wanted and c.username.lower() == wanted), None)

    def _met(self, bot: SimulatedBot, person_id: int) -> Chat | None:
        person = self.people.get(person_id)
        shared = any(bot.id in chat.members and person_id in chat.members for chat in self.chats.values())
        return self.private(bot, person) if person and shared else None

    def sees(self, person: User) -> list[Chat]:
        """The chats on a person's screen: the private ones, and the groups and channels that he is in."""
        return [c for c in self.chats.values() if c.person_id == person.id or c.has(person.id)]

    # Messages

    def post(self, chat: Chat, body: Json, by_bot: int = 0, reply_to: int = 0) -> Message:
        """Store a new message (its `from` and content in `body`), number and date it, and show it."""
        if chat.has_own_numbers:
            chat.last_id += 1
            number = chat.last_id
        else:
            number = self._next_number(chat)
        body["date"] = int(self.clock.seconds())
        message = Message(number, body, reply_to, by_bot)
        chat.messages[number] = message
        if len(chat.messages) > self.keep:
            old = next(iter(chat.messages))
            del chat.messages[old]
            self.journal.write("message", f"{chat.key}/{old}", None)
        if by_bot:
            chat.actions.pop(by_bot, None)
            self._hear(chat, message)
        self.touch_message(chat, message, "message")
        self.touch_chat(chat)
        return message

    def _next_number(self, chat: Chat) -> int:
        owner = self.bot_by_id(chat.bot_id)
        owner = owner or next((b for b in self.bots.values() if b.id in chat.members), None)
        if owner is None:
            chat.last_id += 1
            return chat.last_id
        owner.last_message_id += 1
        self.touch_bot(owner)
        return owner.last_message_id

    def _hear(self, chat: Chat, message: Message) -> None:
        if chat.person is not None and chat.person.offline:
            chat.held.append(message.message_id)
        else:
            chat.unheard.append(message.message_id)

    def remove(self, chat: Chat, number: int) -> None:
        """Delete a message."""
        chat.messages.pop(number, None)
        if number in chat.held:
            chat.held.remove(number)
        self.journal.write("message", f"{chat.key}/{number}", None)
        self.hub.tell("deleted", lambda: {"chat": chat.key, "id": number})
        self.pulse.beat()

    # Updates

    def push(self, bot: SimulatedBot, kind: str, body: Json, lane: int) -> None:
        """Queue an update for one bot."""
        update = bot.queue.push(kind, body, lane)
        if update is not None:
            self.keep_update(bot, update)

    def keep_update(self, bot: SimulatedBot, update: Pending) -> None:
        """Keep an unconfirmed update over a restart."""
        kept = {"bot": bot.token, "kind": update.kind, "body": update.body, "until": update.until, "lane": update.lane}
        self.journal.write("update", f"{bot.id}/{update.update_id}", lambda: kept)
        self.touch_bot(bot)

    def forget_updates(self, bot: SimulatedBot, ids: list[int]) -> None:
        """Take note that updates were confirmed or dropped."""
        for update_id in ids:
            self.journal.write("update", f"{bot.id}/{update_id}", None)
        if ids:
            self.pulse.beat()

    def announce(self, chat: Chat, message: Message, kind: str = "message") -> None:
        """Tell the bots that may read it about a person's message (`message`, `edited_message`, ...)."""
        for bot in self.bots.values():
            if self._reads(bot, chat, message):
                self.push(bot, kind, chat.show(message), chat.id)

    def _reads(self, bot: SimulatedBot, chat: Chat, message: Message) -> bool:
        if chat.type == "private":
            return chat.bot_id == bot.id and not chat.blocked
        status = chat.members.get(bot.id, "left")
        if status in ("left", "kicked") or message.by_bot == bot.id:
            return False
        if chat.type == "channel" or status == "administrator" or bot.reads_groups:
            return True
        replied = chat.messages.get(message.reply_to)
        if replied is not None and replied.by_bot == bot.id:
            return True
        service = not message.body.keys() & {"text", "caption", "photo", "document", "sticker", "location", "contact"}
        return service or addresses(message.words, message, bot)

    # What is kept and shown

    def touch_bot(self, bot: SimulatedBot) -> None:
        """Keep a bot's state."""
        self.journal.write("bot", bot.token, bot.state)

    def touch_chat(self, chat: Chat) -> None:
        """Keep a chat's state."""
        self.journal.write("chat", chat.key, chat.state)

    def touch_person(self, person: User) -> None:
        """Keep and show a person."""
        slots = User.__dataclass_fields__
        self.journal.write("person", person.id, lambda: {name: getattr(person, name) for name in slots})
        self.hub.tell("person", lambda: {"person": person.id})
        self.pulse.beat()

    def touch_message(self, chat: Chat, message: Message, event: str) -> None:
        """Keep and show a message that is new (`message`) or changed (`edited`)."""
        key = f"{chat.key}/{message.message_id}"
        inline = message.inline_id
        self.journal.write(
            "message", key, lambda: {"b": message.body, "r": message.reply_to, "bot": message.by_bot, "i": inline}
        )
        self.hub.tell(event, lambda: {"chat": chat.key, "id": message.message_id})
        self.pulse.beat()

    def keep_file(self, file: File) -> File:
        """Keep a file that has just been added."""
        fields = {name: getattr(file, name) for name in File.__dataclass_fields__ if name != "content"}
        self.journal.write("file", file.file_id, lambda: fields)
        self.journal.write_content(file.file_id, file.content)
        for gone in self.files.dropped:
            self.journal.write("file", gone, None)
            self.journal.write_content(gone, None)
        self.files.dropped.clear()
        return file
