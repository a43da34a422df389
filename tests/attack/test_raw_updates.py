"""Raw updates, drawn at random by the Bot API's description, well-formed and damaged: each ends done or aside, and holds nobody up."""

import asyncio
import json
import time
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.running.observer import Observer
from bot.zalo.updates import zalo_heard
from storage.database.tables import metadata
from tests.attack.drawn_updates import KINDS, Cast, Drawer
from tests.attack.forged_presses import forged
from tests.conversations.house import House, Talker
from tests.endurance import SEED, times

PATIENCE = 5.0
"""So many seconds of its own the program may go without a step forward while something waits."""
BATCH, TOLD_AFTER = 50, 100
inbox = metadata.tables["inbox"]
HARDLY_JSON = (
    "", "[]", "{}", "null", "7", '"x"', '{"update_id": {}}', "[" * 5000, '{"update_id": 1e999}',
    "\x00", "\ud800", '{"update_id": 7}\ud800', '{"update_id": "\\u0000"}', '{"update_id": 6, "message": "\\ud800"}',
    '{"update_id": 5, "message": {"text": "\x00"}}', f'{{"update_id": {"9" * 4000}}}', f'{{"update_id": "{"x" * 5000}"}}',
    f'{{"update_id": 8, "message": {"[" * 5000}{"]" * 5000}}}',
    f'{{"update_id": 9, "message": {{"chat": {{"id": "{"7" * 9000}"}}}}}}',
    '{"update_id": 10, "message": {"chat": {"id": "\\ud800"}}}',
)  # fmt: skip
"""Among them what a database does not take, numbers that no column holds, and what is nested deeper than Python goes."""
pytestmark = pytest.mark.endure


class Watch(Observer):
    """Sees whether the program goes forward: by its own processor time, for the machine may have others' work to do.

    `worst`: the longest that it went without a step forward, in seconds of processor time.
    """

    def __init__(self) -> None:
        self.worst = 0.0
        self.begins()

    def begins(self) -> None:
        self._spent, self._at = time.process_time(), time.monotonic()

    def forward(self) -> None:
        self.worst = max(self.worst, time.process_time() - self._spent)
        self.begins()

    def stands_still(self) -> bool:
        return time.process_time() - self._spent > PATIENCE or time.monotonic() - self._at > 12 * PATIENCE

    def handled(self, updates: int, seconds: float) -> None:
        self.forward()

    def set_aside(self) -> None:
        self.forward()


class Fuzzed:
    """The program with somebody who reports meanwhile, and is answered behind every batch."""

    def __init__(self, house: House, witness: Talker, drawer: Drawer) -> None:
        self.house, self.witness, self.drawer = house, witness, drawer
        self.watch, self.batches = Watch(), 0
        house.running.clerk.handling.observer = self.watch
        house.simulator.first_bot.queue.allowed += KINDS

    async def brings(self, updates: list[tuple[str, Any]]) -> None:
        for kind, body in updates:
            self.house.simulator.raw_update(kind, body)
        await self.quiet()
        await self.witness.person.says("nhiều lắm")
        await self.quiet()
        self.witness.hears("ví dụ: 3")

        self.batches += 1
        if self.batches % TOLD_AFTER == 0:
            print(f"{self.batches * BATCH} updates, longest standstill {self.watch.worst:.2f} s", flush=True)  # noqa: T201

    async def quiet(self) -> None:
        """Until everything is handled and said. TimeoutError where nothing went forward for too long while something waits."""
        self.watch.begins()
        work = asyncio.ensure_future(self.house.settled())
        while not (await asyncio.wait({work}, timeout=0.5))[0]:
            if self.watch.stands_still():
                work.cancel()
                raise TimeoutError(SEED)
        await work
        self.watch.forward()

    async def ends(self, *allowed: str) -> None:
        """Every update is in one of these states, and who reports meanwhile goes on."""
        found = await self.states()
        told = f"ENDURE_SEED={SEED}: {found}, longest standstill {self.watch.worst:.2f} s"
        print(told)  # noqa: T201  # the long run's figure
        assert set(found) <= set(allowed), (told, await self.errors())
        assert self.watch.worst <= PATIENCE, told
        await self.witness.says("3")
        self.witness.hears("(2/20)")

    async def states(self) -> Counter[str]:
        def read(connection: Connection) -> Counter[str]:
            return Counter(connection.execute(select(inbox.c.state)).scalars())

        return await self.house.running.clerk.write(read)

    async def errors(self) -> Counter[str]:
        def read(connection: Connection) -> Counter[str]:
            return Counter(connection.execute(select(inbox.c.error).where(inbox.c.state == "aside")).scalars())

        return await self.house.running.clerk.write(read)


