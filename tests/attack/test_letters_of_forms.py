"""Forms are read in the letters that our pages write: of others that Python knows one keeps everybody waiting, whoever sends it."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.sent_forms import sent_form
from bot.web.serving import name_servers


@pytest.fixture(autouse=True)
def nobody_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> tuple[str, int]:
        raise AssertionError

    monkeypatch.setattr("encodings.punycode.punycode_decode", never)


async def read(request: web.Request) -> web.Response:
    return web.json_response(dict((await sent_form(request)).items()))


def site() -> TestServer:
    name_servers()
    app = web.Application()
    app.router.add_post("/", read)
    return TestServer(app)


@pytest.mark.parametrize(("charset", "status"), [("punycode", 400), ("utf-16", 400), ("bogus", 400), ("UTF-8", 200)])
async def test_a_form_in_other_letters_is_none(charset: str, status: int) -> None:
    headers = {"Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
    async with TestClient(site()) as client, client.post("/", data=b"f0=3-", headers=headers) as answer:
        assert answer.status == status


PART = b'--x\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
LETTERS = b"\r\nContent-Type: text/plain; charset=punycode"


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        (PART % (b"f0", LETTERS, b"3-"), 200),
        (PART % (b"_charset_", b"", b"punycode") + PART % (b"f0", b"", b"3-"), 400),
        (PART % (b"_charset_", b"", b"p" * 40) + PART % (b"f0", b"", b"3-"), 400),
    ],
)
async def test_a_part_of_a_form_is_in_our_letters_whatever_it_says(parts: bytes, status: int) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with TestClient(site()) as client, client.post("/", data=parts + b"--x--\r\n", headers=headers) as answer:
        assert answer.status == status
        if status == 200:
            assert (await answer.json())["f0"] == "3-"


async def test_a_default_that_the_library_cannot_read_is_none() -> None:
    long = b"x" * 60
    parts = (PART % (b"_charset_", b"", b"utf-8")).replace(b"--x", b"--" + long) + b"--" + long + b"--\r\n"
    headers = {"Content-Type": f"multipart/form-data; boundary={long.decode()}"}
    async with TestClient(site()) as client, client.post("/", data=parts, headers=headers) as answer:
        assert answer.status == 400
