"""The pages that the desk's browser is given, each with its menu, and what is told to whoever has not come in."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from aiohttp import web
from markupsafe import Markup

from bot.web.browser_session import against_forgery
from bot.web.desk_page.answering import environment, said_on_page, spoken_by, style_mark
from bot.web.desk_page.pages import PAGES
from bot.web.desk_page.visit import Visit
from reporting.translator import Translator, translator


class PageMaker:
    """`url`, what browsers reach the page by, is known once it is started."""

    def __init__(self) -> None:
        self.url = ""

    def page(
        self,
        template: str,
        words: Translator,
        content: Mapping[str, Any],
        visit: Visit | None = None,
        token: str = "",
        status: int = 200,
    ) -> web.Response:
        """A page made of its template; `visit`: of whoever has come in."""
        menu = [page for page in PAGES if visit is not None and page.in_menu and visit.roles & set(page.roles)]
        given = {
            "note": None,
            "wrong": False,
            "kept": {},
            "here": None,
            "menu": menu,
            "who": visit.actor.person.name if visit is not None else "",
            "demonstration": visit is not None and visit.context.demonstration,
            "token": against_forgery(token) if token else "",
            "root": self.url,
            "style": style_mark(),
            "language": words.language,
            "say": partial(said_on_page, words),
            "show": words.show,
            **content,
        }
        body = environment().get_template(template).render(given)
        headers = {"Cache-Control": "no-store", "Content-Language": words.language}
        return web.Response(
            status=status, body=body.encode(), content_type="text/html", charset="utf-8", headers=headers
        )

    def shut(self, request: web.Request, status: int, key: str) -> web.Response:
        """A page for whoever has not come in."""
        words = translator(spoken_by(request))
        why = Markup(words(key))  # noqa: S704 - the catalogue's sentence
        return self.page("refused_view.html", words, {"why": why}, status=status)
