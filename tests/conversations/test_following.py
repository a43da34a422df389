"""What is followed ends with the chat: nothing of a resident is kept whom no word can reach."""

from sqlalchemy import Connection, select

from storage.database.tables import metadata
from tests.conversations.house import House, Talker
from tests.conversations.test_residents import kept_flags, sends_report

follow, outbox = metadata.tables["follow"], metadata.tables["outbox"]


async def follows_new_cases(resident: Talker) -> None:
    await resident.says("/theodoi số ca mắc mới xã Thọ Dân")
    await resident.taps("Mỗi khi có số mới", resident.hears("[Mỗi khi có số mới]"))
    resident.hears("Đã ghi")
    await resident.house.moves_to("15:31")


def kept_follows(connection: Connection) -> int:
    return len(connection.execute(select(follow)).all())


def states(connection: Connection, address: int) -> list[str]:
    """What became of the messages to a chat, oldest first; a minute later they are forgotten."""
    here = select(outbox.c.state).where(outbox.c.address == str(address)).order_by(outbox.c.id)
    return list(connection.execute(here).scalars())


async def test_whoever_blocks_the_bot_follows_nothing_any_more(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await follows_new_cases(resident)
    await sends_report(reporter)
    await resident.says("số ca mắc mới xã Thọ Dân hôm nay sai rồi")
    resident.hears("Đã chuyển đơn vị rà soát")
    reporter.hears("Có người dân phản ánh")
    await resident.person.blocks()
    await house.settled()
    assert await house.running.clerk.write(kept_follows) == 0
    assert await house.running.clerk.write(kept_flags) == 0
    await resident.person.unblocks()
    await house.moves_to("15:34")
    resident.hears_nothing()


async def test_a_chat_that_telegram_says_is_gone_follows_nothing_any_more(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await follows_new_cases(resident)
    await sends_report(reporter)
    house.simulator.faults.add(chat_id=resident.person.id, status=403)
    await house.moves_to("15:34")
    assert set(await house.running.clerk.write(lambda c: states(c, resident.person.id))) <= {"dead"}
    assert await house.running.clerk.write(kept_follows) == 0
    resident.hears_nothing()
