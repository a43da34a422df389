"""The listener to which the office's mail server hands over what comes for us; it is answered «taken» when it is stored."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Connection

from bot.mail.channel import MAIL
from bot.mail.reading import IncomingMail, read_mail
from bot.mail.reply_address import ReplyAddresses, ReplyKind, ReplyToken, answerer
from bot.running.outbox_worker import Write
from reporting.people import Address
from reporting.throttle import Throttle
from storage.messages import delivery
from storage.organisation import addresses

log = logging.getLogger(__name__)

LARGEST = 11_000_000
"""Bytes of a mail: a little more than Postfix takes, which so refuses it while its sender is still there."""
MOST_RECIPIENTS = 20
MOST_AN_HOUR = 120
"""Mails of one person that are taken: whatever answers ours by itself and does not say so is slowed down to that."""
SECONDS = 60.0
MANY = 50
"""From so many on every so-manieth is told: a flood of mails is none of the log."""
TAKEN = "250 2.0.0 Taken"
NOT_SO_FAST = "450 4.7.1 Too many of one person within the hour, say it again later"
NOT_NOW = "451 4.3.0 Not kept, say it again"
NOT_HERE = "550 5.1.1 Nobody of that name here"

Hear = Callable[[Sequence[str]], Awaitable[None]]


class MailListener:
    """`hear` stores what came (JSON) and returns when it is committed. `dropped`: how many mails were not answered to, and why;
    `throttle`: how many of one person are taken, and how fast.

    Nothing is ever said to whoever a mail says that it is from: it may be forged, and he would get what he never asked for.
    """

    def __init__(
        self, found: ReplyAddresses, hear: Hear, write: Write, now: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        self._found, self._hear, self._write, self._now, self._zone = found, hear, write, now, zone
        self.throttle = Throttle(MOST_AN_HOUR, timedelta(hours=1))
        self.dropped = Counter[str]()
        self.opened = asyncio.Event()

    async def listen(self, host: str, port: int) -> asyncio.Server:
        """A server that takes mails. Raises OSError where it cannot listen."""
        loop = asyncio.get_running_loop()
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd's: it writes every line that it is told

        def session() -> SMTP:
            return SMTP(
                self,
                data_size_limit=LARGEST,
                enable_SMTPUTF8=True,
                hostname=self._found.domain,
                ident="giaoban",
                timeout=SECONDS,
                loop=loop,
            )

        server = await loop.create_server(session, host, port)
        self.opened.set()
        return server

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Any mail to our mailbox is let in, with a good token or without one: a refusal would go to a sender who may be forged."""
        if not self._found.is_ours(address):
            return NOT_HERE
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd calls it so
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            sender, recipients = envelope.mail_from or "", tuple(envelope.rcpt_tos)
            mail = await asyncio.to_thread(read_mail, content, sender, recipients)
            return await self.receive(mail)
        except Exception:
            log.exception("A mail could not be kept; the mail server may hand it over again.")
            return NOT_NOW

    async def receive(self, mail: IncomingMail) -> str:
        """Stores an answer, notes a mail of ours that came back, and drops anything else; returns when that is committed, with
        what the mail server is told: whatever it is told is taken is stored, or is no answer.
        """
        tokens = [token for each in mail.to if (token := self._found.token_of(each)) is not None]
        if mail.failure:
            await self._came_back(mail, tokens)
            return TAKEN
        if mail.is_automatic:
            self._drop("automatic")
            return TAKEN
        at = await self._write(lambda connection: self._answerer(connection, mail, tokens))
        if at is None:
            self._drop("no valid token")
            return TAKEN
        if self.throttle.of(Address(MAIL.name, at), self._now()) != "answer":
            return NOT_SO_FAST
        if mail.claimed != at:
            log.info("An answer came from another address than the one that its token was given to; the token counts.")
        await self._hear([_stored(mail, at)])
        return TAKEN

    def _answerer(self, connection: Connection, mail: IncomingMail, tokens: Sequence[ReplyToken]) -> str | None:
        def of_person(person_id: int) -> list[str]:
            found = addresses.addresses_of(connection, person_id)
            return [each.at.address for each in found if each.at.channel == MAIL.name]

        on = self._now().astimezone(self._zone).date()
        return answerer(self._found, tokens, mail.claimed, of_person, on)

    async def _came_back(self, mail: IncomingMail, tokens: Sequence[ReplyToken]) -> None:
        for token in tokens:
            if token.kind is ReplyKind.BOUNCE and self._found.is_for(token, ""):
                row_id, why, now = token.number, mail.failure, self._now()
                await self._write(lambda c: delivery.came_back(c, MAIL.name, row_id, why, now))  # noqa: B023  # it is awaited here
                return
        self._drop("no valid token")

    def _drop(self, why: str) -> None:
        self.dropped[why] += 1
        if self.dropped[why] < MANY or self.dropped[why] % MANY == 0:
            log.warning("A mail was dropped, nobody is answered: %s (%d since the start).", why, self.dropped[why])


def _stored(mail: IncomingMail, at: str) -> str:
    """What the inbox keeps of it."""
    kept: dict[str, Any] = {
        "id": mail.id,
        "address": at,
        "text": mail.text,
        "subject": mail.subject,
        "reference": mail.reference,
        "files": mail.files,
    }
    return json.dumps(kept, ensure_ascii=False)
