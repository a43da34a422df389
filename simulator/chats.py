"""What the simulator knows: people, chats, topics and messages, as Telegram's servers would hold them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    """An account, of a person or of a bot. `start`: what START carries in an empty chat, as after a link `?start=…` was opened.

    `place` is the order in which people came; `photos` are ids of files, the newest first.
    """

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    caption: str = ""
    start: str = ""
    phone: str = ""
    offline: bool = False
    deactivated: bool = False
    place: int = 0
    photos: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.first_name} {self.last_name}".strip()

    def view(self) -> Json:
        """The Bot API's User."""
        view: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if value := getattr(self, key):
                view[key] = value
        return view


@dataclass(slots=True)
class Message:
    """A message as it is stored: `body` has the Bot API's fields but for `chat`, `reply_to_message` and the id."""

    message_id: int
    body: Json
    reply_to: int = 0
    by_bot: int = 0
    inline_id: str = ""

    @property
    def words(self) -> str:
        """The text or the caption; empty when there is neither."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def marks(self) -> list[Json]:
        """The entities of `words`."""
        return list(self.body.get("entities") or self.body.get("caption_entities") or ())


@dataclass(slots=True)
class Topic:
    """A topic of a forum."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat of one bot with one person, a group, a supergroup or a channel.

    `members` maps ids of people and bots to their status (creator, administrator, member, left, kicked).
    `held` are the ids of messages that wait until the person is back online. `place` is the order in which chats came;
    `photos` are the ids of its photo, small and big.
    """

    key: str
    id: int
    type: str
    title: str = ""
    username: str = ""
    description: str = ""
    is_forum: bool = False
    bot_id: int = 0
    person_id: int = 0
    started: bool = False
    blocked: bool = False
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    last_id: int = 0
    migrated_to: int = 0
    place: int = 0
    keyboard: Json = field(default_factory=dict)
    photos: list[str] = field(default_factory=list)
    invite_links: dict[str, Json] = field(default_factory=dict)
    menu_button: Json = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    actions: dict[int, tuple[str, float]] = field(default_factory=dict)
    unheard: deque[int] = field(default_factory=lambda: deque(maxlen=10_000))
    person: User | None = None

    @property
    def has_own_numbers(self) -> bool:
        """Whether message ids are counted in this chat (supergroups, channels) and not over the bot's account."""
        return self.type in ("supergroup", "channel")

    def has(self, number: int) -> bool:
        """Whether this person or bot is in it now."""
        return self.members.get(number, "left") not in ("left", "kicked")

    def view(self) -> Json:
        """The Bot API's Chat."""
        if self.person is not None:
            view: Json = {"id": self.id, "first_name": self.person.first_name, "type": "private"}
            if self.person.last_name:
                view["last_name"] = self.person.last_name
            if self.person.username:
                view["username"] = self.person.username
            return view
        view = {"id": self.id, "title": self.title, "type": self.type}
        if self.username:
            view["username"] = self.username
        if self.is_forum:
            view["is_forum"] = True
        return view

    def show(self, message: Message, with_reply: bool = True) -> Json:
        """The Bot API's Message."""
        view: Json = {"message_id": message.message_id, "chat": self.view(), **message.body}
        if with_reply and message.reply_to and (replied := self.messages.get(message.reply_to)):
            view["reply_to_message"] = self.show(replied, with_reply=False)
        return view

    def state(self) -> Json:
        """What is kept of the chat itself over a restart."""
        names = Chat.__dataclass_fields__.keys() - {"messages", "actions", "unheard", "person", "topics"}
        kept: Json = {name: getattr(self, name) for name in names}
        kept["topics"] = [[t.id, t.name, t.icon_color, t.closed] for t in self.topics.values()]
        return kept

    @classmethod
    def from_state(cls, kept: Json) -> Chat:
        """The chat of a `state()` that went through JSON."""
        topics = {t[0]: Topic(*t) for t in kept.pop("topics")}
        for name in ("members", "read"):
            kept[name] = {int(k): v for k, v in kept[name].items()}
        return cls(**kept, topics=topics)
