"""A report by Zalo, from joining to the receipt; numbers stand for buttons, and never for an answer's."""

from tests.conversations.house import ANSWERS
from tests.zalo.roads import TwoRoads


async def test_a_report_is_filled_in_and_sent_by_zalo(roads: TwoRoads) -> None:
    nam = roads.zalo_talker("Lê Văn Nam")
    code = (await roads.invitation("reporter", "15742")).partition("=")[2]
    await nam.says(f"/start {code}")
    nam.hears("Kính chào đồng chí Lê Văn Nam", "xã Thọ Dân", "gõ số đứng trước mục đó")
    await nam.says("báo cáo")
    nam.hears("(1/20)", "*5 Chưa rõ")
    for place, answer in enumerate((*ANSWERS, "*6"), 1):
        await nam.says(answer)
        nam.hears("Báo cáo ngày" if place == 20 else f"({place + 1}/20)")
    await nam.says("1")
    nam.hears("đã tiếp nhận báo cáo ngày 10/11/2021")


async def test_a_number_at_a_question_is_an_answer_and_with_a_star_a_choice(roads: TwoRoads) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    await nam.says("báo cáo")
    nam.hears("(1/20)", "*3 Còn lại đều 0", "*5 Chưa rõ")
    await nam.says("5")
    nam.hears("(2/20)", "*0 Quay lại")
    await nam.says("*0")
    nam.hears("(1/20)", "5 ca")
    await nam.says("*5")
    nam.hears("(2/20)")
    await nam.says("*44")
    nam.hears("Lựa chọn 44 không còn nữa")
    await nam.says("0 Quay lại")  # as it is shown
    nam.hears("(1/20)", "chưa rõ")


async def test_a_reminder_in_the_middle_has_numbers_of_its_own_and_leaves_those_of_the_question(
    roads: TwoRoads,
) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    await roads.moves_to("16:00")
    nam.hears("Còn 30 phút", "\n\n11 Báo cáo ngay · 12 Nhắc tôi sau 30 phút")
    await nam.says("11")
    nam.hears("(1/20)")
    await nam.says("3")
    nam.hears("(2/20)", "*0 Quay lại")
    await roads.moves_to("16:30")
    nam.hears("*14 Báo cáo ngay")
    await nam.says("*0")
    nam.hears("(1/20)")
    await nam.says("14")
    nam.hears("(2/20)")
    await nam.says("*0")
    nam.hears("(1/20)", "14 ca")


async def test_a_leader_goes_through_the_standing_by_numbers(roads: TwoRoads) -> None:
    hoa = await roads.joined_by_zalo("Trần Thị Hoa", "leader", "397")
    await hoa.says("tình hình")
    hoa.hears("0/3 đơn vị", "\n2 Từng đơn vị")
    await hoa.says("2")
    listed = hoa.hears("Thọ Dân").words
    number = next(each for each in listed.replace(" · ", "\n").splitlines() if each.endswith("Thọ Dân")).split()[0]
    await hoa.says(number)
    hoa.hears("xã Thọ Dân", "Chưa báo cáo")


async def test_residents_ask_and_a_picture_or_a_sticker_troubles_nobody(roads: TwoRoads) -> None:
    resident = roads.zalo_talker("Bà Lan")
    await resident.says("Thọ Dân có bao nhiêu F0?")
    assert resident.forgets()
    person = resident.person
    for act in (person.sends_photo, person.sends_sticker, person.sends_voice, person.sends_unsupported):
        act()
    await roads.settled()
    resident.forgets()
    assert not [row for row in await roads.rows("inbox") if row.state == "aside"]


async def test_in_a_group_the_bot_answers_who_names_it(roads: TwoRoads) -> None:
    hoa = await roads.joined_by_zalo("Trần Thị Hoa", "leader", "397")
    group = roads.zalo.group("Tổ trực", hoa.person)
    hoa.person.says("@Bot Giao Ban tình hình", group)
    await roads.settled()
    assert "gửi riêng cho đồng chí" in group.unheard.popleft().words
    hoa.hears("xã Thọ Dân")
    hoa.person.says("tình hình", group)
    await roads.settled()
    assert not group.unheard


async def test_one_messenger_that_is_cut_off_leaves_the_other_at_work(roads: TwoRoads) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    hoa = await roads.joined("Trần Thị Hoa", "leader", "397")
    await roads.zalo.cut()
    nam.person.says("báo cáo")
    await hoa.says("/tinhhinh")
    hoa.hears("xã Thọ Dân")
    await roads.zalo.mend()
    await roads.settled()
    nam.hears("(1/20)")


async def test_the_program_begins_although_one_messenger_is_away(roads: TwoRoads) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    await roads.stop()
    await roads.zalo.cut()
    await roads.start()
    assert roads.running.edges.away() == ["zalo"]
    hoa = await roads.joined("Trần Thị Hoa", "leader", "397")
    await hoa.says("/tinhhinh")
    hoa.hears("xã Thọ Dân")
    assert nam.person.unheard() == []
