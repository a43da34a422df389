"""Faults on purpose, and Telegram's limits."""

import time
from types import SimpleNamespace

import aiohttp
import pytest

from simulator import Fault, Limits, Person, Refusal, Simulator
from tests.simulator.conftest import Raw


async def test_a_call_fails_as_often_as_it_is_told_and_only_where(raw: Raw, nam: Person, sim: Simulator) -> None:
    lan = sim.person("Phạm Thị Lan")
    await nam.starts()
    await lan.starts()
    sim.faults.add(Fault("sendMessage", chat_id=nam.id, status=429, retry_after=7, times=2))
    for _ in range(2):
        status, answer = await raw("sendMessage", chat_id=nam.id, text="x")
        assert (status, answer["parameters"]) == (429, {"retry_after": 7})
        assert answer["description"] == "Too Many Requests: retry after 7"
    await raw.result("sendMessage", chat_id=lan.id, text="x")
    await raw.result("sendMessage", chat_id=nam.id, text="x")
    assert len(nam.heard) == 1


@pytest.mark.parametrize(("drop", "copies"), [("before", 0), ("after", 1)])
async def test_a_connection_is_dropped_before_or_after_the_effect(
    drop: str, copies: int, raw: Raw, nam: Person, sim: Simulator
) -> None:
    await nam.starts()
    sim.faults.add(method="sendMessage", drop=drop)
    with pytest.raises(aiohttp.ClientError):
        await raw("sendMessage", chat_id=nam.id, text="x")
    assert len(nam.heard) == copies


async def test_an_answer_is_late_garbage_or_an_error_after_the_effect(raw: Raw, nam: Person, sim: Simulator) -> None:
    await nam.starts()
    sim.faults.add(method="sendMessage", delay=0.2)
    began = time.monotonic()
    await raw.result("sendMessage", chat_id=nam.id, text="1")
    assert time.monotonic() - began >= 0.2
    sim.faults.add(method="sendMessage", garbage=True)
    with pytest.raises(aiohttp.ContentTypeError):
        await raw("sendMessage", chat_id=nam.id, text="2")
    sim.faults.add(method="sendMessage", status=502, after_effect=True)
    assert (await raw("sendMessage", chat_id=nam.id, text="3"))[0] == 502
    assert [m.text for m in nam.heard] == ["1", "2", "3"]


async def test_updates_come_twice_in_another_order_or_undecodable(raw: Raw, nam: Person, sim: Simulator) -> None:
    for number in range(6):
        await nam.says(str(number))
    sim.faults.reorder = 1.0
    shuffled = [u["update_id"] for u in await raw.updates()]
    assert shuffled != sorted(shuffled)
    sim.faults.clear()
    sim.faults.duplicate = 1.0
    first = await raw.updates()
    sim.faults.clear()
    again = await raw.updates(max(shuffled) + 1)
    assert again == first
    assert await raw.updates(max(shuffled) + 1) == []
    number = sim.raw_update("message", {"message_id": "x"})
    assert (await raw.result("getUpdates"))[0] == {"update_id": number, "message": {"message_id": "x"}}


async def test_what_was_not_confirmed_comes_again_in_its_order_and_not_before_what_is_older(
    raw: Raw, nam: Person, sim: Simulator
) -> None:
    for number in range(3):
        await nam.says(str(number))
    sim.faults.duplicate = 1.0
    first = await raw.updates()
    sim.faults.clear()
    assert await raw.updates() == first, "whoever asked was killed before he had kept them"


async def test_faults_are_set_over_http_and_follow_from_the_seed(raw: Raw, nam: Person) -> None:
    await nam.starts()
    await raw.control("faults", method="sendMessage", status=500, times=None, probability=0.5)
    statuses = [(await raw("sendMessage", chat_id=nam.id, text="x"))[0] for _ in range(20)]
    assert {200, 500} == set(statuses)
    assert (await raw.control("faults", "GET"))["rules"][0]["happened"] == statuses.count(500)
    await raw.control("faults", "DELETE")
    assert (await raw("sendMessage", chat_id=nam.id, text="x"))[0] == 200
    assert "error" in await raw.control("faults", method="sendMessage")
    assert "error" in await raw.control("faults", colour="red")


async def test_over_the_limit_there_is_429_with_the_seconds_to_wait(
    raw: Raw, nam: Person, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    await nam.starts()
    monkeypatch.setattr(
        "simulator.limits.time", SimpleNamespace(monotonic=lambda: 0.0)
    )  # a second later all may be sent
    sim.limits = Limits(chat_burst=2)
    for text in "12":
        await raw.result("sendMessage", chat_id=nam.id, text=text)
    status, answer = await raw("sendMessage", chat_id=nam.id, text="3")
    assert (status, answer["description"]) == (429, "Too Many Requests: retry after 1")
    await raw.result("sendChatAction", chat_id=nam.id, action="typing")


async def test_a_channel_has_the_limits_and_faults_of_its_id_under_its_name_too(
    raw: Raw, nam: Person, sim: Simulator
) -> None:
    channel = sim.channel("Bản tin", [nam], username="bantin")
    sim.limits = Limits(per_group_per_minute=1)
    await raw.result("sendMessage", chat_id="@bantin", text="1")
    status, _ = await raw("sendMessage", chat_id=channel.id, text="2")
    assert status == 429
    sim.limits = None
    sim.faults.add(chat_id=channel.id, status=500)
    assert (await raw("sendMessage", chat_id="@bantin", text="3"))[0] == 500


def allowed(limits: Limits, chat_ids: list[int], now: float) -> int:
    done = 0
    for chat_id in chat_ids:
        try:
            limits.check("sendMessage", chat_id, now=now)
            done += 1
        except Refusal:
            continue
    return done


def test_thirty_a_second_over_all_and_all_of_it_again_a_second_later() -> None:
    limits = Limits()
    assert [allowed(limits, list(range(1, 101)), now) for now in (0.0, 0.5, 1.01)] == [30, 0, 30]
    assert limits.refused == 240


def test_one_a_second_in_a_chat_after_a_burst() -> None:
    limits = Limits(chat_burst=3)
    sent = [allowed(limits, [7] * 5, now) for now in (0.0, 1.0, 2.0, 2.5, 10.0)]
    assert sent == [3, 1, 1, 0, 3]


def test_twenty_a_minute_in_a_group() -> None:
    limits = Limits()
    assert sum(allowed(limits, [-100], float(second)) for second in range(60)) == 20
    assert allowed(limits, [-100], 61.0) == 1


def test_paid_broadcasts_may_be_more() -> None:
    limits = Limits()
    for number in range(1, 201):
        limits.check("sendMessage", number, paid=True, now=0.0)
    with pytest.raises(Refusal):
        limits.check("sendMessage", 999, now=0.0)
