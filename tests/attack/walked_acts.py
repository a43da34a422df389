"""What a step of a long walk does: words and taps, whole reports, leaders' decisions, the clock, faults, mergers, new versions.

A step draws all its chances from a number of its own, so that a walk can be gone again without some of its steps.
"""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, select

from storage.database.tables import metadata
from tests.attack.walked_district import MERGER, NAMES, SECRET, District, Walker, trees
from tests.attack.world import buttons_of
from tests.report_page.conftest import LINK, Browser

report = metadata.tables["report"]
PLACE = re.compile(r"^\((\d+)/(\d+)\)", re.MULTILINE)
SAID = {
    "reporter": (
        "/baocao", "3", "0", "12", "bỏ qua", "gửi", "đã kiểm tra, số đúng", "1. 7", "/huy", "/capnhat", "nhiều lắm", "lý do: mất điện",
        "đúng", "sửa 1 thành 4", "/lichsu", "không rõ", "quay lại", "nhầm rồi", "làm lại từ đầu", "/capnhat hôm qua",
        "/baocao hôm qua",
        "/tinhhinh", "/tracuu", "/ngonngu", "/nghi", "/bangiao", "/kiemtra", "/donvi", "/huy điều chỉnh", "/dientap",
    ),
    "chair": (
        "/duyet", "duyệt", "/tinhhinh", "/tonghop", "/donvi", "/boduyet", "/tralai {unit}: xem lại số cây", "/lichsu",
        "/giaoban", "/sosanh", "/hoilai {unit} cây mới trồng",
    ),
    "leader": (
        "/tinhhinh", "/tonghop", "/hoilai {unit} cây mới trồng", "/tralai {unit}: sai số", "/molai {unit}", "/molai {unit} hôm qua",
        "/donduc", "/giaoban", "/thongbao: mai họp", "gửi", "/nhansu", "/duyet", "/boduyet", "/donvi {unit}", "/bang",
    ),
    "admin": ("/chuagui", "/nhansu", "/moi", "/donvi {unit}", "/molai {unit}", "/tralai {unit}: sai số", "/tinhhinh", "/bieumau"),
    None: ("/tracuu", "/gopy xin cảm ơn", "/theodoi {unit}", "cây mới trồng {unit} hôm nay?", "hôm qua thì sao", "/quen"),
}  # fmt: skip
WEIGHTS = {
    "says": 18, "taps_newest": 14, "taps_any": 6, "taps_anothers": 3, "answers": 12, "reports": 14, "corrects": 8, "edits": 3,
    "page": 3, "approves": 7, "returns": 2, "reopens": 2, "corrects_by_desk": 2, "restarts": 2, "goes_on": 5, "falls_due": 2,
    "midnight": 2, "closes": 2, "fails": 3, "is_well": 4, "merges": 1, "publishes": 1,
}  # fmt: skip
FAULTS: tuple[dict[str, Any], ...] = (
    {"drop": "after", "probability": 0.5, "times": 4},
    {"drop": "before", "probability": 0.5, "times": 4},
    {"status": 502, "after_effect": True, "times": 2},
    {"status": 500, "times": 2},
    {"garbage": True, "times": 2},
    {"status": 429, "retry_after": 1, "times": 1},
)


@dataclass(frozen=True)
class Step:
    act: str
    chance: int

    def __str__(self) -> str:
        return f"{self.act} {self.chance}"


def drawn(seed: int, many: int) -> list[Step]:
    """The steps of a walk."""
    chance = Random(seed)
    acts = chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=many)
    return [Step(act, chance.randrange(10**6)) for act in acts]


