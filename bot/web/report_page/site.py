"""A report's page over HTTP: the link and its button, the page, what is saved and sent; and whoever may not is told what to do."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot.running.outbox_worker import Write
from bot.running.readers import Readers
from bot.web.browser_session import against_forgery, is_own_form, session_begins
from bot.web.desk_page.answering import said_on_page, spoken_by
from bot.web.report_page.acts import Acted, act_on_page, look_at_page
from bot.web.report_page.assets import HEADERS, POLICY, WORKER, asset_mark, page_asset, page_templates, page_worker
from bot.web.report_page.sent_fields import fields_sent
from bot.web.sent_forms import is_from_our_page, sent_form
from bot.web.throttle import MissedAddresses
from reporting.report_page_links import PAGE_AT, FormVisit, PublicSite, report_mark
from reporting.road import Road
from reporting.texts import in_language
from reporting.translator import translator
from services.context import Context
from services.report_page import SESSION_HOLDS, AtPage, come_in, form_visitor, look_at_link
from storage.database.audit import by_road
from storage.messages import outbox

COOKIE = "report"
MOST_BYTES = 1 << 20
logger = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Door:
    """What somebody would come in to by a link."""

    name: str
    language: str
    title: str
    unit: str
    period: object


class ReportSite:
    """Reads through `readers` and writes through the clerk (`writes`); `around` makes the context of a connection; `wake`: something
    was put into the outbox; `missed` counts whoever brings links that are none.
    """

    def __init__(
        self,
        readers: Readers,
        writes: Write,
        around: Callable[[Connection], Context],
        wake: Callable[[], None],
        missed: MissedAddresses,
    ) -> None:
        self._readers, self._writes, self._around, self._wake, self._missed = readers, writes, around, wake, missed

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(PAGE_AT, self._safe(self._how)),
            web.get(f"{PAGE_AT}files/{{name}}", page_asset),
            web.get(PAGE_AT + WORKER, page_worker),
            web.get(f"{PAGE_AT}enter", self._safe(self._door)),
            web.post(f"{PAGE_AT}enter", self._safe(self._come_in)),
            web.get(PAGE_AT + "{ref:[0-9a-f]{16}}/", self._safe(self._page)),
            web.post(PAGE_AT + "{ref:[0-9a-f]{16}}/", self._safe(self._act)),
        ]

    def _safe(self, handler: Handler) -> Handler:
        """What goes wrong here is in the log, and said in a sentence."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request.clone(client_max_size=MOST_BYTES))  # the site beside takes no bodies
            except web.HTTPRequestEntityTooLarge:
                return await self._shut(request, 413, "page_too_large")
            except web.HTTPException:
                raise
            except Exception:
                logger.exception("A report's page could not be shown.")
                return await self._shut(request, 500, "sheet_broken")

        return handle

    async def _how(self, request: web.Request) -> web.Response:
        """Whoever has no link: how to get one. It carries no right, so it can be printed."""
        return await self._shut(request, 200, "sheet_how")

    async def _door(self, request: web.Request) -> web.Response:
        """What it is, and a button: whoever only fetches the address, as messengers do, uses nothing up."""
        token = request.query.get("k", "")
        if not token:
            return await self._how(request)
        if (refused := await self._forged(request, token)) is not None:
            return refused
        found = await self._readers.read(partial(self._look_at, token))
        if found is None:  # used, perhaps in this very browser: then the page is there
            return web.Response(status=303, headers=HEADERS | {"Location": f"{_ref(token)}/"})
        words = translator(found.language)
        told = {"name": found.name, "title": found.title, "unit": found.unit, "period": words.show(found.period)}
        return self._answer("door.html", found.language, told | {"token": token})

    async def _forged(self, request: web.Request, token: str) -> web.Response | None:
        """Whoever brings links that we have not signed is told so, and waits when it becomes many. Others of his address do not."""
        site = await self._site()
        if site is not None and site.signed(token) is not None:
            return None
        if (wait := self._missed.seconds(request)) > 0:
            return await self._shut(request, 429, "sheet_wait", wait)
        self._missed.note(request)
        return await self._shut(request, 410, "sheet_link_over")

    def _look_at(self, token: str, connection: Connection) -> Door | None:
        at = look_at_link(self._around(connection), token)
        if at is None:
            return None
        task, language = at.task, at.person.language
        title = in_language(task.form.title, language) or task.form.key
        return Door(at.person.name, language, title, task.unit.title, task.form.period(task.period))

    async def _come_in(self, request: web.Request) -> web.Response:
        token = str((await sent_form(request)).get("k", ""))
        if (refused := await self._forged(request, token)) is not None:
            return refused
        site = await self._site()
        if site is None or not is_from_our_page(request, site.url):
            return await self._shut(request, 403, "sheet_forged")
        held = await self._write(lambda connection: come_in(self._around(connection), token))
        if held is None:
            return await self._shut(request, 410, "sheet_link_over")
        at = f"{PAGE_AT}{_ref(token)}/"
        answer = web.Response(status=303, headers=HEADERS | {"Location": site.url + at})
        session_begins(answer, COOKIE, held[0], SESSION_HOLDS, site.url + at)
        return answer

    async def _page(self, request: web.Request) -> web.Response:
        held = request.cookies.get(COOKIE, "")

        def show(connection: Connection) -> tuple[AtPage, Acted] | None:
            found = form_visitor(self._around(connection), held)
            return (found[0], look_at_page(*found)) if found is not None else None

        found = await self._write(show)
        if found is None:
            return await self._shut(request, 410, "sheet_link_over")
        return self._shown(request, held, *found)

    async def _act(self, request: web.Request) -> web.Response:
        held, sent = request.cookies.get(COOKIE, ""), await sent_form(request)
        site = await self._site()
        if site is None or not is_own_form(request, site.url, sent.get("token", ""), held):
            return await self._shut(request, 403, "sheet_forged")

        def change(connection: Connection) -> tuple[AtPage, Acted] | None:
            found = form_visitor(self._around(connection), held)
            if found is None:
                return None
            at, session = found
            done = act_on_page(
                at, session, held, partial(fields_sent, sent=sent), {key: str(sent[key]) for key in sent}
            )
            outbox.put(connection, list(done.effects), at.context.now, at.context.channels)
            return at, done

        found = await self._write(change)
        if found is None:
            return await self._shut(request, 410, "sheet_link_over")
        if found[1].effects:
            self._wake()
        return self._shown(request, held, *found)

    def _shown(self, request: web.Request, held: str, at: AtPage, done: Acted) -> web.Response:
        task, words = at.task, translator(at.person.language)
        visit = FormVisit(at.person.id, task.form.key, task.unit.id, task.period)
        site = at.context.site
        given = {
            "who": at.person.name,
            "title": in_language(task.form.title, words.language) or task.form.key,
            "unit": task.unit.title,
            "period": words.show(task.form.period(task.period)),
            "window": in_language(task.form.window, words.language),
            "demonstration": at.context.demonstration,
            "token": against_forgery(held),
            "keep": report_mark(visit, site.key) if site is not None else "",
            "bot": _bot(at.context),
            "files": "../files",
            "policy": POLICY,
            **done.content,
        }
        if "application/json" not in request.headers.get("Accept", ""):
            return self._answer(done.template, words.language, given, done.status)
        html = page_templates().get_template(done.template).render(self._around_template(words.language, given))
        answer = web.json_response({"state": done.state, "html": html}, headers=HEADERS)
        answer.enable_compression()
        return answer

    async def _write(self, change: Callable[[Connection], Any]) -> Any:
        """Whatever is written here is done by the page, and its lines of the audit say so."""

        def by_page(connection: Connection) -> Any:
            with by_road(connection, Road.WEB_FORM):
                return change(connection)

        return await self._writes(by_page)

    async def _site(self) -> PublicSite | None:
        return (await self._readers.read(self._around)).site

    async def _shut(self, request: web.Request, status: int, key: str, wait: int = 0) -> web.Response:
        """A page for whoever has not come in, or cannot any more; what was typed stays in his browser."""
        language = spoken_by(request)
        bot = _bot(await self._readers.read(self._around))
        if "application/json" in request.headers.get("Accept", ""):
            state = "over" if status in (403, 410) else "broken"
            said = translator(language).plain(key)
            return web.json_response({"state": state, "said": said}, status=status, headers=HEADERS)
        files = "../files" if "ref" in request.match_info else "files"
        told = {"why": said_on_page(translator(language), key), "bot": bot, "files": files}
        answer = self._answer("shut.html", language, told, status)
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer

    def _answer(self, template: str, language: str, content: Mapping[str, Any], status: int = 200) -> web.Response:
        body = page_templates().get_template(template).render(self._around_template(language, content))
        headers = HEADERS | {"Content-Language": language}
        return web.Response(
            status=status, body=body.encode(), content_type="text/html", charset="utf-8", headers=headers
        )

    def _around_template(self, language: str, content: Mapping[str, Any]) -> dict[str, Any]:
        words = translator(language)
        around = {"files": "files", "mark": asset_mark(), "language": language, "say": partial(said_on_page, words)}
        return {"demonstration": False, **around, **content}


def _ref(token: str) -> str:
    """The place of a link's page: it tells nothing of the link, and lets nobody in."""
    return sha256(f"page {token}".encode(errors="replace")).hexdigest()[:16]


def _bot(context: Context) -> str:
    return next((each.opens for each in context.ways_in if each.opens), "")
