"""Whether the program is alive, whether it can work, and what it counts: for whoever runs it, beside the desk's page."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Mapping
from zoneinfo import ZoneInfo

from aiohttp import web
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.running.clock import Now
from bot.running.readers import Readers
from bot.web.metrics import CONTENT_TYPE, Metrics, Waiting, look
from reporting.message_plan import MessagePlan
from storage.database.away import is_away
from storage.database.version import newest_revision, revision

logger = logging.getLogger(__name__)

DATABASE_SECONDS = 3.0
"""A database that does not answer in so long is away."""
MEMORY_SECONDS = 15.0
"""For so long one look at the queues serves whoever asks."""
THROUGH_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
PLAIN = {"Cache-Control": "no-store"}


class HealthRoutes:
    """`troubles`: what keeps the program from working, by short names («clerk», «database», «telegram»); none: it can.
    `deadly`: what only a new start would mend.
    """

    def __init__(
        self,
        readers: Readers,
        now: Now,
        zone: ZoneInfo,
        plans: Mapping[str, MessagePlan],
        metrics: Metrics,
        troubles: Callable[[], Collection[str]],
        deadly: Callable[[], Collection[str]],
    ) -> None:
        self._readers, self._now, self._zone, self._plans, self._metrics = readers, now, zone, plans, metrics
        self._troubles, self._deadly = troubles, deadly
        self._looked: tuple[float, Waiting] | None = None
        self._looking: asyncio.Task[Waiting] | None = None

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/healthz", self._alive), web.get("/readyz", self._ready), web.get("/metrics", self._told)]

    async def _alive(self, _: web.Request) -> web.Response:
        """Whether a new start would help."""
        return _answer(self._deadly())

    async def _ready(self, _: web.Request) -> web.Response:
        """Whether it can do its work now: the database answers and is up to date too, and the messengers know the bot."""
        found = list(self._troubles())
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                is_at = await self._readers.read(revision)
        except (SQLAlchemyError, TimeoutError):
            is_at = None
        if is_at != newest_revision() and "database" not in found:
            found.append("database")
        return _answer(found)

    async def _told(self, request: web.Request) -> web.Response:
        """Not through a proxy: what the public reaches has no business with it. Without a database what the process counts is told."""
        if any(name in request.headers for name in THROUGH_A_PROXY):
            raise web.HTTPNotFound
        return web.Response(
            body=self._metrics.told(await self._waiting()), headers={"Content-Type": CONTENT_TYPE, **PLAIN}
        )

    async def _waiting(self) -> Waiting | None:
        """What a look at the database tells, one for all who ask; None while it is away, or does not answer soon."""
        if self._looked is not None and time.monotonic() - self._looked[0] <= MEMORY_SECONDS:
            return self._looked[1]
        looking = self._looking
        if looking is None:
            looking = self._looking = asyncio.create_task(self._readers.read(self._look))
            looking.add_done_callback(self._has_looked)
        await asyncio.wait([looking], timeout=DATABASE_SECONDS)
        if not looking.done() or looking.cancelled() or looking.exception() is not None:
            return None
        return looking.result()

    def _has_looked(self, looking: "asyncio.Task[Waiting]") -> None:
        """What was found is of the moment when it was, be it that nobody waited for it any more."""
        self._looking = None
        if looking.cancelled():
            return
        error = looking.exception()
        if error is None:
            self._looked = time.monotonic(), looking.result()
        elif not (isinstance(error, Exception) and is_away(error)):
            logger.error("What waits could not be counted", exc_info=error)

    def _look(self, connection: Connection) -> Waiting:
        return look(connection, self._now(), self._zone, self._plans)


def _answer(troubles: Collection[str]) -> web.Response:
    return web.json_response(
        {"ok": not troubles, "troubles": list(troubles)}, status=503 if troubles else 200, headers=PLAIN
    )
