"""The desk's page on its listener: what whoever has come in sees and does there, and what nobody gets."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from bot.doctor.checks import Examined
from bot.running.clock import Now
from bot.running.outbox_worker import Write
from bot.running.readers import Readers
from bot.web.browser_session import against_forgery, is_own_form
from bot.web.desk_page.answering import (
    file_answer,
    harden,
    refusal_lines,
    sent_with,
    style_sheet,
)
from bot.web.desk_page.door import COOKIE, DeskDoor
from bot.web.desk_page.page_maker import PageMaker
from bot.web.desk_page.pages import DEEDS, DOWNLOADS, PAGES
from bot.web.desk_page.visit import Deed, Done, Download, NotAllowed, Page, Visit, as_read
from bot.web.serving import listening, name_servers
from reporting.errors import Refusal
from reporting.people import Role
from reporting.road import Road
from reporting.translator import translator
from services.context import Context
from services.desk_session import visitor
from storage.database import audit
from storage.database.audit import by_road
from storage.messages import outbox

MOST_BYTES = 8 << 20
MOST_NOTES = 200

logger = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
T = TypeVar("T")


class DeskSite:
    """The page. It reads through `readers` and writes through the clerk (`writes`); `around` makes the context of a connection.

    `wake`: something was put into the outbox. `beside`: what else is answered here, to whoever has not come in.
    """

    def __init__(
        self,
        readers: Readers,
        writes: Write,
        around: Callable[[Connection], Context],
        now: Now,
        wake: Callable[[], None],
        examine: Callable[[], Sequence[Examined]] = tuple,
        beside: Sequence[web.RouteDef] = (),
    ) -> None:
        self._readers, self._writes, self._around, self._now, self._wake = readers, writes, around, now, wake
        self._maker = PageMaker()
        self._door = DeskDoor(self._maker, readers, self._write, around, now)
        self._examine, self._beside = examine, beside
        self._notes: dict[str, Markup] = {}
        self._runner: web.AppRunner | None = None

    async def start(self, listen: str, url: str) -> str:
        """Listens at «127.0.0.1:8091»; the address that people open. Raises OSError where the port is taken."""
        host, _, port = listen.rpartition(":")
        self._runner = await listening(self.application(), f"{host or '127.0.0.1'}:{port}")
        bound = self._runner.addresses[0][1]
        self._maker.url = url.rstrip("/") or f"http://{host or '127.0.0.1'}:{bound}"
        return self.url

    @property
    def url(self) -> str:
        """What browsers reach it by, once it is started."""
        return self._maker.url

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def application(self) -> web.Application:
        name_servers()
        app = web.Application(client_max_size=MOST_BYTES, middlewares=[self._guard])
        app.router.add_routes(self._beside)
        app.router.add_get("/desk.css", style_sheet)
        app.router.add_get("/enter", self._door.show)
        app.router.add_post("/enter", self._door.come_in)
        app.router.add_post("/leave", self._door.go)
        for page in PAGES:
            app.router.add_get(page.path, partial(self._page, page))
        for deed in DEEDS:
            app.router.add_post(deed.path, partial(self._deed, deed))
        for download in DOWNLOADS:
            app.router.add_get(download.path, partial(self._download, download))
        app.on_response_prepare.append(harden)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """What goes wrong here is in the log, and said in a sentence."""
        try:
            return await handler(request)
        except web.HTTPRequestEntityTooLarge:
            return self._maker.shut(request, 413, "page_too_large")
        except web.HTTPNotFound:
            return self._maker.shut(request, 404, "page_unknown")
        except web.HTTPException:
            raise
        except Exception:
            logger.exception("The desk's page could not be shown: %s", request.path)
            return self._maker.shut(request, 500, "page_broken")

    async def _page(self, page: Page, request: web.Request) -> web.Response:
        token = request.cookies.get(COOKIE, "")
        asked = dict(request.query)
        return await self._shown(page, request, token, asked, 200, self._notes.pop(against_forgery(token), None), {})

    async def _shown(
        self,
        page: Page,
        request: web.Request,
        token: str,
        asked: Mapping[str, str],
        status: int,
        note: Markup | None,
        kept: Mapping[str, str],
    ) -> web.Response:
        """A page as it is now. `note`: what is said on top; `kept`: what was typed into a form that was refused."""

        found = await self._looked(page.roles, token, asked, page.show)
        if found is None:
            return await self._stranger(request, token)
        visit, content = found
        if isinstance(content, Refusal):
            return await self._refused(visit, content, token)
        given = {**content, "page": content.get("page"), "note": note, "wrong": status != 200, "kept": kept}
        return self._maker.page(page.template, visit.words, given | {"here": page}, visit, token, status)

    async def _deed(self, deed: Deed, request: web.Request) -> web.Response:
        token = request.cookies.get(COOKIE, "")
        asked, uploads = await sent_with(request)
        if not is_own_form(request, self.url, asked.get("token", ""), token):
            return self._maker.shut(request, 403, "page_forged")

        def do(connection: Connection) -> tuple[Visit, Done | Refusal] | None:
            visit = self._visit(connection, token, asked)
            if visit is None or not visit.roles & set(deed.roles):
                return None
            visit = replace(visit, uploads=uploads)
            try:
                done = deed.do(visit)
            except Refusal as refusal:  # as in chat: what a use case wrote before it refused, its audit line, stays
                return visit, refusal
            outbox.put(connection, list(done.effects), visit.context.now, visit.context.channels)
            return visit, done

        found = await self._write(do)
        if found is None:
            return await self._stranger(request, token)
        visit, done = found
        if isinstance(done, Refusal):
            await self._note_refusal(visit, done)
            said = refusal_lines(visit.words, done)
            return await self._shown(deed.page, request, token, {}, _status(done), said, asked)
        if done.effects:
            self._wake()
        if done.is_refusal:
            return await self._shown(deed.page, request, token, {}, 400, as_read(done.said), asked)
        if done.file is not None:
            return file_answer(*await asyncio.to_thread(done.file))
        self._keep_note(token, as_read(done.said))
        return web.Response(status=303, headers={"Location": f"{self.url}{done.path}"})

    async def _download(self, download: Download, request: web.Request) -> web.Response:
        token = request.cookies.get(COOKIE, "")

        found = await self._looked(download.roles, token, dict(request.query), download.make)
        if found is None:
            return await self._stranger(request, token)
        visit, made = found
        if isinstance(made, Refusal):
            return await self._refused(visit, made, token)
        name, kind, content = made
        by, now = visit.actor.person.id, visit.context.now
        await self._write(lambda connection: audit.write(connection, now, by, "export", file=name))
        return file_answer(name, kind, content)

    async def _looked(
        self, roles: Collection[Role], token: str, asked: Mapping[str, str], make: Callable[[Visit], T]
    ) -> tuple[Visit, T | Refusal] | None:
        """What `make` finds in one moment, or why it refuses; None for whoever may not see it."""

        def look(connection: Connection) -> tuple[Visit, T | Refusal] | None:
            visit = self._visit(connection, token, asked)
            if visit is None or not visit.roles & set(roles):
                return None
            try:
                return visit, make(visit)
            except Refusal as refusal:
                return visit, refusal

        return await self._readers.read(look)

    async def _refused(self, visit: Visit, refusal: Refusal, token: str) -> web.Response:
        await self._note_refusal(visit, refusal)
        why = {"why": refusal_lines(visit.words, refusal)}
        return self._maker.page("refused_view.html", visit.words, why, visit, token, _status(refusal))

    async def _write(self, change: Callable[[Connection], Any]) -> Any:
        """Whatever is written here is done by the page, and its lines of the audit say so."""

        def by_page(connection: Connection) -> Any:
            with by_road(connection, Road.PAGE):
                return change(connection)

        return await self._writes(by_page)

    def _visit(self, connection: Connection, token: str, asked: Mapping[str, str]) -> Visit | None:
        if not token:
            return None
        context = self._around(connection)
        actor = visitor(context, token)
        if actor is None:
            return None
        return Visit(context, actor, translator(actor.person.language), asked, {}, self._examine)

    async def _stranger(self, request: web.Request, token: str) -> web.Response:
        """Nobody who may see it: who has come in gets a refusal, with its audit line, who has not is told how to."""

        def who(connection: Connection) -> Visit | None:
            return self._visit(connection, token, {})

        visit = await self._readers.read(who)
        if visit is None:
            return self._maker.shut(request, 401, "page_come_in")
        by, now, path = visit.actor.person.id, visit.context.now, request.path
        await self._write(lambda connection: audit.write(connection, now, by, "refused", wanted=f"desk {path}"))
        why = Markup(visit.words("page_for_admins"))  # noqa: S704 - the catalogue's sentence
        return self._maker.page("refused_view.html", visit.words, {"why": why}, visit, token, 403)

    async def _note_refusal(self, visit: Visit, refusal: Refusal) -> None:
        if isinstance(refusal, NotAllowed):
            by, now, unit_id, wanted = visit.actor.person.id, visit.context.now, refusal.unit.id, refusal.wanted
            await self._write(
                lambda connection: audit.write(connection, now, by, "refused", unit_id=unit_id, wanted=wanted)
            )

    def _keep_note(self, token: str, note: Markup) -> None:
        """What is said on the next page that he sees; in this process, since it says nothing that the page does not show."""
        while len(self._notes) >= MOST_NOTES:
            self._notes.pop(next(iter(self._notes)))
        self._notes[against_forgery(token)] = note


def _status(refusal: Refusal) -> int:
    return 403 if isinstance(refusal, NotAllowed) else 400
