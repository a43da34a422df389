"""A bot as Telegram's servers see it: its token, queue, webhook, commands and texts, and the log of its calls."""

from __future__ import annotations

import random
import re
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

from simulator.chats import Message, User
from simulator.clock import Clock
from simulator.pulse import Pulse
from simulator.updates import Queue

Json = dict[str, Any]
MOST_QUERIES = 10_000
CANNOT = (
    "can_connect_to_business",
    "has_main_web_app",
    "has_topics_enabled",
    "allows_users_to_create_topics",
    "can_manage_bots",
    "supports_guest_queries",
    "supports_join_request_queries",
)
TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,}")
DEFAULT_TOKEN = "1000:SIMULATOR"  # noqa: S105 - opens nothing
DEFAULT_NAME = "giaoban_bot"
DEFAULT_TITLE = "Giao Ban"


@dataclass(slots=True)
class Call:
    """A call in the log: what was asked and answered. `ms` is how long it took."""

    number: int
    at: str
    bot: str
    method: str
    params: Json
    status: int
    answer: Any
    ms: float

    @property
    def ok(self) -> bool:
        """Whether it was carried out."""
        return self.status == 200


@dataclass(slots=True)
class Query:
    """A tap or an inline query that waits for its answer."""

    id: str
    person_id: int
    at: float
    chat_key: str = ""
    message_id: int = 0
    offset: str = ""
    answer: Json | None = None


@dataclass(slots=True)
class Webhook:
    """Where updates are delivered, and how it went."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: float = 0
    last_error: str = ""


@dataclass(eq=False)
class SimulatedBot:
    """One bot. `calls` are its newest 10,000 calls but for getUpdates; `commands` what it has set."""

    token: str
    user: User
    queue: Queue
    webhook: Webhook = field(default_factory=Webhook)
    command_lists: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})
    rights: dict[str, Json] = field(default_factory=dict)
    last_message_id: int = 0
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=10_000))
    queries: OrderedDict[str, Query] = field(default_factory=OrderedDict)
    reads_groups: bool = False
    inline: bool = True
    inline_feedback: bool = True
    poll_number: int = 0
    change: Pulse = field(default_factory=Pulse)

    @property
    def id(self) -> int:
        """The bot's account."""
        return self.user.id

    @property
    def commands(self) -> list[Json]:
        """The commands of the default scope, no language."""
        return self.command_lists.get(scope_key({"type": "default"}, ""), [])

    @property
    def pending(self) -> int:
        """How many updates are not confirmed."""
        return len(self.queue.pending)

    def asked(self, method: str) -> list[Call]:
        """The calls of one method in the log, oldest first."""
        return [call for call in self.calls if call.method == method]

    def remember(self, query: Query) -> None:
        """Take up a query that is to be answered."""
        self.queries[query.id] = query
        while len(self.queries) > MOST_QUERIES:
            self.queries.popitem(last=False)

    def commands_for(self, chat_id: int, person_id: int, kind: str, language: str, admin: bool = False) -> list[Json]:
        """The commands a person sees in a chat's menu, by Telegram's order of scopes and languages."""
        if kind == "private":
            scopes: list[Json] = [{"type": "chat", "chat_id": chat_id}, {"type": "all_private_chats"}]
        else:
            scopes = [{"type": "chat_member", "chat_id": chat_id, "user_id": person_id}]
            scopes += [{"type": "chat_administrators", "chat_id": chat_id}] if admin else []
            scopes += [{"type": "chat", "chat_id": chat_id}]
            scopes += [{"type": "all_chat_administrators"}] if admin else []
            scopes += [{"type": "all_group_chats"}]
        for scope in [*scopes, {"type": "default"}]:
            for code in (language, "") if language else ("",):
                if found := self.command_lists.get(scope_key(scope, code)):
                    return found
        return []

    def view(self) -> Json:
        """The Bot API's User as getMe returns it."""
        return {
            **self.user.view(),
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_groups,
            "supports_inline_queries": self.inline,
            **dict.fromkeys(CANNOT, False),
        }

    def state(self) -> Json:
        """What is kept over a restart."""
        hook = self.webhook
        return {
            "token": self.token,
            "user": [self.user.id, self.user.first_name, self.user.username, self.user.photos],
            "commands": self.command_lists,
            "texts": self.texts,
            "menu_button": self.menu_button,
            "rights": self.rights,
            "last_message_id": self.last_message_id,
            "webhook": [hook.url, hook.secret, hook.max_connections],
            "queue": [self.queue.next_id, self.queue.last_at, self.queue.allowed],
            "flags": [self.reads_groups, self.inline, self.inline_feedback],
        }

    @classmethod
    def from_state(cls, kept: Json, clock: Clock, chance: random.Random) -> SimulatedBot:
        """The bot of a `state()`."""
        number, name, username, *photos = kept["user"]
        user = User(number, name, True, username=username, photos=photos[0] if photos else [])
        bot = cls(kept["token"], user, Queue(clock, chance))
        bot.command_lists, bot.texts, bot.menu_button = kept["commands"], kept["texts"], kept["menu_button"]
        bot.last_message_id, bot.rights = kept["last_message_id"], kept.get("rights", {})
        bot.webhook = Webhook(*kept["webhook"])
        bot.queue.next_id, bot.queue.last_at, bot.queue.allowed = kept["queue"]
        bot.reads_groups, bot.inline, bot.inline_feedback = kept["flags"]
        return bot


def scope_key(scope: Json, language: str) -> str:
    """One string for a command scope and a language."""
    parts = (scope.get("type", "default"), scope.get("chat_id", ""), scope.get("user_id", ""), language)
    return "|".join(str(part) for part in parts)


def addresses(text: str, message: Message, bot: SimulatedBot) -> bool:
    """Whether a command in a group's message is meant for this bot."""
    for entity in message.body.get("entities", ()):
        if entity["type"] == "bot_command":
            raw = text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
            _, at, name = raw.decode("utf-16-le").partition("@")
            if not at or name.lower() == bot.user.username.lower():
                return True
    return f"@{bot.user.username}".lower() in text.lower()
