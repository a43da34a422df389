"""The gate lets through what is most urgent, and nobody is forgotten at it."""

import asyncio

import pytest

from bot.pacing import Gate, GateClosed
from reporting.pace import Limits, Pace


def gate(rate: float = 50.0) -> Gate:
    return Gate(Pace(Limits(rate=rate, chat_seconds=0.01, burst=50)))


async def test_the_most_urgent_goes_first_and_then_the_oldest() -> None:
    at = gate()
    gone: list[tuple[int, int]] = []

    async def go(rank: int, order: int) -> None:
        await at.wait(f"{rank} {order}", rank, order)
        gone.append((rank, order))

    at.pause(0.05)
    places = [(2, 1), (2, 2), (1, 5), (0, 9), (0, 8)]
    await asyncio.gather(*(go(*place) for place in places))
    assert gone == [(0, 8), (0, 9), (1, 5), (2, 1), (2, 2)]


async def test_a_chat_in_peace_is_passed_by() -> None:
    at = gate()
    at.pause(0.2, "1")
    gone: list[str] = []

    async def go(chat: str, rank: int) -> None:
        await at.wait(chat, rank, 0)
        gone.append(chat)

    await asyncio.gather(go("1", 0), go("2", 1))
    assert gone == ["2", "1"]


async def test_who_gives_up_waiting_takes_nobodys_turn() -> None:
    at = gate()
    at.pause(0.05)
    first = asyncio.create_task(at.wait("1", 0, 1))
    second = asyncio.create_task(at.wait("2", 0, 2))
    await asyncio.sleep(0)
    first.cancel()
    await second
    assert at.waiting == 0
    assert first.cancelled()


async def test_a_closed_gate_says_so_to_those_who_wait_and_those_who_come() -> None:
    at = gate()
    at.pause(60)
    waiting = asyncio.create_task(at.wait("1", 0, 1))
    await asyncio.sleep(0)
    at.close()
    with pytest.raises(GateClosed):
        await waiting
    with pytest.raises(GateClosed):
        await at.wait("2", 0, 2)
