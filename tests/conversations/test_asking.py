"""Whoever asks, and in whichever language: residents, reporters, leaders, each as befits him."""

from tests.conversations.house import House, Talker, fills_in


async def sends_report(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def test_an_english_question_is_answered_in_english_and_so_is_the_tap_under_it(
    reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    await resident.says("How many new cases in Tho Dan commune today?")
    resident.hears("3 cases", "Source: reported by xã Thọ Dân", "[Yesterday]")
    await resident.taps("Yesterday")
    resident.hears("Xã Thọ Dân has not reported", "yesterday (09/11/2021)")
    await resident.says("Thọ Dân")
    resident.hears("3 ca")
    await resident.says("I can't breathe, what should I do")
    resident.hears("please call", "115")


async def test_a_vietnamese_question_is_answered_in_vietnamese_whatever_language_was_chosen(
    house: House, reporter: Talker
) -> None:
    await sends_report(reporter)
    await reporter.says("/ngonngu")
    reporter.hears("[English]")
    await reporter.taps("English")
    reporter.hears("English")
    await reporter.says("hôm nay xã Thọ Dân có bao nhiêu ca mắc mới")
    reporter.hears("3 ca", "Nguồn: xã Thọ Dân báo cáo", "[Hôm qua]")
    await reporter.taps("Hôm qua")
    reporter.hears("Xã Thọ Dân chưa báo cáo")
    await reporter.says("Thọ Dân")
    reporter.hears("3 cases")
    (article,) = await reporter.person.inline("số ca mắc mới xã thọ dân hôm nay")
    assert "Nguồn: xã Thọ Dân báo cáo" in article["input_message_content"]["message_text"]
    await house.settled()


async def test_a_reporter_who_greets_is_told_what_he_has_to_do(reporter: Talker, resident: Talker) -> None:
    for greeting in ("xin chào", "xin chao", "chào bot", "hello"):
        await reporter.says(greeting)
        reporter.hears("Kính chào đồng chí Lê Văn Nam", "xã Thọ Dân, hạn 16 giờ 30", "/baocao", "[Báo cáo ngay]")
    await reporter.taps("Báo cáo ngay")
    reporter.hears("(1/20)")
    await reporter.says("/huy")
    reporter.hears("/baocao")
    await sends_report(reporter)
    await reporter.says("cảm ơn")
    assert "ông/bà" not in reporter.hears("Cảm ơn đồng chí Lê Văn Nam", "không còn báo cáo nào").text
    await resident.says("xin chào")
    resident.hears("Kính chào quý ông/bà")


async def test_a_leader_who_greets_is_shown_where_to_look(leader: Talker) -> None:
    await leader.says("Xin chào")
    leader.hears("Kính chào đồng chí Trần Thị Hoa", "/tinhhinh", "/tonghop")


async def test_what_a_reporter_does_not_know_yet_is_no_report_that_is_missing(
    reporter: Talker, resident: Talker
) -> None:
    await fills_in(reporter, (1, "chưa rõ"), (2, "chưa rõ"))
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await resident.says("hôm nay xã Thọ Dân có bao nhiêu ca mắc mới")
    resident.hears(
        "Xã Thọ Dân đã báo cáo", "chưa có số liệu «Số ca mắc mới", "Chưa có số liệu không có nghĩa là bằng 0"
    )
    await resident.says("hôm nay toàn huyện có bao nhiêu ca mắc mới")
    resident.hears("chưa báo cáo (2): xã Dân Lực, thị trấn Nưa", "chưa có số liệu này (1): xã Thọ Dân")
