"""The ear at Zalo: it is called by Zalo, or, for trials alone, polls; what came is confirmed when it is stored."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.running.http_transport import WireError
from bot.running.redaction import without
from bot.web.sent_forms import is_same_secret
from bot.web.serving import listening, name_servers
from bot.zalo.client import TIMED_OUT, ZaloClient, ZaloError

log = logging.getLogger(__name__)

POLL_SECONDS = 30
LARGEST_UPDATE = 262_144
LONGEST_BACKOFF = 30.0
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105  # the header's name

Hear = Callable[[Sequence[str]], Awaitable[None]]


class ZaloEar:
    """`hear` stores updates (JSON) and returns when they are committed."""

    def __init__(self, client: ZaloClient, hear: Hear, token: str, longest_backoff: float = LONGEST_BACKOFF) -> None:
        self._client, self._hear, self._token, self._longest_backoff = client, hear, token, longest_backoff

    async def poll(self, seconds: int = POLL_SECONDS) -> None:
        """Asks for updates until it is cancelled. Zalo hands each out once: what is cut off on the way is lost, so only for trials."""
        log.warning(
            "Zalo is polled, which is for trials: an update whose answer is cut off is lost. Set ZALO_WEBHOOK_URL for real work."
        )
        trouble, is_mine = 0, False
        while True:
            try:
                if not is_mine:
                    await self._client.call("deleteWebhook")
                    is_mine = True
                updates = await self._polled(seconds)
                trouble = 0
            except (WireError, ZaloError) as error:
                trouble += 1
                is_mine = is_mine and not (isinstance(error, ZaloError) and error.code == 409)
                await self._wait(error, trouble)
            else:
                if updates:
                    await self._keep(updates)

    async def _polled(self, seconds: int) -> list[str]:
        """What the poll has brought: the sources say one update, or a list of one."""
        try:
            found = await self._client.call("getUpdates", seconds + 20, timeout=str(seconds))
        except ZaloError as error:
            if error.code == TIMED_OUT:
                return []
            raise
        return [
            json.dumps(each, ensure_ascii=False) for each in (found if isinstance(found, list) else [found]) if each
        ]

    async def _keep(self, updates: Sequence[str]) -> None:
        """Until they are stored: nobody else has them any more."""
        while True:
            try:
                await self._hear(updates)
            except Exception:
                log.exception("What Zalo has handed out could not be kept; trying again.")
                await asyncio.sleep(1.0)
            else:
                return

    async def _wait(self, error: Exception, trouble: int) -> None:
        wait = min(2.0 ** (trouble - 1), self._longest_backoff)
        log.warning("Hearing nothing of Zalo: %s. Trying again in %g s.", without([self._token], str(error)), wait)
        await asyncio.sleep(wait)

    async def webhook(self, listen: str, secret: str, path: str, url: str = "") -> None:
        """Is called by Zalo at `listen` until it is cancelled; `url` is told to Zalo if it is given."""
        runner = await listening(self.application(secret, path), listen)
        try:
            if url:
                await self._register(url, secret)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _register(self, url: str, secret: str) -> None:
        trouble = 0
        while True:
            try:
                await self._client.call("setWebhook", url=url, secret_token=secret)
            except (WireError, ZaloError) as error:
                trouble += 1
                await self._wait(error, trouble)
            else:
                return

    def application(self, secret: str, path: str) -> web.Application:
        """The server that Zalo calls: POST `path` with the secret, one update in its envelope. ValueError for a wrong secret."""
        if not 8 <= len(secret) <= 256 or not secret.isascii():
            raise ValueError("ZALO_WEBHOOK_SECRET needs 8 to 256 letters and digits")

        async def called(request: web.Request) -> web.Response:
            if not is_same_secret(request.headers.get(SECRET_HEADER, ""), secret):
                return web.Response(status=403, text="not Zalo\n")
            update = _update_in(await request.read())
            if update is None:
                return web.Response(status=400, text="no update\n")
            try:
                await self._hear([update])
            except Exception:
                log.exception("What was heard could not be kept; Zalo may say it again.")
                return web.Response(status=503, text="say it again\n")
            return web.json_response({"message": "Success"})

        name_servers()
        app = web.Application(client_max_size=LARGEST_UPDATE)
        app.router.add_post(path, called)
        return app


def _update_in(body: bytes) -> str | None:
    """The update as JSON, out of its envelope (`{"ok": true, "result": {…}}`) or without one; None where there is none."""
    try:
        read = json.loads(body)
        update = read.get("result", read)
        if not isinstance(update["event_name"], str):
            return None
        return json.dumps(update, ensure_ascii=False)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
