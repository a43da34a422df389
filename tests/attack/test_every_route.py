"""Every route of every server, as their routers have them: whatever is asked, an answer comes that is safe and tells nothing of us."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random

import pytest
from aiohttp import web

from bot.telegram.ear import Ear
from bot.web.serving import listening
from bot.zalo.ear import ZaloEar
from simulator import Simulator
from tests.attack.hostile_requests import GARBLED, Raw, asked, hostile, request
from tests.conversations.house import START, House
from tests.endurance import ENDURING, SEED
from tests.environment import ROOT
from tests.ports import free_port

pytestmark = pytest.mark.endure
SECRET = "a_long_secret_of_the_hook"
NAMES_ASKED = re.compile(r'(?:text|number|day|get)\("(\w+)"')
TELLS = re.compile(rb"Traceback|aiohttp|site-packages|sqlalchemy|psycopg|sqlite3|\.py\b|/home/|/root/", re.IGNORECASE)
SERVERS = {"bot/web/open_data.py", "bot/web/desk_page/site.py", "bot/telegram/ear.py", "bot/zalo/ear.py"}
"""The modules that make a server; each is in `servers`."""


def names_asked() -> list[str]:
    """What our pages read of a query or a form, by their sources."""
    found = {"date", "lang", "from", "to", "unit", "form", "indicator", "day", "token", "k", "key", "do", "id"}
    for path in (ROOT / "bot" / "web").rglob("*.py"):
        found |= set(NAMES_ASKED.findall(path.read_text(encoding="utf-8")))
    return sorted(found)


@dataclass
class Served:
    """One server: its application, where it listens, and what every request of somebody who has come in carries."""

    name: str
    app: web.Application
    address: tuple[str, int]
    known: bytes = b""
    token: str = ""

    def routes(self) -> Iterator[tuple[str, str]]:
        for route in self.app.router.routes():
            assert route.resource is not None
            if route.method != "HEAD":
                yield route.method, route.resource.canonical

    def unsafe(self, answer: Raw) -> Iterator[str]:
        """What is wrong with an answer."""
        if answer.status >= 500 and answer.status != 503:
            yield f"status {answer.status}"
        if answer.has("server") != "giaoban":
            yield f"server {answer.has('server')!r}"
        if answer.has("x-evil") or TELLS.search(answer.body) or SECRET.encode() in answer.body:
            yield f"tells {answer.body[:300]!r}"
        if "html" in answer.has("content-type"):
            policy = answer.has("content-security-policy")
            if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy:
                yield f"policy {policy!r}"
            if not answer.has("referrer-policy") or not answer.has("x-content-type-options"):
                yield "no referrer policy, or types are guessed"
        for cookie in answer.headers.get("set-cookie", ()):
            if "HttpOnly" not in cookie or "SameSite=Strict" not in cookie:
                yield f"cookie {cookie}"


async def tried(served: Served, requests: Iterable[bytes]) -> list[str]:
    wrong = []
    for each in requests:
        try:
            answer = await asked(served.address, each)
        except (ValueError, TimeoutError, ConnectionError) as error:
            wrong.append(f"{served.name} {each[:300]!r}: {error!r}")
        else:
            wrong += [f"{served.name} {each[:300]!r}: {what}" for what in served.unsafe(answer)]
    return wrong


@asynccontextmanager
async def hook(app: web.Application, name: str) -> AsyncIterator[Served]:
    port = free_port()
    runner = await listening(app, f"127.0.0.1:{port}")
    try:
        yield Served(name, app, ("127.0.0.1", port))
    finally:
        await runner.cleanup()


async def _hears(_: object) -> None:
    """Is never called: nobody who asks knows the secret."""
    raise AssertionError


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with Simulator(start=START, seed=1) as simulator:
        simulator.clock.run(0)
        simulator.bot()
        house = House(simulator, database_url)
        at = f"127.0.0.1:{free_port()}"
        more = {"open_data_listen": at, "public_url": f"http://{at}", "desk_listen": f"127.0.0.1:{free_port()}"}
        house.settings = house.settings.model_copy(update=more)
        await house.start()
        yield house
        await house.stop()


@pytest.fixture
async def servers(house: House) -> AsyncIterator[list[Served]]:
    """All that listen, as somebody comes who has no right to anything."""
    sites = house.running.sites
    runners = {
        "open data and reports' pages": sites.open_data._runner,
        "desk": sites.desk._runner if sites.desk else None,
    }
    found = []
    for name, runner in runners.items():
        assert runner is not None
        found.append(Served(name, runner.app, ("127.0.0.1", runner.addresses[0][1])))
    telegram = Ear("1:x", "http://127.0.0.1:1", _hears, _hears).application(SECRET, "/hook")
    zalo = ZaloEar(None, _hears, "1:x").application(SECRET, "/zalo")  # type: ignore[arg-type]  # nobody is called
    async with hook(telegram, "Telegram's hook") as one, hook(zalo, "Zalo's hook") as two:
        yield [*found, one, two]


def test_every_server_is_tried() -> None:
    made = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "bot").rglob("*.py")
        if "web.Application(" in path.read_text(encoding="utf-8")
    }
    assert made == SERVERS


def troubles(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Tracebacks in the log: what was asked was a surprise to us."""
    return [f"{each.name}: {each.getMessage()} {each.exc_info[1]!r}" for each in caplog.records if each.exc_info]


async def test_whatever_is_asked_an_answer_comes_that_is_safe(
    servers: list[Served], caplog: pytest.LogCaptureFixture
) -> None:
    chance, names, wrong = Random(SEED), names_asked(), list[str]()
    for served in servers:
        for method, path in served.routes():
            every = list(hostile(method, path, names))
            wrong += await tried(served, every if ENDURING else chance.sample(every, 12))
        wrong += await tried(served, iter([request("GET", "/nothing/here"), request("GET", "/page/..%2f..%2fsite.py")]))
    found = "\n".join([*wrong, *troubles(caplog)])
    assert not found, f"ENDURE_SEED={SEED}\n{found}"


async def test_what_is_hardly_a_request_is_refused(servers: list[Served], caplog: pytest.LogCaptureFixture) -> None:
    for served in servers:
        for each in GARBLED:
            try:
                answer = await asked(served.address, each)
            except (ConnectionError, ValueError):
                continue  # the connection was closed, without a word or in the middle of one
            assert answer.status < 500, each
            assert not TELLS.search(answer.body), each
    assert troubles(caplog) == []
