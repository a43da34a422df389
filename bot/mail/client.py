"""The server that takes our mails: a connection that is kept for a while, and what its answers mean."""

import asyncio
from contextlib import suppress

import aiosmtplib
from aiosmtplib import SMTP

from bot.mail.composing import Enveloped
from bot.mail.settings import MailSettings
from reporting.retries import DeliveryProblem, NotSent, Outcome, Said, TooMany, Uncertain, Unreachable

SECONDS = 30.0
"""So long any one answer is waited for."""
MOST_ON_ONE = 50
"""So many mails go over one connection."""
IDLE_SECONDS = 5.0
LATER_SECONDS = 300.0
"""A server that says «later» (4xx: greylisting, say) is asked again about that address after so long."""
CLOSING = 421


class TooLarge(Exception):
    """The server has said how large a mail may be, and this one is larger."""


class MailClient:
    """One mail at a time. `send` never raises but TooLarge: what became of the mail is an outcome."""

    def __init__(self, settings: MailSettings, seconds: float = SECONDS) -> None:
        self._settings, self._seconds = settings, seconds
        self._lock = asyncio.Lock()
        self._smtp: SMTP | None = None
        self._sent = 0
        self._idle: asyncio.TimerHandle | None = None

    async def send(self, what: Enveloped) -> Outcome:
        """Hands the mail over; Said when the server has taken it."""
        async with self._lock:
            try:
                smtp = await self._connected()
            except (aiosmtplib.SMTPException, OSError, ValueError) as error:
                await self._hang_up()
                return NotSent(_why(error))
            content = what.mail.as_bytes()
            limit = smtp.esmtp_extensions.get("size", "")
            if limit.isdecimal() and 0 < int(limit) < len(content):
                raise TooLarge(limit)
            outcome = await self._handed_over(smtp, what, content)
            self._sent += 1
            if isinstance(outcome, NotSent | Uncertain) or self._sent >= MOST_ON_ONE:
                await self._hang_up()
            else:
                await self._next_or_idle(smtp, outcome)
            return outcome

    async def _handed_over(self, smtp: SMTP, what: Enveloped, content: bytes) -> Outcome:
        try:
            await smtp.mail(what.sender)
            await smtp.rcpt(what.to)
        except aiosmtplib.SMTPRecipientRefused as error:
            return recipient_refused(error.code, error.message)
        except (aiosmtplib.SMTPException, OSError) as error:
            return NotSent(_why(error))
        try:
            await smtp.data(content)
        except aiosmtplib.SMTPDataError as error:
            return mail_refused(error.code, error.message)
        except (aiosmtplib.SMTPException, OSError) as error:
            return Uncertain(_why(error))
        return Said(what.message_id)

    async def _connected(self) -> SMTP:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if self._smtp is not None and self._smtp.is_connected:
            return self._smtp
        await self._hang_up()
        mail = self._settings
        smtp = SMTP(
            hostname=mail.smtp_host,
            port=mail.smtp_port,
            use_tls=mail.tls == "implicit",
            start_tls=mail.tls == "starttls",
            timeout=self._seconds,
        )
        await smtp.connect()
        self._smtp, self._sent = smtp, 0
        await smtp.ehlo()
        if mail.smtp_user:
            await smtp.login(mail.smtp_user, mail.smtp_password)
        return smtp

    async def _next_or_idle(self, smtp: SMTP, outcome: Outcome) -> None:
        """The connection is as new for the next mail, and is given up if none comes soon."""
        if not isinstance(outcome, Said):
            try:
                await smtp.rset()
            except (aiosmtplib.SMTPException, OSError):
                await self._hang_up()
                return
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, smtp.close)

    async def _hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None and smtp.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError):
                await smtp.quit(timeout=2)
            smtp.close()

    async def close(self) -> None:
        """Ends the connection; a mail on its way is waited for."""
        if self._idle is not None:
            self._idle.cancel()
        async with self._lock:
            await self._hang_up()


def recipient_refused(code: int, why: str) -> Outcome:
    """What it means for the message that its address was refused. A refusal for the server's policy (5.7) is not the address's."""
    said = f"{code} {why}"
    if code == CLOSING:
        return NotSent(said)
    if code < 500:
        return TooMany(LATER_SECONDS, said)
    return DeliveryProblem(said) if why.startswith("5.7.") else Unreachable(said)


def mail_refused(code: int, why: str) -> Outcome:
    """What it means that the mail itself was refused: the server has not taken it."""
    said = f"{code} {why}"
    if code == CLOSING:
        return NotSent(said)
    return TooMany(LATER_SECONDS, said) if code < 500 else DeliveryProblem(said)


def _why(error: Exception) -> str:
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"
    return f"{type(error).__name__}: {error}"
