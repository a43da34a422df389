"""The house beside both messengers, and somebody who writes by Zalo."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from bot.zalo.settings import ZaloSettings
from reporting.people import Role
from simulator import Simulator
from simulator.zalo import ZaloMessage, ZaloPerson, ZaloSimulator
from storage.database.tables import metadata
from tests.conversations.house import House

inbox, outbox = metadata.tables["inbox"], metadata.tables["outbox"]
SECRET = "a-secret-of-ours"


class ZaloTalker:
    """Somebody at Zalo; what he hears is taken message by message."""

    def __init__(self, house: "TwoRoads", person: ZaloPerson) -> None:
        self.house, self.person = house, person

    async def says(self, text: str) -> None:
        self.person.says(text)
        await self.house.settled()

    def hears(self, *fragments: str) -> ZaloMessage:
        """The next message, which has all of these in it."""
        heard = next(iter(self.person.hears(1)), None)
        assert heard is not None, f"{self.person.name} hears nothing, though {fragments} was expected"
        for fragment in fragments:
            assert fragment in heard.words, f"{fragment!r} is not in:\n{heard.words}"
        return heard

    def hears_nothing(self) -> None:
        assert [each.words for each in self.person.unheard()] == []

    def forgets(self) -> Sequence[ZaloMessage]:
        return self.person.hears()


class TwoRoads(House):
    """The bot at Telegram and, by webhook at `port`, at Zalo."""

    def __init__(self, simulator: Simulator, database_url: str, zalo: ZaloSimulator, port: int) -> None:
        super().__init__(simulator, database_url)
        self.zalo = zalo
        self.zalo_talkers: list[ZaloTalker] = []
        self.settings = self.settings.with_own(
            ZaloSettings(
                zalo_token=zalo.token,
                zalo_name=zalo.world.bot.name,
                zalo_api_url=zalo.url,
                zalo_webhook_url=f"http://127.0.0.1:{port}/zalo",
                zalo_webhook_listen=f"127.0.0.1:{port}",
                zalo_webhook_secret=SECRET,
                _env_file=None,
            )
        )

    async def settled(self) -> None:
        """Until all that can be heard and said is; what waits for a messenger that is cut off waits."""
        if not self.zalo.is_cut:
            await self.zalo.idle_of_updates()
        if not self.simulator.is_cut:
            await self.simulator.idle_of_updates()
        cut = [name for name, is_cut in (("telegram", self.simulator.is_cut), ("zalo", self.zalo.is_cut)) if is_cut]
        waits = select(func.count()).where(outbox.c.state.in_(("new", "sending")), outbox.c.channel.not_in(cut))
        new = select(func.count()).where(inbox.c.state == "new")
        while await self.running.clerk.write(  # noqa: ASYNC110  # no event tells of a row in the database
            lambda connection: connection.execute(waits).scalar_one() + connection.execute(new).scalar_one()
        ):
            await asyncio.sleep(0.005)

    async def rows(self, table: str) -> list[Any]:
        """The rows of a table."""
        return await self.running.clerk.write(
            lambda connection: list(connection.execute(metadata.tables[table].select()))
        )

    def zalo_talker(self, name: str) -> ZaloTalker:
        talker = ZaloTalker(self, self.zalo.person(name, name))
        self.zalo_talkers.append(talker)
        return talker

    async def joined_by_zalo(self, name: str, role: Role, code: str) -> ZaloTalker:
        """Somebody who has joined by Zalo; the greeting is heard already."""
        talker = self.zalo_talker(name)
        secret = (await self.invitation(role, code)).partition("=")[2]
        await talker.says(f"/start {secret}")
        talker.hears("Kính chào đồng chí")
        talker.forgets()
        return talker

    def finish(self) -> None:
        super().finish()
        for talker in self.zalo_talkers:
            talker.hears_nothing()
