"""The desk's page of a running bot, on a real port: an admin, a leader and a reporter, each with a browser of his own."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import aiohttp
import pytest

from tests.conversations.conftest import database_url, leader, reporter  # noqa: F401 - fixtures
from tests.conversations.house import House, Talker, running_house

LINK = re.compile(r"http://\S+/enter\?key=\S+")
TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')
KEY = re.compile(r'name="key" value="([^"]+)"')


@dataclass
class Looked:
    """What a browser got."""

    status: int
    text: str
    headers: dict[str, str]

    def has(self, *fragments: str) -> None:
        missing = [each for each in fragments if each not in self.text]
        assert not missing, f"{missing} not in:\n{self.text}"

    @property
    def token(self) -> str:
        found = TOKEN.search(self.text)
        assert found is not None, self.text
        return found[1]


@dataclass
class Browser:
    """One person's browser; `headers` go with all that it asks for, as a browser's would."""

    url: str
    http: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})

    async def get(self, path: str, **asked: str) -> Looked:
        async with self.http.get(f"{self.url}{path}", params=asked, headers=self.headers) as answer:
            return Looked(answer.status, (await answer.read()).decode(), dict(answer.headers))

    async def post(self, path: str, **fields: str) -> Looked:
        async with self.http.post(f"{self.url}{path}", data=fields, headers=self.headers) as answer:
            return Looked(answer.status, (await answer.read()).decode(errors="replace"), dict(answer.headers))

    async def fetches(self, path: str) -> bytes:
        """A file that is no text."""
        async with self.http.get(f"{self.url}{path}", headers=self.headers) as answer:
            return await answer.read()

    async def sends(self, path: str, token: str, name: str, content: bytes, **more: str) -> Looked:
        """A file, as the browser's form sends it."""
        fields = aiohttp.FormData({"token": token, **more})
        fields.add_field("file", content, filename=name)
        async with self.http.post(f"{self.url}{path}", data=fields, headers=self.headers) as answer:
            return Looked(answer.status, (await answer.read()).decode(), dict(answer.headers))

    async def comes_in(self, link: str) -> Looked:
        async with self.http.get(link) as answer:
            door = await answer.text()
        key = KEY.search(door)
        assert key is not None, door
        return await self.post("/enter", key=key[1])


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:  # noqa: F811 - the fixture
    async with running_house(database_url, desk_listen="127.0.0.1:0") as house:
        yield house


@pytest.fixture
async def browser(house: House) -> AsyncIterator[Callable[[], Browser]]:
    """A new browser that knows nobody."""
    opened: list[aiohttp.ClientSession] = []

    def new() -> Browser:
        opened.append(aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))  # loopback is a number
        assert house.running.sites.desk is not None
        return Browser(house.running.sites.desk.url, opened[-1])

    yield new
    for each in opened:
        await each.close()


async def link_for(talker: Talker) -> str:
    """What the bot answers to /trang."""
    await talker.says("/trang")
    found = LINK.search(talker.hears("một lần").text)
    assert found is not None
    return found[0]


@pytest.fixture
async def admin(house: House) -> Talker:
    return await house.joined("Đỗ Văn Bàn", "admin", "397")
