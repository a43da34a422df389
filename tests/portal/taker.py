"""A portal without a standard: it takes signed JSON, knows a repetition by its key, and refuses what it is told to."""

import hmac
import json
from hashlib import sha256
from types import TracebackType
from typing import Any

from aiohttp import web

SECRET = "khoa-bi-mat"


class Taker:
    """Use it as `async with`. `values`: what it holds; `refused`: elements that it does not take; `effects`: how often it wrote."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str, str], str] = {}
        self.refused: dict[str, str] = {}
        self.keys: list[str] = []
        self.effects = 0
        self.answer_after: list[int] = []
        self.moved_to = ""

    async def __aenter__(self) -> "Taker":
        app = web.Application()
        app.add_routes([web.post("/figures", self._take)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/figures"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if self.moved_to:
            return web.Response(status=308, headers={"Location": self.moved_to})
        moment = request.headers["X-Timestamp"]
        signed = hmac.new(SECRET.encode(), moment.encode() + b"." + body, sha256).hexdigest()
        if not hmac.compare_digest(request.headers["X-Signature"], f"sha256={signed}"):
            return web.Response(status=401)
        found = json.loads(body)
        key = request.headers["Idempotency-Key"]
        assert key == found["key"]
        if key not in self.keys:
            self.keys.append(key)
            self.effects += 1
            self._write(found)
        if self.answer_after:
            return web.Response(status=self.answer_after.pop(0))
        refused = [
            {"element": one["element"], "code": "X1", "message": self.refused[one["element"]]}
            for one in found["values"]
            if one["element"] in self.refused
        ]
        return web.json_response({"refused": refused}, status=422 if refused else 200)

    def _write(self, found: dict[str, Any]) -> None:
        for one in found["values"]:
            place = (found["unit"], found["period"], one["element"])
            if one["value"] is None:
                self.values.pop(place, None)
            elif one["element"] not in self.refused:
                self.values[place] = one["value"]
