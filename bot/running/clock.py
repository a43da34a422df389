"""The program's clock: the real one, or a simulator's that can be turned."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import aiohttp

Now = Callable[[], datetime]


def real() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class FollowedClock:
    """A simulator's clock as it stands there: asked once, then told of every turn by a long poll of /control/clock."""

    def __init__(self, url: str) -> None:
        self._url = f"{url.rstrip('/')}/control/clock"
        self._read_at, self._moment, self._speed = real(), real(), 1.0
        self._revision = 0

    def now(self) -> datetime:
        return self._moment + (real() - self._read_at) * self._speed

    async def read(self) -> None:
        """Asks what time it is. Raises ConnectionError."""
        async with aiohttp.ClientSession() as session:
            await self._ask(session, {})

    async def follow(self) -> None:
        """Follows the clock until it is cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            while True:
                try:
                    await self._ask(session, {"after": str(self._revision), "timeout": "25"})
                except (ConnectionError, TimeoutError):
                    await asyncio.sleep(1)

    async def _ask(self, session: aiohttp.ClientSession, query: dict[str, str]) -> None:
        try:
            async with session.get(self._url, params=query) as answer:
                told = await answer.json()
        except aiohttp.ClientError as error:
            raise ConnectionError(f"{self._url}: {error}") from error
        self._read_at, self._moment = real(), datetime.fromisoformat(told["now"])
        self._speed, self._revision = float(told["speed"]), int(told["revision"])
