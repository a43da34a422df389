"""The simulated Zalo by hand: its page, and orders over HTTP, at its own address or at that of another simulator."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Protocol

from aiohttp import web

from simulator.zalo.chats import Json, ZaloGroup, ZaloMessage, ZaloUser, ZaloWorld
from simulator.zalo.phone import ZaloPerson

POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
LONGEST_WAIT = 25.0
SHOWN = 200
ASSETS = {"zalo.js": "text/javascript", "dom.js": "text/javascript", "look.css": "text/css", "phone.css": "text/css"}
ASSETS |= {"bubble.css": "text/css", "zalo.css": "text/css", "icon.svg": "image/svg+xml"}


class Controlled(Protocol):
    """What is controlled: a simulated Zalo that can be cut off."""

    world: ZaloWorld
    language: str

    @property
    def is_cut(self) -> bool: ...

    def person(self, name: str, caption: str = "") -> ZaloPerson: ...

    def sent_this_month(self) -> int: ...

    async def cut(self) -> None: ...

    async def mend(self) -> None: ...


class ZaloControl:
    """Routes under `/zalo`; `add_page` adds those of a page of its own."""

    def __init__(self, simulator: Controlled) -> None:
        self._simulator = simulator

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/zalo/state", self.state)
        app.router.add_get("/zalo/photo/{message}", self.photo)
        app.router.add_post("/zalo/people", self.add_person)
        app.router.add_post("/zalo/people/{id}/{act}", self.act)
        app.router.add_post("/zalo/road", self.road)

    def add_page(self, app: web.Application) -> None:
        app.router.add_get("/", self.index)
        app.router.add_get("/page/{name}", self.asset)

    async def index(self, _: web.Request) -> web.Response:
        return _asset("zalo.html", "text/html")

    async def asset(self, http: web.Request) -> web.Response:
        name = http.match_info["name"]
        if name not in ASSETS:
            raise web.HTTPNotFound
        return _asset(name, ASSETS[name])

    async def state(self, http: web.Request) -> web.Response:
        """What the phones show, with the number of the change; with `after=NUMBER` once there was another."""
        world = self._simulator.world
        if "after" in http.query and int(http.query["after"]) >= world.pulse.revision:
            await world.pulse.wait(LONGEST_WAIT)
        people = [each for each in world.users.values() if each.caption]
        return _json(
            {
                "revision": world.pulse.revision,
                "language": self._simulator.language,
                "bot": world.bot.name,
                "sent": self._simulator.sent_this_month(),
                "of": world.plan.messages_a_month,
                "is_cut": self._simulator.is_cut,
                "people": [self._person(each) for each in people],
            }
        )

    def _person(self, user: ZaloUser) -> Json:
        groups = [each for each in self._simulator.world.groups.values() if user.id in each.members]
        return {
            "id": user.id,
            "name": user.name,
            "caption": user.caption,
            "blocks": user.blocks,
            "chats": [self._chat(user), *(self._chat(each) for each in groups)],
        }

    def _chat(self, chat: ZaloUser | ZaloGroup) -> Json:
        title = chat.title if isinstance(chat, ZaloGroup) else self._simulator.world.bot.name
        return {
            "id": chat.id,
            "title": title,
            "messages": [self._message(each) for each in list(chat.messages)[-SHOWN:]],
        }

    def _message(self, message: ZaloMessage) -> Json:
        user = self._simulator.world.users.get(message.by)
        return {
            "id": message.message_id,
            "date": message.date,
            "by": message.by,
            "name": user.name if user else self._simulator.world.bot.name,
            "text": message.words,
            "sticker": bool(message.sticker),
            "photo": bool(message.photo),
        }

    async def photo(self, http: web.Request) -> web.Response:
        wanted = http.match_info["message"]
        for chat in (*self._simulator.world.users.values(), *self._simulator.world.groups.values()):
            for message in chat.messages:
                if message.message_id == wanted and message.photo:
                    return web.Response(body=message.photo, content_type="image/png")
        raise web.HTTPNotFound

    async def add_person(self, http: web.Request) -> web.Response:
        """Add a person: `name`, `caption` (who has one has a phone on the page)."""
        _from_here(http)
        body = await http.json()
        return _json({"id": self._simulator.person(str(body["name"]), str(body.get("caption", ""))).id})

    async def act(self, http: web.Request) -> web.Response:
        """Let a person do something: say (`text`, `group`), sticker, photo, file, block, unblock."""
        _from_here(http)
        world = self._simulator.world
        user = world.users.get(http.match_info["id"])
        body = await http.json() if http.can_read_body else {}
        if user is None:
            raise web.HTTPNotFound
        person = ZaloPerson(world, user)
        match http.match_info["act"]:
            case "say":
                person.says(str(body["text"]), world.groups.get(str(body.get("group", ""))))
            case "sticker":
                person.sends_sticker()
            case "photo":
                person.sends_photo()
            case "file":
                person.sends_unsupported()
            case "block":
                person.blocks()
            case "unblock":
                person.unblocks()
            case _:
                raise web.HTTPNotFound
        return _json({"done": True})

    async def road(self, http: web.Request) -> web.Response:
        """Cut Zalo off (`open` false), or mend it."""
        _from_here(http)
        body = await http.json()
        await (self._simulator.mend() if body.get("open", True) else self._simulator.cut())
        return _json({"open": not self._simulator.is_cut})


def _from_here(http: web.Request) -> None:
    origin = http.headers.get("Origin", "")
    if origin and origin.partition("://")[2] != http.host:
        raise web.HTTPForbidden(text="this page may not control the simulator\n")


def _asset(name: str, kind: str) -> web.Response:
    body = files("simulator").joinpath("page", name).read_bytes()
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)


def _json(body: Json) -> web.Response:
    return web.Response(body=json.dumps(body, ensure_ascii=False).encode(), content_type="application/json")
