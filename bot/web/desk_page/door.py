"""How somebody comes in to the desk's page, by a link from the bot that lets in once, and how he leaves."""

from collections.abc import Callable
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy import Connection

from bot.running.clock import Now
from bot.running.outbox_worker import Write
from bot.running.readers import Readers
from bot.web.desk_page.answering import against_forgery
from bot.web.desk_page.answers import DeskAnswers
from bot.web.sent_forms import is_from_our_page, is_same_secret, sent_form
from reporting.errors import Refusal
from reporting.translator import translator
from services.context import Context
from services.desk_session import DESK, SESSION_HOLDS, enter, leave
from storage.organisation import people, sessions

COOKIE = "desk"


class DeskDoor:
    """It reads through `readers` and writes by `write`; `around` makes the context of a connection."""

    def __init__(
        self, answers: DeskAnswers, readers: Readers, write: Write, around: Callable[[Connection], Context], now: Now
    ) -> None:
        self._answers, self._readers, self._write, self._around, self._now = answers, readers, write, around, now

    async def show(self, request: web.Request) -> web.Response:
        """Whose link it is, and a button: whoever only fetches the address, as messengers do, uses nothing up."""
        key = request.query.get("key", "")[:200]

        def look(connection: Connection) -> tuple[str, str] | None:
            context = self._around(connection)
            person_id = sessions.holder(connection, key, DESK, context.now)
            if person_id is None:
                return None
            person = people.person_of(connection, person_id)
            return person.name, person.language

        found = await self._readers.read(look)
        if found is None:
            return self._answers.shut(request, 410, "page_link_over")
        words = translator(found[1])
        return self._answers.page("door.html", words, {"name": found[0], "key": key})

    async def come_in(self, request: web.Request) -> web.Response:
        """Uses the link up: a session begins, and its cookie is set."""
        if not is_from_our_page(request, self._answers.url):
            return self._answers.shut(request, 403, "page_forged")
        key = str((await sent_form(request)).get("key", ""))[:200]

        def entered(connection: Connection) -> str | None:
            try:
                return enter(connection, key, self._now())
            except Refusal:
                return None

        token = await self._write(entered)
        if token is None:
            return self._answers.shut(request, 410, "page_link_over")
        answer = web.Response(status=303, headers={"Location": f"{self._answers.url}/"})
        prefix = urlsplit(self._answers.url)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION_HOLDS.total_seconds()),
            path=f"{prefix.path}/",
            httponly=True,
            samesite="Strict",
            secure=prefix.scheme == "https",
        )
        return answer

    async def go(self, request: web.Request) -> web.Response:
        """Ends the session."""
        token = request.cookies.get(COOKIE, "")
        sent = await sent_form(request)
        if not is_from_our_page(request, self._answers.url) or not is_same_secret(
            str(sent.get("token", "")), against_forgery(token)
        ):
            return self._answers.shut(request, 403, "page_forged")
        await self._write(lambda connection: leave(connection, token, self._now()))
        answer = self._answers.shut(request, 200, "page_left")
        answer.del_cookie(COOKIE, path=f"{urlsplit(self._answers.url).path}/")
        return answer
