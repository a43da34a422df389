"""What a person has on the screen and hears."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.bots import SimulatedBot
from simulator.chats import Chat, Message, User
from simulator.cloud import Cloud
from simulator.people import Acts
from simulator.pulse import PATIENCE
from simulator.seen import Seen, seen

Screenful = dict[int, dict[str, Any]]
"""What a bot's messages look like on a phone at some moment: ids to their fields."""


class Screen:
    """One person's phone as it is looked at."""

    def __init__(self, cloud: Cloud, user: User, acts: Acts) -> None:
        self._cloud, self.user, self._acts = cloud, user, acts

    def __repr__(self) -> str:
        return f"<{self.user.name} {self.user.id}>"

    @property
    def id(self) -> int:
        """The account's id, which is the id of the private chat too."""
        return self.user.id

    @property
    def name(self) -> str:
        """The full name."""
        return self.user.name

    def private(self, bot: SimulatedBot | None = None) -> Chat:
        """The private chat with the bot (default: the first bot)."""
        return self._cloud.private(bot or self._cloud.first_bot, self.user)

    @property
    def chat(self) -> list[Seen]:
        """All messages of the private chat with the first bot, oldest first."""
        return self.reads()

    @property
    def heard(self) -> list[Seen]:
        """What the first bot has said in the private chat, oldest first, as it looks now."""
        return [message for message in self.reads() if message.by_bot]

    def reads(self, chat: Chat | None = None) -> list[Seen]:
        """The messages of a chat as this person sees them now."""
        where = chat or self.private()
        return [self._seen(where, m) for m in where.messages.values() if m.message_id not in where.held]

    def _seen(self, chat: Chat, message: Message) -> Seen:
        return seen(chat, message, self._cloud.files)

    async def next_message(self, timeout: float = PATIENCE, chat: Chat | None = None) -> Seen:
        """The next message of a bot that was not returned yet, waited for; TimeoutError when none comes.

        It is shown as it looks at the return. One that was deleted before is passed over. In a group, what one member
        was given is not given to another.
        """
        where = chat or self.private()

        def first() -> Seen | None:
            while where.unheard:
                message = where.messages.get(where.unheard.popleft())
                if message is not None:
                    return self._seen(where, message)
            return None

        return await self._cloud.pulse.until(first, timeout, f"{self.name} heard nothing in {timeout} s")

    def screenful(self) -> Screenful:
        """How the bots' messages in the private chat with the first bot look now."""
        return {m.message_id: dict(m.body) for m in self.private().messages.values() if m.by_bot}

    def heard_since(self, before: Screenful) -> list[Seen]:
        """What the first bot has said or changed since then."""
        where = self.private()
        new = [m for m in where.messages.values() if m.by_bot and before.get(m.message_id) != m.body]
        return [self._seen(where, m) for m in new if m.message_id not in where.held]

    def unheard(self, chat: Chat | None = None) -> list[Seen]:
        """What `next_message` would return without waiting."""
        where = chat or self.private()
        return [self._seen(where, where.messages[n]) for n in where.unheard if n in where.messages]

    async def sees(self, ready: Callable[[list[Seen]], Any], timeout: float = PATIENCE) -> list[Seen]:
        """Wait until `ready(heard)` is true, as for an edited message; returns what was heard."""
        await self._cloud.pulse.until(lambda: bool(ready(self.heard)), timeout, f"{self.name} did not see it")
        return self.heard
