"""A browser that has come in to a page of ours: its cookie, and how a form that it sends is known to be its own."""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from aiohttp import web

from bot.web.sent_forms import is_from_our_page, is_same_secret


def session_begins(answer: web.StreamResponse, cookie: str, token: str, holds: timedelta, url: str) -> None:
    """From this answer on the browser has the token, for the pages under `url` alone and for no script, nor for another site's links.

    Over a line that others read it is never sent, where the page has one that they do not.
    """
    at = urlsplit(url)
    answer.set_cookie(
        cookie,
        token,
        max_age=int(holds.total_seconds()),
        path=at.path,
        httponly=True,
        samesite="Strict",
        secure=at.scheme == "https",
    )


def session_ends(answer: web.StreamResponse, cookie: str, url: str) -> None:
    """The browser forgets it."""
    answer.del_cookie(cookie, path=urlsplit(url).path)


def against_forgery(token: str) -> str:
    """What every form carries: only who holds the session's secret can know it."""
    return sha256(f"form {token}".encode(errors="replace")).hexdigest()


def is_own_form(request: web.Request, url: str, carried: object, token: str) -> bool:
    """Whether a form came from the page at `url`, ours, as it was shown to this session: `carried` is what stood in it."""
    return is_from_our_page(request, url) and is_same_secret(str(carried), against_forgery(token))
