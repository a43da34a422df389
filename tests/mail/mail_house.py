"""The house beside Telegram and a mail server, and somebody who reads and answers mails."""

import asyncio
import re
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import aiosmtplib

from bot.mail.composing import ENCODED
from bot.mail.listener import MailListener
from bot.mail.messenger import Mail
from bot.mail.settings import MailSettings
from reporting.people import Role
from simulator import Simulator
from storage.database.tables import metadata
from tests.conversations.house import House, Talker
from tests.mail.mail_server import StrictMailServer

OURS = "giaoban@huyen.test"
FOOT = "\n\n-- \n"
WIRE = ENCODED


def told_in(mail: EmailMessage) -> str:
    """What the mail says above its foot."""
    body = mail.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    assert FOOT in text.replace("\r\n", "\n")
    return text.replace("\r\n", "\n").split(FOOT)[0]


def answer_to(mail: EmailMessage, text: str, sender: str) -> EmailMessage:
    """As a mail program answers: with its subject, its thread, and what is answered quoted below."""
    answer = EmailMessage(policy=WIRE)
    answer["From"], answer["To"] = sender, str(mail["Reply-To"])
    answer["Subject"] = f"Re: {mail['Subject']}"
    answer["Message-ID"] = make_msgid(domain="xa.test")
    answer["In-Reply-To"] = str(mail["Message-ID"])
    quoted = "\n".join(f"> {line}" for line in told_in(mail).split("\n"))
    answer.set_content(f"{text}\n\nVào Th 4, 10 thg 11, 2021 vào lúc 16:00 Giao Ban <{OURS}>\nđã viết:\n\n{quoted}\n")
    return answer


class MailReader:
    """Somebody with a mailbox; what he gets is taken mail by mail."""

    def __init__(self, house: "MailHouse", address: str) -> None:
        self.house, self.address = house, address
        self.box = house.server.mailbox(address)
        self.last: EmailMessage | None = None

    def gets(self, *fragments: str) -> EmailMessage:
        """The next mail, which has all of these in its subject or text."""
        assert self.box, f"{self.address} gets nothing, though {fragments} was expected"
        mail = self.box.popleft()
        shown = f"{mail['Subject']}\n{told_in(mail)}"
        for fragment in fragments:
            assert fragment in shown, f"{fragment!r} is not in:\n{shown}"
        assert str(mail["To"]) == self.address
        self.last = mail
        return mail

    def gets_nothing(self) -> None:
        assert [str(mail["Subject"]) for mail in self.box] == []

    async def answers(self, text: str) -> EmailMessage:
        """Answers the mail that he has read last."""
        assert self.last is not None
        mail = answer_to(self.last, text, self.address)
        await self.house.hands_over(mail)
        return mail


class MailHouse(House):
    """The bot at Telegram and, by e-mail, behind the office's server."""

    def __init__(self, simulator: Simulator, database_url: str, server: StrictMailServer, port: int) -> None:
        super().__init__(simulator, database_url)
        self.server, self.readers, self.port = server, list[MailReader](), port
        self.settings = self.settings.with_own(
            MailSettings(
                smtp_host="127.0.0.1",
                smtp_port=server.port,
                smtp_from=f"Giao Ban <{OURS}>",
                mail_listen=f"127.0.0.1:{port}",
                _env_file=None,
            )
        )

    @property
    def mail(self) -> Mail:
        (found,) = [each for each in self.running.messengers if isinstance(each, Mail)]
        return found

    @property
    def listener(self) -> MailListener:
        return self.mail.listener

    def reader(self, address: str) -> MailReader:
        reader = MailReader(self, address)
        self.readers.append(reader)
        return reader

    async def hands_over(self, mail: EmailMessage, sender: str | None = None, to: str = "") -> None:
        """The office's server gives the bot a mail, and everything that follows is done. Raises what aiosmtplib raises."""
        await self.deliver(mail, sender, to)
        await self.settled()

    async def deliver(self, mail: EmailMessage, sender: str | None = None, to: str = "") -> None:
        """The same, without waiting for what follows."""
        where = re.findall(r"[^\s<>]+@[^\s<>]+", to or str(mail["To"]))
        by = re.findall(r"[^\s<>]+@[^\s<>]+", str(mail["From"]))[0] if sender is None else sender
        await self._over_the_wire(mail.as_bytes(), by, where)

    async def hands_over_bytes(self, wire: bytes, sender: str, to: str) -> None:
        """The same of a mail that no library would make."""
        await self._over_the_wire(wire, sender, [to])
        await self.settled()

    async def _over_the_wire(self, wire: bytes, sender: str, to: list[str]) -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=self.port) as smtp:
            await smtp.mail(sender)
            for each in to:
                await smtp.rcpt(each)
            await smtp.data(wire)

    async def rows(self, table: str) -> list[Any]:
        """The rows of a table."""
        return await self.running.clerk.write(
            lambda connection: list(connection.execute(metadata.tables[table].select()))
        )

    async def start(self) -> None:
        await super().start()
        await asyncio.wait_for(self.listener.opened.wait(), 60)

    async def linked(
        self, name: str = "Lê Văn Nam", address: str = "nam@xa.test", role: Role = "reporter", code: str = "15742"
    ) -> tuple[Talker, MailReader]:
        """Somebody at Telegram, a reporter of Thọ Dân where nothing else is said, who has linked his mail address."""
        nam = await self.joined(name, role, code)
        reader = self.reader(address)
        await nam.says(f"/lienket email {address}")
        nam.hears(f"gửi thư đến {address}")
        mark = re.findall(r"mã (\d{12})", told_in(reader.gets(name, "trả lời thư này trong 30 phút")))[0]
        await reader.answers(f"Mã {mark}")
        reader.gets(f"Đã liên kết với đồng chí {name}", "Telegram trước", "/lienket email")
        nam.hears("liên kết thêm với Email")
        return nam, reader

    async def prefers_mail(self, name: str = "Lê Văn Nam", address: str = "nam@xa.test") -> MailReader:
        """The same, who wants to hear by mail first."""
        nam, reader = await self.linked(name, address)
        await nam.says("/lienket email")
        nam.hears("qua: Email, Telegram")
        return reader

    def finish(self) -> None:
        super().finish()
        for reader in self.readers:
            reader.gets_nothing()
