"""A reporter chooses at which hour he is reminded, sees it, and goes by the form's again."""

import pytest

from tests.conversations.house import House, Talker


async def test_his_own_hour_comes_instead_of_the_forms_and_the_deadline_still_reminds(
    house: House, reporter: Talker
) -> None:
    await reporter.says("nhắc tôi lúc 15 giờ 45 thứ hai đến thứ sáu")
    reporter.hears(
        "Từ kỳ báo cáo tới chưa được nhắc, đồng chí được nhắc trước hạn lúc 15 giờ 45, Thứ Hai, Thứ Ba, Thứ Tư, Thứ Năm, Thứ Sáu",
        "hạn 16 giờ 30; biểu mẫu nhắc sớm lúc 16 giờ 00",
        "[Nhắc theo biểu mẫu]",
    )
    await house.moves_to("15:45")
    told = reporter.hears("Còn 45 phút đến thời hạn", "[Nhắc tôi sau 30 phút] [Đổi giờ nhắc]")
    await house.moves_to("16:00")
    reporter.hears_nothing()
    await reporter.taps("Đổi giờ nhắc", told)
    shown = reporter.hears("Đồng chí đang được nhắc trước hạn lúc 15 giờ 45", "[14 giờ 30] [15 giờ 30]")
    await reporter.taps("Nhắc theo biểu mẫu", shown)
    reporter.hears("Từ nay đồng chí được nhắc theo giờ của biểu mẫu")
    await house.moves_to("16:30")
    reporter.hears("Đã hết thời hạn (16 giờ 30)")


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("nhắc tôi lúc 17 giờ", "17 giờ 00 không nằm trước hạn báo cáo (16 giờ 30)"),
        ("nhắc tôi lúc 9 giờ, 10 giờ và 11 giờ", "Chỉ nhắc được 2 lần trước hạn"),
        ("giờ nhắc", "Đồng chí đang được nhắc theo giờ của biểu mẫu."),
        ("nhắc tôi sau 30 phút", "16 giờ 00"),
    ],
)
async def test_an_hour_that_cannot_be_is_refused_with_a_sentence(
    house: House, reporter: Talker, typed: str, answered: str
) -> None:
    await reporter.says(typed)
    reporter.hears(answered)
