"""The gate lets through what is most urgent, and nobody is forgotten at it."""

import asyncio
import math
import time
from collections.abc import Callable

import pytest

from bot.running.rate_limiter import Gate, GateClosed
from reporting.pace import Limits, Pace


async def go_to(at: Gate, chat: str, order: int) -> None:
    async with at.passing(chat, 0, order):
        pass


class Steady:
    """A steady clock that stands until it is let go: nobody's turn comes before all are there, however slow the machine is."""

    def __init__(self) -> None:
        self._stands_at: float | None = time.monotonic()

    def __call__(self) -> float:
        return time.monotonic() if self._stands_at is None else self._stands_at

    def goes_on(self) -> None:
        self._stands_at = None


def gate(steady: Callable[[], float] = time.monotonic) -> Gate:
    return Gate(Pace(Limits(rate=50.0, chat_seconds=0.01, burst=50)), steady)


async def test_the_most_urgent_goes_first_and_then_the_oldest() -> None:
    steady = Steady()
    at = gate(steady)
    gone: list[tuple[int, int]] = []

    async def go(rank: int, order: int) -> None:
        async with at.passing(f"{rank} {order}", rank, order):
            gone.append((rank, order))

    at.pause(0.05)
    places = [(2, 1), (2, 2), (1, 5), (0, 9), (0, 8)]
    going = asyncio.gather(*(go(*place) for place in places))
    await asyncio.sleep(0)
    assert at.waiting == len(places)
    steady.goes_on()
    await going
    assert gone == [(0, 8), (0, 9), (1, 5), (2, 1), (2, 2)]


async def test_a_chat_in_peace_is_passed_by() -> None:
    steady = Steady()
    at = gate(steady)
    at.pause(0.2, "1")
    gone: list[str] = []

    async def go(chat: str, rank: int) -> None:
        async with at.passing(chat, rank, 0):
            gone.append(chat)
            steady.goes_on()

    await asyncio.gather(go("1", 0), go("2", 1))
    assert gone == ["2", "1"]


async def test_who_gives_up_waiting_takes_nobodys_turn() -> None:
    steady = Steady()
    at = gate(steady)
    at.pause(0.05)
    first = asyncio.create_task(go_to(at, "1", 1))
    second = asyncio.create_task(go_to(at, "2", 2))
    await asyncio.sleep(0)
    first.cancel()
    steady.goes_on()
    await second
    assert at.waiting == 0
    assert first.cancelled()


async def test_a_closed_gate_says_so_to_those_who_wait_and_those_who_come() -> None:
    at = gate()
    at.pause(60)
    waiting = asyncio.create_task(go_to(at, "1", 1))
    await asyncio.sleep(0)
    at.close()
    with pytest.raises(GateClosed):
        await waiting
    with pytest.raises(GateClosed):
        await go_to(at, "2", 2)


async def test_thirty_without_an_answer_are_enough_and_the_first_answer_lets_the_next_go() -> None:
    at = Gate(Pace(Limits(rate=30.0)))
    answered, gone = asyncio.Event(), asyncio.Queue[int]()

    async def go(order: int) -> None:
        async with at.passing(str(order), 0, order):
            gone.put_nowait(order)
            await answered.wait()

    tasks = [asyncio.create_task(go(order)) for order in range(31)]
    assert [await gone.get() for _ in range(30)] == list(range(30))
    assert at.pace.open_at(at.steady()) == math.inf
    assert at.waiting == 1
    answered.set()
    assert await gone.get() == 30
    await asyncio.gather(*tasks)
