"""The way to a portal: https and named hosts only, nothing private, no redirects, bounded answers, no secret in any word."""

from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.portal import https
from bot.portal.https import PortalClient
from bot.running.clock import real
from reporting.portal.consignment import PortalAnswer, PortalRequest, PortalTrouble
from reporting.portal.mapping import Authentication, PortalMapping

REQUEST = PortalRequest("values", "", b"{}", "application/json")


def mapping(url: str, authentication: Authentication = "none") -> PortalMapping:
    return PortalMapping("t", "", "json", "f", (), {}, url=url, authentication=authentication, secret="PORTAL_T")


async def trouble(url: str) -> str:
    async with PortalClient(real) as client:
        answer = await client.send(mapping(url), REQUEST)
    assert isinstance(answer, PortalTrouble)
    return answer.key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://dhis2.example.vn", "portal_not_https"),
        ("https://10.0.0.1", "portal_no_name"),
        ("https://[::1]:8443", "portal_no_name"),
        ("https://8.8.8.8", "portal_no_name"),
        ("https://１２７.０.０.１", "portal_no_name"),
        ("https://127。0。0。1:8443", "portal_no_name"),
        ("https://①②⑦.⓪.⓪.①", "portal_no_name"),
        ("https://localhost:9", "portal_private_address"),
    ],
)
async def test_only_named_hosts_on_the_open_network_are_sent_to(url: str, key: str) -> None:
    assert await trouble(url) == key


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("64:ff9b::8.8.8.8", True),
        ("2002:808:808::1", True),
        *((name, False) for name in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "224.0.0.1", "::1", "::")),
        *(
            (name, False)
            for name in ("::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::1", "ff0e::1", "fd00::1")
        ),
    ],
)
def test_what_a_name_leads_to_is_on_the_open_network_or_not_however_it_is_written(address: str, is_open: bool) -> None:
    assert https._is_open(ip_address(address)) == is_open


async def serve(handler: Handler) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.add_routes([web.post("/", handler)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/"


async def test_a_private_server_is_reached_where_a_setting_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_T", "bi-mat")

    async def echo(request: web.Request) -> web.Response:
        return web.Response(text=f"you said {request.headers['Authorization']}")

    runner, url = await serve(echo)
    async with PortalClient(real, allow_private=True) as client:
        answer = await client.send(mapping(url, "token"), REQUEST)
    await runner.cleanup()
    assert answer == PortalAnswer(200, b"you said ApiToken [token]")


async def test_a_secret_that_is_quoted_as_it_was_sent_or_in_small_letters_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORTAL_T", "NguoiDung:Bi-Mat")

    async def echo(request: web.Request) -> web.Response:
        return web.Response(text=f"{request.headers['Authorization']}, nguoidung:bi-mat, bi-mat")

    runner, url = await serve(echo)
    async with PortalClient(real, allow_private=True) as client:
        answer = await client.send(mapping(url, "basic"), REQUEST)
    await runner.cleanup()
    assert isinstance(answer, PortalAnswer)
    assert answer.body.replace(b"=", b"") == b"Basic [token], [token], [token]"


async def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https, "MOST_BYTES", 100_000)

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 10_000)

    runner, url = await serve(endless)
    async with PortalClient(real, allow_private=True) as client:
        answer = await client.send(mapping(url), REQUEST)
    await runner.cleanup()
    assert answer == PortalTrouble("portal_answer_too_long")


async def test_nobody_there_is_a_trouble_that_passes() -> None:
    async with PortalClient(real, allow_private=True) as client:
        answer = await client.send(mapping("http://127.0.0.1:9"), REQUEST)
    assert isinstance(answer, PortalTrouble)
    assert (answer.key, answer.is_setup) == ("portal_unreached", False)


async def test_a_signature_is_of_the_moment_that_the_programs_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_T", "bi-mat")

    async def echo(request: web.Request) -> web.Response:
        return web.Response(text=request.headers["X-Timestamp"])

    runner, url = await serve(echo)
    turned = datetime(2021, 11, 10, 9, tzinfo=UTC)
    async with PortalClient(lambda: turned, allow_private=True) as client:
        answer = await client.send(mapping(url, "hmac"), REQUEST)
    await runner.cleanup()
    assert answer == PortalAnswer(200, str(int(turned.timestamp())).encode())
