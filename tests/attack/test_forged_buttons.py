"""Buttons that were forged, replayed, brought from another chat, cut or made up: no effect but what is allowed, always an answer."""

from random import Random

import pytest

from reporting.presses.reading import PRESSES
from tests.attack.forged_presses import Aim, forge
from tests.attack.world import SECRETS, World
from tests.conversations.house import House, Talker
from tests.endurance import ENDURING, SEED, times

pytestmark = pytest.mark.endure
BATCH = 60


def damaged(press: str, chance: Random) -> str:
    """Cut, over-long, with its fields in another order, or of random letters."""
    at = chance.randrange(len(press) + 1)
    parts = press.split(":")
    chance.shuffle(parts)
    odd = "".join(chr(chance.choice((*range(32, 127), 0xE9, 0x1EBF, 0x1F600))) for _ in range(chance.randrange(40)))
    return chance.choice((press[:at], press + ":" + "9" * 40, ":".join(parts), press[:at] + odd, odd, press + ":::"))


@pytest.fixture
async def world(house: House) -> World:
    found = World(house)
    await found.begins()
    return found


async def pressed(world: World, talker: Talker, press: str) -> None:
    """A tap with any data, which is acknowledged."""
    under = talker.person.reads()[-1]
    tap = talker.person.forges(under, press)
    await tap.answered()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_forged_buttons_of_every_class_do_nobody_else_any_harm(world: World) -> None:
    """Each class in each stranger's hand, aimed at what there is; then any, and what others were shown, whole and damaged."""
    chance, before, aim = Random(SEED), await world.rows(), Aim(await world.own_unit(), 0.95)
    roles = sorted(world.strangers) if ENDURING else chance.sample(sorted(world.strangers), 2)
    aimed = [(role, forge(kind, chance, aim)) for _ in range(times(1, 20)) for kind in PRESSES for role in roles]
    others = [
        (
            chance.choice(sorted(world.strangers)),
            chance.choice((forge(chance.choice(PRESSES), chance), shown, damaged(shown, chance))),
        )
        for shown in chance.choices(world.presses, k=times(60, 10_000))
    ]
    tried = aimed + others
    for start in range(0, len(tried), BATCH):
        batch = tried[start : start + BATCH]
        for role, press in batch:
            await pressed(world, world.strangers[role], press)
        await world.house.settled()
        heard = world.forgets()
        assert await world.harm(before) == [], (SEED, start, batch)
        assert [each for each in heard if any(secret in each for secret in SECRETS)] == [], (SEED, start, batch)
    world.leave()