class Acts:
    """Does steps; what was done last is in `done`, how often each act in `often`."""

    def __init__(self, district: District) -> None:
        self.district, self.house = district, district.house
        self.done: list[str] = []
        self.often: Counter[str] = Counter()
        self.browsers: dict[str, Browser] = {}

    async def do(self, step: Step) -> None:
        act: Callable[[Random], Awaitable[None]] = getattr(self, f"_{step.act}")
        self.often[step.act] += 1
        await act(Random(step.chance))
        await self.house.settled()

    def _note(self, what: str) -> None:
        self.done.append(what)

    async def _say(self, walker: Walker, text: str) -> None:
        self._note(f"{walker.name}: {text}")
        await walker.talker.says(text)

    def _anybody(self, chance: Random) -> Walker:
        """Reporters more often than others."""
        return chance.choice(self.district.of("reporter") if chance.random() < 0.4 else self.district.people)

    def today(self) -> date:
        return self.house.simulator.clock.now().astimezone(self.house.settings.zone).date()

    # words and taps

    async def _says(self, chance: Random) -> None:
        walker = self._anybody(chance)
        await self._say(walker, chance.choice(SAID[walker.role]).format(unit=chance.choice(list(NAMES.values()))))

    async def _taps_newest(self, chance: Random) -> None:
        await self._tap(self._anybody(chance), None, chance, newest=True)

    async def _taps_any(self, chance: Random) -> None:
        await self._tap(self._anybody(chance), None, chance, newest=False)

    async def _taps_anothers(self, chance: Random) -> None:
        """A button that another was shown."""
        one, other = chance.sample(self.district.people, 2)
        await self._tap(one, other, chance, newest=chance.random() < 0.5)

    async def _tap(self, walker: Walker, of: Walker | None, chance: Random, *, newest: bool) -> None:
        seen = [each for each in (of or walker).talker.person.reads() if each.buttons]
        own = [each for each in walker.talker.person.reads() if each.by_bot]
        if not seen or not own:
            return
        message = seen[-1] if newest else chance.choice(seen)
        press = chance.choice(buttons_of(message) or [""])
        if press and press != "language:en":  # whoever walks reads one language
            self._note(f"{walker.name} taps {press}{f' of {of.name}' if of else ''}")
            walker.talker.person.forges(own[-1] if of else message, press)

    async def _edits(self, chance: Random) -> None:
        """A number that was typed before is typed over."""
        walker = chance.choice(self.district.of("reporter"))
        own = [each for each in walker.talker.person.reads() if not each.by_bot and each.text.isdecimal()]
        if own:
            said, text = chance.choice(own[-6:]), str(chance.randrange(40))
            self._note(f"{walker.name} edits {said.text} into {text}")
            await walker.talker.person.edits(said, text)

    # reports

    def _answer(self, walker: Walker, text: str, chance: Random) -> str:
        if chance.random() < 0.05:
            return chance.choice(("không rõ", "nhiều lắm", "bỏ qua", "quay lại"))
        secret = f"{SECRET[walker.code]}{chance.randrange(1000):03d}"
        if "cuốc" in text:
            return secret
        if "Ghi chú" in text:
            return f"mật {secret[:2]}.{secret[2:]}"
        return str(100 + chance.randrange(100) if "giường" in text else chance.randrange(40))

    async def _answers(self, chance: Random) -> None:
        """What the question on the screen asks for; where none is, a report is begun or sent."""
        walker = chance.choice(self.district.of("reporter"))
        screen = walker.screen()
        is_asked = screen is not None and PLACE.search(screen.text)
        await self._say(
            walker,
            self._answer(walker, screen.text, chance) if is_asked and screen else chance.choice(("/baocao", "gửi")),
        )

    async def _reports(self, chance: Random) -> None:
        """A whole report, mostly."""
        walker = chance.choice(self.district.of("reporter"))
        await self._say(walker, chance.choice(("/baocao", "/baocao", "/baocao", "/baocao hôm qua")))
        for _ in range(12):
            screen = walker.screen()
            if screen is None or chance.random() < 0.02:
                return
            if PLACE.search(screen.text):
                await self._say(walker, self._answer(walker, screen.text, chance))
            elif screen.text.startswith("Báo cáo ngày") and "Gửi" in screen.labels:
                await self._say(walker, "gửi")
            elif "lý do" in screen.text and any(":why:" in press for press in buttons_of(screen)):
                await self._say(walker, "nhập nhầm số")
            elif (presses := buttons_of(screen)) and "tiếp nhận" not in screen.text:
                press = chance.choice(presses)
                self._note(f"{walker.name} taps {press}")
                walker.talker.person.forges(screen, press)
                await self.house.settled()
            else:
                return

    async def _corrects(self, chance: Random) -> None:
        walker = chance.choice(self.district.of("reporter"))
        name = chance.choice((f"cây mới trồng {chance.randrange(40)}", f"giường trống {100 + chance.randrange(100)}"))
        if chance.random() < 0.3:
            name = f"cuốc {SECRET[walker.code]}{chance.randrange(1000):03d}"
        day = chance.choice(("", "", " hôm qua"))
        reason = chance.choice((", lý do: đếm lại", ""))
        await self._say(walker, f"/capnhat {name}{day}{reason}")
        if not reason:
            await self._say(walker, chance.choice(("đếm lại", "nhầm", "gửi", "/huy")))

    async def _page(self, chance: Random) -> None:
        """The same draft on its page."""
        walker = chance.choice(self.district.of("reporter"))
        await self._say(walker, "/phieu")
        screen = walker.screen()
        if screen is None:
            return
        if " nào" in screen.text and screen.buttons:
            await self._tap(walker, None, chance, newest=True)
            await self.house.settled()
            screen = walker.screen() or screen
        links = [b.url for row in screen.buttons for b in row if LINK.match(b.url)] + LINK.findall(screen.text)
        if not links:
            return
        self._note(f"{walker.name} opens his page")
        browser = Browser(self.district.http)
        page = await browser.opens(links[0])
        asked = [name[2:] for name, _ in page.fields if name.startswith("k:")]
        labels = {"tools": "cuốc", "remark": "Ghi chú", "beds": "giường"}
        typed = {
            f"a:{name}": self._answer(walker, labels.get(name, name), chance) for name in asked if chance.random() < 0.9
        }
        self._note(f"{walker.name} types on the page {typed}")
        await browser.sends_fields(typed, chance.choice(("save", "send", "send")))
        if chance.random() < 0.3:
            await browser.sends_fields({}, "send")

    # those above

    async def _approves(self, chance: Random) -> None:
        walker = chance.choice(self.district.of("chair"))
        await self._say(walker, "/duyet")
        for screen in [each for each in walker.talker.person.reads() if each.by_bot][-3:]:
            presses = [b.data for row in screen.buttons for b in row if b.text.startswith(("Duyệt", "✅"))]
            for press in presses[:2]:
                self._note(f"{walker.name} taps {press}")
                walker.talker.person.forges(screen, press)

    async def _returns(self, chance: Random) -> None:
        """A report goes back to its unit, or its approval is taken back; by somebody who may, mostly."""
        numbers, walker = await self.numbers(), chance.choice(self.district.of("leader", "leader", "chair"))
        if numbers and chance.random() < 0.7:
            await self._say(walker, f"/tralai {chance.choice(numbers[-6:])}: sai số")
            return
        await self._say(walker, f"/boduyet {chance.choice(list(NAMES.values()))}: sai số")
        await self._tap(walker, None, chance, newest=True)

    async def _reopens(self, chance: Random) -> None:
        walker = chance.choice(self.district.of("leader", "admin"))
        await self._say(walker, f"/molai {chance.choice(list(NAMES.values()))} hôm qua")
        await self._tap(walker, None, chance, newest=True)

    async def _corrects_by_desk(self, chance: Random) -> None:
        walker, numbers = self.district.of("admin")[0], sorted(await self.numbers())
        if numbers:
            number = chance.choice(numbers[-8:])
            figure = (
                f"cây mới trồng {chance.randrange(40)}"
                if number.startswith("T")
                else f"giường trống {100 + chance.randrange(100)}"
            )
            await self._say(walker, f"/dieuchinh {number} {figure}, lý do: soát lại")

    async def numbers(self) -> list[str]:
        """Of all reports that were received, oldest first."""

        def read(connection: Connection) -> list[str]:
            return list(connection.execute(select(report.c.number).order_by(report.c.id)).scalars())

        return await self.house.running.clerk.write(read)

    # all around

    async def _restarts(self, chance: Random) -> None:
        self._note("the program is started anew")
        await self.house.restart()

    async def _moves(self, to: timedelta) -> None:
        clock = self.house.simulator.clock
        clock.move_to(clock.now() + to)
        self._note(f"it is {clock.now().astimezone(self.house.settings.zone):%d/%m %H:%M}")
        await self.house.running.tick()

    async def _moves_to(self, hour: int, minute: int) -> None:
        now = self.house.simulator.clock.now().astimezone(self.house.settings.zone)
        at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        await self._moves((at if at > now else at + timedelta(days=1)) - now)

    async def _goes_on(self, chance: Random) -> None:
        await self._moves(timedelta(minutes=chance.choice((1, 6, 30, 60, 240))))

    async def _falls_due(self, chance: Random) -> None:
        await self._moves_to(16, 30)

    async def _midnight(self, chance: Random) -> None:
        await self._moves_to(0, chance.choice((0, 1)))

    async def _closes(self, chance: Random) -> None:
        await self._moves_to(8, chance.choice((0, 1)))

    async def _fails(self, chance: Random) -> None:
        fault = chance.choice(FAULTS)
        self._note(f"faults: {fault}")
        self.house.simulator.faults.add(method="sendMessage", **fault)

    async def _is_well(self, chance: Random) -> None:
        self._note("no faults")
        self.house.simulator.faults.rules.clear()

    async def _merges(self, chance: Random) -> None:
        """Two communes become one tomorrow; once."""
        if self.district.is_merged:
            return
        self.district.is_merged = True
        self._note("a merger")
        admin = self.district.of("admin")[0]
        text = MERGER.format(on=self.today() + timedelta(days=1))
        await admin.talker.person.sends_document(text.encode(), "don_vi.csv")
        for _ in range(3):
            await self.house.settled()
        await self._say(admin, "thực hiện")

    async def _publishes(self, chance: Random) -> None:
        """A new version of the form, from today or tomorrow, which asks for more."""
        if self.district.version == 4:
            return
        self.district.version += 1
        self._note(f"version {self.district.version}")
        admin = self.district.of("admin")[0]
        await admin.talker.person.sends_document(trees(self.district.version), "trees.md")
        for _ in range(3):
            await self.house.settled()
        await self._say(admin, "công bố")
        await self._say(admin, chance.choice(("hôm nay", "ngày mai")))
