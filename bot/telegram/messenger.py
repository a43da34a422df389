"""Telegram as one of the program's messengers: its ear, its decoder and its speaker, wired together."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.running.messenger import Hear
from bot.running.observer import Observer
from bot.running.outbox_worker import Write
from bot.settings import Settings
from bot.telegram.channel import TELEGRAM
from bot.telegram.decode import Decoder
from bot.telegram.ear import Ear
from bot.telegram.fetching import Fetching
from bot.telegram.speaker import Me, Speaker
from bot.telegram.updates import heard
from reporting.incoming import Incoming
from reporting.pace import Limits
from reporting.say import Drawn
from storage.messages.inbox import Heard

logger = logging.getLogger(__name__)

KNOCK = 5.0
"""Seconds between two tries to reach Telegram at the start."""


class Telegram:
    """A bot at Telegram. `write`, `now`, `draw`: see Speaker; `hear` stores what came."""

    channel = TELEGRAM

    def __init__(
        self,
        settings: Settings,
        hear: Hear,
        write: Write,
        now: Callable[[], datetime],
        draw: Callable[[Drawn], bytes],
        limits: Limits | None = None,
        observer: Observer | None = None,
    ) -> None:
        self.settings, self.username = settings, ""
        token, api, proxy = settings.bot_token, settings.bot_api_url, settings.bot_proxy
        limits = limits or Limits(rate=settings.bot_rate)
        self.speaker = Speaker(token, api, write, now, draw, proxy=proxy, limits=limits, observer=observer)

        async def hears(updates: Sequence[str]) -> None:
            await hear(updates, self.channel.name)

        self.speaker.bring = Fetching(self.speaker.fetch, hears).bring
        self.ear = Ear(token, api, hears, self.speaker.acknowledge, proxy=proxy)
        self._decoder: Decoder | None = None

    async def prepare(self) -> None:
        """Learns the bot's own name, without which /baocao@bot is not understood."""
        try:
            await self._prepare()
        except BaseException:
            await self.speaker.close()
            raise

    async def _prepare(self) -> None:
        while self._decoder is None:
            try:
                me = await self.speaker.me()
            except ConnectionError as error:
                logger.warning("Telegram is not reached (%s). Trying again in %g s.", error, KNOCK)
                await asyncio.sleep(KNOCK)
            else:
                self.set_me(me)

    def set_me(self, me: Me) -> None:
        """Who the bot is at Telegram."""
        self.username, self._decoder = me.username, Decoder(me.username, me.id)

    async def hear(self) -> None:
        """Polls, or is called where the settings name a webhook."""
        settings = self.settings
        if not settings.webhook_url:
            await self.ear.poll()
        else:
            path = urlsplit(settings.webhook_url).path or "/"
            await self.ear.webhook(settings.webhook_listen, settings.webhook_secret, path, settings.webhook_url)

    async def speak(self) -> None:
        await self.speaker.run()

    def wake(self) -> None:
        self.speaker.wake()

    def heard(self, raw: str) -> Heard:
        return heard(self.channel.name, raw)

    def decode(self, raw: str) -> Incoming | None:
        if self._decoder is None:
            raise RuntimeError("prepare() comes first")
        return self._decoder.decode(raw)

    def is_own_chat(self, address: str) -> bool:
        """Telegram's groups and channels have negative ids, or names with «@»."""
        return address.isdigit()

    async def set_common_menu(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        await self.speaker.set_menu(commands, scope="all_private_chats", language=language)
