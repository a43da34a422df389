"""How somebody comes in to the desk's page, by a link from the bot that lets in once, and how he leaves."""

from collections.abc import Callable

from aiohttp import web
from sqlalchemy import Connection

from bot.running.clock import Now
from bot.running.outbox_worker import Write
from bot.running.readers import Readers
from bot.web.browser_session import is_own_form, session_begins, session_ends
from bot.web.desk_page.page_maker import PageMaker
from bot.web.sent_forms import is_from_our_page, sent_form
from reporting.errors import Refusal
from reporting.translator import translator
from services.context import Context
from services.desk_session import DESK, SESSION_HOLDS, enter, leave
from storage.organisation import people, sessions

COOKIE = "desk"


class DeskDoor:
    """It reads through `readers` and writes by `write`; `around` makes the context of a connection."""

    def __init__(
        self, maker: PageMaker, readers: Readers, write: Write, around: Callable[[Connection], Context], now: Now
    ) -> None:
        self._maker, self._readers, self._write, self._around, self._now = maker, readers, write, around, now

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
            return self._maker.shut(request, 410, "page_link_over")
        words = translator(found[1])
        return self._maker.page("door.html", words, {"name": found[0], "key": key})

    async def come_in(self, request: web.Request) -> web.Response:
        """Uses the link up: a session begins, and its cookie is set."""
        if not is_from_our_page(request, self._maker.url):
            return self._maker.shut(request, 403, "page_forged")
        key = str((await sent_form(request)).get("key", ""))[:200]

        def entered(connection: Connection) -> str | None:
            try:
                return enter(connection, key, self._now())
            except Refusal:
                return None

        token = await self._write(entered)
        if token is None:
            return self._maker.shut(request, 410, "page_link_over")
        answer = web.Response(status=303, headers={"Location": f"{self._maker.url}/"})
        session_begins(answer, COOKIE, token, SESSION_HOLDS, f"{self._maker.url}/")
        return answer

    async def go(self, request: web.Request) -> web.Response:
        """Ends the session."""
        token = request.cookies.get(COOKIE, "")
        sent = await sent_form(request)
        if not is_own_form(request, self._maker.url, sent.get("token", ""), token):
            return self._maker.shut(request, 403, "page_forged")
        await self._write(lambda connection: leave(connection, token, self._now()))
        answer = self._maker.shut(request, 200, "page_left")
        session_ends(answer, COOKIE, f"{self._maker.url}/")
        return answer
