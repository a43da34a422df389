"""Groups: leaders' groups get digests; commands there answer those entitled, and say nothing internal to others."""

from simulator.chats import Chat
from simulator.seen import Seen
from tests.conversations.house import House, Talker, fills_in


async def says_in(house: House, talker: Talker, chat: Chat, text: str, topic: int = 0) -> list[str]:
    """Says something in a group; what the group hears of the bot then."""
    talker.person.unheard(chat)
    before = len(bots(talker, chat))
    await talker.person.says(text, chat=chat, topic=topic)
    await house.settled()
    return [each.text for each in bots(talker, chat)[before:]]


def bots(talker: Talker, chat: Chat) -> list[Seen]:
    return [each for each in talker.person.reads(chat) if each.by_bot]


async def test_in_a_group_that_is_not_set_up_the_answer_comes_privately(house: House, leader: Talker) -> None:
    other = house.talker("Ông Bình")
    group = house.simulator.group("Cán bộ huyện", [leader.person, other.person])
    heard = await says_in(house, leader, group, "/tinhhinh")
    assert len(heard) == 1
    assert "gửi riêng" in heard[0]
    leader.hears("0/3", "xã Thọ Dân")
    heard = await says_in(house, other, group, "/tinhhinh")
    assert len(heard) == 1
    assert "chưa được phân quyền" in heard[0]
    other.hears_nothing()


async def test_a_group_that_was_set_up_is_answered_and_gets_the_digest_once(house: House, leader: Talker) -> None:
    group = house.simulator.group("Lãnh đạo huyện", [leader.person])
    heard = await says_in(house, leader, group, "/nhom")
    assert "nhận bản tổng hợp của huyện Triệu Sơn" in heard[0]
    heard = await says_in(house, leader, group, "/tinhhinh")
    assert any("0/3" in text for text in heard)
    leader.hears_nothing()
    before = len(bots(leader, group))
    await house.moves_to("17:00")
    leader.forgets()
    told = [each.text for each in bots(leader, group)[before:]]
    assert sum("TỔNG HỢP TÌNH HÌNH" in text for text in told) >= 1
    before = len(bots(leader, group))
    await house.restart()
    await house.running.tick()
    await house.settled()
    assert len(bots(leader, group)) == before
    heard = await says_in(house, leader, group, "/nhom thôi")
    assert "không nhận bản tổng hợp nữa" in heard[0]


async def test_a_group_hears_that_a_figure_of_its_digest_was_corrected(
    house: House, reporter: Talker, leader: Talker
) -> None:
    group = house.simulator.group("Lãnh đạo huyện", [leader.person])
    await says_in(house, leader, group, "/nhom")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    await house.moves_to("17:00")
    reporter.forgets()
    for given, at, after, told in (
        (4, "17:05", "17:07", "3 → 4 ca (huyện Triệu Sơn: 3 → 4)"),
        (3, "17:09", "17:11", "4 → 3 ca, như trong bản tổng hợp"),
    ):
        await house.moves_to(at)
        before = len(bots(leader, group))
        await reporter.says(f"/capnhat f0 {given}, xn dương tính 5, lý do: đối chiếu")
        reporter.hears("đã tiếp nhận bản điều chỉnh")
        await house.moves_to(after)
        await house.running.tick()
        await house.settled()
        (heard,) = [each.text for each in bots(leader, group)[before:]]
        assert "Đính chính số liệu ngày 10/11/2021" in heard
        assert told in heard
    assert sum("Đính chính" in each.text for each in leader.forgets()) == 2


async def test_a_topic_of_a_group_gets_it_and_the_rest_of_the_group_does_not(house: House, leader: Talker) -> None:
    group = house.simulator.group("Diễn đàn", [leader.person], forum=True)
    topic = house.simulator.topic(group, "Báo cáo")
    await says_in(house, leader, group, "/nhom", topic)
    heard = await says_in(house, leader, group, "/tinhhinh", topic)
    assert any("0/3" in text for text in heard)
    heard = await says_in(house, leader, group, "/tinhhinh")
    assert len(heard) == 1
    assert "gửi riêng" in heard[0]
    leader.hears("0/3")
    await house.moves_to("17:00")
    leader.forgets()
    assert all(each.topic == topic for each in bots(leader, group)[-3:])


async def test_a_commune_leader_cannot_set_up_a_group_for_the_district(house: House) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    group = house.simulator.group("Nhóm xã", [chair.person])
    heard = await says_in(house, chair, group, "/nhom toàn huyện")
    assert "chưa được phân quyền" in heard[0]
