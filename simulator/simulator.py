"""The simulator as a program uses it: its world behind a server on loopback."""

from __future__ import annotations

import asyncio
import socket
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from simulator.bots import SimulatedBot
from simulator.control import Control
from simulator.cuttable_site import CuttableSite, keep_port
from simulator.limits import Limits
from simulator.page_server import Page
from simulator.playback import Playback
from simulator.restore import keep_world
from simulator.server import MOST_BODY, BotApi
from simulator.webhook import Deliverer
from simulator.world import World
from simulator.zalo.control import ZaloControl
from simulator.zalo.simulator import ZaloSimulator


class Simulator(World):
    """A Bot API on one's own machine; what World is given it is given too.

    `strict` refuses parameters that a method does not have. Use it as `async with Simulator() as sim`, or with `start`
    and `stop`.
    """

    def __init__(
        self,
        start: datetime | None = None,
        state: Path | None = None,
        limits: Limits | None = None,
        seed: int | None = None,
        language: str = "vi",
        *,
        speed: float | None = None,
        strict: bool = True,
        keep: int = 2_000,
        zone: str = "Asia/Ho_Chi_Minh",
    ) -> None:
        super().__init__(start, state, limits, seed, language, speed=speed, keep=keep, zone=zone)
        self.api = BotApi(self.cloud, strict)
        self.playback = Playback(self)
        self.webhook_wait = 0.5
        self._runner: web.AppRunner | None = None
        self._site: CuttableSite | None = None
        self._keeping: socket.socket | None = None
        self._host, self._port = "127.0.0.1", 0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.url = ""
        self.zalo: ZaloSimulator | None = None
        """A simulated Zalo whose phones stand on the page beside the others; set it before `start`."""
        self.cloud.bot_came = self._deliver

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Serve; the address, also as `url`. OSError when the port is taken."""
        app = web.Application(client_max_size=MOST_BODY)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self.api.call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.api.file)
        Control(self, self.playback, has_zalo=self.zalo is not None).add_routes(app)
        Page(self.cloud).add_routes(app)
        if self.zalo is not None:
            ZaloControl(self.zalo).add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        self._site = CuttableSite(self._runner, host, port)
        await self._site.start()
        port = self._runner.addresses[0][1]
        self._host, self._port = host, port
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        for bot in self.cloud.bots.values():
            self._deliver(bot)
        self._tasks["keep"] = asyncio.create_task(self._keep())
        return self.url

    @property
    def is_cut(self) -> bool:
        return self._site is None

    async def cut(self) -> None:
        """Nobody reaches the Bot API, nor the page: connections are refused, those that stand break. People go on writing."""
        if self._site is not None:
            await self._site.cut()
            self._site, self._keeping = None, keep_port(self._host, self._port)

    async def mend(self) -> None:
        """The Bot API is reached again, at the same address."""
        if self._site is None and self._runner is not None:
            self._site = CuttableSite(self._runner, self._host, self._port)
            await self._site.start()
            self._let_port_go()

    def _let_port_go(self) -> None:
        if self._keeping is not None:
            self._keeping.close()
            self._keeping = None

    def _deliver(self, bot: SimulatedBot) -> None:
        if self._runner is not None and bot.token not in self._tasks:
            deliverer = Deliverer(self.cloud, bot, self.api.reply, self.webhook_wait)
            self._tasks[bot.token] = asyncio.create_task(deliverer.run())

    async def _keep(self) -> None:
        keep_world(self.cloud)
        while self.cloud.journal.on and not self.cloud.hub.stopping:
            await self.clock.changed(timeout=1.0)
            keep_world(self.cloud)

    async def stop(self) -> None:
        """Stop serving and keep the state."""
        self.playback.stop()
        self.cloud.hub.stop()
        self.clock.wake()
        for bot in self.cloud.bots.values():
            bot.queue.pulse.beat()
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tasks.clear()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self._let_port_go()
        keep_world(self.cloud)
        self.cloud.journal.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
