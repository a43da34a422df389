"""What the program serves over HTTP: the public figures, and the desk's page with health and metrics beside it."""

import logging
import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.channels import plans_of
from bot.cli.system_errors import of_system
from bot.running.clock import Now
from bot.running.dispatch import Dispatch
from bot.running.observer import Observer
from bot.running.outbox_worker import Write
from bot.running.readers import Readers
from bot.running.render_cache import Drawer
from bot.settings import Settings
from bot.web.addressed_files import AddressedFiles
from bot.web.dcat_entry import Publisher
from bot.web.open_data import OpenData
from reporting.errors import Refused
from reporting.report_page_links import PublicSite, key_of
from reporting.say import Drawn
from services.context import Context

if TYPE_CHECKING:
    from bot.doctor.checks import Examined
    from bot.web.desk_page.site import DeskSite
    from bot.web.metrics import Metrics

logger = logging.getLogger(__name__)


class Sites:
    """`open_data` and, once it was asked for and opened, `desk`. `observer` is to be told of what the program does; `draw` makes
    the files that are given by address.

    Whoever has no desk's page need not wait for its libraries, nor for those that count.
    """

    def __init__(self, settings: Settings, readers: Readers, now: Now, draw: Callable[[Drawn], bytes]) -> None:
        self._settings, self._readers, self._now = settings, readers, now
        publisher = Publisher(settings.open_data_owner, settings.open_data_licence, settings.open_data_contact)
        self._files = AddressedFiles(readers, now, Drawer(draw))
        self._beside = self._files.routes()
        self.open_data = OpenData(
            readers,
            now,
            settings.zone,
            settings.language,
            demonstration=settings.demonstration,
            publisher=publisher,
            beside=self._beside,
        )
        self.desk: DeskSite | None = None
        self._metrics = _metrics() if settings.desk_listen else None
        self.observer: Observer = self._metrics or Observer()

    async def open_figures(self, dispatch: Dispatch, writes: Write, wake: Callable[[], None]) -> None:
        """With reports' pages beside them, where people reach us (PUBLIC_URL; in a demonstration by the very address).

        Raises Refused where it cannot listen, or would sign links with nothing.
        """
        settings = self._settings
        secret = settings.link_secret or settings.bot_token
        if settings.public_url and not secret:
            raise Refused("link_secret_missing")
        listen, key = settings.open_data_listen, key_of(secret)
        dispatch.site = PublicSite(settings.public_url, key) if settings.public_url else None
        if not listen:
            return
        if dispatch.site is not None or settings.demonstration:
            from bot.web.report_page.site import ReportSite
            from bot.web.throttle import MissedAddresses

            def around(connection: Connection) -> Context:
                return dispatch.context(connection, self._now())

            self._beside += ReportSite(self._readers, writes, around, wake, MissedAddresses()).routes()
        try:
            url = await self.open_data.start(listen)
        except OSError as error:
            raise _cannot_listen(listen, error) from None
        if dispatch.site is None and settings.demonstration:
            dispatch.site = PublicSite(url, key)
        logger.info("The public figures are at %s.", url)

    async def open_desk(
        self,
        dispatch: Dispatch,
        writes: Write,
        wake: Callable[[], None],
        troubles: Callable[[], Collection[str]],
        deadly: Callable[[], Collection[str]],
    ) -> None:
        """`troubles`: what keeps the program from working now; `deadly`: what only a new start would mend. Raises Refused where it
        cannot listen.
        """
        listen = self._settings.desk_listen
        if not listen or self._metrics is None:
            return
        from bot.doctor.bot_api import ask_bot_api
        from bot.doctor.checks import examine
        from bot.doctor.findings import Surroundings
        from bot.web.desk_page.site import DeskSite
        from bot.web.health import HealthRoutes

        def around(connection: Connection) -> Context:
            return dispatch.context(connection, self._now())

        def look() -> "list[Examined]":
            return examine(Surroundings(self._settings, self._now(), ask_bot_api(self._settings)))

        health = HealthRoutes(
            self._readers, self._now, self._settings.zone, plans_of(self._settings), self._metrics, troubles, deadly
        )
        self.desk = DeskSite(self._readers, writes, around, self._now, wake, look, health.routes())
        try:
            dispatch.desk_url = await self.desk.start(listen, self._settings.desk_url)
        except OSError as error:
            raise _cannot_listen(listen, error) from None
        logger.info("The desk's page is at %s.", dispatch.desk_url)

    async def close(self) -> None:
        await self.open_data.stop()
        self._files.close()
        if self.desk is not None:
            await self.desk.stop()


def _metrics() -> "Metrics":
    from bot.web.metrics import Metrics

    return Metrics(time.monotonic)


def _cannot_listen(listen: str, error: OSError) -> Refused:
    return Refused("open_cannot_listen", listen=listen, why=of_system(error))
