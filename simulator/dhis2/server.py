"""The stand-in over HTTP, on loopback: who may come in, what is asked, faults on order."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from aiohttp import web

from simulator.dhis2.imports import Import
from simulator.dhis2.metadata import DEFAULT_COMBO, Element, Metadata, by_scheme
from simulator.dhis2.page import ReceivedPage
from simulator.dhis2.payload import READERS, BadPayload
from simulator.dhis2.stored import Stored, Summary, web_message

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class ServerFault:
    """What the next write meets: an HTTP status, or a broken connection; `after`: when it has taken effect already."""

    status: int = 0
    after: bool = False
    drop: bool = False
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ServerCall:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    content_type: str
    body: str


class Dhis2Server:
    """Use it as `async with`, or `start` and `stop` it; `url` is its address then, with a page for people in `language`.

    `faults` are met by writes, one each.
    """

    def __init__(self, metadata: Metadata, mode: str = "2.42", language: str = "vi") -> None:
        self.metadata, self.mode, self.stored, self.language = metadata, mode, Stored(), language
        self.faults: deque[ServerFault] = deque()
        self.calls: list[ServerCall] = []
        self.tasks: dict[str, Summary] = {}
        self.url = ""

    async def __aenter__(self) -> Dhis2Server:
        await self.start()
        return self

    async def start(self, port: int = 0) -> None:
        """Listens on loopback; port 0: any that is free. OSError where it is taken."""
        app = web.Application(middlewares=[self._let_in])
        app.add_routes(
            [
                web.get("/", self._page),
                web.post("/api/dataValueSets", self._import),
                web.get("/api/dataValueSets.json", self._values),
                web.get("/api/dataSets.json", self._sets),
                web.post("/api/completeDataSetRegistrations", self._register),
                web.get("/api/system/taskSummaries/DATAVALUE_IMPORT/{id}", self._task),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Ends; what was stored is kept as long as this object."""
        await self._runner.cleanup()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.stop()

    def value(self, element: str, unit: str, period: str, combo: str = DEFAULT_COMBO) -> str | None:
        """What is stored, by codes."""
        one = self.metadata.element("code", element)
        of = self.metadata.unit("code", unit)
        assert one is not None, element
        assert of is not None, unit
        return self.stored.values.get((one.uid, period, of.uid, combo, DEFAULT_COMBO))

    @web.middleware
    async def _let_in(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path == "/":
            page: web.StreamResponse = await handler(request)
            return page
        body = (await request.read()).decode("utf-8", "replace")
        self.calls.append(ServerCall(request.method, request.path, dict(request.query), request.content_type, body))
        if request.headers.get("Authorization") != f"ApiToken {self.metadata.token}":
            return _message(401, "Unauthorized", "ERROR")
        fault = self.faults.popleft() if request.method != "GET" and self.faults else None
        if fault is not None and not fault.after:
            return self._faulty(request, fault)
        answer: web.StreamResponse = await handler(request)
        return answer if fault is None else self._faulty(request, fault)

    def _faulty(self, request: web.Request, fault: ServerFault) -> web.StreamResponse:
        if fault.drop and request.transport is not None:
            request.transport.abort()
        headers = dict(fault.headers)
        return web.Response(status=fault.status or 500, text=fault.body or "<html>502</html>", headers=headers)

    async def _import(self, request: web.Request) -> web.Response:
        read = READERS.get(request.content_type)
        if read is None:
            return _message(415, f"Content type '{request.content_type}' not supported", "ERROR")
        try:
            payload = read(await request.read())
        except BadPayload as bad:
            summary = Summary("ERROR", str(bad))
            return _json(*web_message(summary, self.mode))
        default = "code" if request.content_type == "application/adx+xml" else "uid"
        one = Import(self.metadata, self.stored, self.mode, payload, dict(request.query), default)
        summary = one.run()
        if request.query.get("async") == "true":
            return self._initiated(summary)
        return _json(*web_message(summary, self.mode))

    def _initiated(self, summary: Summary) -> web.Response:
        uid = f"task{len(self.tasks):07d}"
        self.tasks[uid] = summary
        response = {
            "id": uid,
            "jobType": "DATAVALUE_IMPORT",
            "relativeNotifierEndpoint": f"/api/system/tasks/DATAVALUE_IMPORT/{uid}",
        }
        body = {"httpStatus": "OK", "httpStatusCode": 200, "status": "OK", "message": "Initiated DATAVALUE_IMPORT"}
        return _json(200, {**body, "response": response})

    async def _task(self, request: web.Request) -> web.Response:
        summary = self.tasks.get(request.match_info["id"])
        return _json(200, summary.answer()) if summary else _message(404, "Not Found", "ERROR")

    async def _page(self, request: web.Request) -> web.Response:
        page = ReceivedPage(self.metadata, self.stored, self.language)
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return web.Response(text=page.html(request.query.get("period", "")), content_type="text/html", headers=headers)

    async def _values(self, request: web.Request) -> web.Response:
        rows = [
            {"dataElement": key[0], "period": key[1], "orgUnit": key[2], "categoryOptionCombo": key[3], "value": value}
            for key, value in self.stored.values.items()
        ]
        return _json(200, {"dataValues": rows})

    async def _sets(self, request: web.Request) -> web.Response:
        """`filter=code:eq:X` with the fields that a client of ours asks for."""
        of, _, name = request.query.get("filter", "").partition(":eq:")
        found = by_scheme(self.metadata.sets, of, name)
        sets = [] if found is None else [found]
        return _json(200, {"dataSets": [_described(each.uid, each.code, each.name, each) for each in sets]})

    async def _register(self, request: web.Request) -> web.Response:
        rows = json.loads(await request.read()).get("completeDataSetRegistrations", [])
        summary, query = Summary(), request.query
        general = query.get("idScheme", "uid")
        for index, row in enumerate(rows):
            of = by_scheme(self.metadata.sets, query.get("dataSetIdScheme", general), row.get("dataSet"))
            unit = self.metadata.unit(query.get("orgUnitIdScheme", general), row.get("organisationUnit"))
            if of is None or unit is None or unit not in of.units:
                summary.refuse(index, "E7600", "Data set or organisation unit not found", {"dataSet": "?"})
                summary.status = "ERROR"
                continue
            key = (of.uid, row["period"], unit.uid)
            if query.get("importStrategy") == "DELETE":
                summary.deleted += self.stored.complete.pop(key, None) is not None
            else:
                summary.imported += 1
                self.stored.complete[key] = row.get("date", "")
        return _json(*web_message(summary, self.mode))


def _described(uid: str, code: str, name: str, of: Any) -> dict[str, Any]:
    elements = [{"dataElement": _element(each)} for each in of.elements]
    return {"id": uid, "code": code, "name": name, "periodType": of.period_type, "dataSetElements": elements}


def _element(each: Element) -> dict[str, Any]:
    return {
        "id": each.uid,
        "code": each.code,
        "name": each.name,
        "valueType": each.value_type,
        "zeroIsSignificant": each.zero_is_significant,
        "attributeValues": [{"attribute": {"id": one}, "value": value} for one, value in each.attributes.items()],
    }


def _message(status: int, words: str, outer: str) -> web.Response:
    return _json(status, {"httpStatus": words, "httpStatusCode": status, "status": outer, "message": words})


def _json(status: int, body: Any) -> web.Response:
    return web.Response(status=status, text=json.dumps(body), content_type="application/json")
