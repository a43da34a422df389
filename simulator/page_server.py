"""Serves the page, its live events and the files that it shows."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from aiohttp import web

from simulator import views
from simulator.cloud import Cloud

Json = dict[str, Any]

KEEP_ALIVE = 15.0
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"


class Page:
    """The routes `/`, `/page/*`, `/events` and `/content/*`."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def add_routes(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_get("/", self.index)
        app.router.add_get("/page/{name}", self.asset)
        app.router.add_get("/events", self.events)
        app.router.add_get("/content/{path:.+}", self.content)

    async def index(self, http: web.Request) -> web.Response:
        """The page itself."""
        return _asset("index.html")

    async def asset(self, http: web.Request) -> web.Response:
        """A script, a style or a picture of the page."""
        return _asset(http.match_info["name"])

    async def content(self, http: web.Request) -> web.Response:
        """A file of a message: pictures to be shown, all else to be saved."""
        file = self._cloud.files.by_path.get(http.match_info["path"])
        if file is None:
            raise web.HTTPNotFound
        kind = file.mime if file.mime in PICTURES else ""
        if file.path.startswith("photos/"):
            kind = kind or "image/png"
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=86400"}
        if not kind or "save" in http.query:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return web.Response(body=file.content, content_type=kind or "application/octet-stream", headers=headers)

    async def events(self, http: web.Request) -> web.StreamResponse:
        """Server-sent events: what happens, from now on, as JSON with a `type`."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(http)
        queue = self._cloud.hub.listen()
        clock = asyncio.create_task(self._clock(queue))
        try:
            await response.write(b"retry: 1000\n\n")
            while not self._cloud.hub.stopping:
                try:
                    event = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event["type"] == "stop":
                    break
                await response.write(b"data: " + json.dumps(self._full(event), ensure_ascii=False).encode() + b"\n\n")
        except ConnectionError:
            pass
        finally:
            clock.cancel()
            self._cloud.hub.leave(queue)
        return response

    async def _clock(self, queue: asyncio.Queue[Json]) -> None:
        async for _ in self._cloud.clock.changed():
            if not queue.full():
                queue.put_nowait({"type": "clock"})

    def _full(self, event: Json) -> Json:
        """An event with the present view of what it names."""
        cloud, kind = self._cloud, event["type"]
        chat = cloud.chats.get(event.get("chat", ""))
        if kind in ("message", "edited") and chat is not None:
            message = chat.messages.get(event["id"])
            if message is None:
                return {"type": "nothing"}
            return {"type": kind, "message": views.message_view(cloud, chat, message), "held": chat.held}
        if kind == "chat" and chat is not None:
            return {"type": kind, "chat": views.chat_view(cloud, chat, False)}
        if kind == "person":
            person = cloud.people[event["person"]]
            return {
                "type": kind,
                "person": views.person_view(cloud, person),
                "chats": [views.chat_view(cloud, c, False) for c in cloud.sees(person)],
            }
        if kind == "call":
            found = next((c for c in reversed(cloud.log) if c.number == event["number"]), None)
            return {"type": kind, "call": views.call_view(found)} if found else {"type": "nothing"}
        if kind == "clock":
            return {"type": kind, "clock": views.clock_view(cloud)}
        return event


def _asset(name: str) -> web.Response:
    found = files("simulator").joinpath("page", name)
    if "/" in name or name.startswith(".") or not found.is_file():
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    charset = "utf-8" if kind.startswith("text/") or "javascript" in kind or "svg" in kind else None
    return web.Response(body=found.read_bytes(), content_type=kind, charset=charset, headers=headers)
