"""E-mail as one of the program's messengers: its listener, its decoder and its speaker, wired together."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence

from bot.cli.system_errors import of_system
from bot.mail.channel import MAIL
from bot.mail.composing import HeardLast
from bot.mail.listener import MailListener
from bot.mail.reply_address import ReplyAddresses, mail_key
from bot.mail.settings import MailSettings
from bot.mail.speaker import MailSpeaker
from bot.mail.updates import decode_mail, mail_heard
from bot.running.channel_folder import ChannelNeeds
from reporting.errors import Refused
from reporting.incoming import Incoming
from storage.messages.inbox import Heard

logger = logging.getLogger(__name__)

MOST_REMEMBERED = 5000


class Mail:
    """The office's mailbox. There is nobody to ask who we are: it can be heard and spoken at once."""

    channel = MAIL

    def __init__(self, needs: ChannelNeeds) -> None:
        settings = needs.settings
        self._mail = settings.of(MailSettings)
        self.username = self._mail.mailbox
        self._heard_last = OrderedDict[str, HeardLast]()
        found = ReplyAddresses(self._mail.mailbox, mail_key(settings.link_secret or settings.bot_token))
        self.speaker = MailSpeaker(
            self._mail,
            found,
            needs.write,
            needs.now,
            needs.draw,
            settings.zone,
            self._heard_last,
            language=settings.language,
            publish=needs.publish,
            limits=needs.limits,
            observer=needs.observer,
        )

        async def hears(updates: Sequence[str]) -> None:
            await needs.hear(updates, MAIL.name)

        self.listener = MailListener(found, hears, needs.write, needs.now, settings.zone)

    async def prepare(self) -> None:
        """Nothing has to be learnt."""

    async def hear(self) -> None:
        """Is handed over what comes in, by the office's mail server. Raises Refused where it cannot listen."""
        host, _, port = self._mail.mail_listen.rpartition(":")
        try:
            server = await self.listener.listen(host, int(port))
        except OSError as error:
            raise Refused("open_cannot_listen", listen=self._mail.mail_listen, why=of_system(error)) from None
        logger.info("Mails to %s are taken at %s.", self.username, self._mail.mail_listen)
        try:
            await asyncio.Event().wait()
        finally:
            server.close()

    async def speak(self) -> None:
        await self.speaker.run()

    def wake(self) -> None:
        self.speaker.wake()

    def heard(self, raw: str) -> Heard:
        return mail_heard(raw)

    def decode(self, raw: str) -> Incoming | None:
        incoming, last = decode_mail(raw)
        self._heard_last[incoming.chat.address] = last
        if len(self._heard_last) > MOST_REMEMBERED:
            self._heard_last.popitem(last=False)
        return incoming

    def is_own_chat(self, address: str) -> bool:
        return True

    async def set_common_menu(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        """E-mail has none."""
