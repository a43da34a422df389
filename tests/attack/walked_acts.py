"""What a step of a long walk does: words and taps, whole reports, leaders' decisions, the clock, faults, mergers, new versions.

A step draws all its chances from a number of its own, so that a walk can be gone again without some of its steps.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, select

from storage.database.tables import metadata
from tests.attack.walked_district import MERGER, NAMES, trees
from tests.attack.walked_reports import Reports

report = metadata.tables["report"]
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


class Acts(Reports):
    """Does steps; the acts of those above and of all around stand here."""

    async def do(self, step: Step) -> None:
        act: Callable[[Random], Awaitable[None]] = getattr(self, f"_{step.act}")
        self.often[step.act] += 1
        await act(Random(step.chance))
        await self.house.settled()

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
