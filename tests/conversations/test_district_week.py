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
from services.keep_rules import bring_rules
from simulator import Simulator
from simulator.seen import Seen
from storage.database.engines import writing_engine
from tests.conversations.house import House, Talker, furnish
from tests.migrated import begin_at
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
RULES = """key,name,left,operator,right,hour
more_new,Ca mắc mới không quá số đang điều trị,${cases.new},<=,${cases.treated},15:34
"""
WEDNESDAY = MONDAY + timedelta(days=2)
SILENT, WRONG = "Nưa", "Dân Lực"
SLOW = {SILENT, "Hợp Lý", "Xuân Lộc"}
"""Those who have not acknowledged in time."""
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
    begin_at(url)
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


def button(seen: Seen, begins: str) -> str:
    """The first button whose words begin so."""
    return next(label for label in seen.labels if label.startswith(begins))


async def returns(chair: Talker, why: str) -> Counter[str]:
    """The chair returns one figure of the report that is in doubt; what that costs him."""
    told = [each for each in chair.forgets() if "Cần xem từng báo cáo" in each.text][-1]
    await chair.taps(button(told, "Xem"), told)
    await chair.taps("Trả lại", chair.forgets()[-1])
    await chair.taps(button(chair.forgets()[-1], "1. "))
    await chair.says(why)
    assert "Đã trả lại" in chair.forgets()[-1].text
    return Counter({"taps": 3, "messages": 1})


async def mends(house: House, reporter: Talker, value: str, why: str) -> Counter[str]:
    """The reporter opens just that figure, types it anew and says why; what that costs him."""
    await house.moves_to("15:40")
    await reporter.taps("Mở để sửa", next(each for each in reporter.forgets() if "Mở để sửa" in each.labels))
    assert "Số ca mắc mới" in reporter.forgets()[-1].text
    await reporter.says(value)
    await reporter.taps("Gửi")
    await reporter.says(why)
    assert "bản điều chỉnh" in reporter.forgets()[-1].text
    return Counter({"taps": 2, "messages": 2})


def usual(day: date) -> dict[str, str]:
    """What each unit writes on a day: small numbers that are never the same twice in a row."""
    return {
        name: f"ca mới {(7 * place + 3 * day.day) % 4}, điều trị {20 + (place + 5 * day.day) % 7}"
        for place, name in enumerate(UNITS)
    }


async def quiet_days(house: House, reporters: dict[str, Talker], leader: Leader) -> None:
    """Monday and Tuesday: all report, and the digest says so."""
    for day in (MONDAY, MONDAY + timedelta(days=1)):
        await report(house, reporters, usual(day))
        await house.moves_to("17:00")
        leader.hears("34/34 đơn vị đã báo cáo", "[Giao ban]")
        await house.moves_to("15:30")


async def rule_of_two_figures(house: House) -> None:
    """The desk brings a rule by which the wrong figure cannot stand beside the other of its report."""

    def bring(connection: Connection) -> None:
        bring_rules(connection, RULES, house.simulator.clock.now(), WEDNESDAY)

    await house.running.clerk.write(bring)


async def wrong_figure(house: House, reporters: dict[str, Talker], leader: Leader, chair: Talker) -> None:
    """Wednesday: one is silent, one has typed a nought too many; its chair returns it, it is mended and approved in two tiers."""
    today = {name: said for name, said in usual(WEDNESDAY).items() if name != SILENT}
    await report(house, reporters, {name: said for name, said in today.items() if name != WRONG})
    await reporters[WRONG].says("ca mới 30, điều trị 23")
    assert "30" in reporters[WRONG].forgets()[-1].text
    await reporters[WRONG].says("có chùm ca bệnh mới")
    await reporters[WRONG].taps("Gửi")
    assert "đã tiếp nhận" in reporters[WRONG].forgets()[-1].text
    await house.moves_to("15:35")
    leader.hears(
        "Số liệu chưa khớp nhau (1 trường hợp)",
        "xã Dân Lực, ngày 10/11/2021 – Ca mắc mới không quá số đang điều trị: 30 và 23, lệch 7.",
        "[xã Dân Lực]",
    )
    assert await returns(chair, "đề nghị đối chiếu danh sách") == {"taps": 3, "messages": 1}
    assert await mends(house, reporters[WRONG], "3", "gõ thừa số 0") == {"taps": 2, "messages": 2}
    await house.moves_to("15:45")
    told = [each for each in chair.forgets() if "Chờ duyệt" in each.text][-1]
    await chair.taps(button(told, "Duyệt"), told)
    assert "Đã duyệt" in chair.forgets()[-1].text
    await leader.says("approve the corrected", f"/duyet C-{CODES[UNITS.index(WRONG)]}-101121-2")
    leader.hears("Đã duyệt báo cáo", "chính thức từ lúc này")
    assert leader.spent == {"approve the corrected: messages": 1}


