"""The Zalo Bot API over HTTP: POST and JSON alone; under faults it fails, hangs, vanishes or answers garbage."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from simulator.faults import Fault, Faults
from simulator.zalo.chats import Json, ZaloCall, ZaloRefusal, ZaloWorld
from simulator.zalo.methods import METHODS, Call

MOST_BODY = 1_000_000
GARBAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


class ZaloFaults(Faults):
    """Faults of calls as Telegram's simulator has them, and of updates: `duplicate` repeats one, `lose` never brings one."""

    lose = 0.0

    def clear(self) -> None:
        super().clear()
        self.lose = 0.0


class ZaloApi:
    """Answers `/bot<token>/<method>`. `allows_http`: addresses of this machine may be without TLS."""

    def __init__(self, world: ZaloWorld, faults: ZaloFaults, *, allows_http: bool) -> None:
        self._world, self._faults, self._allows_http = world, faults, allows_http

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self.call)

    async def call(self, http: web.Request) -> web.StreamResponse:
        name = http.match_info["method"]
        params: Json = {}
        status, answer, fault = 200, dict[str, object](), None
        try:
            params = await self._read(http, name)
            fault = self._faults.for_call(name, params.get("chat_id"))
            result = await self._carry_out(name, params, fault)
            answer = {"ok": True} if result is None else {"ok": True, "result": result}
        except ZaloRefusal as refusal:
            status, answer = refusal.code, refusal.answer()
        if not (name == "getUpdates" and status == 408):
            self._world.bot.calls.append(ZaloCall(name, params, status, answer))
        if fault is not None and fault.drop and http.transport is not None:
            http.transport.abort()
        if fault is not None and fault.garbage:
            return web.Response(body=GARBAGE, content_type="text/html")
        body = json.dumps(answer, ensure_ascii=False).encode()
        return web.Response(status=status, body=body, content_type="application/json")

    async def _read(self, http: web.Request, name: str) -> Json:
        if http.match_info["token"] != self._world.bot.token:
            raise ZaloRefusal(401, "Unauthorized")
        method = METHODS.get(name)
        if method is None:
            raise ZaloRefusal(404, f"no method {name}")
        if http.method != "POST":
            raise ZaloRefusal(405, "Method not allowed")
        if http.can_read_body and http.content_type != "application/json":
            raise ZaloRefusal(400, "the body must be JSON")
        try:
            params = await http.json() if http.can_read_body else {}
        except ValueError:
            raise ZaloRefusal(400, "the body must be JSON") from None
        if not isinstance(params, dict):
            raise ZaloRefusal(400, "the body must be an object")
        if beyond := sorted(params.keys() - set(method.takes)):
            raise ZaloRefusal(400, f"{name} takes no {', '.join(beyond)} (the simulator is strict)")
        return params

    async def _carry_out(self, name: str, params: Json, fault: Fault | None) -> object:
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.drop == "before":
            return None
        if fault is not None and fault.status and not fault.after_effect:
            raise ZaloRefusal(fault.status, fault.description or "Internal Server Error")
        result: object = await METHODS[name].carries_out(Call(self._world, params, self._allows_http))
        if fault is not None and fault.status:
            raise ZaloRefusal(fault.status, fault.description or "Internal Server Error")
        return result
