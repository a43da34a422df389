"""Reports' pages of a running bot, on a real port, and browsers that know no script: what a page has is sent back as a form."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import aiohttp
import pytest

from tests.conversations.conftest import database_url, leader, reporter, resident  # noqa: F401 - fixtures
from tests.conversations.house import House, Talker, running_house
from tests.ports import free_port

LINK = re.compile(r"http://\S+/r/enter\?k=\S+")
OF_CHAT = re.compile(
    r"tin nhắn này|trả lời tin|\b[Gg]õ\b|gửi lên đây|câu hỏi (đang mở )?ở trên|this message|\b[Tt]ype\b|question above"
)
"""What can be said in a chat and not on a page, which shows no message and no question above."""


class _Fields(HTMLParser):
    """What the page's form would send, and what stands beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.area = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name, kind = has.get("name", ""), has.get("type", "text")
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in has):
            self.fields.append((name, has.get("value", "")))
        if tag == "textarea":
            self.area = name
            self.fields.append((name, ""))
        if tag == "select":
            self.select = name
        if tag == "option" and self.select and "selected" in has:
            self.fields.append((self.select, has.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select

    def handle_data(self, data: str) -> None:
        if self.area:
            name, said = self.fields.pop()
            self.fields.append((name, said + data))


@dataclass
class Looked:
    """What a browser got."""

    status: int
    text: str
    headers: dict[str, str]
    url: str

    @property
    def plain(self) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", self.text))

    def __post_init__(self) -> None:
        found = OF_CHAT.search(self.plain)
        assert found is None, f"a page speaks as if it were a chat: …{self.plain[max(found.start() - 80, 0) :]}"

    def has(self, *fragments: str) -> None:
        plain = self.plain
        missing = [each for each in fragments if each not in plain and each not in self.text]
        assert not missing, f"{missing} not in:\n{plain}"

    @property
    def fields(self) -> list[tuple[str, str]]:
        reader = _Fields()
        reader.feed(self.text)
        return reader.fields

    def field(self, name: str) -> str:
        return next(value for key, value in self.fields if key == name)


@dataclass
class Browser:
    """One person's browser; `page`: what it shows."""

    http: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})
    page: Looked = field(default_factory=lambda: Looked(0, "", {}, ""))

    async def get(self, url: str, **headers: str) -> Looked:
        async with self.http.get(url, headers=headers) as answer:
            self.page = Looked(answer.status, await answer.text(), dict(answer.headers), str(answer.url))
        return self.page

    async def posts(self, url: str, fields: list[tuple[str, str]], **headers: str) -> Looked:
        async with self.http.post(url, data=fields, headers=self.headers | headers) as answer:
            return Looked(answer.status, await answer.text(), dict(answer.headers), str(answer.url))

    async def opens(self, link: str) -> Looked:
        """The link, and the button behind it."""
        door = await self.get(link)
        self.page = await self.posts(link.partition("?")[0], door.fields)
        return self.page

    async def sends(self, do: str = "save", **typed: str) -> Looked:
        """Types into fields («__» stands for a point of a name) and presses a button, as a browser without a script does."""
        changed = {f"a:{name.replace('__', '.')}": value for name, value in typed.items()}
        return await self.sends_fields(changed, do)

    async def sends_fields(self, changed: dict[str, str], do: str = "save", pressed: str = "do") -> Looked:
        kept = [(name, value) for name, value in self.page.fields if name not in changed]
        self.page = await self.posts(self.page.url, [*kept, *changed.items(), (pressed, do)])
        return self.page


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:  # noqa: F811 - the fixture
    at = f"127.0.0.1:{free_port()}"
    async with running_house(database_url, open_data_listen=at, public_url=f"http://{at}") as house:
        yield house


@pytest.fixture
async def browser() -> AsyncIterator[Callable[[], Browser]]:
    """A new browser that knows nobody."""
    opened: list[aiohttp.ClientSession] = []

    def new() -> Browser:
        opened.append(aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))  # loopback is a number
        return Browser(opened[-1])

    yield new
    for each in opened:
        await each.close()


async def link_for(talker: Talker, unit: str = "") -> str:
    """The first that the bot answers to /phieu."""
    await talker.says(f"/phieu {unit}".strip())
    found = LINK.search(talker.hears("Phiếu báo cáo trên trang").text)
    assert found is not None
    return found[0]