async def word_to_all(house: House, reporters: dict[str, Talker], leader: Leader) -> None:
    """A word to the 34, of which 31 acknowledge."""
    await leader.says("announcement", "/thongbao")
    await leader.says("announcement", "Rà soát người cách ly tại nhà trước 19 giờ.")
    await leader.says("announcement", "hạn 19 giờ")
    await leader.taps("announcement", "Gửi ngay", leader.hears("Hạn xác nhận", "34 người nhận"))
    leader.hears("Đã gửi thông báo số 1 đến 34 người")
    await acknowledge(house, [by for name, by in reporters.items() if name not in SLOW])
    assert (leader.spent["announcement: messages"], leader.spent["announcement: taps"]) == (3, 1)


async def acknowledge(house: House, talkers: Sequence[Talker]) -> None:
    told = [next(each for each in by.forgets() if "Đã nắm" in each.labels) for by in talkers]
    await asyncio.gather(*(by.person.taps("Đã nắm", each) for by, each in zip(talkers, told, strict=True)))
    await house.settled()


async def meeting(house: House, leader: Leader) -> None:
    """The page before a meeting: from the digest each thing on it is acted on with two taps."""
    await house.moves_to("19:10")
    digest = leader.hears("TỔNG HỢP", "33/34 đơn vị", "[Giao ban]")
    await leader.taps("urge", "Giao ban", digest)
    page = leader.hears(
        "GIAO BAN – HUYỆN TRIỆU SƠN",
        "33/34 đơn vị đã báo cáo",
        "Chưa báo cáo: 1/34 đơn vị: thị trấn Nưa",
        "báo cáo chờ duyệt",
        "thông báo 1 «Rà soát người cách ly tại nhà trước 19 giờ.»: 3 người chưa nắm",
    )
    assert "30 ca" not in page.text
    assert "mâu thuẫn" not in page.text  # it was closed by itself when the figure was mended
    await leader.taps("urge", "Đôn đốc 1 đơn vị chưa báo cáo", page)
    leader.hears("Đã gửi đôn đốc tới 1 đơn vị: thị trấn Nưa")
    await leader.taps("remind", "Giao ban", digest)
    await leader.taps("remind", "Nhắc 3 người chưa nắm")
    leader.hears("Đã nhắc 3 người")
    await leader.taps("approve", button(digest, "Chờ duyệt"), digest)
    waiting = leader.hears("Chờ duyệt")
    await leader.taps("approve", button(waiting, "Duyệt"), waiting)
    leader.hears("Đã duyệt")
    assert {job: leader.spent[f"{job}: taps"] for job in ("urge", "remind", "approve")} == dict.fromkeys(
        ("urge", "remind", "approve"), TWO_TAPS
    )
    await leader.taps("print", "Bản in (PDF)", page)
    paper = leader.hears("một trang A4").document
    assert paper is not None
    assert b"/Count 1" in paper.content


async def next_meeting(house: House, reporters: dict[str, Talker], leader: Leader) -> None:
    """On Sunday the next page asks what became of it."""
    await acknowledge(house, [reporters[name] for name in SLOW - {SILENT}])
    house.simulator.clock.move_to(datetime.fromisoformat("2021-11-14T16:40+07:00"))
    await history(house, [WEDNESDAY + timedelta(days=ahead) for ahead in (1, 2, 3, 4)])
    await house.moves_to("16:50")
    leader.talker.forgets()
    await leader.says("next meeting", "/giaoban")
    leader.hears(
        "34/34 đơn vị đã báo cáo",
        "Tồn đọng: còn nợ báo cáo 10/11: thị trấn Nưa",
        "1 người chưa nắm (thị trấn Nưa)",
        "Không có số liệu bất thường, đơn vị chậm báo cáo, việc chờ quyết định.",
        "Giao ban trước (19 giờ 10 ngày 10/11/2021): 104 việc, đã xong 102.",
    )


async def test_a_week_of_a_district(house: House) -> None:
    await history(house, [MONDAY - timedelta(days=ago) for ago in range(1, 13)])
    reporters = dict(zip(UNITS, await joined(house, CODES, UNITS), strict=True))
    leader = Leader(await house.joined("Trần Quốc Bảo", "leader", "397"))
    chair = await house.joined("Lê Thị Lan", "chair", CODES[UNITS.index(WRONG)])
    await quiet_days(house, reporters, leader)
    await rule_of_two_figures(house)
    await wrong_figure(house, reporters, leader, chair)
    await word_to_all(house, reporters, leader)
    await meeting(house, leader)
    await next_meeting(house, reporters, leader)
