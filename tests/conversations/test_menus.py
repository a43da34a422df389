"""The menu of commands follows duties and versions: it changes by itself, behind all that is to be said."""

from datetime import timedelta

from sqlalchemy import Connection, select, update

from reporting.say import Rank
from storage.database.tables import metadata
from tests.conversations.house import House, Talker

address, outbox = metadata.tables["address"], metadata.tables["outbox"]


def menu_of(house: House, talker: Talker) -> set[str]:
    """The commands in the menu of a chat."""
    chat = talker.person.id
    return {each["command"] for each in house.simulator.first_bot.commands_for(chat, chat, "private", "vi")}


def menus_set(house: House) -> int:
    return sum(call.method == "setMyCommands" for call in house.simulator.first_bot.calls)


async def test_who_takes_over_a_duty_gets_its_commands_and_who_loses_it_loses_them(
    house: House, reporter: Talker
) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    assert {"nghi", "bangiao"} <= menu_of(house, reporter)
    assert "nghi" not in menu_of(house, deputy)
    await reporter.says("/bangiao")
    reporter.hears("Vũ Thị Mai")
    await reporter.taps("Vũ Thị Mai – từ ngày mai")
    reporter.forgets()
    deputy.forgets()
    await house.moves_to("15:40")
    assert "nghi" not in menu_of(house, deputy)
    await house.moves_to("23:50")
    await house.moves_to("00:10")
    assert {"nghi", "bangiao"} <= menu_of(house, deputy)
    assert "baocao" not in menu_of(house, reporter)
    assert "tracuu" in menu_of(house, reporter)
    reporter.forgets()
    deputy.forgets()


async def test_a_new_version_of_the_commands_reaches_whoever_joined_before_once(house: House, reporter: Talker) -> None:
    before = menus_set(house)
    await house.moves_to("15:40")
    assert menus_set(house) == before

    def older(connection: Connection) -> None:
        connection.execute(update(address).values(menu="of an older version"))

    await house.running.clerk.write(older)
    await house.moves_to("15:50")
    await house.moves_to("16:10")
    assert menus_set(house) == before + 1
    ranks = await house.running.clerk.write(
        lambda connection: list(connection.execute(select(outbox.c.rank).where(outbox.c.key.like("menu%"))).scalars())
    )
    assert Rank.BROADCAST in ranks
    reporter.forgets()


async def test_a_menu_that_telegram_does_not_take_yet_is_set_later(house: House) -> None:
    house.simulator.faults.add(method="setMyCommands", status=429, retry_after=1)
    leader = await house.joined("Trần Thị Hoa", "leader", "397")
    for _ in range(3):
        house.simulator.clock.advance(timedelta(seconds=1))
        await house.settled()
    assert "tonghop" in menu_of(house, leader)
