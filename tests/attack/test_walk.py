"""A long walk through the whole conversation with faults on: after every step the same things hold, whatever came before.

Two reporters, a chair, a leader and a resident say and tap what they might: answers, old buttons and new ones, corrections, returns,
approvals, questions; the clock goes on, the process is started anew, updates come twice and in another order.
"""

import re
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Connection, func, select

from storage.database.tables import metadata
from storage.reports import forms
from tests.conversations.house import ANSWERS, House, Talker
from tests.endurance import SEED, times

pytestmark = pytest.mark.endure
STEPS = times(60, 2000)
report, figure, draft, address, outbox, inbox = (
    metadata.tables[name] for name in ("report", "figure", "draft", "address", "outbox", "inbox")
)
PLACE = re.compile(r"\((\d+)/20\)")
SAID = {
    "reporter": (
        "/baocao", "3", "0", "12", "bỏ qua", "gửi", "đã kiểm tra, số đúng", "1. 7", "/huy", "/capnhat", "nhiều lắm",
        "lý do: mất điện", "đúng", "sửa 1 thành 4", "/lichsu", "không rõ", "quay lại",
    ),
    "chair": ("/duyet", "/tinhhinh", "/tonghop", "/tralai thọ dân: xem lại số ca", "/boduyet", "/donvi thọ dân"),
    "leader": (
        "/tinhhinh", "/tonghop", "/hoilai thọ dân ca mắc mới", "/tralai thọ dân: sai số", "/molai thọ dân", "/donduc", "/giaoban",
        "/thongbao: mai họp", "gửi", "/nhansu",
    ),
    "resident": ("ca mắc mới thọ dân hôm nay?", "/tracuu", "/gopy xin cảm ơn", "dân lực hôm nay?", "/theodoi thọ dân"),
}  # fmt: skip


class Walk:
    """Everybody, and what each step does."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.chance = house, Random(seed)
        self.people: list[tuple[str, Talker]] = []
        self.steps: list[str] = []

    async def begins(self) -> None:
        for name, role, code in (
            ("Lê Văn Nam", "reporter", "15742"),
            ("Phạm Văn Đức", "reporter", "15700"),
            ("Nguyễn Thị Hương", "chair", "15742"),
            ("Trần Thị Hoa", "leader", "397"),
        ):
            self.people.append((role, await self.house.joined(name, role, code)))  # type: ignore[arg-type]
        self.people.append(("resident", self.house.talker("Bà Lan")))
        self.house.simulator.faults.duplicate = 0.1
        self.house.simulator.faults.reorder = 0.1

    async def step(self) -> None:
        role, talker = self.chance.choice(self.people)
        match self.chance.randrange(20):
            case 0:
                self.steps.append("restart")
                await self.house.restart()
            case 1:
                self.steps.append("clock")
                clock, hours = self.house.simulator.clock, self.chance.choice((0.1, 1, 6))
                clock.move_to(clock.now() + timedelta(hours=hours))
                await self.house.running.tick()
            case 2 | 3 | 4 | 5:
                await self._taps(talker, newest=True)
            case 6 | 7:
                await self._taps(talker, newest=False)
            case 8 | 9 | 10 | 11 | 12 if role == "reporter":
                await self._answers(talker)
            case _:
                await self._says(talker, self.chance.choice(SAID[role]))
        await self.house.settled()

    async def _says(self, talker: Talker, text: str) -> None:
        self.steps.append(f"{talker.person.name}: {text}")
        await talker.person.says(text)

    async def _answers(self, talker: Talker) -> None:
        """What the question on the screen asks for; where none is, a report is begun or sent."""
        newest = talker.person.reads()[-1].text
        found = PLACE.search(newest)
        place = int(found[1]) if found else 0
        await self._says(talker, (*ANSWERS, "bỏ qua")[place - 1] if place else self.chance.choice(("/baocao", "gửi")))

    async def _taps(self, talker: Talker, *, newest: bool) -> None:
        """One of the buttons of the last message, or of any before."""
        seen = [each for each in talker.person.reads() if each.buttons]
        if not seen:
            return
        message = seen[-1] if newest else self.chance.choice(seen)
        press = self.chance.choice([button.data for row in message.buttons for button in row if button.data] or [""])
        if press:
            self.steps.append(f"{talker.person.name} taps {press}")
            talker.person.forges(message, press)

    async def holds(self) -> list[str]:
        """What does not hold now."""
        wrong = await self.house.running.clerk.write(self._wrong)
        return [*wrong, *(await self._screens())]

    def _wrong(self, connection: Connection) -> list[str]:
        wrong: list[str] = []
        of_one = (report.c.form, report.c.unit_id, report.c.period)
        chains = select(*of_one, func.count(), func.max(report.c.revision)).group_by(*of_one)
        wrong += [f"no chain of revisions: {row}" for row in connection.execute(chains) if row[3] != row[4]]
        newest = {
            tuple(row[:3]): row[3]
            for row in connection.execute(select(*of_one, func.max(report.c.revision)).group_by(*of_one))
        }
        held = select(figure.c.form, figure.c.unit_id, figure.c.period, figure.c.revision).distinct()
        wrong += [
            f"a figure of another revision: {row}"
            for row in connection.execute(held)
            if newest.get(tuple(row[:3])) != row[3]
        ]
        keys = select(outbox.c.address, outbox.c.key).where(outbox.c.key != "")
        often = Counter(tuple(row) for row in connection.execute(keys))
        wrong += [f"said more than once: {key}" for key, count in often.items() if count > 1]
        wrong += [
            f"aside: {error}"
            for error in connection.execute(select(inbox.c.error).where(inbox.c.state == "aside")).scalars()
        ]
        return wrong

    async def _screens(self) -> list[str]:
        """A draft's question is the last question that its reporter has been shown."""

        def read(connection: Connection) -> dict[str, str]:
            rows = select(address.c.address, draft.c.at, draft.c.form, draft.c.version).join(
                draft, draft.c.id == address.c.draft_id
            )
            found = {}
            for row in connection.execute(rows.where(draft.c.state == "asking")):
                form = forms.version(connection, row.form, row.version)
                names = [each.name for each in form.asked]
                found[row.address] = f"({names.index(row.at) + 1}/{len(names)})" if row.at in names else ""
            return found

        asked = await self.house.running.clerk.write(read)
        wrong = []
        for _, talker in self.people:
            wanted = asked.get(str(talker.person.id), "")
            shown = [PLACE.search(each.text) for each in talker.person.reads() if each.by_bot]
            last = next((each[0] for each in reversed(shown) if each is not None), "")
            if wanted.endswith("/20)") and last != wanted:
                wrong.append(f"{talker.person.name} is asked {wanted}, and sees {last}")
        return wrong


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_after_every_step_of_a_long_walk_the_same_holds(house: House) -> None:
    walk = Walk(house, SEED)
    await walk.begins()
    try:
        for number in range(STEPS):
            await walk.step()
            assert await walk.holds() == [], (SEED, number, walk.steps[-12:])
    finally:
        for _, talker in walk.people:
            talker.forgets()
