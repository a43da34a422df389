"""A simulator for each test, both libraries as its clients, and the description that all answers are held against."""

import struct
import zlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from typing import Any

import aiohttp
import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import Bot as PtbBot
from telegram.request import HTTPXRequest

from simulator import DEFAULT_TOKEN, Person, Simulator
from simulator.description import fault, shapes
from simulator.pulse import PATIENCE

Json = dict[str, Any]
HANOI = timezone(timedelta(hours=7))
START = datetime(2021, 11, 10, 15, 30, tzinfo=HANOI)


def answers_of(sim: Simulator) -> list[str]:
    """What is wrong with the answers that were given, by the Bot API's description."""
    calls = [call for bot in sim.cloud.bots.values() for call in bot.calls if call.ok]
    found = [(call.method, fault(call.answer, shapes().returns[call.method])) for call in calls]
    return [f"{method}: {wrong}" for method, wrong in found if wrong]


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    """A running simulator with the default bot; its clock stands at 15:30 in Hà Nội on 10/11/2021."""
    async with Simulator(START, seed=1) as simulator:
        simulator.bot()
        simulator.webhook_wait = 0.05
        yield simulator
        assert answers_of(simulator) == []


@pytest.fixture
def nam(sim: Simulator) -> Person:
    """A reporter who has not started the bot."""
    return sim.person("Lê Văn Nam", caption="Người báo cáo xã Thọ Dân")


@pytest.fixture
async def aiogram(sim: Simulator) -> AsyncIterator[AiogramBot]:
    """aiogram's Bot, unchanged."""
    bot = AiogramBot(DEFAULT_TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sim.url)))
    yield bot
    await bot.session.close()


@pytest.fixture
async def ptb(sim: Simulator) -> AsyncIterator[PtbBot]:
    """python-telegram-bot's Bot, unchanged but for its patience."""
    ways = [HTTPXRequest(read_timeout=PATIENCE, connect_timeout=PATIENCE, pool_timeout=PATIENCE) for _ in range(2)]
    at, files = f"{sim.url}/bot", f"{sim.url}/file/bot"
    async with PtbBot(DEFAULT_TOKEN, at, files, request=ways[0], get_updates_request=ways[1]) as bot:
        yield bot


class Raw:
    """A client that sends exactly what it is told."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def __call__(self, method: str, token: str = DEFAULT_TOKEN, **params: Any) -> tuple[int, Json]:
        """Call a method with JSON: the status and the answer."""
        async with self.session.post(f"{self.url}/bot{token}/{method}", json=params) as response:
            return response.status, await response.json()

    async def refused(self, method: str, **params: Any) -> str:
        """The description of a call that must be refused."""
        status, answer = await self(method, **params)
        assert answer["ok"] is False, answer
        assert answer["error_code"] == status
        return str(answer["description"])

    async def result(self, method: str, **params: Any) -> Any:
        """The result of a call that must be carried out."""
        status, answer = await self(method, **params)
        assert answer["ok"] is True, answer
        assert status == 200
        return answer["result"]

    async def updates(self, offset: int = 0, **params: Any) -> list[Json]:
        """Updates, each of which must be as the description says."""
        found: list[Json] = await self.result("getUpdates", offset=offset, **params)
        assert [wrong for update in found if (wrong := fault(update, ("Update",)))] == []
        return found

    async def control(self, path: str, verb: str = "POST", **body: Any) -> Any:
        """The control interface."""
        async with self.session.request(verb, f"{self.url}/control/{path}", json=body or None) as response:
            return await response.json()


@pytest.fixture
async def raw(sim: Simulator) -> AsyncIterator[Raw]:
    """A client without any library."""
    async with aiohttp.ClientSession() as session:
        yield Raw(session, sim.url)


def png(width: int, height: int, colour: tuple[int, int, int] = (30, 110, 105)) -> bytes:
    """A picture of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


@pytest.fixture
def picture() -> bytes:
    """A PNG of 400 by 200 points."""
    return png(400, 200)
