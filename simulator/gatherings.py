"""Groups, forums and channels, and how bots come into them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.bots import SimulatedBot
from simulator.chats import Chat
from simulator.methods.forums import open_topic
from simulator.people import Acts

if TYPE_CHECKING:
    from simulator.cloud import Cloud
    from simulator.person import Person


class Gatherings:
    """The part of the simulator that gathers people and bots."""

    cloud: Cloud
    acts: Acts

    @property
    def first_bot(self) -> SimulatedBot:
        """The bot that was made first (the default one, when there is none)."""
        return next(iter(self.cloud.bots.values()), None) or self.bot()

    def bot(self) -> SimulatedBot:
        """The default bot."""
        raise NotImplementedError

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
