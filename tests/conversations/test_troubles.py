"""What goes wrong behind a conversation: updates that cannot be handled, a database that is away, people who leave."""

import asyncio
import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from handlers.common import join
from storage.database.tables import metadata
from tests.conversations.house import House, Talker, fills_in

inbox, outbox, address = (metadata.tables[name] for name in ("inbox", "outbox", "address"))


async def states(house: House) -> list[tuple[str, int]]:
    def read(connection: Connection) -> list[tuple[str, int]]:
        rows = connection.execute(select(inbox.c.state, inbox.c.tries).order_by(inbox.c.id))
        return [(row.state, row.tries) for row in rows]

    return await house.running.clerk.write(read)


async def test_an_update_that_cannot_be_decoded_is_set_aside_and_holds_nobody_up(
    house: House, reporter: Talker
) -> None:
    house.simulator.raw_update("message", {"message_id": "?", "chat": {"id": reporter.person.id}})
    await reporter.says("/baocao")
    heard = [each.text for each in reporter.forgets()]
    assert any("mã lỗi GB-" in text for text in heard)
    assert any("(1/20)" in text for text in heard)
    assert ("aside", 3) in await states(house)


async def test_a_bug_in_a_handler_is_apologised_for_with_a_number(
    house: House, resident: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(join, "greeting", fails)
    await resident.says("/start")
    resident.hears("Xin lỗi", "mã lỗi GB-")
    monkeypatch.undo()
    await resident.says("/start")
    resident.hears("Kính chào quý ông/bà")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_locked_database_is_waited_for_and_is_no_try(house: House, reporter: Talker) -> None:
    path = house.database_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    saying = asyncio.create_task(reporter.says("/baocao"))
    await asyncio.sleep(0)
    reporter.hears_nothing()
    other.execute("COMMIT")
    other.close()
    await saying
    reporter.hears("(1/20)")
    assert all(tries == 0 for _, tries in await states(house))


async def test_a_residents_words_are_forgotten_once_they_are_answered(house: House, resident: Talker) -> None:
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.hears("Thọ Dân")

    def raw(connection: Connection) -> list[str]:
        return list(connection.execute(select(inbox.c.raw)).scalars())

    assert await house.running.clerk.write(raw) == [""]


async def test_a_report_cannot_be_sent_after_its_time(house: House, reporter: Talker) -> None:
    await fills_in(reporter)
    house.simulator.clock.advance(timedelta(days=1))
    await reporter.taps("Gửi")
    reporter.hears("đã khóa", "08 giờ 00", "UBND huyện Triệu Sơn")
    reporter.forgets()


async def test_who_has_blocked_the_bot_is_heard_again_when_he_comes_back(house: House, reporter: Talker) -> None:
    await reporter.person.blocks()
    await house.moves_to("16:00")
    reporter.hears_nothing()
    await reporter.person.unblocks()
    await reporter.says("/baocao")
    reporter.hears("(1/20)")


async def test_who_blocks_the_bot_before_the_next_question_comes_answers_none_that_he_has_not_seen(
    house: House, reporter: Talker
) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.person.blocks()
    house.simulator.raw_update("message", said_by(reporter, "3"))
    await house.settled()
    await reporter.person.unblocks()
    await reporter.says("7")
    reporter.hears("(2/20)", "«7» chưa được ghi")
    await reporter.says("1")
    reporter.hears("(3/20)")


async def test_a_question_that_telegram_refuses_is_answered_by_nothing_typed(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    house.simulator.faults.add(method="sendMessage", status=400, description="Bad Request: nobody knows why", times=1)
    await reporter.says("3")
    reporter.hears_nothing()
    await reporter.says("3")
    reporter.hears("(2/20)", "«3» chưa được ghi")


def said_by(talker: Talker, text: str) -> dict[str, Any]:
    """A message that was on its way when its sender blocked the bot."""
    person = {"id": talker.person.id, "is_bot": False, "first_name": talker.person.name}
    chat = {"id": talker.person.id, "type": "private", "first_name": talker.person.name}
    return {"message_id": 999, "date": 1636533000, "text": text, "from": person, "chat": chat}


async def test_who_cannot_even_be_told_that_he_could_not_be_answered_holds_nobody_up(
    house: House, reporter: Talker, resident: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(join, "greeting", fails)
    with monkeypatch.context() as broken:
        broken.setattr(house.running.clerk.handling, "apologise", fails)
        await resident.says("/start")
        resident.hears_nothing()
    assert ("aside", 3) in await states(house)
    await reporter.says("/baocao")
    reporter.hears("(1/20)")


async def test_who_is_found_in_a_messenger_that_this_release_does_not_know_keeps_nobody_from_being_told(
    house: House, reporter: Talker, leader: Talker
) -> None:
    other = await house.joined("Phạm Thu Hà", "leader", "397")

    def goes_elsewhere(connection: Connection) -> None:
        here = address.c.address == str(other.person.id)
        connection.execute(update(address).where(here).values(channel="a messenger of tomorrow"))

    await house.running.clerk.write(goes_elsewhere)
    await house.moves_to("16:00")
    reporter.hears("Còn 30 phút")
    await house.moves_to("17:30")
    leader.hears("Tổng hợp")
    other.hears_nothing()
    for each in (reporter, leader):
        each.forgets()
