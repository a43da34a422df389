"""What somebody could do until his duty ended, tried again: nothing is changed, a sentence is said, every tap is acknowledged."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Connection

from services.retire_form import retire_form
from simulator.seen import Seen
from tests.attack.forged_presses import Aim
from tests.attack.replays import kinds_of_buttons, shown, typed
from tests.attack.world import SECRETS, Row, Rows, World, buttons_of
from tests.conversations.house import House, Talker
from tests.endurance import SEED, times

pytestmark = pytest.mark.endure
MERGER = "on,old,new,name,kind,people\n2021-11-11,15742,15743,Thọ Lực,xã,move\n2021-11-11,15700,15743,,,move\n"
PATIENCE = timedelta(seconds=4)
BUG = "GB-"
"""With what the number of an apology begins."""


def seen_of(talker: Talker) -> list[tuple[int, str]]:
    return [(each.message_id, each.text) for each in talker.person.reads() if each.by_bot]


async def again(world: World, talker: Talker, tries: Sequence[str], under: Seen | None) -> list[str]:
    """Taps under this message, or else types, each of these; those that nobody said a word about."""
    unanswered = list[str]()
    for each in tries:
        before = seen_of(talker)
        world.house.simulator.clock.advance(PATIENCE)  # who asks faster is told once that he is to wait
        if under is None:
            await talker.person.says(each)
            await world.house.settled()
        else:
            tap = talker.person.forges(under, each)
            await tap.answered()
            await world.house.settled()
            if await tap.answered():
                continue
        if seen_of(talker) == before:
            unanswered.append(each)
    return unanswered


@pytest.fixture
async def world(house: House) -> World:
    found = World(house)
    await found.begins(forgets=False)
    return found


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_has_no_duty_any_more_or_one_elsewhere_does_nothing_again(world: World) -> None:
    chance, own = Random(SEED), await world.own_unit()
    held = {role: shown(talker) for role, talker in world.victims.items()}
    for each in (*world.victims.values(), *world.strangers.values()):
        each.forgets()
    await world.parts(ends=("reporter", "chair", "admin"), moves=("deputy", "leader"))
    before = await world.rows()
    for role, presses in held.items():
        talker = world.strangers[f"former {role}"]
        under = talker.person.reads()[-1]
        buttons = [*presses, *kinds_of_buttons(Aim(own, 0.95), chance)]
        words = list(typed())
        for tries, at in ((buttons, under), (words, None)):
            tried = chance.sample(tries, min(times(12, 10_000), len(tries)))
            unanswered = await again(world, talker, tried, at)
            heard = world.forgets()
            assert unanswered == [], (SEED, role)
            assert await world.harm(before) == [], (SEED, role, tried)
            assert [each for each in heard if BUG in each or any(secret in each for secret in SECRETS)] == [], (
                SEED,
                role,
            )
    assert await world.failures() == []
    world.leave()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_buttons_of_ones_own_chat_tell_a_group_nothing_and_those_of_a_group_nobody_else(world: World) -> None:
    """The bot is in a group that is not set up: what is internal goes to whoever may read it, in his own chat."""
    house, chance, own = world.house, Random(SEED), await world.own_unit()
    everybody = {**world.strangers, **world.victims}
    group = house.simulator.group("Cán bộ huyện", [each.person for each in everybody.values()])
    await world.victims["leader"].person.says("/tinhhinh", chat=group)
    await house.settled()
    under = world.victims["leader"].person.reads(group)[-1]
    of_group = buttons_of(under)
    private = [*dict.fromkeys(world.presses), *kinds_of_buttons(Aim(own, 0.95), chance)]
    for each in everybody.values():
        each.forgets()
    before = await world.rows()
    tried = chance.sample(private, min(times(30, 10_000), len(private)))
    for role in sorted(world.strangers):
        for press in (*tried[:: times(5, 1)], *of_group):
            tap = world.strangers[role].person.forges(under, press, group)
            await tap.answered()
        await house.settled()
        house.simulator.clock.advance(timedelta(minutes=1))
        assert await world.harm(before) == [], (SEED, role)
    for role in world.victims:
        for press in tried:
            tap = world.victims[role].person.forges(under, press, group)
            await tap.answered()
        await house.settled()
    told = [each.text for each in world.victims["leader"].person.reads(group) if each.by_bot]
    assert [each for each in (*told, *world.forgets()) if any(secret in each for secret in SECRETS)] == [], SEED
    assert await world.failures() == []
    world.leave()


KEPT = ("report", "draft", "review", "figure", "asked_back", "reopening", "indicator_target", "late_reason")
"""What is on record about a unit and a form."""
WHO_LOOKED = {"holder_id", "touched_at"}


def on_record(rows: Rows) -> dict[str, set[Row]]:
    """Without who looked last at a draft that was sent."""
    return {name: {tuple(pair for pair in row if pair[0] not in WHO_LOOKED) for row in rows[name]} for name in KEPT}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_a_commune_that_is_no_more_and_of_a_form_that_is_retired_nothing_is_changed_again(
    world: World,
) -> None:
    """What those who reported were shown is tried when all is closed; who chairs may still ask about its figures."""
    house, chance, own = world.house, Random(SEED), await world.own_unit()
    held = {role: shown(world.victims[role]) for role in ("reporter", "deputy")}
    admin = world.victims["admin"]
    await admin.person.sends_document(MERGER.encode(), "don_vi.csv")
    await house.settled()
    await admin.says("thực hiện")
    assert any("Thọ Lực" in each.text for each in admin.forgets())

    def retire(connection: Connection) -> None:
        retire_form(connection, "covid_daily", date(2021, 11, 11), house.simulator.clock.now())

    await house.running.clerk.write(retire)
    await house.moves_to("07:00")
    await house.moves_to("09:00")
    before = await world.rows()
    for role, presses in held.items():
        talker = world.victims[role]
        under = talker.person.reads()[-1]
        buttons = [*presses, *kinds_of_buttons(Aim(own, 0.95), chance)]
        for tries, at in ((buttons, under), (list(typed()), None)):
            tried = chance.sample(tries, min(times(12, 10_000), len(tries)))
            assert await again(world, talker, tried, at) == [], (SEED, role)
            after = await world.rows()
            assert on_record(after) == on_record(before), (SEED, role, tried)
    assert await world.failures() == []
    for each in house.talkers:
        each.forgets()
