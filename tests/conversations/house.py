"""The whole program in a test: the simulator with its clock, the bot on a real database, and people to talk with it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from bot.running.program import Program
from bot.settings import Settings
from reporting.forms import Form
from reporting.pace import UNHURRIED
from reporting.people import Role
from reporting.reports import Report
from reporting.unit_list import read_units
from simulator import Simulator
from simulator.person import Person
from simulator.seen import Seen
from storage.database import audit
from storage.database.engines import writing_engine
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.organisation import invitations, units
from storage.reports import forms, reports
from tests.migrated import begin_at

ROOT = Path(__file__).parents[2]
TOKEN = "1000:SIMULATOR"
START = datetime.fromisoformat("2021-11-10T15:30+07:00")
UNITS = """code,name,kind,parent,aliases,since,until
397,Triệu Sơn,huyện,,toàn huyện,,
15742,Thọ Dân,xã,397,,,
15700,Dân Lực,xã,397,,,
15718,Nưa,thị trấn,397,,,
"""
FORMS = (ROOT / "forms" / "covid_daily.md", ROOT / "forms" / "covid_level.md")
inbox, outbox, pause = (metadata.tables[name] for name in ("inbox", "outbox", "pause"))
_PAUSED = select(pause.c.address).where(pause.c.until_at > bindparam("now"))
_HEARD = select(func.count()).where(inbox.c.state == "new").scalar_subquery()
_UNSAID = or_(outbox.c.state == "new", outbox.c.state == "sending")
_SAID = select(func.count()).where(_UNSAID, outbox.c.address.not_in(_PAUSED))
WAITING = PreparedStatement(select(_HEARD + _SAID.scalar_subquery()))
"""How much was heard that is not handled, and is to be said that is not paused."""


class Talker:
    """Somebody who talks with the bot; what he hears is taken message by message."""

    def __init__(self, house: "House", person: Person) -> None:
        self.house, self.person = house, person
        self.last: Seen | None = None

    async def says(self, text: str) -> None:
        await self.person.says(text)
        await self.house.settled()

    async def taps(self, label: str, message: Seen | None = None) -> None:
        await self.person.taps(label, message)
        await self.house.settled()

    async def joins(self, link: str) -> None:
        await self.person.opens(link)
        await self.house.settled()

    def unheard(self) -> list[Seen]:
        return self.person.unheard()

    def hears(self, *fragments: str) -> Seen:
        """The next message, which has all of these in it; a button is found by its words in «»."""
        heard = next(iter(self.forgets(1)), None)
        assert heard is not None, f"{self.person.name} hears nothing, though {fragments} was expected"
        shown = f"{heard.text}\n" + " ".join(f"[{label}]" for label in heard.labels)
        for fragment in fragments:
            assert fragment in shown, f"{fragment!r} is not in:\n{shown}"
        self.last = heard
        return heard

    def hears_nothing(self) -> None:
        assert [each.text for each in self.unheard()] == []

    def forgets(self, most: int | None = None) -> list[Seen]:
        """Takes what waits unheard, or the first of it."""
        heard = self.unheard()[:most]
        for _ in heard:
            self.person.private().unheard.popleft()
        return heard


class TickedByHand(Program):
    """Its minutes are ticked by the test alone. Its own would begin between any two lines of a test, and the slower the machine is the
    more of them: the machine's, and each to which the clock was turned half a second before.
    """

    def _begin_ticking(self) -> None:
        """The machine's minutes pass by."""

    async def _watch_minutes(self) -> None:
        await asyncio.Event().wait()


