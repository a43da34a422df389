"""The settings of e-mail: how mails leave, and where answers come in."""

import re
from email.headerregistry import Address
from ipaddress import ip_address
from typing import Literal

from pydantic import Field, field_validator

from bot.settings import ChannelSettings, ListeningAddress, Settings
from reporting.errors import Refused

TlsKind = Literal["implicit", "starttls", "none"]
IMPLICIT_TLS_PORT = 465
TLS_SPELLED: dict[str, TlsKind] = {"tls": "implicit", "starttls": "starttls", "none": "none"}
_FROM = re.compile(r"(?:(?P<name>[^<>\r\n]*)<)?(?P<box>[A-Za-z0-9._%-]{1,31}@[A-Za-z0-9.-]{1,200})>?")
"""The name of the mailbox is short: the token of a reply address stands behind it, and 64 letters are all there is."""


class MailSettings(ChannelSettings):
    """`smtp_*`: the server that takes our mails; `mail_*`: what comes in."""

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: str = ""
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_from: str = ""
    mail_listen: ListeningAddress = "127.0.0.1:8025"
    mail_reply_to: str = ""

    @field_validator("smtp_tls")
    @classmethod
    def _is_a_kind(cls, kind: str) -> str:
        if kind and kind.lower() not in TLS_SPELLED:
            raise ValueError("setting_smtp_tls")
        return kind.lower()

    @field_validator("smtp_from")
    @classmethod
    def _is_a_sender(cls, sender: str) -> str:
        if sender and not _FROM.fullmatch(sender):
            raise ValueError("setting_mailbox")
        return sender

    @field_validator("mail_reply_to")
    @classmethod
    def _is_a_mailbox(cls, mailbox: str) -> str:
        found = _FROM.fullmatch(mailbox)
        if mailbox and (found is None or found["name"] is not None):
            raise ValueError("setting_mailbox")
        return mailbox

    @property
    def is_at_home(self) -> bool:
        """Whether the server is on this machine, to which nobody else listens."""
        try:
            return self.smtp_host == "localhost" or ip_address(self.smtp_host).is_loopback
        except ValueError:
            return False

    @property
    def tls(self) -> TlsKind:
        """How the way to the server is kept from others."""
        if self.smtp_tls:
            return TLS_SPELLED[self.smtp_tls]
        if self.smtp_port == IMPLICIT_TLS_PORT:
            return "implicit"
        return "none" if self.is_at_home else "starttls"

    @property
    def sender(self) -> Address:
        """Whom mails are from."""
        found = _FROM.fullmatch(self.smtp_from)
        assert found is not None
        return Address((found["name"] or "").strip(' "'), addr_spec=found["box"])

    @property
    def mailbox(self) -> str:
        """At which answers come in, before their tokens."""
        return self.mail_reply_to or self.sender.addr_spec


def refuse_mail(settings: Settings) -> None:
    """Raises Refused where e-mail is wanted and something is missing for it."""
    mail = settings.of(MailSettings)
    if not mail.smtp_host:
        return
    if not mail.smtp_from:
        raise Refused("mail_from_missing")
    if not (settings.link_secret or settings.bot_token):
        raise Refused("mail_secret_missing")
    if mail.smtp_password and mail.tls == "none" and not mail.is_at_home:
        raise Refused("mail_password_open", host=mail.smtp_host)
