"""What there is in the simulated Zalo: a bot with its plan, people, groups, messages; ids are strings, dates milliseconds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_hex
from typing import Any

from simulator.clock import Clock
from simulator.pulse import Pulse

Json = dict[str, Any]
KEPT = 500
"""So many of a chat's newest messages are kept."""


class ZaloRefusal(Exception):
    """What the API answers instead of a result."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description

    def answer(self) -> Json:
        # Zalo's idle answer has no code; https://bot.zaloplatforms.com/docs does not list the others
        number = {} if self.code == 408 else {"error_code": self.code}
        return {"ok": False, **number, "description": self.description}


@dataclass(slots=True)
class Plan:
    """What a plan allows; the numbers are those of the free one. `groups`: how many the bot may be in."""

    users: int = 50
    messages_a_month: int = 3_000
    groups: int = 3


@dataclass(slots=True)
class Contradictions:
    """What the sources say this and that about, each a switch.

    `array`: getUpdates gives a list with the one update. `poll_ends_webhook`: it takes the webhook away, instead of being refused
    beside one. `empty_info`: getWebhookInfo answers with an empty address where there is no webhook, instead of 404. `redelivers`: a
    webhook that does not take an update is called again; else the update is lost. `photo_url`: by that name a picture's address comes,
    instead of by `photo`.
    """

    array: bool = False
    poll_ends_webhook: bool = False
    empty_info: bool = False
    redelivers: bool = True
    photo_url: bool = False


@dataclass(slots=True)
class ZaloMessage:
    """A message. `by`: who wrote it, «» the bot; `photo`: the bytes of a picture; `address`: where the bot said that it is."""

    message_id: str
    date: int
    by: str
    text: str = ""
    caption: str = ""
    sticker: str = ""
    photo: bytes = b""
    address: str = ""

    @property
    def words(self) -> str:
        return self.text or self.caption


@dataclass(slots=True)
class ZaloChat:
    """A chat as the bot knows it. `unheard`: what the bot has said there and nobody has taken yet."""

    id: str
    messages: deque[ZaloMessage] = field(default_factory=lambda: deque(maxlen=KEPT))
    unheard: deque[ZaloMessage] = field(default_factory=deque)

    @property
    def chat_type(self) -> str:
        return "PRIVATE"

    def view(self) -> Json:
        return {"id": self.id, "chat_type": self.chat_type}


@dataclass(slots=True)
class ZaloUser(ZaloChat):
    """A person, and his chat with the bot: both have one id. `has_written`: since then the bot may write to him."""

    name: str = ""
    caption: str = ""
    has_written: bool = False
    blocks: bool = False


@dataclass(slots=True)
class ZaloGroup(ZaloChat):
    """A group: the bot hears only what names it or answers it."""

    title: str = ""
    members: list[str] = field(default_factory=list)
    has_bot: bool = True

    @property
    def chat_type(self) -> str:
        return "GROUP"


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str
    updated_at: int


@dataclass(slots=True)
class ZaloCall:
    """A call of the API: what was asked, the HTTP status, and the answer."""

    method: str
    params: Json
    status: int
    answer: Json

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))


@dataclass(slots=True)
class ZaloBot:
    """The one bot. `waiting`: updates that were not handed out yet."""

    token: str
    name: str
    webhook: Webhook | None = None
    waiting: deque[Json] = field(default_factory=deque)
    calls: list[ZaloCall] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.token.partition(":")[0]

    def view(self) -> Json:
        return {"id": self.id, "account_name": f"bot.{self.id}", "account_type": "BASIC", "can_join_groups": True}


class ZaloWorld:
    """Who there is at one bot's Zalo. `pulse` beats at each change."""

    def __init__(self, clock: Clock, bot: ZaloBot, plan: Plan, contradictions: Contradictions) -> None:
        self.clock, self.bot, self.plan, self.contradictions = clock, bot, plan, contradictions
        self.pulse = Pulse()
        self.users: dict[str, ZaloUser] = {}
        self.groups: dict[str, ZaloGroup] = {}
        self.flying = 0
        self._numbers = 0

    def number(self, what: str) -> str:
        """A new id: letters and digits, as Zalo's are; ids of people are other ones for every bot."""
        self._numbers += 1
        return sha256(f"{self.bot.token} {what} {self._numbers}".encode()).hexdigest()[:20]

    def milliseconds(self) -> int:
        return int(self.clock.seconds() * 1000)

    def chat(self, chat_id: str) -> ZaloUser | ZaloGroup | None:
        return self.users.get(chat_id) or self.groups.get(chat_id)

    def message(self, by: str, **content: Any) -> ZaloMessage:
        return ZaloMessage(token_hex(10), self.milliseconds(), by, **content)

    def heard(self, event: str, user: ZaloUser, chat: ZaloChat, message: ZaloMessage, **content: Any) -> None:
        """Somebody has written: the bot is to hear of it."""
        chat.messages.append(message)
        if chat is user:
            user.has_written = True
        sender = {"id": user.id, "display_name": user.name, "is_bot": False}
        about = {"message_id": message.message_id, "date": message.date, "from": sender, "chat": chat.view()}
        self.bot.waiting.append({"event_name": event, "message": {**about, **content}})
        self.pulse.beat()

    def writers(self) -> list[str]:
        """The people of whom the plan counts each: who has written, first come first."""
        return [user.id for user in self.users.values() if user.has_written]
