"""«Còn Thọ Sơn thì sao», «thế hôm qua», a reply: what goes on from an answer is of its unit, figure and days, or is asked back."""

from datetime import timedelta

from simulator.seen import Seen
from tests.conversations.house import House, Talker, fills_in
from tests.residents.town import ZONE
from understanding.last_answer import KEPT_FOR


async def sends_report(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def replies(house: House, talker: Talker, to: Seen, text: str) -> None:
    await talker.person.says(text, reply_to=to)
    await house.settled()


async def test_another_unit_figure_or_day_goes_on_from_the_last_answer(reporter: Talker, resident: Talker) -> None:
    await sends_report(reporter)
    await resident.says("hôm nay xã Thọ Dân có bao nhiêu ca mắc mới")
    resident.hears("Xã Thọ Dân", "Số ca mắc mới", "3 ca")
    await resident.says("còn Dân Lực thì sao")
    resident.hears("Xã Dân Lực chưa báo cáo số liệu hôm nay (10/11/2021)")
    await resident.says("thế hôm qua?")
    resident.hears("Xã Dân Lực chưa báo cáo số liệu hôm qua (09/11/2021)")
    await resident.says("còn Thọ Dân hôm nay")
    resident.hears("Xã Thọ Dân, hôm nay", "Số ca mắc mới", "3 ca")
    await resident.says("mũi 2 thì sao")
    resident.hears("Xã Thọ Dân, hôm nay", "đã tiêm đủ liều (mũi 2)")


async def test_a_tap_is_gone_on_from_too(reporter: Talker, resident: Talker) -> None:
    await sends_report(reporter)
    await resident.says("hôm nay xã Thọ Dân có bao nhiêu ca mắc mới")
    resident.hears("3 ca", "[Toàn huyện Triệu Sơn]")
    await resident.taps("Toàn huyện Triệu Sơn")
    resident.hears("Huyện Triệu Sơn", "1/3 đơn vị")
    await resident.says("còn tử vong")
    resident.hears("Huyện Triệu Sơn, hôm nay", "tử vong")


async def test_a_reply_goes_on_from_the_answer_that_it_replies_to(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    await resident.says("hôm nay xã Thọ Dân có bao nhiêu ca mắc mới")
    first = resident.hears("Xã Thọ Dân", "3 ca")
    await resident.says("hôm qua thị trấn Nưa mấy ca khỏi bệnh")
    resident.hears("Thị trấn Nưa")
    await replies(house, resident, first, "còn hôm qua")
    resident.hears("Xã Thọ Dân chưa báo cáo số liệu hôm qua")
    await replies(house, resident, first, "F1")
    resident.hears("Xã Thọ Dân, hôm nay", "F1")


async def test_what_goes_on_from_nothing_known_is_asked_back_and_never_of_the_whole(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    for text in ("còn F1?", "thế hôm qua", "vậy tử vong thì sao", "mũi 2 thì sao"):
        await resident.says(text)
        resident.hears("muốn hỏi về đơn vị nào", "[xã Thọ Dân]", "[huyện Triệu Sơn]")
    await resident.says("hôm nay xã Thọ Dân có bao nhiêu ca mắc mới")
    answer = resident.hears("3 ca")
    await house.restart()
    await resident.says("còn hôm qua")
    resident.hears("muốn hỏi về đơn vị nào")
    await replies(house, resident, answer, "còn hôm qua")
    resident.hears("muốn hỏi về đơn vị nào")


async def test_after_some_minutes_or_when_it_is_forgotten_nothing_is_gone_on_from(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    await resident.says("hôm nay xã Thọ Dân có bao nhiêu ca mắc mới")
    resident.hears("3 ca")
    await resident.says("/quen")
    resident.hears("không lưu thông tin nào")
    await resident.says("còn hôm qua")
    resident.hears("muốn hỏi về đơn vị nào")
    await resident.says("hôm nay xã Thọ Dân có bao nhiêu ca mắc mới")
    resident.hears("3 ca")
    later = (house.simulator.clock.now() + KEPT_FOR + timedelta(minutes=1)).astimezone(ZONE)
    await house.moves_to(f"{later:%H:%M}")
    resident.forgets()
    await resident.says("còn hôm qua")
    resident.hears("muốn hỏi về đơn vị nào")


async def test_nobody_goes_on_from_what_another_asked_in_the_same_group(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    other = house.talker("Ông Bình")
    group = house.simulator.group("Khu dân cư", [resident.person, other.person])

    async def asks(who: Talker, text: str) -> str:
        await who.person.says(f"@{house.bot_name} {text}", chat=group)
        await house.settled()
        return who.person.unheard(group)[-1].text

    assert "Xã Thọ Dân" in await asks(resident, "hôm nay xã Thọ Dân bao nhiêu ca mắc mới")
    assert "Thị trấn Nưa" in await asks(other, "hôm nay thị trấn Nưa bao nhiêu ca mắc mới")
    assert "Xã Thọ Dân chưa báo cáo số liệu hôm qua" in await asks(resident, "còn hôm qua")
    resident.forgets()


async def test_a_unit_that_is_typed_after_being_asked_for_keeps_the_figure_and_the_day(
    reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    await resident.says("xã mình hôm qua mấy ca khỏi bệnh")
    resident.hears("muốn hỏi về đơn vị nào")
    await resident.says("Thọ Dân")
    resident.hears("Xã Thọ Dân chưa báo cáo số liệu hôm qua")


async def test_two_questions_in_one_text_are_both_answered(reporter: Talker, resident: Talker) -> None:
    await sends_report(reporter)
    await resident.says("Thọ Dân mấy ca hôm nay, Dân Lực mấy ca hôm qua?")
    resident.hears("Xã Thọ Dân", "3 ca")
    resident.hears("Xã Dân Lực chưa báo cáo số liệu hôm qua (09/11/2021)")
    await resident.says("hôm nay")
    resident.hears("Xã Dân Lực chưa báo cáo số liệu hôm nay")
