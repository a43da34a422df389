"""A reporter joins, answers the day's questions, reviews, sends and corrects."""

from tests.conversations.house import House, Talker


async def test_an_invitation_makes_a_reporter_and_greets_him(house: House) -> None:
    nam = house.talker("Lê Văn Nam")
    await nam.joins(await house.invitation("reporter", "15742"))
    nam.hears("Kính chào đồng chí Lê Văn Nam", "cán bộ báo cáo – xã Thọ Dân", "16 giờ 30", "/baocao")


async def test_the_first_question_comes_with_its_label_first(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/", "Số ca mắc mới (F0) ghi nhận trong kỳ", "xã Thọ Dân", "10/11/2021", "[0]")


async def test_a_whole_report(reporter: Talker) -> None:
    await reporter.says("/baocao")
    for _ in range(40):
        heard = reporter.forgets()[-1]
        print(heard.text, heard.labels); print("-----")
        if "Báo cáo ngày" in heard.text.split("\n")[0]:
            break
        await reporter.says("0" if "Ghi chú" not in heard.text else "bỏ qua")
    await reporter.taps("Gửi")
    print(reporter.forgets()[-1].text)
