"""Files of messages by address: whoever knows the address gets the file, nobody gets a list, and nothing keeps a copy of it."""

import mimetypes
from functools import partial
from secrets import token_urlsafe
from urllib.parse import quote

from aiohttp import web
from sqlalchemy import Connection

from bot.running.clock import Now
from bot.running.readers import Readers
from bot.running.render_cache import Drawer
from reporting.say import Drawn
from services.file_by_address import FILES_AT, RANDOM_BYTES
from storage.messages.file_addresses import addressed_file

LENGTH = len(token_urlsafe(RANDOM_BYTES))
"""Of a secret: too long to be guessed, however often somebody tries."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class AddressedFiles:
    """Reads through `readers`; `drawer` makes what is asked for, one at a time, and keeps the last few made in memory."""

    def __init__(self, readers: Readers, now: Now, drawer: Drawer) -> None:
        self._readers, self._now, self._drawer = readers, now, drawer

    def routes(self) -> list[web.RouteDef]:
        return [web.get(FILES_AT + "{name}", self._file)]

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        secret = name.partition(".")[0]
        found = await self._readers.read(partial(self._found, secret)) if len(secret) == LENGTH else None
        if found is None:
            return web.Response(status=404, headers=HEADERS)
        drawn, kind = found
        content_type = mimetypes.guess_type(drawn.file_name)[0] or "application/octet-stream"
        shown = "inline" if kind == "photo" else "attachment"
        headers = HEADERS | {"Content-Disposition": f"{shown}; filename*=UTF-8''{quote(drawn.file_name)}"}
        if request.method == "HEAD":
            return web.Response(headers=headers, content_type=content_type)
        body = await self._drawer.bytes_of(drawn)
        return web.Response(body=body, content_type=content_type, headers=headers)

    def _found(self, secret: str, connection: Connection) -> tuple[Drawn, str] | None:
        return addressed_file(connection, secret, self._now())

    def close(self) -> None:
        self._drawer.close()
