"""A strict mail server on loopback: it knows its mailboxes, may want a password, says «later», breaks off, and has a limit."""

import asyncio
import ssl
from collections import defaultdict, deque
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.ports import free_port

Break = Literal["", "before data", "after data"]


class StrictMailServer:
    """`mailboxes`: by their addresses, what came; `greylists`: addresses that are taken at the second try only; `breaks`: where the
    next connections break off, one after the other; `password`: what it wants, with the user «giaoban»; `limit`: bytes of a mail;
    `certified`: it offers STARTTLS; `wants_tls`: then it takes no mail without it. `logins`: who has said a password, right or wrong.
    """

    def __init__(self) -> None:
        self.mailboxes: dict[str, deque[EmailMessage]] = {}
        self.all_taken: list[EmailMessage] = []
        self.greylists, self.breaks = set[str](), deque[Break]()
        self.refusals: dict[str, str] = {}
        self.password, self.limit = "", 10_000_000
        self.certified: ssl.SSLContext | None = None
        self.wants_tls = True
        self.logins = list[object]()
        self.ciphers = list[str]()
        self.envelopes = list[tuple[str, str]]()
        self.connections = 0
        self.tries: dict[str, int] = defaultdict(int)
        self._server: asyncio.Server | None = None
        self.port = free_port()

    def mailbox(self, address: str) -> deque[EmailMessage]:
        """Opens it, if it is not there yet."""
        return self.mailboxes.setdefault(address, deque())

    async def start(self) -> None:
        """Listens, at the same port each time."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._session, "127.0.0.1", self.port)

    async def stop(self) -> None:
        """Nobody can connect any more."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _session(self) -> SMTP:
        self.connections += 1
        return SMTP(
            self,
            hostname="mail.test",
            data_size_limit=self.limit,
            authenticator=self._knows,
            auth_require_tls=self.certified is not None and self.wants_tls,
            tls_context=self.certified,
            require_starttls=self.certified is not None and self.wants_tls,
            loop=asyncio.get_running_loop(),
        )

    def _knows(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.logins.append(data)
        is_known = isinstance(data, LoginPassword) and data == LoginPassword(b"giaoban", self.password.encode())
        return AuthResult(success=is_known, handled=False)

    async def handle_MAIL(  # noqa: N802  # aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.password and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tries[address] += 1
        if self.breaks and self.breaks[0] == "before data":
            self.breaks.popleft()
            _break_off(server)
        if address in self.refusals:
            return self.refusals[address]
        if address not in self.mailboxes:
            return "550 5.1.1 No such user"
        if address in self.greylists:
            self.greylists.discard(address)
            return "451 4.7.1 Greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        if session.ssl:
            self.ciphers.append(session.ssl["cipher"][0])
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        assert not mail.defects
        assert envelope.content.isascii()
        assert all(len(line) <= 998 for line in envelope.content.split(b"\r\n"))
        for address in envelope.rcpt_tos:
            self.mailboxes[address].append(mail)
            self.envelopes.append((envelope.mail_from or "", address))
        self.all_taken.append(mail)
        if self.breaks and self.breaks[0] == "after data":
            self.breaks.popleft()
            _break_off(server)
        return "250 OK taken"


def _break_off(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
