"""The desk hears in chat what could not be said to officials, and has it said again with a tap or a command."""

from simulator.seen import Seen
from tests.conversations.house import House, Talker


async def failed(house: House, reporter: Talker) -> tuple[Talker, Seen]:
    """A reminder that Telegram did not take, and what the desk hears of it."""
    desk = await house.joined("Hà Anh", "admin", "397")
    await desk.says("/chuagui")
    desk.hears("Không có tin nhắn nào tới cán bộ mà chưa gửi được")
    house.simulator.faults.add(
        method="sendMessage",
        times=1,
        status=400,
        description="Bad Request: message is too strange",
        chat_id=reporter.person.id,
    )
    await house.moves_to("16:00")
    reporter.hears_nothing()
    await house.moves_to("16:01")
    heard = desk.hears(
        "1 tin nhắn tới cán bộ", "đồng chí Lê Văn Nam (xã Thọ Dân)", "too strange", "Còn 30 phút", "/chuagui"
    )
    await house.moves_to("16:02")
    desk.hears_nothing()
    return desk, heard


async def test_the_desk_hears_of_it_once_and_says_it_again_with_a_tap(house: House, reporter: Talker) -> None:
    desk, heard = await failed(house, reporter)
    await desk.taps(heard.labels[0], heard)
    desk.hears("cho đồng chí Lê Văn Nam (xã Thọ Dân) sẽ được gửi lại")
    reporter.hears("Còn 30 phút đến thời hạn")
    await desk.taps(heard.labels[0], heard)
    desk.hears("Không có tin", "có thể tin đã được gửi lại")
    reporter.hears_nothing()


async def test_the_same_is_typed(house: House, reporter: Talker) -> None:
    desk, _ = await failed(house, reporter)
    await desk.says("/chuagui")
    listed = desk.hears("1 tin nhắn tới cán bộ", "[Gửi lại tin")
    number = listed.text.partition("(mã ")[2].partition(")")[0]
    await desk.says(f"/chuagui {number}")
    desk.hears("sẽ được gửi lại")
    reporter.hears("Còn 30 phút đến thời hạn")
    await desk.says("/chuagui nhiều lắm")
    desk.hears("Không có tin «nhiều lắm»")


async def test_nobody_else_may(house: House, reporter: Talker, leader: Talker) -> None:
    desk, heard = await failed(house, reporter)
    other = await house.joined("Vũ Bình", "admin", "15700")
    number = heard.text.partition("(mã ")[2].partition(")")[0]
    for each in (leader, reporter):
        await each.says(f"/chuagui {number}")
        each.hears("chưa được phân quyền")
    await other.says("/chuagui")
    other.hears("Không có tin nhắn nào")
    await other.says(f"/chuagui {number}")
    other.hears("Không có tin")
    desk.hears_nothing()
