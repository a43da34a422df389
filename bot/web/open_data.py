"""Open data: a read-only site beside the bot with the public figures for programs (CSV, JSON) and for people (a page)."""

import asyncio
import csv
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from email.utils import format_datetime
from functools import partial
from io import StringIO
from zoneinfo import ZoneInfo

from aiohttp import web
from sqlalchemy import Connection

from bot.running.clock import Now
from bot.running.readers import Readers
from bot.web import dcat_entry
from bot.web.dcat_entry import UNSTATED, Publisher
from bot.web.open_memory import Kept, Memory
from bot.web.open_query import FIGURES, NAMES, PAGE, STANDING, Query, read_query
from bot.web.open_reading import SiteReader, SiteSettings
from bot.web.public_page import FILES, asset, page
from bot.web.serving import listening, name_servers
from messages.residents.open_data import Row, flat
from reporting.errors import Refusal
from reporting.figures.areas import Areas
from reporting.translator import LANGUAGES, translator
from storage.figures import published
from storage.organisation import units
from understanding.units_now import units_as_now

MOST_WAITING = 30
"""So many requests wait for their turn at the most; who comes after them is asked to come again."""
COME_AGAIN = 5
PACKED_HERE = 30_000
"""A body of more bytes is compressed in a thread."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Last-Modified"}
CSV, JSON, HTML = "text/csv", "application/json", "text/html"
TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[SiteReader], Iterator[Row]]]] = {
    "figures": (FIGURES, SiteReader.figures),
    "standing": (STANDING, SiteReader.standing),
    "indicators": (NAMES, SiteReader.indicators),
    "units": (NAMES, SiteReader.all_units),
}
"""What is given as CSV and JSON: the options of its address, and what it is read from."""

Make = Callable[[SiteReader], bytes]


class OpenData:
    """The site. It reads through `readers`, one request at a time, and never writes.

    `now` is the program's clock; `language` the one of whoever asks for none; `beside`: what else is answered here.
    """

    def __init__(
        self,
        readers: Readers,
        now: Now,
        zone: ZoneInfo,
        language: str = "vi",
        *,
        demonstration: bool = False,
        publisher: Publisher = UNSTATED,
        memory: Memory | None = None,
        beside: Sequence[web.RouteDef] = (),
    ) -> None:
        self._readers, self._now, self._zone, self._language = readers, now, zone, language
        self._demonstration, self._publisher = demonstration, publisher
        self._memory, self._beside = memory or Memory(), beside
        self._around: tuple[object, SiteSettings] | None = None
        self._turn, self._waiting = asyncio.Lock(), 0
        self._runner: web.AppRunner | None = None

    async def start(self, listen: str) -> str:
        """Listens at «127.0.0.1:8090»; the site's address. Raises OSError where the port is taken."""
        self._runner = await listening(self.application(), listen)
        bound = self._runner.addresses[0][1]
        return f"http://{listen.rpartition(':')[0] or '127.0.0.1'}:{bound}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def application(self) -> web.Application:
        name_servers()
        app = web.Application(client_max_size=1000)
        app.router.add_get("/health", self._health)
        app.router.add_get("/", partial(self._told, HTML, PAGE, page))
        for name, (options, rows) in TABLES.items():
            app.router.add_get(f"/{name}.csv", partial(self._told, CSV, options, partial(_csv, rows)))
            app.router.add_get(f"/{name}.json", partial(self._told, JSON, options, partial(_json, name, rows)))
        app.router.add_get(
            dcat_entry.AT, partial(self._told, dcat_entry.KIND, (), partial(dcat_entry.dcat_entry, self._publisher))
        )
        app.router.add_get("/page/{name}", _file)
        app.router.add_routes(self._beside)
        app.on_response_prepare.append(_harden)
        return app

    async def _health(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True}, headers={"Cache-Control": "no-store"})

    async def _told(self, kind: str, options: tuple[str, ...], make: Make, request: web.Request) -> web.Response:
        """What is asked for; 304 if whoever asks has it already, 400 with the reason if it cannot be, 503 in a crowd."""
        language = _spoken(request, self._language) if kind == HTML else self._language
        if self._waiting >= MOST_WAITING:
            return web.Response(status=503, text="busy\n", headers={"Retry-After": str(COME_AGAIN)})
        self._waiting += 1
        try:
            query = read_query(list(request.query.items()), options, language)
            async with self._turn:
                kept = await self._readers.read(partial(self._kept, request.path, query, make))
        except Refusal as refusal:
            asked = request.query.get("lang", language)
            why = translator(asked if asked in LANGUAGES else language).plain(refusal.key, **refusal.values)
            return _refused(kind, why)
        finally:
            self._waiting -= 1
        return _answer(request, kind, kept, query)

    def _kept(self, path: str, query: Query, make: Make, connection: Connection) -> Kept:
        """From memory, as long as nothing is new on record and the minute is the same; else read and made anew."""
        now = self._now()
        stamp = (published.stamp(connection), now.replace(second=0, microsecond=0))
        key = (path, query)
        kept = self._memory.get(key, stamp)
        if kept is not None:
            return kept
        began = time.perf_counter()
        around = self._standing_around(connection)
        if query.is_by_units_of_today:
            around = replace(around, areas=Areas(units_as_now(around.areas.tree, now.astimezone(self._zone).date())))
        body = make(SiteReader(connection, now, around, query))
        return self._memory.keep(key, stamp, body, time.perf_counter() - began)

    def _standing_around(self, connection: Connection) -> SiteSettings:
        """The tree with its areas, read again when the list of units has changed."""
        stamp = published.units_stamp(connection)
        if self._around is None or self._around[0] != stamp:
            self._around = (stamp, SiteSettings(self._zone, self._demonstration, Areas(units.tree(connection))))
        return self._around[1]


