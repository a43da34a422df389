"""The world that is simulated, without a server: people with their phones, bots, groups, channels, a clock, faults."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from simulator.bots import DEFAULT_NAME, DEFAULT_TITLE, DEFAULT_TOKEN, TOKEN, SimulatedBot
from simulator.chats import Chat, User
from simulator.clock import Clock
from simulator.cloud import Cloud
from simulator.faults import Faults
from simulator.limits import Limits
from simulator.methods.forums import open_topic
from simulator.people import Acts
from simulator.person import Person
from simulator.pulse import PATIENCE
from simulator.restore import restore, take_up_seed

Json = dict[str, Any]


class World:
    """Who and what there is, and the ways in which a program changes it.

    `start` (aware) is where the clock stands at first (None: the machine's time); `state` is a file in which
    everything is kept (None: in memory only); `limits` are Telegram's limits (None: none); `keep` is how many of the
    newest messages each chat holds; times are shown in `zone`.
    """

    def __init__(
        self,
        start: datetime | None = None,
        state: Path | None = None,
        limits: Limits | None = None,
        seed: int | None = None,
        language: str = "vi",
        *,
        speed: float | None = None,
        keep: int = 2_000,
        zone: str = "Asia/Ho_Chi_Minh",
    ) -> None:
        self.cloud = Cloud(Clock(start, speed), seed, state, limits, keep)
        take_up_seed(self.cloud)
        self.language, self.zone = language, ZoneInfo(zone)
        self.acts = Acts(self.cloud)
        self.restored = restore(self.cloud)
        self._persons: dict[int, Person] = {}

    # Parts

    @property
    def clock(self) -> Clock:
        """The clock that everything here, and the demo's bot, goes by."""
        return self.cloud.clock

    @property
    def faults(self) -> Faults:
        """The faults in force; add some."""
        return self.cloud.faults

    @property
    def limits(self) -> Limits | None:
        """Telegram's limits, when they are on."""
        return self.cloud.limits

    @limits.setter
    def limits(self, limits: Limits | None) -> None:
        self.cloud.limits = limits

    # Who there is

    def bot(
        self,
        token: str = DEFAULT_TOKEN,
        username: str = DEFAULT_NAME,
        name: str = DEFAULT_TITLE,
        description: str = "",
    ) -> SimulatedBot:
        """The bot with this token, made when it is new. ValueError when the token's syntax is not Telegram's.

        `description` is what an empty chat says until the bot sets another, as one given to @BotFather.
        """
        if not TOKEN.fullmatch(token):
            raise ValueError(f"a token looks like {DEFAULT_TOKEN}")
        bot = self.cloud.add_bot(token, username, name)
        if description:
            bot.texts.setdefault("description|", description)
        return bot

    @property
    def first_bot(self) -> SimulatedBot:
        """The bot that was made first (the default one, when there is none)."""
        return self.cloud.first_bot

    def person(
        self,
        name: str,
        id: int | None = None,  # noqa: A002 - the field of the Bot API
        username: str | None = None,
        language_code: str = "vi",
        caption: str = "",
        phone: str = "",
        start: str = "",
    ) -> Person:
        """The person of this id; without an id, the id follows from the seed and the name.

        The private chat with the first bot is on the phone, but not started. `caption` says on the page whose phone it
        is; `start` is what START carries, as if the person had opened a link `t.me/bot?start=…` and not pressed it yet.
        """
        number = self.cloud.number_for(name) if id is None else id
        user = self.cloud.people.get(number)
        if user is None:
            user = self.cloud.people[number] = User(number, name, place=len(self.cloud.people))
        user.first_name, user.language_code = name, language_code or user.language_code
        user.username, user.caption = username or user.username, caption or user.caption
        user.phone, user.start = phone or user.phone, start or user.start
        if self.cloud.bots:
            self.cloud.private(self.first_bot, user)
        self.cloud.touch_person(user)
        return self.person_by_id(number)

    def person_by_id(self, number: int) -> Person:
        """A person that is there already; KeyError otherwise."""
        user = self.cloud.people[number]
        return self._persons.setdefault(number, Person(self.cloud, user, self.acts))

    @property
    def people(self) -> list[Person]:
        """Everybody, in the order in which they came."""
        return [self.person_by_id(number) for number in self.cloud.people]

    def raw_update(self, kind: str, body: Json, bot: SimulatedBot | None = None) -> int:
        """Queue an update with any body, decodable or not; its update_id (0: the bot does not want this kind)."""
        owner = bot or self.first_bot
        update = owner.queue.push(kind, body, 0)
        if update is None:
            return 0
        self.cloud.keep_update(owner, update)
        self.cloud.journal.flush()
        return update.update_id

    async def idle_of_updates(self, timeout: float = PATIENCE) -> None:
        """Wait until the bots have confirmed every update (by offset, or by their webhook's 200)."""
        await self.cloud.pulse.until(
            lambda: not any(bot.queue.pending for bot in self.cloud.bots.values()), timeout, "updates are waiting"
        )

    # Groups and channels

    def group(
        self,
        title: str,
        members: Sequence[Person] = (),
        forum: bool = False,
        bots: Sequence[SimulatedBot] | None = None,
        supergroup: bool = True,
    ) -> Chat:
        """A group of these people (the first owns it) and bots (default: the first bot, as a plain member)."""
        kind = "supergroup" if supergroup or forum else "group"
        return self._gather(title, kind, members, bots, "member", forum)

    def channel(
        self, title: str, members: Sequence[Person] = (), bots: Sequence[SimulatedBot] | None = None, username: str = ""
    ) -> Chat:
        """A channel of these people (the first owns it, the others read) in which the bots are administrators."""
        chat = self._gather(title, "channel", members, bots, "administrator", False)
        chat.username = username
        self.cloud.touch_chat(chat)
        return chat

    def _gather(
        self,
        title: str,
        kind: str,
        members: Sequence[Person],
        bots: Sequence[SimulatedBot] | None,
        standing: str,
        forum: bool,
    ) -> Chat:
        number = self.cloud.number_for(f"{kind} {title}")
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number % 10**9
        chat = self.cloud.chats.get(str(chat_id))
        if chat is not None:
            return chat
        chat = Chat(str(chat_id), chat_id, kind, title=title, is_forum=forum)
        self.cloud.add_chat(chat)
        for place, person in enumerate(members):
            chat.members[person.id] = "member" if place else "creator"
        for bot in [self.first_bot] if bots is None else bots:
            self.admit(chat, bot, standing)
        self.cloud.touch_chat(chat)
        self.cloud.hub.tell("chat", lambda: {"chat": chat.key})
        return chat

    def admit(self, chat: Chat, bot: SimulatedBot, standing: str = "member") -> None:
        """Give a bot a standing in a group or channel (member, administrator, left, kicked); it is told."""
        before = chat.members.get(bot.id, "left")
        chat.members[bot.id] = standing
        owner = next((p for p in chat.members if p in self.cloud.people), None)
        by = self.cloud.people[owner] if owner else bot.user
        self.acts.status_update(bot, chat, by, before, standing)
        self.cloud.touch_chat(chat)

    def topic(self, chat: Chat, name: str) -> int:
        """Open a topic in a forum as its owner; its `message_thread_id`."""
        owner = next(p for p in chat.members if p in self.cloud.people)
        return open_topic(self.cloud, chat, name, self.cloud.people[owner].view(), 0).id

    def migrate(self, chat: Chat) -> Chat:
        """Make a supergroup of a basic group: the old id answers with `migrate_to_chat_id` from now on."""
        new = self._gather(chat.title, "supergroup", (), (), "member", False)
        new.members = dict(chat.members)
        chat.migrated_to = new.id
        owner = next((self.cloud.people[p].view() for p in chat.members if p in self.cloud.people), None)
        sender = {"from": owner} if owner else {}
        left = self.cloud.post(chat, {**sender, "migrate_to_chat_id": new.id})
        came = self.cloud.post(new, {**sender, "migrate_from_chat_id": chat.id})
        self.cloud.announce(chat, left)
        self.cloud.announce(new, came)
        self.cloud.touch_chat(chat)
        self.cloud.touch_chat(new)
        return new
