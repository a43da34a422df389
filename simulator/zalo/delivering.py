"""Updates on their way to the webhook: in their order, each alone in its envelope, with the secret in a header."""

from __future__ import annotations

import aiohttp

from simulator.zalo.chats import Json, Webhook, ZaloWorld
from simulator.zalo.server import ZaloFaults

SECRET = "X-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
PATIENCE = 30.0
LONGEST_WAIT = 60.0


class Delivering:
    """Delivers while a webhook is set. One that does not answer 2xx is called again after `first_wait` seconds, then twice as long."""

    def __init__(self, world: ZaloWorld, faults: ZaloFaults, first_wait: float = 0.2) -> None:
        self._world, self._faults, self.first_wait = world, faults, first_wait
        self.is_cut = False

    async def run(self) -> None:
        """Until it is cancelled."""
        world = self._world
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as session:
            while True:
                if world.bot.webhook is None or not world.bot.waiting or self.is_cut:
                    await world.pulse.wait()
                    continue
                update = world.bot.waiting[0]
                world.flying += 1
                try:
                    if not self._faults.strikes(self._faults.lose):
                        await self._bring(session, update)
                finally:
                    world.flying -= 1
                if world.bot.waiting and world.bot.waiting[0] is update and world.bot.webhook is not None:
                    world.bot.waiting.popleft()
                world.pulse.beat()

    async def _bring(self, session: aiohttp.ClientSession, update: Json) -> None:
        """Until it is taken, or there is no webhook any more; one that is set anew meanwhile is called at once."""
        wait = self.first_wait
        while (hook := self._world.bot.webhook) is not None:
            if await self._post(session, hook, update):
                if self._faults.strikes(self._faults.duplicate):
                    await self._post(session, hook, update)
                return
            if not self._world.contradictions.redelivers:
                return
            wait = self.first_wait if await self._is_changed(hook, wait) else min(wait * 2, LONGEST_WAIT)

    async def _is_changed(self, hook: Webhook, wait: float) -> bool:
        """Whether another webhook is set within so many seconds."""
        try:
            await self._world.pulse.until(lambda: self._world.bot.webhook is not hook, wait, "it is as it was")
        except TimeoutError:
            return False
        return True

    async def _post(self, session: aiohttp.ClientSession, hook: Webhook, update: Json) -> bool:
        try:
            async with session.post(
                hook.url, json={"ok": True, "result": update}, headers={SECRET: hook.secret}
            ) as answer:
                return 200 <= answer.status < 300
        except (TimeoutError, aiohttp.ClientError):
            return False
