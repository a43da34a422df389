"""The simulator's clock: it stands, runs, jumps, and others can wait for it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from simulator import Clock, Person, Simulator
from tests.simulator.conftest import START, Raw


async def test_a_clock_with_a_start_stands_still_and_one_without_is_the_machines() -> None:
    clock = Clock(START)
    assert (clock.now(), clock.now().tzinfo, clock.speed) == (START, UTC, 0)
    assert datetime.now(UTC) <= Clock().now() <= datetime.now(UTC)


async def test_it_moves_forward_only() -> None:
    clock = Clock(START)
    clock.advance(timedelta(minutes=90))
    assert clock.now() == START + timedelta(minutes=90)
    clock.move_to(START + timedelta(days=1))
    with pytest.raises(ValueError, match="forward"):
        clock.move_to(START)
    with pytest.raises(ValueError, match="zone"):
        clock.move_to(datetime(2030, 1, 1))  # noqa: DTZ001 - this is what is refused


async def test_it_runs_as_fast_as_it_is_told() -> None:
    clock = Clock(START)
    clock.run(86_400)
    await asyncio.sleep(0.05)
    clock.run(0)
    stopped = clock.now()
    assert stopped - START >= timedelta(hours=1)
    assert clock.now() == stopped


async def test_changes_are_awaited_and_iterated_over() -> None:
    clock = Clock(START)
    waiting = asyncio.ensure_future(anext(aiter(clock.changed())))
    await asyncio.sleep(0)
    clock.advance(timedelta(minutes=1))
    assert await asyncio.wait_for(waiting, 60) == START + timedelta(minutes=1)
    before = clock.revision
    clock.advance(timedelta(minutes=1))
    assert await clock.changed(after=before) == START + timedelta(minutes=2)


async def test_another_process_waits_for_the_clock_over_http(raw: Raw) -> None:
    clock = await raw.control("clock", "GET")
    assert (clock["now"], clock["speed"]) == ("2021-11-10T08:30:00+00:00", 0)
    waiting = asyncio.create_task(raw.control(f"clock?after={clock['revision']}&timeout=60", "GET"))
    await raw.control("clock", advance=300)
    assert (await asyncio.wait_for(waiting, 60))["now"] == "2021-11-10T08:35:00+00:00"
    assert (await raw.control("clock", move_to_local="2021-11-10T17:00"))["now"] == "2021-11-10T10:00:00+00:00"
    assert "forward" in (await raw.control("clock", move_to_local="2021-11-10T16:00"))["error"]
    assert (await raw.control("clock", speed=60))["speed"] == 60


async def test_messages_bear_the_simulated_date(raw: Raw, nam: Person, sim: Simulator) -> None:
    sim.clock.advance(timedelta(hours=2))
    await nam.starts()
    said = await raw.result("sendMessage", chat_id=nam.id, text="x")
    assert said["date"] == int((START + timedelta(hours=2)).timestamp())
    assert nam.heard[0].at == START + timedelta(hours=2)
    sim.clock.advance(timedelta(days=3))
    late = await raw.refused("deleteMessage", chat_id=nam.id, message_id=said["message_id"])
    assert late == "Bad Request: message can't be deleted for everyone"