@pytest.fixture
async def fuzzed(house: House) -> Fuzzed:
    people = [
        await house.joined("Lê Văn Nam", "reporter", "15742"),
        await house.joined("Trần Thị Hoa", "leader", "397"),
        await house.joined("Đỗ Văn Bàn", "admin", "397"),
        house.talker("Bà Lan"),
    ]
    group = house.simulator.group("Ban chỉ đạo", [people[1].person])
    witness = await house.joined("Phạm Văn Đức", "reporter", "15700")
    await witness.says("/baocao")
    witness.hears("(1/20)")
    for each in people:
        each.forgets()
        house.talkers.remove(each)  # what they hear is not looked at
    cast = Cast([each.person.id for each in people], [group.id])
    return Fuzzed(house, witness, Drawer(SEED, cast, forged(SEED, 200)))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_well_formed_updates_of_every_kind_and_field_are_all_done(fuzzed: Fuzzed) -> None:
    for _ in range(times(2, 2000)):
        pairs = [fuzzed.drawer.update() if place % 2 else fuzzed.drawer.answered() for place in range(BATCH)]
        await fuzzed.brings(pairs)
    await fuzzed.ends("done")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_damaged_updates_end_done_or_aside(fuzzed: Fuzzed) -> None:
    for _ in range(times(2, 2000)):
        drawn = [fuzzed.drawer.answered() for _ in range(BATCH)]
        await fuzzed.brings([(kind, fuzzed.drawer.damaged(body)) for kind, body in drawn])
    await fuzzed.ends("done", "aside")


async def test_texts_that_are_hardly_json_end_done_or_aside(fuzzed: Fuzzed) -> None:
    chance = fuzzed.drawer.chance
    texts = [*HARDLY_JSON]
    for number in range(times(60, 5000)):
        kind, body = fuzzed.drawer.answered()
        raw = json.dumps({"update_id": 10**9 + number, kind: fuzzed.drawer.damaged(body)})
        at = chance.randrange(len(raw))
        texts.append(
            chance.choice((raw[:at], raw[at:], raw[:at] + chr(chance.randrange(1, 0xD7FF)) + raw[at:], raw[::-1]))
        )
    await fuzzed.house.running.clerk.hear(texts, "telegram")
    await fuzzed.brings([])
    await fuzzed.ends("done", "aside")


@pytest.mark.parametrize(
    "raw",
    [
        *HARDLY_JSON,
        '{"message": {"message_id": "\\u0000", "chat": {"id": "7"}}}',
        '{"message": {"message_id": "\\ud800", "chat": {"id": "7"}}}',
        f'{{"message": {{"message_id": "{"x" * 5000}", "chat": {{"id": "7"}}}}}}',
        f'{{"message": {{"message_id": "5", "chat": {{"id": "{"7" * 5000}"}}}}}}',
        '{"message": {"message_id": "5", "chat": []}}',
    ],
    ids=range(len(HARDLY_JSON) + 5),
)
def test_what_zalo_might_bring_is_kept_by_an_id_that_a_column_holds(raw: str) -> None:
    heard = zalo_heard(raw)
    assert len(heard.update_id) <= 200
    assert (heard.update_id + heard.chat).isprintable()
