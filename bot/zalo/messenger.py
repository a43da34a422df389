"""Zalo as one of the program's messengers: its ear, its decoder and its speaker, wired together."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection

from bot.running.file_addresses import Publish, published_nowhere
from bot.running.http_transport import WireError
from bot.running.messenger import Hear
from bot.running.observer import Observer
from bot.running.outbox_worker import Write
from bot.running.redaction import without
from bot.settings import Settings
from bot.zalo.channel import ZALO
from bot.zalo.client import ZaloClient, ZaloError
from bot.zalo.ear import ZaloEar
from bot.zalo.settings import ZaloSettings
from bot.zalo.speaker import ZaloSpeaker
from bot.zalo.updates import IN_GROUP, decode_zalo, zalo_heard
from reporting.incoming import Incoming
from reporting.pace import Limits
from storage.messages.delivery import Mark
from storage.messages.inbox import Heard
from storage.messages.sent_counts import count_sent, sent_in_month

logger = logging.getLogger(__name__)

KNOCK = 5.0
"""Seconds between two tries to reach Zalo at the start."""


class Zalo:
    """A bot at Zalo. `write`, `now`, `publish`: see ZaloSpeaker; `hear` stores what came."""

    channel = ZALO

    def __init__(
        self,
        settings: Settings,
        hear: Hear,
        write: Write,
        now: Callable[[], datetime],
        publish: Publish = published_nowhere,
        limits: Limits | None = None,
        observer: Observer | None = None,
    ) -> None:
        self.settings, self.own, self.username = settings, settings.of(ZaloSettings), ""
        self._client = ZaloClient(self.own.zalo_token, self.own.zalo_api_url)
        self.speaker = ZaloSpeaker(
            self._client,
            self.own.zalo_token,
            write,
            now,
            meter=self._metered,
            publish=publish,
            limits=limits,
            observer=observer,
        )

        async def hears(updates: Sequence[str]) -> None:
            await hear(updates, ZALO.name)

        self.ear = ZaloEar(self._client, hears, self.own.zalo_token)

    def _metered(self, connection: Connection, marks: Sequence[Mark], now: datetime) -> int:
        """Counts what was sent against the plan; what may still be said of it."""
        on = now.astimezone(self.settings.zone).date()
        count_sent(connection, ZALO.name, marks, on)
        return self.own.plan.rank_allowed(sent_in_month(connection, ZALO.name, on))

    async def prepare(self) -> None:
        """Learns who the bot is, and that Zalo knows its token."""
        try:
            await self._prepare()
        except BaseException:
            await self._client.close()
            raise

    async def _prepare(self) -> None:
        while not self.username:
            try:
                me = await self._client.call("getMe")
                self.username = self.own.zalo_name or str(me["account_name"])
            except ZaloError as error:
                if error.code == 401:
                    raise PermissionError(without([self.own.zalo_token], str(error))) from None
                await self._knock(error)
            except WireError as error:
                await self._knock(error)

    async def _knock(self, error: Exception) -> None:
        why = without([self.own.zalo_token], str(error))
        logger.warning("Zalo is not reached (%s). Trying again in %g s.", why, KNOCK)
        await asyncio.sleep(KNOCK)

    async def hear(self) -> None:
        """Is called where the settings name a webhook; else polls, which is for trials."""
        own = self.own
        if not own.zalo_webhook_url:
            await self.ear.poll()
        else:
            path, url = urlsplit(own.zalo_webhook_url).path or "/", own.zalo_webhook_url
            await self.ear.webhook(own.zalo_webhook_listen, own.zalo_webhook_secret, path, url)

    async def speak(self) -> None:
        try:
            await self.speaker.run()
        finally:
            await self._client.close()

    def wake(self) -> None:
        self.speaker.wake()

    def heard(self, raw: str) -> Heard:
        return zalo_heard(raw)

    def decode(self, raw: str) -> Incoming | None:
        return decode_zalo(raw, self.own.zalo_name)

    def is_own_chat(self, address: str) -> bool:
        return not address.startswith(IN_GROUP)

    async def set_common_menu(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        """Zalo has none."""
