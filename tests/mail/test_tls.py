"""STARTTLS with a certificate that was really made: what is trusted is used, what is not gets neither mail nor password."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor.findings import Finding, Health, Surroundings
from bot.mail.doctor_check import check_email
from bot.mail.settings import MailSettings
from bot.settings import Settings
from reporting.retries import NotSent, Said
from reporting.translator import LANGUAGES, translator
from tests.environment import not_on_this_machine
from tests.mail.mail_server import StrictMailServer
from tests.mail.test_client import NAM, client, mail

TLS = {"smtp_tls": "starttls", "smtp_user": "giaoban", "smtp_password": "s3cret"}
NOW = datetime(2021, 11, 10, tzinfo=UTC)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of 127.0.0.1, signed by itself; its key stands beside it."""
    if shutil.which("openssl") is None:
        not_on_this_machine("openssl")
    made = tmp_path / "cert.pem"
    how = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=mail.test"
    of = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(tmp_path / "key.pem"), "-out", str(made)]
    subprocess.run(["openssl", *how.split(" "), *of], check=True, capture_output=True)
    return made


@pytest.fixture
async def server(certificate: Path) -> AsyncIterator[StrictMailServer]:
    made = StrictMailServer()
    made.mailbox(NAM)
    made.password, made.certified = "s3cret", ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.certified.load_cert_chain(certificate, certificate.with_name("key.pem"))
    await made.start()
    yield made
    await made.stop()


async def doctors(server: StrictMailServer) -> Finding:
    own = MailSettings(
        smtp_host="127.0.0.1", smtp_port=server.port, smtp_from="a@b.test", mail_listen="127.0.0.1:1", _env_file=None
    )
    settings = Settings(_env_file=None).with_own(own.model_copy(update=TLS))
    found = await asyncio.to_thread(check_email, Surroundings(settings, NOW, None))
    for language in LANGUAGES:
        words = translator(language)
        assert words.plain(found.key, **found.values)
        assert words.plain(f"{found.key}_advice")
    return found


async def test_a_trusted_certificate_carries_the_password_and_the_mail(
    server: StrictMailServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    ours = client(server, **TLS)
    assert isinstance(await ours.send(mail()), Said)
    await ours.close()
    assert (len(server.mailboxes[NAM]), len(server.ciphers)) == (1, 1)
    found = await doctors(server)
    assert (found.health, found.key) == (Health.WARNING, "doctor_email_deaf")  # the server is well; nobody listens here


async def test_a_certificate_that_nobody_vouches_for_gets_nothing_and_the_doctor_says_why(
    server: StrictMailServer,
) -> None:
    server.wants_tls = False  # it would take both without
    ours = client(server, **TLS)
    outcome = await ours.send(mail())
    assert isinstance(outcome, NotSent)
    assert "certificate" in outcome.why
    await ours.close()
    assert (len(server.mailboxes[NAM]), server.logins) == (0, [])
    found = await doctors(server)
    assert (found.health, found.key) == (Health.FAILURE, "doctor_email_untrusted")
    assert "self-signed" in str(found.values["why"])


async def test_a_server_without_starttls_gets_nothing_either(server: StrictMailServer) -> None:
    server.certified = None
    ours = client(server, **TLS)
    assert isinstance(await ours.send(mail()), NotSent)
    await ours.close()
    assert (len(server.mailboxes[NAM]), server.logins) == (0, [])
    assert (await doctors(server)).key == "doctor_email_open"
