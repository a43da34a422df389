"""The simulator over HTTP as Python has it: `/control/...`, JSON in and out."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from aiohttp import web

from simulator import views
from simulator.chats import Chat
from simulator.errors import NotThere, Refusal
from simulator.limits import Limits
from simulator.orders import ORDERS
from simulator.person import Person
from simulator.playback import Playback
from simulator.pulse import PATIENCE
from simulator.seen import Seen
from simulator.world import World

Json = dict[str, Any]
MOST_PHONES = 24
MOST_FOUND = 20


class Control:
    """The control interface of one simulator. README.md lists it."""

    ROUTES: ClassVar[dict[tuple[str, str], str]] = {
        ("GET", "state"): "state",
        ("GET", "clock"): "clock",
        ("POST", "clock"): "set_clock",
        ("GET", "faults"): "faults",
        ("POST", "faults"): "add_fault",
        ("DELETE", "faults"): "clear_faults",
        ("POST", "updates"): "raw_update",
        ("POST", "limits"): "set_limits",
        ("GET", "log"): "log",
        ("POST", "bots"): "add_bot",
        ("GET", "people"): "find_people",
        ("POST", "people"): "add_person",
        ("GET", "people/{id}"): "messages",
        ("POST", "people/{id}/{act}"): "act",
        ("POST", "groups"): "add_group",
        ("POST", "idle"): "idle",
        ("GET", "playback"): "playback",
        ("POST", "playback"): "set_playback",
    }

    def __init__(self, world: World, playback: Playback, *, has_zalo: bool = False) -> None:
        self._world, self._playback, self._has_zalo = world, playback, has_zalo

    def add_routes(self, app: web.Application) -> None:
        """Register the routes."""
        for (method, path), name in self.ROUTES.items():
            app.router.add_route(method, f"/control/{path}", _answered(getattr(self, name)))

    async def state(self, http: web.Request, body: Json) -> Json:
        """Everything that the page shows: the people with a caption (all, if none has one; 24 at most) and `?person=`."""
        world, cloud = self._world, self._world.cloud
        everybody = list(cloud.people.values())
        people = ([p for p in everybody if p.caption] or everybody)[:MOST_PHONES]
        wanted = cloud.people.get(int(http.query.get("person") or 0))
        if wanted is not None and wanted not in people:
            people.append(wanted)
        chats = {chat.key: chat for person in people for chat in cloud.sees(person)}
        return {
            "language": world.language,
            "zone": str(world.zone),
            "seed": cloud.seed,
            "bots": [{"id": b.id, "name": b.user.name, "username": b.user.username} for b in cloud.bots.values()],
            "people": [views.person_view(cloud, p) for p in people],
            "more_people": len(everybody) - len(people),
            "chats": [views.chat_view(cloud, chat) for chat in chats.values()],
            "clock": views.clock_view(cloud),
            "limits": cloud.limits is not None,
            "faults": cloud.faults.view(),
            "log": [views.call_view(c) for c in list(cloud.log)[-100:]],
            "playback": self._playback.view(),
            "zalo": self._has_zalo,
        }

    async def clock(self, http: web.Request, body: Json) -> Json:
        """The clock; with `after=<revision>&timeout=<seconds>` once it was changed by hand after that revision."""
        if "after" in http.query:
            timeout = min(float(http.query.get("timeout", 25)), 60.0)
            await self._world.clock.changed(after=int(http.query["after"]), timeout=timeout)
        return views.clock_view(self._world.cloud)

    async def set_clock(self, http: web.Request, body: Json) -> Json:
        """Change the clock: `move_to` (ISO, with a zone), `move_to_local` (ISO, of ours), `advance` (seconds), `speed`."""
        if "move_to_local" in body:
            self._world.clock.move_to(datetime.fromisoformat(body["move_to_local"]).replace(tzinfo=self._world.zone))
        if "move_to" in body:
            self._world.clock.move_to(datetime.fromisoformat(body["move_to"]))
        if "advance" in body:
            self._world.clock.advance(timedelta(seconds=float(body["advance"])))
        if "speed" in body:
            self._world.clock.run(float(body["speed"]))
        return views.clock_view(self._world.cloud)

    async def faults(self, http: web.Request, body: Json) -> Json:
        """The faults in force."""
        return self._world.faults.view()

    async def add_fault(self, http: web.Request, body: Json) -> Json:
        """Add a fault (its fields), or set `duplicate` and `reorder`."""
        for name in ("duplicate", "reorder"):
            if name in body:
                setattr(self._world.faults, name, float(body.pop(name)))
        if body:
            self._world.faults.add(**body)
        return self._world.faults.view()

    async def clear_faults(self, http: web.Request, body: Json) -> Json:
        """All is well again."""
        self._world.faults.clear()
        return self._world.faults.view()

    async def raw_update(self, http: web.Request, body: Json) -> Json:
        """Queue an update with any body: `kind` and `body`, as for one that cannot be decoded."""
        number = self._world.raw_update(body.get("kind", "message"), body.get("body", {"message_id": "x"}))
        return {"update_id": number}

    async def set_limits(self, http: web.Request, body: Json) -> Json:
        """Telegram's limits: `on`, and any of the fields of Limits."""
        on = bool(body.pop("on", True))
        self._world.limits = Limits(**body) if on else None
        return {"limits": on}

    async def log(self, http: web.Request, body: Json) -> list[Json]:
        """The newest calls (at most 1,000), `after=<number>`, `method=<name>`."""
        after, method = int(http.query.get("after", 0)), http.query.get("method", "")
        calls = [c for c in self._world.cloud.log if c.number > after and method in ("", c.method)]
        return [views.call_view(c) for c in calls]

    async def add_bot(self, http: web.Request, body: Json) -> Json:
        """Add a bot: `token`, `username`, `name`."""
        bot = self._world.bot(**body)
        return {"id": bot.id, "username": bot.user.username}

    async def find_people(self, http: web.Request, body: Json) -> list[Json]:
        """The people whose name, caption or id has `q` in it, at most 20."""
        wanted = http.query.get("q", "").casefold()
        words = ((p, f"{p.name} {p.caption} {p.id}".casefold()) for p in self._world.cloud.people.values())
        found = (p for p, text in words if wanted in text)
        return [
            {"id": p.id, "name": p.name, "caption": p.caption} for p, _ in zip(found, range(MOST_FOUND), strict=False)
        ]

    async def add_person(self, http: web.Request, body: Json) -> Json:
        """Add or change a person: `name`, `id`, `username`, `language_code`, `caption`, `phone`."""
        person = self._world.person(**body)
        return views.person_view(self._world.cloud, person.user)

    async def messages(self, http: web.Request, body: Json) -> list[Json]:
        """The messages of a person's chat (`chat=<key>`, default the private one), `after=<message_id>`."""
        person, cloud = self._person(http), self._world.cloud
        chat = self._chat(person, http.query.get("chat"))
        after = int(http.query.get("after", 0))
        numbers = [n for n in chat.messages if n > after and n not in chat.held]
        return [views.message_view(cloud, chat, chat.messages[n]) for n in numbers]

    async def add_group(self, http: web.Request, body: Json) -> Json:
        """Add a group or a channel: `title`, `members` (ids), `type` (group, supergroup, forum, channel), `topics`."""
        members = [self._world.person_by_id(int(i)) for i in body.get("members", [])]
        kind = body.get("type", "supergroup")
        if kind == "channel":
            chat = self._world.channel(body["title"], members, username=body.get("username", ""))
        else:
            chat = self._world.group(body["title"], members, kind == "forum", supergroup=kind != "group")
        if body.get("bot"):
            self._world.admit(chat, self._world.cloud.first_bot, body["bot"])
        topics = {name: self._world.topic(chat, name) for name in body.get("topics", [])}
        return {"id": chat.id, "key": chat.key, "topics": topics}

    async def idle(self, http: web.Request, body: Json) -> Json:
        """Answer when every update has been confirmed; `timeout` in seconds."""
        await self._world.idle_of_updates(float(body.get("timeout", PATIENCE)))
        return {"idle": True}

    async def playback(self, http: web.Request, body: Json) -> Json:
        """What is being played, and how far; `{}` where there is no scenario."""
        return self._playback.view() or {}

    async def set_playback(self, http: web.Request, body: Json) -> Json:
        """`do`: play (begin, or go on), pause, skip or stop; `speed` with play."""
        playback = self._playback
        match body.get("do"):
            case "play":
                playback.play(float(body["speed"]) if "speed" in body else None)
            case "pause":
                playback.pause()
            case "skip":
                playback.skip()
            case "stop":
                playback.stop()
            case other:
                raise ValueError(f"{other}: do play, pause, skip or stop")
        return playback.view() or {}

    def _person(self, http: web.Request) -> Person:
        try:
            return self._world.person_by_id(int(http.match_info["id"]))
        except (KeyError, ValueError):
            raise NotThere(f"nobody has the id {http.match_info['id']}") from None

    def _chat(self, person: Person, key: str | None) -> Chat:
        if not key:
            return person.private()
        chat = self._world.cloud.chats.get(key)
        if chat is None or chat not in self._world.cloud.sees(person.user):
            raise NotThere(f"{person.name} does not see the chat {key}")
        return chat

    async def act(self, http: web.Request, body: Json) -> Json:
        """Let a person do something; `chat` is the key of a chat (default: the private one with the first bot)."""
        person = self._person(http)
        chat = self._chat(person, body.get("chat"))
        name = http.match_info["act"]
        if name not in ORDERS:
            raise NotThere(f"people do not {name}; they {', '.join(ORDERS)}")
        done = await ORDERS[name](self._world.cloud, person, chat, body)
        if isinstance(done, Seen):
            return {"message_id": done.message_id}
        return done if isinstance(done, dict) else {"done": True}


def _answered(
    action: Callable[[web.Request, Json], Awaitable[Any]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(http: web.Request) -> web.Response:
        origin = http.headers.get("Origin", "")
        if origin and origin.partition("://")[2] != http.host:
            return _json({"error": "this page may not control the simulator"}, 403)
        try:
            body = await http.json() if http.can_read_body else {}
            if not isinstance(body, dict):
                return _json({"error": "a JSON object is expected"}, 400)
            return _json(await action(http, body))
        except (NotThere, Refusal) as error:
            words = error.description if isinstance(error, Refusal) else str(error)
            return _json({"error": words}, 404 if isinstance(error, NotThere) else 400)
        except (ValueError, TypeError, KeyError) as error:
            return _json({"error": f"{type(error).__name__}: {error}"}, 400)
        except TimeoutError as error:
            return _json({"error": str(error)}, 504)

    return handler


def _json(body: Any, status: int = 200) -> web.Response:
    return web.Response(
        status=status, body=json.dumps(body, ensure_ascii=False).encode(), content_type="application/json"
    )
