"""What is deployed before the program hands each address on to where it is served, and keeps what lets somebody in out of its log."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web

from bot.telegram.ear import LARGEST_UPDATE
from bot.web.report_page.site import MOST_BYTES
from bot.web.serving import listening
from tests.replicas.nginx import Ports, Proxy, free_ports, nginx

SECRET = "not-for-any-log"


async def tells(name: str, request: web.Request) -> web.Response:
    """Which of the program's addresses this is, how it was asked, and how much it was sent."""
    body = await request.read()
    told = [name, request.method, request.path, str(len(body))]
    return web.Response(text=" ".join([*told, request.headers.get("X-Bot-Api-Secret-Token", "")]).strip())


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    ports = Ports(*free_ports(4))
    async with AsyncExitStack() as stack:
        for name in ("webhook", "desk", "public", "zalo"):
            app = web.Application(client_max_size=16 << 20)
            app.router.add_route("*", "/{rest:.*}", partial(tells, name))
            runner = await listening(app, f"127.0.0.1:{getattr(ports, name)}")
            stack.push_async_callback(runner.cleanup)
        yield stack.enter_context(nginx([ports]))


ASKED = [
    ("POST", "/telegram", LARGEST_UPDATE + 1, f"webhook POST /telegram {LARGEST_UPDATE + 1}"),
    ("POST", "/zalo", 200_000, "zalo POST /zalo 200000 the secret"),
    ("GET", "/zalo", 0, ""),
    ("GET", "/telegram", 0, ""),
    ("GET", "/desk/audit", 0, "desk GET /audit 0"),
    ("GET", f"/desk/enter?key={SECRET}", 0, "desk GET /enter 0"),
    ("GET", "/desk/metrics", 0, ""),
    ("GET", f"/r/enter?k={SECRET}", 0, "public GET /r/enter 0"),
    ("POST", "/r/ab12/", MOST_BYTES, f"public POST /r/ab12/ {MOST_BYTES}"),
    ("GET", f"/f/{SECRET}.png", 0, f"public GET /f/{SECRET}.png 0"),
    ("GET", "/figures.csv", 0, "public GET /figures.csv 0"),
]


async def test_each_address_goes_where_it_is_served_and_what_lets_in_is_in_no_access_log(proxy: Proxy) -> None:
    told = []
    async with aiohttp.ClientSession() as http:
        for method, path, size, _ in ASKED:
            headers = {"X-Bot-Api-Secret-Token": "the secret"} if path == "/zalo" else {}
            async with http.request(
                method, proxy.url + path, data=BytesIO(b"x" * size) if size else None, headers=headers
            ) as answer:
                told.append(await answer.text() if answer.status == 200 else "")
        async with http.get(f"{proxy.url}/figures.csv") as answer:  # what was logged before it is written
            await answer.read()
    assert told == [said for *_, said in ASKED]
    logged = (proxy.folder / "access.log").read_text()
    assert "/figures.csv" in logged
    assert SECRET not in logged
