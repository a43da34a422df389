"""One process's own way to the simulator's Bot API: it can be shut, and the process can die in the middle of a call."""

import socket
from collections.abc import Callable
from typing import Literal

from aiohttp import web

from simulator import Simulator

HOST = "127.0.0.1"


class Door:
    """`url` is where the process finds the Bot API; while the door is shut, connections are refused.

    `doubts(chat, text)` is told of a call whose answer leaves the caller in doubt, `answered(chat, status)` of any other.
    """

    def __init__(
        self, simulator: Simulator, doubts: Callable[[int, str], None], answered: Callable[[int, int], None]
    ) -> None:
        self._simulator, self._doubts, self._answered = simulator, doubts, answered
        self._keeps_port = socket.socket()
        self._keeps_port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._keeps_port.bind((HOST, 0))
        self._port = self._keeps_port.getsockname()[1]
        self._site: web.TCPSite | None = None
        self._runner: web.AppRunner | None = None
        self._dies: Callable[[], None] | None = None
        self._dies_when: Literal["before", "after"] = "before"
        self.url = f"http://{HOST}:{self._port}"
        self.underway = 0

    async def open(self) -> None:
        if self._runner is None:
            app = web.Application()
            app.router.add_post("/bot{token:[^/]+}/{method}", self._called)
            self._runner = web.AppRunner(app, access_log=None)
            await self._runner.setup()
        if self._site is None:
            self._site = web.TCPSite(self._runner, HOST, self._port, reuse_port=True)
            await self._site.start()

    async def shut(self) -> None:
        if self._site is not None:
            await self._site.stop()
            self._site = None

    async def close(self) -> None:
        await self.shut()
        if self._runner is not None:
            await self._runner.cleanup()
        self._keeps_port.close()

    def kills(self, dies: Callable[[], None] | None, when: Literal["before", "after"] = "before") -> None:
        """At the next call the process is killed, before Telegram hears of it or after it was carried out. None: it is not."""
        self._dies, self._dies_when = dies, when

    async def _called(self, http: web.Request) -> web.StreamResponse:
        self.underway += 1
        try:
            return await self._answer(http)
        finally:
            self.underway -= 1

    async def _answer(self, http: web.Request) -> web.StreamResponse:
        dies, self._dies = self._dies, None
        if dies is not None and self._dies_when == "before":
            dies()
            return _hung_up(http)
        answer = await self._simulator.api.call(http)
        is_gone = http.transport is None or http.transport.is_closing()
        if dies is not None:
            dies()
        fields = await (http.json() if http.content_type == "application/json" else http.post())
        chat = int(str(fields.get("chat_id", 0)))
        if is_gone or answer.status >= 500 or answer.content_type != "application/json":
            self._doubts(chat, str(fields["text"]))
        elif dies is None:
            self._answered(chat, answer.status)
        answer.force_close()
        return answer if dies is None else _hung_up(http)


def _hung_up(http: web.Request) -> web.StreamResponse:
    if http.transport is not None:
        http.transport.abort()
    return web.Response()
