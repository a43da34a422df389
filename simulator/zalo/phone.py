"""A person with Zalo on his phone: he writes, reads, and blocks; there is nothing to tap."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.pulse import PATIENCE
from simulator.zalo.chats import ZaloChat, ZaloGroup, ZaloMessage, ZaloUser, ZaloWorld

PICTURE = "https://photo-stal-1.zdn.vn/photo.jpg"
VOICE = "https://voice-stal-1.zdn.vn/voice.aac"


class ZaloPerson:
    """One person. Nothing is awaited but what is to come."""

    def __init__(self, world: ZaloWorld, user: ZaloUser) -> None:
        self._world, self.user = world, user

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    def says(self, text: str, group: ZaloGroup | None = None, replies_to: ZaloMessage | None = None) -> ZaloMessage:
        """Write to the bot, or in a group, where the bot hears what names it («@name …») or answers one of its messages."""
        world, chat = self._world, group or self.user
        message = world.message(self.id, text=text)
        if group is None or self._is_meant(text, replies_to):
            world.heard("message.text.received", self.user, chat, message, text=text)
        else:
            chat.messages.append(message)
            world.pulse.beat()
        return message

    def _is_meant(self, text: str, replies_to: ZaloMessage | None) -> bool:
        is_reply = replies_to is not None and not replies_to.by
        return is_reply or f"@{self._world.bot.name}".casefold() in text.casefold()

    def sends_photo(self, caption: str = "", address: str = PICTURE) -> ZaloMessage:
        """Send a picture, of which the bot is told the address."""
        message = self._world.message(self.id, caption=caption, address=address)
        name = "photo_url" if self._world.contradictions.photo_url else "photo"
        content = {name: address} | ({"caption": caption} if caption else {})
        self._world.heard("message.image.received", self.user, self.user, message, **content)
        return message

    def sends_sticker(self, sticker: str = "1") -> ZaloMessage:
        message = self._world.message(self.id, sticker=sticker)
        self._world.heard("message.sticker.received", self.user, self.user, message, sticker=sticker, url=PICTURE)
        return message

    def sends_voice(self, address: str = VOICE) -> ZaloMessage:
        """Say something, of which the bot is told the address."""
        message = self._world.message(self.id, address=address)
        self._world.heard("message.voice.received", self.user, self.user, message, voice_url=address)
        return message

    def sends_unsupported(self) -> ZaloMessage:
        """Send what Zalo does not hand on: a file, a place, a contact."""
        message = self._world.message(self.id)
        self._world.heard("message.unsupported.received", self.user, self.user, message)
        return message

    def blocks(self) -> None:
        """The bot may not write any more; it is not told."""
        self.user.blocks = True
        self._world.pulse.beat()

    def unblocks(self) -> None:
        self.user.blocks = False
        self._world.pulse.beat()

    def unheard(self, chat: ZaloChat | None = None) -> list[ZaloMessage]:
        """What the bot has said and was not taken yet; it stays."""
        return list((chat or self.user).unheard)

    def hears(self, most: int | None = None, chat: ZaloChat | None = None) -> Sequence[ZaloMessage]:
        """Takes what waits unheard, or the first of it."""
        waiting = (chat or self.user).unheard
        return [waiting.popleft() for _ in range(len(waiting) if most is None else min(most, len(waiting)))]

    async def next_message(self, timeout: float = PATIENCE) -> ZaloMessage:
        """Waits for the next message of the bot. TimeoutError."""
        return await self._world.pulse.until(self._first, timeout, f"{self.name} hears nothing")

    def _first(self) -> ZaloMessage | None:
        return self.user.unheard.popleft() if self.user.unheard else None
