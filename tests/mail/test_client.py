"""What the server's answers mean for a message, over real SMTP: a password, a size, a policy, nobody there."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.headerregistry import Address as MailAddress

import pytest

from bot.mail.client import MailClient, TooLarge, mail_refused, recipient_refused
from bot.mail.composing import Enveloped, compose
from bot.mail.settings import MailSettings
from reporting.people import Address
from reporting.retries import DeliveryProblem, NotSent, Said, TooMany, Unreachable
from reporting.say import Say
from tests.mail.mail_server import StrictMailServer

NAM = "nam@xa.test"


@pytest.fixture
async def server() -> AsyncIterator[StrictMailServer]:
    made = StrictMailServer()
    made.mailbox(NAM)
    await made.start()
    yield made
    await made.stop()


def client(server: StrictMailServer, **more: object) -> MailClient:
    given = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_from": "giaoban@huyen.test", **more}
    return MailClient(MailSettings(_env_file=None, **given))  # type: ignore[arg-type]  # a test's own


def mail(text: str = "Báo cáo", to: str = NAM, row_id: int = 1) -> Enveloped:
    return compose(
        Say(Address("email", to), text),
        row_id=row_id,
        sender=MailAddress("Giao Ban", addr_spec="giaoban@huyen.test"),
        reply_to="giaoban+a@huyen.test",
        bounce_to="giaoban+b@huyen.test",
        now=datetime(2021, 11, 10, tzinfo=UTC),
        foot="Chân thư",
    )


async def test_mails_go_over_one_connection_and_a_refusal_leaves_it_good(
    server: StrictMailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.mail.client.IDLE_SECONDS", 600.0)  # on a slow machine the next is no sooner
    ours = client(server)
    outcomes = [await ours.send(mail(to=to)) for to in (NAM, "nobody@xa.test", NAM)]
    assert [type(each) for each in outcomes] == [Said, Unreachable, Said]
    assert (len(server.mailboxes[NAM]), server.connections) == (2, 1)
    await ours.close()


async def test_a_password_is_asked_for_and_a_wrong_one_is_no_fault_of_the_message(server: StrictMailServer) -> None:
    server.password = "s3cret"
    for more, expected in (
        ({"smtp_user": "giaoban", "smtp_password": "s3cret"}, Said),
        ({"smtp_user": "giaoban", "smtp_password": "wrong"}, NotSent),
        ({}, NotSent),
    ):
        ours = client(server, **more)
        assert type(await ours.send(mail())) is expected
        await ours.close()
    assert len(server.mailboxes[NAM]) == 1


async def test_what_is_too_large_is_known_before_it_is_sent(server: StrictMailServer) -> None:
    server.limit = 2000
    ours = client(server)
    with pytest.raises(TooLarge, match="2000"):
        await ours.send(mail("Dài. " * 1000))
    assert isinstance(await ours.send(mail()), Said)
    await ours.close()


async def test_nobody_there_is_no_attempt_and_the_next_mail_finds_the_server_again(server: StrictMailServer) -> None:
    ours = client(server)
    assert isinstance(await ours.send(mail()), Said)
    await ours.close()
    await server.stop()
    assert isinstance(await ours.send(mail(row_id=2)), NotSent)
    await server.start()
    assert isinstance(await ours.send(mail(row_id=2)), Said)
    await asyncio.wait_for(ours.close(), 60)


@pytest.mark.parametrize(
    ("code", "why", "expected"),
    [
        (550, "5.1.1 No such user", Unreachable),
        (554, "5.7.1 Relay access denied", DeliveryProblem),
        (451, "4.7.1 Greylisted", TooMany),
        (452, "4.2.2 Mailbox full", TooMany),
        (421, "4.3.0 Closing", NotSent),
    ],
)
def test_what_a_refused_address_means(code: int, why: str, expected: type) -> None:
    assert type(recipient_refused(code, why)) is expected


@pytest.mark.parametrize(
    ("code", "expected"), [(554, DeliveryProblem), (552, DeliveryProblem), (451, TooMany), (421, NotSent)]
)
def test_what_a_refused_mail_means(code: int, expected: type) -> None:
    assert type(mail_refused(code, "why")) is expected
