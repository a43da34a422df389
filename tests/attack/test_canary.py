"""Secrets that must never appear: after a day on which everything fails and quotes what it was sent, they stand nowhere."""

import asyncio
import gzip
import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from sqlalchemy import Connection

from bot.cli.main import main
from bot.mail.settings import MailSettings
from bot.running.logs import hidden_of_channels
from bot.running.redaction import HIDDEN, Redaction
from bot.settings import Settings
from bot.zalo.settings import ZaloSettings
from reporting.people import Address
from reporting.say import Say
from services.portal_targets import use_mapping
from simulator import Simulator
from simulator.zalo import ZaloSimulator
from storage.messages import outbox
from tests.attack.canaries import PASSWORD_IN, PORTAL, canaries, canary, found_in, secret_fields, settings_classes
from tests.attack.quoting_servers import quoting_mail_server, quoting_portal
from tests.conversations.house import START, fills_in, prepare
from tests.conversations.test_portal import MAPPING
from tests.desk_page.conftest import Browser, link_for
from tests.ports import free_port
from tests.sqlite import fresh_sqlite
from tests.zalo.roads import TwoRoads


def test_every_setting_that_is_a_secret_is_hidden_from_the_log() -> None:
    addresses: dict[str, Any] = {name: f"https://giaoban:{canary(name)}@example.test/x" for name in PASSWORD_IN}
    settings, *owns = (kind(**canaries(kind), **(addresses if kind is Settings else {})) for kind in settings_classes())
    assert isinstance(settings, Settings)
    for own in owns:
        settings = settings.with_own(own)
    hidden = {*settings.secrets, *hidden_of_channels(settings)}
    assert {canary(name) for name in (*secret_fields(), *PASSWORD_IN)} <= hidden


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, by a handler as the program's own is."""
    stream = io.StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.addFilter(Redaction())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


async def test_after_a_day_of_faults_that_quote_what_they_got_no_secret_stands_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "giaoban.db"
    url = fresh_sqlite(database, prepare)
    monkeypatch.setenv(PORTAL, canary(PORTAL))
    async with (
        Simulator(start=START, seed=1) as simulator,
        ZaloSimulator(canary("zalo_token"), clock=simulator.clock) as zalo,
        quoting_portal() as portal,
        quoting_mail_server() as mail_port,
    ):
        simulator.clock.run(0)
        simulator.bot(canary("bot_token"))
        house = TwoRoads(simulator, url, zalo, free_port())
        own = with_canaries(house, mail_port)
        await house.start()
        shown = await day_of_faults(house, portal)
        shown |= await commands(house, own, tmp_path, monkeypatch, capsys)
        await house.stop()
        house.settings = house.settings.model_copy(
            update={"bot_proxy": f"http://giaoban:{canary('bot_proxy')}@127.0.0.1:1"}
        )
        await house.start()
        await house.stop()
        for talker in house.talkers:
            shown[f"what {talker.person.name} reads"] = "\n".join(each.text for each in talker.person.reads()).encode()
    shown["log"] = log.getvalue().encode()
    shown |= files(tmp_path)
    told = {each.rsplit(":", 1)[-1].lstrip("0123456789") for each, content in shown.items() if content}
    assert {"log", "giaoban.db", "copy.gz", "audit.csv", "figures.csv", "/metrics", "/audit"} <= told
    assert any(each.startswith("doctor, away") for each in told)
    quoted = [each for each, content in shown.items() if HIDDEN.encode() in content]
    assert {"log", "giaoban.db", "copy.gz", "what Đỗ Văn Bàn reads"} <= set(quoted), "what was quoted has come there"
    assert [each for name, content in shown.items() for each in found_in(name, content)] == []


def with_canaries(house: TwoRoads, mail_port: int) -> MailSettings:
    """Every setting that is a secret is one of its own; mail's settings come out."""
    own = MailSettings(
        smtp_host="127.0.0.1", smtp_port=mail_port, smtp_tls="none", smtp_user="giaoban",
        smtp_password=canary("smtp_password"), smtp_from="a@huyen.test", mail_listen=f"127.0.0.1:{free_port()}",
        _env_file=None,
    )  # fmt: skip
    pages = f"127.0.0.1:{free_port()}"
    around: dict[str, Any] = {
        "desk_listen": "127.0.0.1:0",
        "open_data_listen": pages,
        "public_url": f"http://{pages}",
    }
    around |= {"portal_private_addresses": True}
    around |= {name: canary(name) for name in ("bot_token", "webhook_secret", "link_secret")}
    by_zalo = house.settings.of(ZaloSettings)
    by_zalo = by_zalo.model_copy(update={"zalo_webhook_secret": canary("zalo_webhook_secret")})
    house.settings = house.settings.model_copy(update=around).with_own(own).with_own(by_zalo)
    return own


