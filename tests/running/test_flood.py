"""A burst of residents' questions while reporters are at work: all is answered once, reporters go first, a flood is held back."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from reporting.say import Rank
from reporting.throttle import MOST
from simulator.person import Person
from storage.database.tables import metadata
from tests.conversations.house import ANSWERS, House, Talker
from tests.endurance import SEED, times

RESIDENTS = times(150, 5_000)
"""More than the clerk takes at a time, so that somebody has to wait."""
FLOOD = MOST + 10
QUESTIONS = (
    "Hôm nay xã Thọ Dân có bao nhiêu ca?",
    "Dân Lực có ca nào không",
    "toàn huyện hôm nay thế nào",
    "thị trấn Nưa",
)
pytestmark = [pytest.mark.endure, pytest.mark.timeout(120 if RESIDENTS < 1000 else 0)]
outbox = metadata.tables["outbox"]


async def test_in_a_flood_of_questions_reporters_go_first_and_nothing_is_lost(house: House, reporter: Talker) -> None:
    chance = random.Random(SEED)
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    crowd = [house.simulator.person(f"Bà {number}") for number in range(RESIDENTS)]
    flooder = house.simulator.person("Ông Vội")
    for person in (*crowd, flooder):
        person.private().started = True
    for person in crowd:
        await person.says(chance.choice(QUESTIONS))
    for _ in range(FLOOD):
        await flooder.says(QUESTIONS[0])
    await reporter.person.says(ANSWERS[0])
    await house.settled()
    reporter.hears("(2/20)")
    assert [len(heard(person)) for person in crowd] == [1] * RESIDENTS, f"ENDURE_SEED={SEED}"
    assert len(heard(flooder)) == MOST + 1, "so many answers, and that it is too much"
    order = await said_in_order(house)
    assert await newest_rank(house, reporter.person) == Rank.STAFF_REPLY < await newest_rank(house, crowd[0])
    behind = len(order) - 1 - order.index(str(reporter.person.id))
    assert behind >= RESIDENTS + MOST - 120, "the reporter waited behind residents, of whom a hundred come at a time"


def heard(person: Person) -> list[str]:
    return [message.text for message in person.heard]


async def newest_rank(house: House, person: Person) -> int:
    """By which rank what he was told last waited to be said."""
    newest = select(outbox.c.rank).where(outbox.c.address == str(person.id)).order_by(outbox.c.id.desc()).limit(1)
    return await house.running.clerk.write(lambda connection: int(connection.execute(newest).scalar_one()))


async def said_in_order(house: House) -> Sequence[str]:
    """To whom something was put in the outbox, the newest of each chat, as it was put there."""

    def read(connection: Any) -> list[str]:
        return list(connection.execute(select(outbox.c.address).order_by(outbox.c.id)).scalars())

    rows = await house.running.clerk.write(read)
    newest = {address: place for place, address in enumerate(rows)}
    return sorted(newest, key=lambda address: newest[address])
