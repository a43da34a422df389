"""What browsers send, and whoever is none: a form that cannot be read is refused, secrets are compared whatever they hold."""

from hmac import compare_digest
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestPayloadError
from multidict import MultiDictProxy

OUR_LETTERS = ("utf-8", "utf8")
"""As every browser sends a form of ours. Of the others that Python knows one takes half a minute a megabyte, and everybody waits."""
Sent = MultiDictProxy[str | bytes | bytearray | web.FileField]


async def sent_form(request: web.Request, *, takes_files: bool = False) -> Sent:
    """The fields of the form. HTTPBadRequest where it is none, or in letters that there are not, or that our pages do not write in."""
    if (request.charset or "utf-8").lower() not in OUR_LETTERS:
        raise web.HTTPBadRequest
    try:
        sent = await request.post()
    except (ValueError, LookupError, HttpProcessingError, RequestPayloadError, RuntimeError, AssertionError):
        # the last two are what aiohttp says of a part «_charset_»
        raise web.HTTPBadRequest from None
    for each in sent.values():
        if isinstance(each, web.FileField) and not takes_files:
            each.file.close()
    return sent


def is_same_secret(given: str, ours: str) -> bool:
    """Takes as long for what is nearly right as for what is wrong; `given` may hold letters that no secret of ours has."""
    return compare_digest(given.encode(errors="replace"), ours.encode())


def is_from_our_page(request: web.Request, url: str) -> bool:
    """Whether a form was sent from the page at `url`, ours: browsers tell, and what is none has no cookie of ours to misuse."""
    if request.headers.get("Sec-Fetch-Site") not in (None, "same-origin"):
        return False
    origin, ours = request.headers.get("Origin"), urlsplit(url)
    return origin is None or origin == f"{ours.scheme}://{ours.netloc}"
