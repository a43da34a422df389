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
