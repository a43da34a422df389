"""Delivers a bot's updates to its webhook: in order within a chat, again until they are accepted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from simulator.bots import SimulatedBot
from simulator.cloud import Cloud
from simulator.updates import Pending

Json = dict[str, Any]
Answer = Callable[[SimulatedBot, Json], Awaitable[object]]

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_WAIT = 60.0


class Deliverer:
    """Watches one bot's queue while its webhook is set.

    A delivery that is not answered with 2xx within `patience` seconds is tried again after `first_wait` seconds,
    then twice as long, up to a minute. An answer that is a method call is carried out through `answer`.
    """

    def __init__(self, cloud: Cloud, bot: SimulatedBot, answer: Answer, first_wait: float = 0.5) -> None:
        self._cloud, self._bot, self._answer, self.first_wait = cloud, bot, answer, first_wait
        self.patience = 30.0
        self._lanes: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(self.patience)) as session:
            try:
                while True:
                    gone = self._bot.queue.expire()
                    self._cloud.forget_updates(self._bot, gone)
                    if self._bot.webhook.url:
                        self._start_lanes(session)
                    await self._bot.queue.pulse.wait()
            finally:
                for task in self._lanes.values():
                    task.cancel()
                await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    def _start_lanes(self, session: aiohttp.ClientSession) -> None:
        for update in self._bot.queue.pending.values():
            if len(self._lanes) >= self._bot.webhook.max_connections:
                return
            if update.lane not in self._lanes:
                self._lanes[update.lane] = asyncio.create_task(self._lane(session, update.lane))

    async def _lane(self, session: aiohttp.ClientSession, lane: int) -> None:
        try:
            while self._bot.webhook.url and (update := self._next(lane)):
                await self._until_accepted(session, update)
        finally:
            self._lanes.pop(lane, None)
            self._bot.queue.pulse.beat()

    def _next(self, lane: int) -> Pending | None:
        self._cloud.forget_updates(self._bot, self._bot.queue.expire())
        return next((u for u in self._bot.queue.pending.values() if u.lane == lane), None)

    async def _until_accepted(self, session: aiohttp.ClientSession, update: Pending) -> None:
        wait, hook = self.first_wait, self._bot.webhook
        while hook is self._bot.webhook and update.update_id in self._bot.queue.pending:
            trouble = await self._post(session, update)
            if not trouble:
                self._bot.queue.pending.pop(update.update_id, None)
                self._cloud.forget_updates(self._bot, [update.update_id])
                self._cloud.journal.flush()
                if self._cloud.faults.strikes(self._cloud.faults.duplicate):
                    await self._post(session, update)
                return
            hook.last_error, hook.last_error_at = trouble, self._cloud.clock.seconds()
            self._cloud.pulse.beat()
            await self._bot.change.wait(wait)
            self._cloud.forget_updates(self._bot, self._bot.queue.expire())
            wait = min(wait * 2, LONGEST_WAIT)

    async def _post(self, session: aiohttp.ClientSession, update: Pending) -> str:
        hook = self._bot.webhook
        headers = {HEADER: hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update.view(), headers=headers) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                call = await _call(response)
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError as error:
            return f"Connection failed: {type(error).__name__}"
        if "method" in call:
            await self._answer(self._bot, call)
        return ""


async def _call(response: aiohttp.ClientResponse) -> Json:
    """The call that a webhook's answer holds, as JSON or as a form without files; empty when it holds none."""
    if response.content_type.startswith("multipart/"):
        call: Json = {}
        async for part in aiohttp.MultipartReader.from_response(response):
            if not isinstance(part, aiohttp.MultipartReader):
                call[part.name or ""] = await part.text()
        return call
    body = await response.read()
    if response.content_type != "application/json" or not body:
        return {}
    try:
        answer: object = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
