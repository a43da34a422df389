"""The bot's ear: it polls Telegram or is called by it, and confirms an update when it is stored, never before."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web

from bot.running.http_transport import Wire, WireError, refusal_of
from bot.running.redaction import without
from bot.web.sent_forms import is_same_secret
from bot.web.serving import listening, name_servers

log = logging.getLogger(__name__)

HEARD = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""The kinds of update that we ask Telegram for. https://core.telegram.org/bots/api#update"""

POLL_SECONDS = 50
LONGEST_BACKOFF = 30.0
LARGEST_UPDATE = 4_000_000
"""Bytes: of what is larger so many are kept, which cannot be decoded and are set aside. Were it refused, it would be said again for a
day, and all that comes from its chat would wait behind it.
"""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_BEGIN = re.compile(r'\{\s*"update_id"\s*:\s*(\d+)')

Hear = Callable[[Sequence[str]], Awaitable[None]]
"""Stores updates (JSON as it came) and returns when they are committed."""
Acknowledge = Callable[[str], Awaitable[None]]
"""Takes the hourglass off a button, by the callback query's id."""


class Ear:
    """Hears for the bot with this token at the Bot API `api_url`, reached through the http:// `proxy` if there is one.

    `longest_backoff`: seconds between two tries at the most.
    """

    def __init__(
        self,
        token: str,
        api_url: str,
        hear: Hear,
        acknowledge: Acknowledge,
        *,
        proxy: str = "",
        heard: Sequence[str] = HEARD,
        longest_backoff: float = LONGEST_BACKOFF,
    ) -> None:
        self._token, self._base = token, f"{api_url.rstrip('/')}/bot{token}"
        self._hear, self._acknowledge = hear, acknowledge
        self._wire = Wire(proxy)
        self._longest_backoff = longest_backoff
        self._wanted = json.dumps(list(heard))
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def poll(self, seconds: int = POLL_SECONDS) -> None:
        """Asks for updates until it is cancelled; what is heard is confirmed with the next question, after it is stored."""
        offset, trouble = 0, 0
        try:
            while True:
                try:
                    if offset == 0:
                        await self._call("deleteWebhook", {})
                    offset = await self._poll_once(offset, seconds)
                    trouble = 0
                except Exception as error:  # noqa: BLE001  # whatever it is, the ear goes on hearing
                    trouble += 1
                    await self._recover(error, trouble)
        finally:
            await self._wire.close()

    async def _poll_once(self, offset: int, seconds: int) -> int:
        """Hears one batch; the offset that confirms it."""
        asked = {"offset": str(offset), "timeout": str(seconds), "allowed_updates": self._wanted}
        body = await self._call("getUpdates", asked, seconds + 20)
        updates = split(body)
        if updates is None:
            raise ValueError(f"the answer to getUpdates is no list of updates: {body[:200]!r}")
        for number, raw in updates:
            self._acknowledge_tap(raw)
            offset = max(offset, number + 1)
        if updates:
            await self._hear([raw for _, raw in updates])
        return offset

    async def _call(self, method: str, fields: dict[str, str], seconds: float = 20) -> str:
        status, answer = await self._wire.call(f"{self._base}/{method}", fields, seconds=seconds)
        body = answer.decode("utf-8", "replace")
        if status != 200:
            raise _Refusal(status, body)
        return body

    async def _recover(self, error: Exception, trouble: int) -> None:
        """Says in the log what is wrong, and waits a while."""
        wait = min(2.0 ** (trouble - 1), self._longest_backoff)
        match error:
            case _Refusal(status=409):
                why = "another process polls with this token; only one may. Stop the other one"
            case _Refusal(status=401 | 404):
                wait, why = self._longest_backoff, "Telegram does not know this BOT_TOKEN"
            case _Refusal():
                wait = max(wait, error.retry_after)
                why = str(error)
            case WireError():
                why = f"Telegram is not reached ({error})"
            case _:
                log.error("What was heard could not be kept; it is asked for again.", exc_info=error)
                why = repr(error)
        log.warning("Hearing nothing: %s. Trying again in %g s.", without([self._token], why), wait)
        await asyncio.sleep(wait)

    def _acknowledge_tap(self, raw: str) -> None:
        """A tap is acknowledged at once, before anything is done about it."""
        if "callback_query" not in raw:
            return
        try:
            query = json.loads(raw).get("callback_query")
            number = str(query["id"]) if query else ""
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return
        if number:
            task = asyncio.ensure_future(self._acknowledge(number))
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)

    async def webhook(self, listen: str, secret: str, path: str, url: str = "") -> None:
        """Is called by Telegram at `listen` («127.0.0.1:8080») until it is cancelled; `url` is told to Telegram if it is given."""
        runner = await listening(self.application(secret, path), listen)
        try:
            if url:
                await self._register(url, secret)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()
            await self._wire.close()

    async def _register(self, url: str, secret: str) -> None:
        fields = {"url": url, "secret_token": secret, "allowed_updates": self._wanted}
        trouble = 0
        while True:
            try:
                await self._call("setWebhook", fields)
            except (WireError, _Refusal) as error:
                trouble += 1
                await self._recover(error, trouble)
            else:
                return

    def application(self, secret: str, path: str) -> web.Application:
        """The server that Telegram calls: POST `path` with the secret, and GET /health. ValueError for a secret that is none."""
        if not _SECRET.fullmatch(secret):
            raise ValueError("WEBHOOK_SECRET needs 1 to 256 letters, digits, «_» or «-»")
        if not path.startswith("/") or path == "/health":
            raise ValueError("the webhook's path begins with «/» and is not /health")

        async def called(request: web.Request) -> web.Response:
            if not is_same_secret(request.headers.get(SECRET_HEADER, ""), secret):
                return web.Response(status=403, text="not Telegram\n")
            raw = (await _beginning(request)).decode("utf-8", "replace")
            if not _BEGIN.match(raw.lstrip()) and not _is_update(raw):
                return web.Response(status=400, text="no update\n")
            self._acknowledge_tap(raw)
            try:
                await self._hear([raw])
            except Exception:
                log.exception("What was heard could not be kept; Telegram will say it again.")
                return web.Response(status=503, text="say it again\n")
            return web.Response()

        async def health(_: web.Request) -> web.Response:
            return web.json_response({"ok": True})

        name_servers()
        app = web.Application()
        app.router.add_post(path, called)
        app.router.add_get("/health", health)
        return app


