"""What browsers send, and whoever is none: a form that cannot be read is refused, secrets are compared whatever they hold."""

from hmac import compare_digest

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestPayloadError
from multidict import MultiDictProxy

Sent = MultiDictProxy[str | bytes | bytearray | web.FileField]


async def sent_form(request: web.Request, *, takes_files: bool = False) -> Sent:
    """The fields of the form. HTTPBadRequest where it is none, or in letters that there are not."""
    try:
        sent = await request.post()
    except (ValueError, LookupError, HttpProcessingError, RequestPayloadError):
        raise web.HTTPBadRequest from None
    for each in sent.values():
        if isinstance(each, web.FileField) and not takes_files:
            each.file.close()
    return sent


def is_same_secret(given: str, ours: str) -> bool:
    """Takes as long for what is nearly right as for what is wrong; `given` may hold letters that no secret of ours has."""
    return compare_digest(given.encode(errors="replace"), ours.encode())
