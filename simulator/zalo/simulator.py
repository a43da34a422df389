"""The simulated Zalo as a program uses it: its world behind a server on loopback, which can be cut off."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from simulator.clock import Clock
from simulator.cuttable_site import CuttableSite, keep_port
from simulator.pulse import PATIENCE
from simulator.zalo.chats import Contradictions, Plan, ZaloBot, ZaloGroup, ZaloUser, ZaloWorld
from simulator.zalo.control import ZaloControl
from simulator.zalo.delivering import Delivering
from simulator.zalo.phone import ZaloPerson
from simulator.zalo.server import MOST_BODY, ZaloApi, ZaloFaults

DEFAULT_ZALO_TOKEN = "2000:ZALO-SIMULATOR"  # noqa: S105  # nobody's secret


class ZaloSimulator:
    """One bot at a Zalo of its own. Use it as `async with ZaloSimulator() as zalo`, or with `start` and `stop`.

    `clock`: shared with another simulator, or of its own that stands at `start`. `allows_http`: webhooks and pictures on this machine
    may be without TLS, as tests want it; without it they must be https, as at Zalo.
    """

    def __init__(
        self,
        token: str = DEFAULT_ZALO_TOKEN,
        name: str = "Bot Giao Ban",
        *,
        clock: Clock | None = None,
        start: datetime | None = None,
        plan: Plan | None = None,
        contradictions: Contradictions | None = None,
        allows_http: bool = True,
        seed: int = 1,
        language: str = "vi",
    ) -> None:
        self.clock = clock or Clock(start)
        self.world = ZaloWorld(self.clock, ZaloBot(token, name), plan or Plan(), contradictions or Contradictions())
        self.faults = ZaloFaults(seed)
        self.language = language
        self._api = ZaloApi(self.world, self.faults, allows_http=allows_http)
        self.delivering = Delivering(self.world, self.faults)
        self._runner: web.AppRunner | None = None
        self._site: CuttableSite | None = None
        self._keeping: socket.socket | None = None
        self._task: asyncio.Task[None] | None = None
        self._host, self._port = "127.0.0.1", 0
        self.url = ""

    @property
    def token(self) -> str:
        return self.world.bot.token

    @property
    def plan(self) -> Plan:
        return self.world.plan

    @property
    def contradictions(self) -> Contradictions:
        return self.world.contradictions

    def person(self, name: str, caption: str = "") -> ZaloPerson:
        """Somebody new; who has a caption has a phone on the page."""
        user = ZaloUser(self.world.number(f"user {name}"), name=name, caption=caption)
        self.world.users[user.id] = user
        self.world.pulse.beat()
        return ZaloPerson(self.world, user)

    def group(self, title: str, *members: ZaloPerson) -> ZaloGroup:
        """A new group with the bot in it."""
        made = ZaloGroup(self.world.number(f"group {title}"), title=title, members=[each.id for each in members])
        self.world.groups[made.id] = made
        return made

    @property
    def is_cut(self) -> bool:
        return self.delivering.is_cut

    def sent_this_month(self) -> int:
        """How many messages count against the plan."""
        return sum(self.world.bot.sent.values())

    async def idle_of_updates(self, timeout: float = PATIENCE) -> None:
        """Until every update was handed out and taken; while the webhook's server is cut off nothing moves. TimeoutError."""

        def is_idle() -> bool:
            return not self.world.bot.waiting and not self.world.flying

        await self.world.pulse.until(is_idle, timeout, "updates wait")

    async def cut(self) -> None:
        """Nobody reaches Zalo, and Zalo reaches nobody: connections are refused, those that stand break."""
        self.delivering.is_cut = True
        if self._site is not None:
            await self._site.cut()
            self._site, self._keeping = None, keep_port(self._host, self._port)

    async def mend(self) -> None:
        """Zalo is reached again, at the same address."""
        self.delivering.is_cut = False
        if self._site is None and self._runner is not None:
            self._site = CuttableSite(self._runner, self._host, self._port)
            await self._site.start()
            self._let_port_go()
        self.world.pulse.beat()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Serve; the address, also as `url`. OSError when the port is taken."""
        app = web.Application(client_max_size=MOST_BODY)
        self._api.add_routes(app)
        control = ZaloControl(self)
        control.add_routes(app)
        control.add_page(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        self._site = CuttableSite(self._runner, host, port)
        await self._site.start()
        self._host, self._port = host, self._runner.addresses[0][1]
        self.url = f"http://{host}:{self._port}"
        self._task = asyncio.create_task(self.delivering.run())
        return self.url

    async def stop(self) -> None:
        """Stop serving."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self.world.pulse.beat()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = self._site = None
        self._let_port_go()

    def _let_port_go(self) -> None:
        if self._keeping is not None:
            self._keeping.close()
            self._keeping = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