async def _beginning(request: web.Request) -> bytes:
    """What it brings, as far as it is kept."""
    read = bytearray()
    async for piece in request.content.iter_any():
        read += piece
        if len(read) >= LARGEST_UPDATE:
            break
    return bytes(read[:LARGEST_UPDATE])


class _Refusal(Exception):
    """The Bot API refused a call."""

    def __init__(self, status: int, body: str) -> None:
        why, self.retry_after = refusal_of(body)
        super().__init__(f"{status} {why}")
        self.status = status


def split(body: str) -> list[tuple[int, str]] | None:
    """The updates in an answer to getUpdates, each with its id, as they came; None if it is no such answer.

    One that is no JSON comes out as it is, and does not keep the others from being heard.
    """
    try:
        return _split_well(body)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        pass
    starts = list(_BEGIN.finditer(body))
    ends = [*(begin.start() for begin in starts[1:]), len(body)]
    return [
        (int(begin[1]), _piece(body[begin.start() : end])) for begin, end in zip(starts, ends, strict=False)
    ] or None


def _piece(text: str) -> str:
    """What begins as an update, up to its end if that can be found."""
    try:
        return text[: json.JSONDecoder().raw_decode(text)[1]]
    except (ValueError, RecursionError):
        return text.rstrip().removesuffix(",")


def _split_well(body: str) -> list[tuple[int, str]]:
    decoder, found = json.JSONDecoder(), []
    opened = re.match(r'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[\s*', body)
    if opened is None:
        answer: Any = json.loads(body)
        return [(int(each["update_id"]), json.dumps(each, ensure_ascii=False)) for each in answer["result"]]
    at = opened.end()
    while body[at] != "]":
        update, end = decoder.raw_decode(body, at)
        found.append((int(update["update_id"]), body[at:end]))
        at = end
        while body[at] in ", \t\r\n":
            at += 1
    return found


def _is_update(raw: str) -> bool:
    try:
        return "update_id" in json.loads(raw)
    except (ValueError, TypeError, RecursionError):
        return False
