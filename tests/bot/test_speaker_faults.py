"""What Telegram can do to a message, and what becomes of it: copies <= 1 + uncertain deliveries, always."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import insert, select

from bot.running import render_cache
from bot.running.http_transport import ANSWER_SECONDS
from reporting.pace import Limits
from reporting.people import Address
from reporting.retries import UNREACHABLE
from reporting.say import Drawn, KeptDrawing, Rank
from simulator import Limits as TelegramLimits
from simulator.person import Person
from storage.database.tables import metadata
from storage.messages import outbox, undelivered
from tests.bot.mouth import Mouth, database_url, mouth_at, say, somebody
from tests.ports import free_port

HOUR = 3600


@pytest.fixture
async def reporter(mouth: Mouth) -> Person:
    return await somebody(mouth.sim, "Nguyễn Thị Lan")


def heard(person: Person) -> list[str]:
    return [message.text for message in person.heard]


async def register(mouth: Mouth, person: Person) -> None:
    """The person is one of ours: his chat is in the table of addresses."""
    people, addresses = (metadata.tables[name] for name in ("person", "address"))

    def change(connection: Any) -> None:
        row = {"name": person.name, "language": "vi", "created_at": mouth.now()}
        (number,) = connection.execute(insert(people).returning(people.c.id), row).scalars()
        connection.execute(insert(addresses).values(channel="telegram", address=str(person.id), person_id=number))

    await mouth.write(change)


async def is_reachable(mouth: Mouth, person: Person) -> bool:
    return str(person.id) not in await mouth.write(lambda c: outbox.closed(c, "telegram", [str(person.id)]))


UNCERTAIN: dict[str, dict[str, Any]] = {
    "dropped before it took effect": {"drop": "before"},
    "dropped after it took effect": {"drop": "after"},
    "answered with garbage": {"garbage": True},
    "answered with 502": {"status": 502},
    "answered with 500 although it took effect": {"status": 500, "after_effect": True},
}


@pytest.mark.parametrize("fault", UNCERTAIN.values(), ids=list(UNCERTAIN))
async def test_what_is_uncertain_is_tried_once_more(mouth: Mouth, reporter: Person, fault: dict[str, Any]) -> None:
    mouth.sim.faults.add(method="sendMessage", times=1, **fault)
    await mouth.puts(say(reporter, "Đã tiếp nhận"))
    (row,) = await mouth.settles("said")
    assert (row.tries, row.uncertain) == (2, 1)
    took_effect = fault.get("drop") == "after" or "garbage" in fault or "after_effect" in fault
    assert heard(reporter) == ["Đã tiếp nhận"] * (2 if took_effect else 1)


@pytest.mark.parametrize("fault", UNCERTAIN.values(), ids=list(UNCERTAIN))
async def test_what_is_uncertain_twice_is_unknown_and_the_next_goes_on(
    mouth: Mouth, reporter: Person, fault: dict[str, Any]
) -> None:
    mouth.sim.faults.add(method="sendMessage", times=2, **fault)
    await mouth.puts(say(reporter, "một"), say(reporter, "hai"))
    first, _ = await mouth.settles("unknown", "said")
    assert (first.tries, first.uncertain) == (2, 2)
    assert first.error
    assert mouth.sim.first_bot.token not in first.error
    assert heard(reporter).count("một") <= 2
    assert heard(reporter)[-1] == "hai"
    (known,) = await mouth.write(lambda c: undelivered.unsaid(c, mouth.now().date()))
    assert (known.id, known.state, known.text) == (first.id, "unknown", "một")


async def test_an_answer_that_never_comes_is_uncertain(
    mouth: Mouth, reporter: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire, never = mouth.wire, mouth.sim.faults.add(method="sendMessage", delay=HOUR, times=None)
    call = wire.call

    async def first_in_vain(*asked: Any) -> Any:
        """In a moment the first is given up; all that follow have their time, however slow the machine is."""
        wire.answer_seconds = 0.2 if never.times is None else ANSWER_SECONDS
        try:
            return await call(*asked)
        finally:
            never.times = 0

    monkeypatch.setattr(wire, "call", first_in_vain)
    await mouth.puts(say(reporter, "Đã tiếp nhận"))
    (row,) = await mouth.settles("said")
    assert row.uncertain == 1


async def test_a_refused_connection_is_no_attempt_and_all_is_said_when_telegram_is_back(url: str) -> None:
    port = free_port()
    async with mouth_at(url, api_url=f"http://127.0.0.1:{port}") as mouth:
        person = await somebody(mouth.sim, "Nguyễn Thị Lan")
        await mouth.puts(say(person, "một"), say(person, "hai"))
        while not any(row.error for row in mouth.rows()):
            await mouth.next_write()
        runner = mouth.sim._runner
        assert runner is not None
        await web.TCPSite(runner, "127.0.0.1", port).start()
        rows = await mouth.settles("said", "said")
        assert [(row.tries, row.uncertain) for row in rows] == [(1, 0), (1, 0)]
        assert heard(person) == ["một", "hai"]


async def test_who_has_blocked_the_bot_is_left_in_peace_until_he_writes(mouth: Mouth, reporter: Person) -> None:
    await register(mouth, reporter)
    await reporter.blocks()
    await mouth.puts(say(reporter, "một"), say(reporter, "hai"), say(reporter, "ba", Rank.REMINDER))
    rows = await mouth.settles("dead", "dead", "dead")
    assert all("Forbidden" in row.error for row in rows)
    assert [row.tries for row in rows] == [1, 0, 0]
    assert not await is_reachable(mouth, reporter)
    await mouth.puts(say(reporter, "Đề nghị báo cáo", Rank.REMINDER))
    rows = await mouth.settles("dead", "dead", "dead", "dead")
    assert rows[3].error == UNREACHABLE
    await reporter.unblocks()
    await mouth.write(lambda c: outbox.reachable(c, Address("telegram", str(reporter.id))))
    assert await is_reachable(mouth, reporter)
    await mouth.puts(say(reporter, "Đề nghị báo cáo", Rank.REMINDER))
    assert (await reporter.next_message()).text == "Đề nghị báo cáo"


async def test_a_chat_that_never_was_is_unreachable(mouth: Mouth) -> None:
    stranger = mouth.sim.person("Người lạ")
    mouth.sim.faults.add(method="sendMessage", status=400, description="Bad Request: chat not found")
    await mouth.puts(say(stranger, "một"), say(stranger, "hai"))
    await mouth.settles("dead", "dead")


async def test_a_group_that_has_moved_is_found_at_its_new_address(mouth: Mouth, reporter: Person) -> None:
    group = mouth.sim.group("Triệu Sơn", [reporter], supergroup=False)
    new = mouth.sim.migrate(group)
    await mouth.puts(say(group, "một"), say(group, "hai"))
    rows = await mouth.settles("said", "said")
    assert {row.address for row in rows} == {str(new.id)}
    assert [row.tries for row in rows] == [1, 1]
    said = [message.text for message in reporter.reads(new) if message.by_bot and message.text]
    assert said == ["một", "hai"]


async def test_a_person_is_found_at_the_new_address_too(mouth: Mouth, reporter: Person) -> None:
    await register(mouth, reporter)
    old = Address("telegram", str(reporter.id))
    await mouth.write(lambda c: outbox.move(c, old, "-1001"))
    addresses = outbox.addresses
    found = await mouth.write(lambda c: list(c.execute(select(addresses.c.address)).scalars()))
    assert found == ["-1001"]


async def test_a_message_that_telegram_refuses_is_a_dead_letter_and_the_next_goes_on(
    mouth: Mouth, reporter: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await mouth.puts(say(reporter, "<b>một"), say(reporter, "hai"))
    first, _ = await mouth.settles("dead", "said")
    assert "parse entities" in first.error
    assert heard(reporter) == ["hai"]
    assert "is dead" in caplog.text
    mended = mouth.sim.faults.add(method="sendMessage", status=400, description="Bad Request: still wrong")
    assert await mouth.write(lambda c: undelivered.say_again(c, first.id, mouth.now()))
    await mouth.settles("dead", "said")
    assert mended.happened == 1
    assert not await mouth.write(lambda c: undelivered.say_again(c, first.id + 1, mouth.now()))


async def test_a_picture_that_cannot_be_drawn_is_a_dead_letter(mouth: Mouth, reporter: Person) -> None:
    await mouth.puts(say(reporter, "Bảng", photo=Drawn("bảng.png", KeptDrawing("broken", {}))), say(reporter, "hai"))
    first, _ = await mouth.settles("dead", "said")
    assert "no ink" in first.error


async def test_a_picture_whose_mark_cannot_be_worked_out_is_one_too(
    mouth: Mouth, reporter: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mark_of(_: Drawn) -> bytes:
        raise ValueError("no mark")

    monkeypatch.setattr(render_cache, "_mark_of", mark_of)
    await mouth.puts(say(reporter, "Bảng", photo=Drawn("bảng.png", KeptDrawing("picture", {}))), say(reporter, "hai"))
    first, _ = await mouth.settles("dead", "said")
    assert (first.error, first.uncertain) == ("not drawn: ValueError('no mark')", 0)


async def test_a_chat_that_wants_peace_gets_it_and_the_others_go_on(mouth: Mouth, reporter: Person) -> None:
    other = await somebody(mouth.sim, "Lê Văn Minh")
    mouth.sim.faults.add(method="sendMessage", chat_id=reporter.id, status=429, retry_after=HOUR)
    await mouth.puts(say(reporter, "một"), say(reporter, "hai"))
    await mouth.is_told_to_wait(reporter)
    await mouth.passes(HOUR / 2)
    await mouth.puts(*(say(other, str(n)) for n in range(3)))
    await mouth.settles("new", "new", "said", "said", "said")
    assert heard(other) == list("012")
    assert heard(reporter) == []
    await mouth.passes(HOUR)
    rows = await mouth.settles(*["said"] * 5)
    assert [row.tries for row in rows] == [1] * 5
    assert heard(reporter) == ["một", "hai"]


async def test_everybody_gets_peace_when_two_chats_want_it(mouth: Mouth, reporter: Person) -> None:
    others = [await somebody(mouth.sim, name) for name in ("Lê Văn Minh", "Trịnh Văn Hùng")]
    for person in (reporter, others[0]):
        mouth.sim.faults.add(method="sendMessage", chat_id=person.id, status=429, retry_after=HOUR)
    await mouth.puts(say(reporter, "một"), say(others[0], "một"))
    await mouth.is_told_to_wait(reporter, others[0])
    await mouth.puts(say(others[1], "một"))
    await mouth.next_write()
    assert mouth.states() == ["new"] * 3
    await mouth.passes(HOUR)
    await mouth.settles("said", "said", "said")


async def test_a_pause_outlives_the_process(mouth: Mouth, reporter: Person) -> None:
    other = await somebody(mouth.sim, "Lê Văn Minh")
    mouth.sim.faults.add(method="sendMessage", chat_id=reporter.id, status=429, retry_after=HOUR)
    await mouth.puts(say(reporter, "một", Rank.REMINDER))
    await mouth.is_told_to_wait(reporter)
    await mouth.starts_again()
    await mouth.puts(say(reporter, "hai"), say(other, "ba", Rank.BROADCAST))
    await mouth.settles("new", "new", "said")
    await mouth.passes(HOUR)
    await mouth.settles("said", "said", "said")
    assert heard(reporter) == ["hai", "một"]


@pytest.mark.parametrize("seconds", [10**15, 86_401])
async def test_peace_for_a_year_is_garbage_and_is_tried_again_in_a_second(
    mouth: Mouth, reporter: Person, seconds: int
) -> None:
    mouth.sim.faults.add(method="sendMessage", status=429, retry_after=seconds, times=1)
    await mouth.puts(say(reporter, "một"))
    (row,) = await mouth.settles("said")
    assert (row.tries, row.uncertain) == (1, 0)


async def test_pauses_that_a_clock_a_year_ahead_has_noted_keep_nobody_waiting(mouth: Mouth, reporter: Person) -> None:
    """A restart with the clock put right looks at them before the first tick has mended them."""
    others = [await somebody(mouth.sim, name) for name in ("Hà Thị Hoa", "Lê Văn Tư")]
    await mouth.stops()
    ahead = mouth.now() + timedelta(days=365)
    rows = [{"channel": "telegram", "address": str(each.id), "until_at": ahead} for each in others]
    await mouth.write(lambda connection: connection.execute(insert(metadata.tables["pause"]), rows))
    await mouth.puts(*(say(each, "một") for each in (*others, reporter)))
    await mouth.starts_again()
    await mouth.settles("said", "said", "said")


async def test_a_wrong_token_costs_no_message(mouth: Mouth, reporter: Person, caplog: pytest.LogCaptureFixture) -> None:
    mouth.sim.faults.add(method="sendMessage", status=401, times=1)
    await mouth.puts(say(reporter, "một"))
    (row,) = await mouth.settles("said")
    assert (row.tries, row.uncertain) == (1, 0)
    assert "Unauthorized" in caplog.text


async def test_a_crowd_a_group_and_a_talkative_chat_are_told_under_telegrams_limits(url: str) -> None:
    async with mouth_at(url, limits=Limits()) as mouth:
        mouth.sim.limits = TelegramLimits()
        crowd = [await somebody(mouth.sim, f"Người dân {n}") for n in range(40)]
        group = mouth.sim.group("Triệu Sơn", crowd[:2])
        began = asyncio.get_running_loop().time()
        await mouth.puts(*(say(each, "Bản tin", Rank.BROADCAST) for each in crowd))
        await mouth.puts(*(say(crowd[0], str(n)) for n in range(5)), *(say(group, str(n)) for n in range(5)))
        rows = await mouth.settles(*["said"] * 50)
        assert [row.tries for row in rows] == [1] * 50
        assert [words for words in heard(crowd[0]) if words != "Bản tin"] == list("01234")
        assert asyncio.get_running_loop().time() - began > 50 / 30


async def test_nothing_that_is_logged_or_kept_carries_the_token(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with mouth_at(database_url("sqlite", tmp_path, _none)) as mouth:
        person = await somebody(mouth.sim, "Nguyễn Thị Lan")
        mouth.sim.faults.add(method="sendMessage", garbage=True, times=2)
        await mouth.puts(say(person, "một"))
        (row,) = await mouth.settles("unknown")
        assert mouth.sim.first_bot.token not in row.error + caplog.text


def _none() -> Any:
    raise AssertionError("no PostgreSQL is wanted here")


async def test_the_clock_of_the_program_may_stand_still(tmp_path: Path) -> None:
    async with mouth_at(database_url("sqlite", tmp_path, _none)) as mouth:
        person = await somebody(mouth.sim, "Nguyễn Thị Lan")
        mouth.sim.clock.run(0)
        mouth.sim.faults.add(method="sendMessage", status=429, retry_after=1)
        await mouth.puts(say(person, "một"))
        await mouth.settles("said")


async def test_what_was_claimed_by_a_commit_that_nobody_heard_of_is_said_once(mouth: Mouth, reporter: Person) -> None:
    await mouth.stops()
    await mouth.puts(say(reporter, "(2/20)"))
    mouth.lost_commits = 1
    await mouth.starts_again()
    await mouth.settles("said")
    assert (heard(reporter), mouth.lost_commits) == (["(2/20)"], 0)


async def test_what_the_clerk_commits_again_as_he_did_not_hear_of_it_is_said_once(
    mouth: Mouth, reporter: Person
) -> None:
    await mouth.stops()
    await mouth.puts(say(reporter, "(2/20)"), say(reporter, "(3/20)"))
    mouth.repeated_commits = 1
    await mouth.starts_again()
    await mouth.settles("said", "said")
    assert (heard(reporter), mouth.repeated_commits) == (["(2/20)", "(3/20)"], 0)


@pytest.mark.parametrize("status", [400, 500])
async def test_what_no_database_takes_in_a_refusal_keeps_nobody_else_waiting(
    mouth: Mouth, reporter: Person, status: int
) -> None:
    odd = "Bad Request: \x00 \ud800 nobody knows why"
    mouth.sim.faults.add(method="sendMessage", status=status, description=odd, times=2)
    await mouth.puts(say(reporter, "một"))
    (row,) = await mouth.settles("dead" if status == 400 else "unknown")
    assert "nobody knows why" in row.error
    mouth.sim.faults.clear()
    await mouth.puts(say(reporter, "hai"))
    assert [each.state for each in await mouth.settles(row.state, "said")] == [row.state, "said"]
