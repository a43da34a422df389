"""The simulator as a program uses it: people, bots, groups, a clock, and a server on loopback."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from aiohttp import web

from simulator.bots import SimulatedBot
from simulator.chats import User
from simulator.clock import Clock
from simulator.cloud import Cloud
from simulator.control import Control
from simulator.faults import Faults
from simulator.gatherings import Gatherings
from simulator.limits import Limits
from simulator.page_server import Page
from simulator.people import Acts
from simulator.person import Person
from simulator.playback import Playback
from simulator.restore import keep_world, restore, take_up_seed
from simulator.server import MOST_BODY, TOKEN, BotApi
from simulator.webhook import Deliverer

Json = dict[str, Any]

DEFAULT_TOKEN = "1000:SIMULATOR"  # noqa: S105 - opens nothing
DEFAULT_NAME = "giaoban_bot"


class Simulator(Gatherings):
    """A Bot API on one's own machine.

    `start` (aware) is where the clock stands at first (None: the machine's time); `state` is a file in which
    everything is kept (None: in memory only); `limits` are Telegram's limits (None: none); `keep` is how many of the
    newest messages each chat holds; times are shown in `zone`.
    Use it as `async with Simulator() as sim`, or with `start` and `stop`.
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
        self.cloud = Cloud(Clock(start, speed), seed, state, limits, keep)
        take_up_seed(self.cloud)
        self.language, self.zone = language, ZoneInfo(zone)
        self.acts = Acts(self.cloud)
        self.restored = restore(self.cloud)
        self.api = BotApi(self.cloud, strict)
        self.playback = Playback(self)
        self.webhook_wait = 0.5
        self._runner: web.AppRunner | None = None
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._persons: dict[int, Person] = {}
        self.url = ""

    # Parts

    @property
    def clock(self) -> Clock:
        """The clock that everything here, and the demo's bot, goes by."""
        return self.cloud.clock

    @property
    def faults(self) -> Faults:
        """The faults in force; add some."""
        return self.cloud.faults

    @property
    def limits(self) -> Limits | None:
        """Telegram's limits, when they are on."""
        return self.cloud.limits

    @limits.setter
    def limits(self, limits: Limits | None) -> None:
        self.cloud.limits = limits

    # Who there is

    def bot(
        self,
        token: str = DEFAULT_TOKEN,
        username: str = DEFAULT_NAME,
        name: str = "Giao Ban",
        description: str = "",
    ) -> SimulatedBot:
        """The bot with this token, made when it is new. ValueError when the token's syntax is not Telegram's.

        `description` is what an empty chat says until the bot sets another, as one given to @BotFather.
        """
        if not TOKEN.fullmatch(token):
            raise ValueError(f"a token looks like {DEFAULT_TOKEN}")
        bot = self.cloud.add_bot(token, username, name)
        if description:
            bot.texts.setdefault("description|", description)
        if self._runner is not None:
            self._deliver(bot)
        return bot

    def bot_named(self, username: str) -> SimulatedBot | None:
        """The bot with this username."""
        wanted = username.lower().removeprefix("@")
        return next((b for b in self.cloud.bots.values() if b.user.username.lower() == wanted), None)

    def person(
        self,
        name: str,
        id: int | None = None,  # noqa: A002 - the field of the Bot API
        username: str | None = None,
        language_code: str = "vi",
        caption: str = "",
        phone: str = "",
        start: str = "",
    ) -> Person:
        """The person of this id; without an id, the id follows from the seed and the name.

        The private chat with the first bot is on the phone, but not started. `caption` says on the page whose phone it
        is; `start` is what START carries, as if the person had opened a link `t.me/bot?start=…` and not pressed it yet.
        """
        number = self.cloud.number_for(name) if id is None else id
        user = self.cloud.people.get(number)
        if user is None:
            user = self.cloud.people[number] = User(number, name, place=len(self.cloud.people))
        user.first_name, user.language_code = name, language_code or user.language_code
        user.username, user.caption = username or user.username, caption or user.caption
        user.phone, user.start = phone or user.phone, start or user.start
        if self.cloud.bots:
            self.cloud.private(self.first_bot, user)
        self.cloud.touch_person(user)
        return self.person_by_id(number)

    def person_by_id(self, number: int) -> Person:
        """A person that is there already; KeyError otherwise."""
        user = self.cloud.people[number]
        return self._persons.setdefault(number, Person(self, user, self.acts))

    @property
    def people(self) -> list[Person]:
        """Everybody, in the order in which they came."""
        return [self.person_by_id(number) for number in self.cloud.people]

    def raw_update(self, kind: str, body: Json, bot: SimulatedBot | None = None) -> int:
        """Queue an update with any body, decodable or not; its update_id (0: the bot does not want this kind)."""
        owner = bot or self.first_bot
        update = owner.queue.push(kind, body, 0)
        if update is None:
            return 0
        self.cloud.keep_update(owner, update)
        self.cloud.journal.flush()
        return update.update_id

    # Running

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Serve; the address, also as `url`. OSError when the port is taken."""
        app = web.Application(client_max_size=MOST_BODY)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self.api.call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.api.file)
        Control(self).add_routes(app)
        Page(self).add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        for bot in self.cloud.bots.values():
            self._deliver(bot)
        self._tasks["keep"] = asyncio.create_task(self._keep())
        return self.url

    def _deliver(self, bot: SimulatedBot) -> None:
        if bot.token not in self._tasks:
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
        keep_world(self.cloud)
        self.cloud.journal.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def idle_of_updates(self, timeout: float = 10.0) -> None:
        """Wait until the bots have confirmed every update (by offset, or by their webhook's 200)."""
        await self.cloud.pulse.until(
            lambda: not any(bot.queue.pending for bot in self.cloud.bots.values()), timeout, "updates are waiting"
        )


def is_token(text: str) -> bool:
    """Whether a text has a token's syntax."""
    return re.fullmatch(TOKEN, text) is not None
