"""The cookie of whoever has come in: read by no script, sent by no other site, on a safe line only where the page has one."""

from datetime import timedelta

import pytest
from aiohttp import web

from bot.web.browser_session import session_begins, session_ends


@pytest.mark.parametrize(("url", "is_secure"), [("https://ban.vn/desk/", True), ("http://127.0.0.1:8091/desk/", False)])
def test_it_is_for_the_pages_under_an_address_alone(url: str, is_secure: bool) -> None:
    answer = web.Response()
    session_begins(answer, "desk", "secret", timedelta(hours=8), url)
    cookie = answer.cookies["desk"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        "secret",
        True,
        "Strict",
        "/desk/",
    )
    assert (bool(cookie["secure"]), cookie["max-age"]) == (is_secure, str(8 * 60 * 60))
    session_ends(answer, "desk", url)
    assert (answer.cookies["desk"].value, answer.cookies["desk"]["path"]) == ("", "/desk/")
