"""A small district to walk through: two forms (running totals; approval), three communes that may be merged, everybody around them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import aiohttp

from reporting.people import Role
from simulator import Simulator
from simulator.seen import Seen
from storage.database.engines import writing_engine
from tests.conversations.house import START, House, Talker, furnish
from tests.migrated import begin_at
from tests.ports import free_port
from tests.sqlite import fresh_sqlite

TREES = """| settings | form_id | form_title | version | default_language | opens | due | closes | topic | remind | digest |
|---|---|---|---|---|---|---|---|---|---|---|
| | trees | Trồng cây | {version} | Tiếng Việt (vi) | 07:00 | 16:30 | 08:00+1d | trồng cây | {remind} | 17:00 |

| survey | type | name | label::Tiếng Việt (vi) | required | kind | visibility | aliases | constraint | calculation |
|---|---|---|---|---|---|---|---|---|---|
| | integer | planted | Số cây mới trồng | yes | flow | public | cây mới trồng | . <= 999 | |
| | integer | tools | Số cuốc trong kho | yes | stock | internal | cuốc | | |
| | calculate | planted_cum | Lũy kế số cây đã trồng | | total | public | lũy kế cây đã trồng | | {running} |
| | text | remark | Ghi chú | | | internal | | | |
{more}"""
REMIND, RUNNING = "0m reporter; +30m reporter; +60m chair", "coalesce(${last-saved#planted_cum}, 0) + ${planted}"
MORE = "| | integer | people{number} | Số người tham gia {number} | | flow | public | | . <= 999 | |\n"
BEDS = """| settings | form_id | form_title | version | default_language | period | opens | due | closes | approval | topic |
|---|---|---|---|---|---|---|---|---|---|---|
| | beds | Giường bệnh | 1 | Tiếng Việt (vi) | daily | 07:00 | 16:30 | 08:00+1d | chair | giường bệnh |

| survey | type | name | label::Tiếng Việt (vi) | required | kind | visibility | aliases |
|---|---|---|---|---|---|---|---|
| | integer | beds | Số giường trống | yes | stock | public | giường trống |
"""
UNITS = """code,name,kind,parent,aliases,since,until
397,Triệu Sơn,huyện,,toàn huyện,,
15742,Thọ Dân,xã,397,,,
15700,Dân Lực,xã,397,,,
15718,Nưa,thị trấn,397,,,
"""
NAMES = {"15742": "Thọ Dân", "15700": "Dân Lực", "15718": "Nưa", "15743": "Thọ Lực"}
TITLES = {"15742": "xã Thọ Dân", "15700": "xã Dân Lực", "15718": "thị trấn Nưa", "15743": "xã Thọ Lực"}
MERGED = {"15742": "15743", "15700": "15743"}
MERGER = """on,old,new,name,kind,people
{on},15742,15743,Thọ Lực,xã,move
{on},15700,15743,,,move
"""
SECRET = {"15742": 71, "15700": 72, "15718": 73, "15743": 74}
"""With what the internal figures of a commune begin («71.123»), and the words of its remarks («mật 71.123»)."""
SECRETS = re.compile(r"\b(7[1-4])\.\d{3}\b")
PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("Lê Văn Nam", "reporter", "15742"),
    ("Phạm Văn Đức", "reporter", "15700"),
    ("Lò Thị Thu", "reporter", "15718"),
    ("Nguyễn Thị Hương", "chair", "15742"),
    ("Hà Văn Bảy", "chair", "15700"),
    ("Bùi Thị Cúc", "chair", "15718"),
    ("Trần Thị Hoa", "leader", "397"),
    ("Đỗ Văn Bàn", "admin", "397"),
)


def trees(version: int) -> bytes:
    """The form's version: each has a question more than the one before."""
    more = "".join(MORE.format(number=number) for number in range(2, version + 1))
    return TREES.format(version=version, remind=REMIND, running=RUNNING, more=more).encode()


def prepared(url: str) -> None:
    """A migrated database with the units and both forms."""
    begin_at(url)
    engine = writing_engine(url)
    folder = Path(engine.url.database or "").parent
    (folder / "trees.md").write_bytes(trees(1))
    (folder / "beds.md").write_text(BEDS, encoding="utf-8")
    with engine.begin() as connection:
        furnish(connection, [folder / "trees.md", folder / "beds.md"], UNITS, date(2021, 10, 1))
    engine.dispose()


@dataclass(frozen=True)
class Heard:
    """A message that somebody was shown."""

    walker: "Walker"
    text: str


class Walker:
    """Somebody with what he is and whose internal words he may read."""

    def __init__(self, talker: Talker, role: Role | None, code: str) -> None:
        self.talker, self.role, self.code = talker, role, code

    @property
    def name(self) -> str:
        return self.talker.person.name

    def may_read(self, prefix: str, *, is_merged: bool) -> bool:
        """Whether such a figure may be shown to him; of communes that are merged each other's too."""
        if self.role in ("leader", "admin"):
            return True
        theirs = {self.code}
        if is_merged and self.code in MERGED:
            theirs |= {*MERGED, *MERGED.values()}
        return self.role is not None and int(prefix) in {SECRET[code] for code in theirs}

    def screen(self) -> Seen | None:
        """The newest message of the bot."""
        return next((each for each in reversed(self.talker.person.reads()) if each.by_bot), None)


class District:
    """The program with everybody in it."""

    def __init__(self, house: House, http: aiohttp.ClientSession) -> None:
        self.house, self.http = house, http
        self.people: list[Walker] = []
        self.version, self.is_merged = 1, False

    async def begins(self) -> None:
        for name, role, code in PEOPLE:
            self.people.append(Walker(await self.house.joined(name, role, code), role, code))
        self.people.append(Walker(self.house.talker("Bà Lan"), None, ""))
        self.house.simulator.faults.duplicate = self.house.simulator.faults.reorder = 0.1

    def of(self, *roles: Role | None) -> list[Walker]:
        return [each for each in self.people if each.role in roles]

    def heard(self) -> list[Heard]:
        """What everybody has heard since."""
        heard = []
        for each in self.people:
            heard += [Heard(each, seen.text) for seen in each.talker.unheard()]
            each.talker.person.private().unheard.clear()  # what the bot has taken back since is in it too
        return heard

    async def asks(self, question: str, name: str) -> str:
        """What a resident who has never asked before is told; no answer is lost to him."""
        talker, faults = Talker(self.house, self.house.simulator.person(name)), self.house.simulator.faults
        held, faults.rules = faults.rules, []
        await talker.says(question)
        faults.rules = held
        return "\n".join(each.text for each in talker.forgets())


@asynccontextmanager
async def district(folder: Path, name: str = "walk.db") -> AsyncIterator[District]:
    """A new one, on a file of its own in the folder."""
    async with Simulator(start=START, seed=1, keep=200) as simulator, aiohttp.ClientSession() as http:
        simulator.clock.run(0)
        simulator.bot()
        house = House(simulator, fresh_sqlite(folder / name, prepared))
        at = f"127.0.0.1:{free_port()}"
        house.settings = house.settings.model_copy(update={"open_data_listen": at, "public_url": f"http://{at}"})
        await house.start()
        found = District(house, http)
        try:
            await found.begins()
            yield found
        finally:
            if house.program is not None:
                await house.stop()