def _csv(rows: Callable[[SiteReader], Iterator[Row]], reading: SiteReader) -> bytes:
    """A line a row, UTF-8; for Excel with the mark by which it knows that. No text in it is ever a formula."""
    text = StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    head: tuple[str, ...] | None = None
    for row in rows(reading):
        if head is None:
            head = tuple(row)
            out.writerow(head)
        out.writerow(flat(row))
    return text.getvalue().encode("utf-8-sig" if reading.query.is_for_excel else "utf-8")


def _json(name: str, rows: Callable[[SiteReader], Iterator[Row]], reading: SiteReader) -> bytes:
    """An object: whether the figures are made up, a remark on how to read them, and the list of rows."""
    remark = reading.view.words.plain("open_remark")
    told = {"demonstration": reading.around.demonstration, "remark": remark, name: list(rows(reading))}
    return (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _spoken(request: web.Request, otherwise: str) -> str:
    """The language that a browser prefers, of those that we speak."""
    wanted = request.headers.get("Accept-Language", "")[:200].lower()
    for each in wanted.split(","):
        language = each.split(";")[0].strip().split("-")[0]
        if language in LANGUAGES:
            return language
    return otherwise


def _refused(kind: str, why: str) -> web.Response:
    if kind in (JSON, dcat_entry.KIND):
        return web.json_response({"error": why}, status=400, headers=OPEN)
    return web.Response(status=400, text=f"{why}\n", headers=OPEN if kind == CSV else None)


def _answer(request: web.Request, kind: str, kept: Kept, query: Query) -> web.Response:
    headers = {"Cache-Control": "public, no-cache", "Last-Modified": format_datetime(kept.modified_at, usegmt=True)}
    if kind == HTML:
        headers["Vary"] = "Accept-Language, Accept-Encoding"
    else:
        headers |= OPEN | {"Link": f'<{dcat_entry.AT}>; rel="describedby"; type="{dcat_entry.KIND}"'}
    headers["Content-Language"] = query.language
    headers["ETag"] = f'W/"{kept.etag}"'  # weak: the same told, packed or not
    if _has_it(request, kept):
        return web.Response(status=304, headers=headers)
    if kind == CSV:
        name = request.path.rsplit("/", 1)[-1]
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer = web.Response(
        body=kept.body, content_type=kind, charset="utf-8", headers=headers, zlib_executor_size=PACKED_HERE
    )
    answer.enable_compression()
    return answer


def _has_it(request: web.Request, kept: Kept) -> bool:
    """RFC 9110: the ETag decides; the date only where none was sent."""
    tags = request.if_none_match
    if tags is not None:
        return any(tag.value in (kept.etag, "*") for tag in tags)
    since = request.if_modified_since
    return since is not None and kept.modified_at <= since


async def _file(request: web.Request) -> web.Response:
    """A style sheet, a script or the picture of the page; their addresses change with their content."""
    name = request.match_info["name"]
    if name not in FILES:
        raise web.HTTPNotFound
    kind, content = asset(name)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)


async def _harden(_: web.Request, answer: web.StreamResponse) -> None:
    for name, value in SAFE.items():  # what stands beside has stricter ones of its own
        answer.headers.setdefault(name, value)