class House:
    """The bot and all around it. `start` and `stop` it as a process would be. `kind`: of the program that is started."""

    def __init__(self, simulator: Simulator, database_url: str) -> None:
        self.simulator, self.database_url = simulator, database_url
        self.settings = Settings(bot_token=TOKEN, bot_api_url=simulator.url, database_url=database_url, _env_file=None)
        self.kind: type[Program] = TickedByHand
        self.program: Program | None = None
        self.talkers: list[Talker] = []

    @property
    def running(self) -> Program:
        assert self.program is not None
        return self.program

    @property
    def bot_name(self) -> str:
        """The bot's name at Telegram; «» where there is none."""
        return next((each.username for each in self.running.messengers if each.channel.name == "telegram"), "")

    async def start(self) -> None:
        self.program = self.kind(self.settings, self.simulator.clock.now, UNHURRIED)
        await self.program.start()
        while not (self.program._is_open or self.program.edges.away()):  # noqa: ASYNC110  # nothing tells when it has set its menus
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        await self.running.stop()
        self.program = None

    async def restart(self) -> None:
        await self.stop()
        await self.start()
        await self.settled()

    async def settled(self) -> None:
        """Until everything that was said is handled and everything to be said is said.

        Each look goes through the clerk's queue, behind what it has to do; the speaker's own writing comes in between.
        """
        await self.simulator.idle_of_updates()
        while await self.running.clerk.write(self._waits):  # noqa: ASYNC110  # no event tells of a row in the database
            await asyncio.sleep(0.005)

    def _waits(self, connection: Connection) -> int:
        (row,) = WAITING.rows(connection, now=self.simulator.clock.now())
        return int(row[0])

    async def moves_to(self, clock: str) -> None:
        """Turns the clock on to the next time that it shows «17:30», minute by minute not: as if the bot had slept."""
        now = self.simulator.clock.now().astimezone(self.settings.zone)
        hour, minute = map(int, clock.split(":"))
        to = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        self.simulator.clock.move_to(to if to > now else to + timedelta(days=1))
        await self.running.tick()
        assert not self.running.due.troubled
        await self.settled()

    def talker(self, name: str) -> Talker:
        person = self.simulator.person(name)
        talker = Talker(self, person)
        self.talkers.append(talker)
        return talker

    async def invitation(self, role: Role, code: str, uses: int = 1, days: int = 7) -> str:
        """A link for a duty at the unit with this code."""
        secret, now = token_hex(8), self.simulator.clock.now()

        def invite(connection: Connection) -> None:
            unit = units.tree(connection).find(code, now.date())
            assert unit is not None, code
            invitations.add(connection, secret, role, unit.id, now + timedelta(days=days), uses, now)

        await self.running.clerk.write(invite)
        return f"https://t.me/{self.bot_name}?start={secret}"

    async def joined(self, name: str, role: Role, code: str) -> Talker:
        """Somebody who has joined; the greeting is heard already."""
        talker = self.talker(name)
        await talker.joins(await self.invitation(role, code))
        talker.hears("Kính chào đồng chí")
        return talker

    def finish(self) -> None:
        """A test ends with nothing unheard."""
        for talker in self.talkers:
            talker.hears_nothing()


@asynccontextmanager
async def running_house(database_url: str, **settings: Any) -> AsyncIterator[House]:
    """The bot on this database at a simulator of its own, whose clock stands; it is stopped at the end, with nothing unheard."""
    async with Simulator(start=START, seed=1) as simulator:
        simulator.clock.run(0)
        simulator.bot()
        house = House(simulator, database_url)
        house.settings = house.settings.model_copy(update=settings)
        await house.start()
        yield house
        if house.program is not None:
            await house.stop()
    house.finish()


def prepare(url: str) -> None:
    """A migrated database with the units and the forms that ship."""
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        furnish(connection, FORMS, UNITS, date(2021, 10, 1))
    engine.dispose()


def furnish(connection: Connection, files: Sequence[Path], unit_list: str, on: date) -> list[Form]:
    """Units and published forms."""
    now = START
    units.put(connection, read_units(unit_list))
    audit.write(connection, now, None, "units")
    return [forms.publish(connection, path.read_bytes(), path.name, on, now)[0] for path in files]


ANSWERS = tuple(map(str, (3, 1, 2, 0, 0, 6, 15, 20, 0, 30, 2, 5, 40, 3, 5000, 1500, 2, 8, 1)))
"""Answers to the day's nineteen numbers, in order, that no rule objects to; the remark is skipped."""


async def fills_in(talker: Talker, *instead: tuple[int, str]) -> None:
    """Answers every question of the daily form up to the review; `instead`: (place, another answer)."""
    other = dict(instead)
    await talker.says("/baocao")
    talker.hears("(1/20)")
    for place, answer in enumerate((*ANSWERS, "bỏ qua"), 1):
        await talker.says(other.get(place, answer))
        talker.hears("Báo cáo ngày" if place == len(ANSWERS) + 1 else f"({place + 1}/20)")


async def revisions(house: House) -> list[Report]:
    """What Thọ Dân has sent for the day on which the clock began, newest first."""

    def read(connection: Connection) -> list[Report]:
        unit = units.tree(connection).find("15742", START.date())
        assert unit is not None
        return reports.revisions(connection, "covid_daily", unit.id, START.date())

    return await house.running.clerk.write(read)