def files(folder: Path) -> dict[str, bytes]:
    """The database with all its pages, exports, and the backup unpacked."""
    found = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: gzip.decompress(each) if each.startswith(b"\x1f\x8b") else each for name, each in found.items()}


async def says(house: TwoRoads, *to: tuple[str, str]) -> None:
    """Something is to be said there."""
    now, effects = house.simulator.clock.now(), [Say(Address(*each), "Mời họp") for each in to]
    await house.running.clerk.write(lambda connection: outbox.put(connection, effects, now, house.running.channels))


async def until_kept(house: TwoRoads, why: str) -> None:
    """Until a row of the outbox has an error with this in it."""
    async with asyncio.timeout(60):
        while not any(why in row.error for row in await house.rows("outbox")):  # noqa: ASYNC110  # no event tells
            await asyncio.sleep(0.01)


async def day_of_faults(house: TwoRoads, portal: str) -> dict[str, bytes]:
    """A report, a portal and messages that are refused with a quotation of everything; what the pages showed then."""
    simulator, now = house.simulator, house.simulator.clock.now()
    reporter, admin = (
        await house.joined("Lê Văn Nam", "reporter", "15742"),
        await house.joined("Đỗ Văn Bàn", "admin", "397"),
    )

    def use(connection: Connection) -> None:
        use_mapping(connection, text=MAPPING.replace("{url}", portal), now=now, today=now.date())

    await house.running.clerk.write(use)
    await fills_in(reporter)
    await reporter.taps("Gửi")
    await house.running.portals.round()
    quoted = f"no bot{canary('bot_token')} here, nor {canary('link_secret')}, {quote(canary('bot_token'), safe='')}"
    simulator.faults.add(method="sendMessage", status=400, description=quoted, times=2)
    house.zalo.faults.add(method="sendMessage", status=400, description=f"bot{canary('zalo_token')}", times=2)
    await says(house, ("telegram", str(reporter.person.id)), ("zalo", "7"), ("telegram", "1"))
    await house.settled()
    simulator.faults.add(method="*", status=401, description=quoted, times=2)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        wrong = {"X-Bot-Api-Secret-Token": canary("zalo_webhook_secret")[:-1]}
        async with http.post(house.settings.of(ZaloSettings).zalo_webhook_url, data=b"{}", headers=wrong) as refused:
            assert refused.status == 403
        await house.moves_to("16:00")
        await admin.says("/chuagui")
        admin.forgets()
        assert house.running.sites.desk is not None
        browser = Browser(house.running.sites.desk.url, http)
        await browser.comes_in(await link_for(admin))
        await says(
            house, ("email", "nam@xa.test")
        )  # it waits until the server takes it: nothing is settled from here on
        await until_kept(house, "535")
        shown = {}
        for base, paths in (
            (house.running.sites.desk.url, ("/", "/audit", "/unsaid", "/healthz", "/readyz", "/metrics", "/nowhere")),
            (
                house.settings.public_url,
                ("/", "/health", "/catalog.json", f"/r/enter?k={canary('link_secret')[:5]}", "/f/x"),
            ),
        ):
            for path in paths:
                async with http.get(f"{base}{path}") as answer:
                    shown[base + path] = await answer.read()
    return shown


async def commands(
    house: TwoRoads,
    own: MailSettings,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> dict[str, bytes]:
    """What the desk's command line says and writes, also where a database with a password in its address is not there."""
    zalo = house.settings.of(ZaloSettings)
    for name, value in {**house.settings.model_dump(), **own.model_dump(), **zalo.model_dump()}.items():
        if isinstance(value, str | int) and value != "":
            monkeypatch.setenv(name.upper(), str(value))
    monkeypatch.chdir(folder)
    told = dict[str, bytes]()
    away = f"postgresql://giaoban:{canary('database_url')}@127.0.0.1:{free_port()}/giaoban"
    for url, arguments in (
        *((house.database_url, each) for each in (
            "doctor", "audit export -o audit.csv", "figures export -o figures.csv", "backup copy.gz", "portal list", "people list",
            "portal show 1", "invitations list",
        )),
        *((away, each) for each in ("doctor", "people list", "migrate", "backup other.gz")),
        (f"{away}?password={canary('database_url')}", "people list"),
    ):  # fmt: skip
        monkeypatch.setenv("DATABASE_URL", url)
        status = await asyncio.to_thread(main, arguments.split())
        printed = capsys.readouterr()
        is_away = url != house.database_url
        assert arguments == "doctor" or (status != 0) == is_away, (arguments, printed.err)
        told[f"{arguments}, {'away' if is_away else 'own'}, {len(told)}"] = (printed.out + printed.err).encode()
    return told
