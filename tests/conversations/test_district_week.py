"""A week of a district with 34 units: what each job of its leader costs in taps and messages, and the page before a meeting."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from reporting.archive import ArchiveLine
from services.import_history import take_in
from simulator import Simulator
from simulator.seen import Seen
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from tests.conversations.house import House, Talker, furnish
from tests.rules.digests_made import NAMES

MONDAY = date(2021, 11, 8)
CODES = [f"{15700 + place}" for place in range(34)]
UNITS = ["Giắt", "Nưa", *NAMES]
TREE = "code,name,kind,parent\n397,Triệu Sơn,huyện,\n" + "".join(
    f"{code},{name},{'thị trấn' if place < 2 else 'xã'},397\n"
    for place, (code, name) in enumerate(zip(CODES, UNITS, strict=True))
)
FORM = """| settings | form_id | form_title | version | default_language | period | opens | due | closes | digest | approval |
|---|---|---|---|---|---|---|---|---|---|---|
| | cases | Báo cáo ca bệnh | 1 | Tiếng Việt (vi) | daily | 08:00 | 16:30 | 08:00+1d | 17:00 | chair, leader |

| survey | type | name | label::Tiếng Việt (vi) | required | kind | visibility | aliases | unit |
|---|---|---|---|---|---|---|---|---|
| | integer | new | Số ca mắc mới | yes | flow | public | ca mới | ca |
| | integer | treated | Số ca đang điều trị | yes | stock | public | điều trị | ca |
"""
SILENT, WRONG = "Nưa", "Dân Lực"
TWO_TAPS = 2


@dataclass
class Leader:
    """The one whose taps and messages are counted, by the job that he does."""

    talker: Talker
    spent: Counter[str] = field(default_factory=Counter)

    async def taps(self, job: str, label: str, message: Seen | None = None) -> None:
        self.spent[f"{job}: taps"] += 1
        await self.talker.taps(label, message)

    async def says(self, job: str, text: str) -> None:
        self.spent[f"{job}: messages"] += 1
        await self.talker.says(text)

    def hears(self, *fragments: str) -> Seen:
        """The newest message with the first of these, which has all of them."""
        heard = [each for each in self.talker.forgets() if fragments[0] in each.text]
        assert heard, fragments
        shown = f"{heard[-1].text}\n" + " ".join(f"[{label}]" for label in heard[-1].labels)
        assert [each for each in fragments if each not in shown] == [], shown
        return heard[-1]


def prepare(url: str, form: Path) -> None:
    migrate(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        furnish(connection, [form], TREE, MONDAY - timedelta(days=20))
    engine.dispose()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """On SQLite alone: what the parts do on both databases is told by their own tests."""
    form = tmp_path / "cases.md"
    form.write_text(FORM, encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'giaoban.db'}"
    await asyncio.to_thread(prepare, url, form)
    async with Simulator(start=datetime.fromisoformat("2021-11-08T15:30+07:00"), seed=1) as simulator:
        simulator.clock.run(0)
        simulator.bot()
        house = House(simulator, url)
        await house.start()
        yield house
        await house.stop()


async def joined(house: House, codes: Sequence[str], names: Sequence[str]) -> list[Talker]:
    """The reporters of all these units, who join at once."""
    talkers = [house.talker(f"Đầu mối {name}") for name in names]
    links = [await house.invitation("reporter", code) for code in codes]
    await asyncio.gather(*(each.person.opens(link) for each, link in zip(talkers, links, strict=True)))
    await house.settled()
    for each in talkers:
        assert "Kính chào" in each.forgets()[0].text
    return talkers


async def report(house: House, by: dict[str, Talker], figures: dict[str, str]) -> None:
    """All of them at once, each in one message and one tap."""
    await asyncio.gather(*(by[name].person.says(said) for name, said in figures.items()))
    await house.settled()
    await asyncio.gather(*(by[name].person.taps("Gửi") for name in figures))
    await house.settled()
    for name in figures:
        assert "đã tiếp nhận" in by[name].forgets()[-1].text, name


async def history(house: House, days: Sequence[date]) -> None:
    """Of the days before, from a file."""

    def put(connection: Connection) -> None:
        lines = [
            ArchiveLine(2, day, code, name, str((place + 3 * day.day) % 5 + more))
            for day in days
            for place, code in enumerate(CODES)
            for name, more in (("new", 0), ("treated", 20))
        ]
        take_in(connection, lines, house.simulator.clock.now(), house.settings.zone)

    await house.running.clerk.write(put)


async def test_a_week_of_a_district(house: House) -> None:
    await history(house, [MONDAY - timedelta(days=ago) for ago in range(1, 13)])
    reporters = dict(zip(UNITS, await joined(house, CODES, UNITS), strict=True))
    leader = Leader(await house.joined("Trần Quốc Bảo", "leader", "397"))
    usual = {name: f"ca mới {place % 4}, điều trị {20 + place % 4}" for place, name in enumerate(UNITS)}
    for _ in range(2):
        await report(house, reporters, usual)
        await house.moves_to("17:00")
        leader.hears("34/34")
        await house.moves_to("15:30")
