"""What our servers have in common: where they listen, their name, which tells nobody of libraries, how long they wait for whom."""

import asyncio
import logging
import os
import socket

from aiohttp import BodyPartReader, web, web_response
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestPayloadError

SERVER = "giaoban"
LAST_ANSWER = 5.0
"""So many seconds has an answer that is under way when the program ends: whoever reads slowly holds nobody up."""

SILENT_SECONDS = 75.0
"""So long is a request waited for, the first and the next: longer than nginx keeps an idle connection to us, to use it again."""
MOST_CONNECTIONS = 200
"""Of one server: whoever opens many, and says or reads a letter at a time, leaves files to be opened for the database."""
AT_A_TIME = 16
"""So many are let in before one is looked at, and there are so many more for a moment; others wait in the system's queue."""


def name_servers() -> None:
    """Every answer of this process says so, be it to a request that no application ever sees because it is garbled. And a part of a
    form is read as our pages write it, whatever it says of itself (`sent_forms`).

    A garbled request is answered, and is no trouble of ours: whoever sends many must not fill the log with them.
    """
    logging.getLogger("aiohttp.server").addFilter(is_our_trouble)
    web_response.SERVER_SOFTWARE = SERVER  # type: ignore[attr-defined]  # aiohttp has no setting for it
    BodyPartReader.get_charset = lambda _, default: "utf-8"  # type: ignore[assignment, method-assign]  # nor for that


def is_our_trouble(record: logging.LogRecord) -> bool:
    """Whether it is about something else than a request that cannot be read."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError | RequestPayloadError)


async def listening(app: web.Application, listen: str) -> web.AppRunner:
    """Serves at «127.0.0.1:8090» until the runner's `cleanup()`. Raises OSError where the port is taken."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_ANSWER, keepalive_timeout=SILENT_SECONDS)
    await runner.setup()
    host, _, port = listen.rpartition(":")
    try:
        await _Site(runner, host.strip("[]") or None, int(port)).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner


class _Site(web.TCPSite):
    """Where there are as many connections as there may be, who comes has the place of who has been there for longest."""

    async def start(self) -> None:
        await web.BaseSite.start(self)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connected, self._host, self._port, backlog=AT_A_TIME)
        for each in self._server.sockets:
            with socket.socket(fileno=os.dup(each.fileno())) as listening:
                listening.listen(self._backlog)

    def _connected(self) -> asyncio.Protocol:
        server = self._runner.server
        assert server is not None
        there = [each.transport for each in server.connections if each.transport is not None]
        for longest in there[: max(0, len(there) + 1 - MOST_CONNECTIONS)]:
            longest.abort()
        return server()
