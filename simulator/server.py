"""The Bot API over HTTP: reads a call, carries it out under limits and faults, answers and logs it."""

from __future__ import annotations

import asyncio
import inspect
import json
import time
from typing import Any

from aiohttp import web

from simulator.addresses import fetch_named
from simulator.bots import Call, SimulatedBot
from simulator.cloud import Cloud
from simulator.description import shapes
from simulator.errors import Refusal
from simulator.faults import Fault
from simulator.methods import METHODS
from simulator.requests import Request, Upload, read

Json = dict[str, Any]

MOST_BODY = 60 * 1024 * 1024
LONG = 400
GARBAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


class BotApi:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`. Method names are told apart without case.

    `strict` refuses parameters that the method does not have, where Telegram would ignore them.
    """

    def __init__(self, cloud: Cloud, strict: bool = True) -> None:
        self.cloud, self.strict = cloud, strict
        self.names = {name.lower(): name for name in shapes().methods}

    async def call(self, http: web.Request) -> web.StreamResponse:
        """Answer one call."""
        bot = self.cloud.bots.get(http.match_info["token"])
        if bot is None:
            return _json(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        name = self.names.get(http.match_info["method"].lower())
        if name is None:
            return _json(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        try:
            raw, uploads = await _body(http)
        except web.HTTPRequestEntityTooLarge:
            return _json(413, Refusal("Request Entity Too Large", 413).answer())
        began = time.perf_counter()
        fault = self.cloud.faults.for_call(name, self.cloud.number_of(raw.get("chat_id")))
        status, answer = await self.carry_out(bot, name, raw, uploads, fault)
        self.cloud.journal.flush()
        self._log(bot, name, raw, uploads, status, answer, time.perf_counter() - began)
        if fault and (fault.drop or fault.garbage):
            return _broken(http, fault)
        return _json(status, answer)

    async def carry_out(
        self, bot: SimulatedBot, name: str, raw: Json, uploads: dict[str, Upload], fault: Fault | None = None
    ) -> tuple[int, Json]:
        """Carry out a call: the HTTP status and the JSON of the answer."""
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        try:
            if fault and fault.status and not fault.after_effect:
                raise fault.refusal()
            if fault and fault.drop == "before":
                return 0, {"ok": False, "description": "dropped before the effect"}
            result = await self._result(bot, name, raw, uploads)
            if fault and fault.status:
                raise fault.refusal()
        except Refusal as refusal:
            return refusal.code, refusal.answer()
        return 200, {"ok": True, "result": result}

    async def _result(self, bot: SimulatedBot, name: str, raw: Json, uploads: dict[str, Upload]) -> Any:
        method = METHODS.get(name)
        if method is None:
            raise Refusal(f"the simulator does not do {name}", 501)
        params = read(name, raw, uploads, self.strict)
        await fetch_named(name, params, uploads)
        if self.cloud.limits is not None:
            paid = bool(params.get("allow_paid_broadcast"))
            self.cloud.limits.check(name, self.cloud.number_of(params.get("chat_id")), paid)
        result = method(Request(self.cloud, bot, name, params, uploads))
        return await result if inspect.isawaitable(result) else result

    async def reply(self, bot: SimulatedBot, call: Json) -> None:
        """Carry out a call that came as the answer of a webhook."""
        raw = {k: v for k, v in call.items() if k != "method"}
        name = self.names.get(str(call["method"]).lower())
        if name is not None and name != "getUpdates":
            status, answer = await self.carry_out(bot, name, raw, {})
            self.cloud.journal.flush()
            self._log(bot, name, raw, {}, status, answer, 0.0)

    async def file(self, http: web.Request) -> web.StreamResponse:
        """Answer a download."""
        bot = self.cloud.bots.get(http.match_info["token"])
        file = self.cloud.files.by_path.get(http.match_info["path"])
        if bot is None or file is None:
            code = 401 if bot is None else 404
            return _json(code, {"ok": False, "error_code": code, "description": "Not Found"})
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _log(
        self,
        bot: SimulatedBot,
        name: str,
        raw: Json,
        uploads: dict[str, Upload],
        status: int,
        answer: Json,
        took: float,
    ) -> None:
        if name == "getUpdates" and status == 200:
            return
        cloud = self.cloud
        cloud.calls += 1
        shown = {k: v if not isinstance(v, str) or len(v) <= 4096 else v[:LONG] + "…" for k, v in raw.items()}
        shown |= {k: f"«{u.name}», {len(u.content)} bytes" for k, u in uploads.items()}
        at = cloud.clock.now().isoformat()
        result = answer.get("result") if answer["ok"] else answer
        entry = Call(cloud.calls, at, bot.user.username, name, shown, status, result, round(took * 1000, 2))
        cloud.log.append(entry)
        bot.calls.append(entry)
        cloud.hub.tell("call", lambda: {"number": entry.number})


async def _body(http: web.Request) -> tuple[Json, dict[str, Upload]]:
    raw: Json = dict(http.query)
    if http.method != "POST" or not http.can_read_body:
        return raw, {}
    kind = http.content_type
    if kind == "application/json":
        try:
            body = await http.json()
        except ValueError:
            body = {}
        return raw | (body if isinstance(body, dict) else {}), {}
    uploads: dict[str, Upload] = {}
    for name, value in (await http.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            raw[name] = value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")
    return raw, uploads


def _json(status: int, answer: Json) -> web.Response:
    body = json.dumps(answer, ensure_ascii=False).encode(
        errors="backslashreplace"
    )  # half a surrogate as JSON spells it
    response = web.Response(status=status if 200 <= status < 600 else 500, body=body, content_type="application/json")
    if status == 429:
        response.headers["Retry-After"] = str(answer.get("parameters", {}).get("retry_after", 1))
    return response


def _broken(http: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.drop and http.transport is not None:
        http.transport.abort()
    return web.Response(body=GARBAGE, content_type="text/html")
