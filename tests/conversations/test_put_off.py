"""Whoever has begun to answer is not interrupted: a reminder that waits, as Telegram makes it wait, is told when he is done."""

import asyncio
import time
from datetime import date

from sqlalchemy import Connection, func, select

from bot.running.rate_limiter import Gate
from bot.telegram.messenger import Telegram
from storage.database.tables import metadata
from storage.organisation import units
from storage.schedule import reminder_evidence
from tests.conversations.house import ANSWERS, House, Talker

TODAY = date(2021, 11, 10)
PEACE = 5


def gate_of(house: House) -> Gate:
    (telegram,) = (each for each in house.running.messengers if isinstance(each, Telegram))
    return telegram.speaker._gate


async def held_up(house: House, talker: Talker, clock: str) -> None:
    """At that time a message is tried, and Telegram wants the chat left in peace for five seconds, which do not pass yet: on a slow
    machine they would be over too soon.
    """
    gate = gate_of(house)
    stands_at = gate.steady()
    gate.steady = lambda: stands_at
    house.simulator.faults.add(method="sendMessage", chat_id=talker.person.id, status=429, retry_after=PEACE)
    await house.moves_to(clock)
    talker.hears_nothing()
    assert await new(house, "outbox") == 1


async def new(house: House, table: str) -> int:
    """How many rows of the inbox or the outbox are new."""
    of = metadata.tables[table]
    count = select(func.count()).where(of.c.state == "new")
    return await house.running.clerk.write(lambda connection: int(connection.execute(count).scalar_one()))


async def says_meanwhile(house: House, talker: Talker, text: str) -> None:
    """Says something before the five seconds are over; then they are."""
    await talker.person.says(text)
    await house.simulator.idle_of_updates()
    while await new(house, "inbox"):  # noqa: ASYNC110  # no event tells of a row in the database
        await asyncio.sleep(0.005)
    gate_of(house).steady = lambda: time.monotonic() + PEACE
    clock = house.simulator.clock
    clock.move_to(clock.now().replace(second=10))
    await house.settled()


async def evidence(house: House) -> list[tuple[str, int]]:
    """State and count of each word about today's report of Thọ Dân."""

    def read(connection: Connection) -> list[tuple[str, int]]:
        unit = units.tree(connection).find("15742", TODAY)
        assert unit is not None
        found = reminder_evidence.words_about(connection, "covid_daily", TODAY, [unit.id])
        return [(word.state, word.count) for word in found]

    return await house.running.clerk.write(read)


async def test_it_is_told_when_the_draft_has_been_still(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await held_up(house, reporter, "16:00")
    await says_meanwhile(house, reporter, "3")
    reporter.hears("(2/20)")
    reporter.hears_nothing()
    await house.moves_to("16:02")
    reporter.hears_nothing()
    await house.moves_to("16:04")
    reporter.hears("Còn 26 phút đến thời hạn")
    await house.moves_to("16:05")
    reporter.hears_nothing()
    assert await evidence(house) == [("said", 1)]


async def test_it_is_never_told_when_the_report_came_first(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("\n".join(f"{n}. {value}" for n, value in enumerate(ANSWERS, 1)) + "\nghi chú bỏ qua")
    reporter.hears("Báo cáo ngày")
    await held_up(house, reporter, "16:00")
    await says_meanwhile(house, reporter, "gửi")
    reporter.hears("đã tiếp nhận")
    await house.moves_to("16:30")
    reporter.hears_nothing()
    assert await evidence(house) == [("moot", 0)]
