"""What the program asks of a messenger: it declares what it can do, hears, decodes, and speaks. Each is a folder beside this one."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from reporting.channel import Channel
from reporting.incoming import Incoming
from storage.messages.inbox import Heard

Hear = Callable[[Sequence[str], str], Awaitable[None]]
"""Stores updates, JSON as it came, of a channel by its name; returns when they are committed."""


class Messenger(Protocol):
    """One messenger's edge. `prepare` comes first; `hear` and `speak` run until they are cancelled."""

    channel: Channel
    username: str
    """The bot's own name there, once it is prepared."""

    async def prepare(self) -> None:
        """Learns who the bot is there; waits while the messenger is away. PermissionError where it does not know the bot."""

    async def hear(self) -> None:
        """Hands on what comes in."""

    async def speak(self) -> None:
        """Empties the outbox of what is to be done there."""

    def wake(self) -> None:
        """Something was put into the outbox; from any thread."""

    def heard(self, raw: str) -> Heard:
        """The inbox's entry for an update as it came; it may be no update at all."""

    def decode(self, raw: str) -> Incoming | None:
        """What has come in; None for what nobody answers to. ValueError for what is no update."""

    def is_own_chat(self, address: str) -> bool:
        """Whether an address is one person's chat with the bot, and no group or channel."""

    async def set_common_menu(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        """The menu (command, line of help) of whoever has none of his own; `language` «»: of whoever speaks none of ours."""
