"""Leave is said in any words for days; the chair is said to be told only where there is one; leaves may overlap."""

import pytest

from tests.conversations.house import House, Talker

AHEAD = (
    ("ngày mai tôi nghỉ", "11/11/2021 đến hết 11/11/2021"),
    ("mai em nghỉ ạ", "11/11/2021 đến hết 11/11/2021"),
    ("ngay mai toi nghi", "11/11/2021 đến hết 11/11/2021"),
    ("/nghi ngày mai", "11/11/2021 đến hết 11/11/2021"),
    ("/nghi ngày kia", "12/11/2021 đến hết 12/11/2021"),
    ("tôi xin nghỉ thứ sáu", "12/11/2021 đến hết 12/11/2021"),
    ("tôi nghỉ từ mai đến thứ sáu", "11/11/2021 đến hết 12/11/2021"),
    ("em xin nghỉ phép từ 12/11 đến hết 15/11 ạ", "12/11/2021 đến hết 15/11/2021"),
    ("I am away tomorrow", "11/11/2021 đến hết 11/11/2021"),
)


@pytest.mark.parametrize(("said", "noted"), AHEAD)
async def test_days_of_leave_are_read_in_words(reporter: Talker, said: str, noted: str) -> None:
    await reporter.says(said)
    reporter.hears(noted)


@pytest.mark.parametrize("said", ["/nghi", "xin nghỉ phép"])
async def test_the_days_alone_answer_the_question_for_them(reporter: Talker, said: str) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says(said)
    reporter.hears("gõ ngày nghỉ")
    await reporter.says("ngày mai")
    reporter.hears("11/11/2021 đến hết 11/11/2021")


@pytest.mark.parametrize("said", ["tôi nghỉ 3 ngày từ mai", "tôi nghỉ từ mai", "tôi nghỉ hôm qua", "tôi nghỉ tuần sau"])
async def test_days_that_are_not_certain_are_asked_for(reporter: Talker, said: str) -> None:
    await reporter.says(said)
    reporter.hears("gõ ngày nghỉ")


async def test_the_chair_is_said_to_be_told_only_where_there_is_one(house: House, reporter: Talker) -> None:
    await reporter.says("ngày mai tôi nghỉ")
    assert "đã được báo" not in reporter.hears("chưa có lãnh đạo nào trên hệ thống").text
    chair = await house.joined("Bình", "chair", "15742")
    await reporter.says("tôi nghỉ 20/11")
    reporter.hears("Lãnh đạo đơn vị đã được báo")
    chair.hears("20/11/2021")


async def test_leaves_that_overlap_are_one_after_the_other(reporter: Talker) -> None:
    for said in ("tôi nghỉ từ 20/11 đến 22/11", "tôi nghỉ từ 12/11 đến 30/11", "tôi nghỉ 02/12"):
        await reporter.says(said)
        reporter.hears("Đã ghi nhận đồng chí nghỉ")
    await reporter.says("tôi đi làm lại")
    reporter.hears("đi làm lại")
    await reporter.says("tôi nghỉ từ 12/11 đến 30/11")
    reporter.hears("Đã ghi nhận đồng chí nghỉ")


async def test_leave_is_taken_and_ended_by_buttons(reporter: Talker) -> None:
    await reporter.says("/nghi")
    reporter.hears(
        "chọn hoặc gõ ngày nghỉ", "[Hôm nay]", "[Ngày mai (11/11/2021)]", "[Từ mai, 3 ngày (đến hết 13/11/2021)]"
    )
    await reporter.taps("Từ mai, 3 ngày (đến hết 13/11/2021)")
    reporter.hears("11/11/2021 đến hết 13/11/2021", "[Đi làm lại]")
    await reporter.says("/nghi 12/11")
    assert "[" not in reporter.hears("12/11/2021").text


async def test_a_button_of_days_that_are_over_asks_for_them_anew(house: House, reporter: Talker) -> None:
    await reporter.says("/nghi")
    heard = reporter.hears("[Ngày mai (11/11/2021)]")
    for _ in range(2):
        await house.moves_to("09:00")
    reporter.forgets()
    await reporter.taps("Ngày mai (11/11/2021)", heard)
    reporter.hears("chọn hoặc gõ ngày nghỉ", "[Ngày mai (13/11/2021)]")


async def test_leave_that_was_tapped_by_mistake_is_ended_by_a_tap(reporter: Talker) -> None:
    await reporter.says("tôi nghỉ hôm nay")
    reporter.hears("[Đi làm lại]")
    await reporter.taps("Đi làm lại")
    reporter.hears("đi làm lại")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")


async def test_deputies_are_named_as_people_sort(house: House, reporter: Talker) -> None:
    for name in ("Trần Thị Đào", "Lê Văn Bình", "Đỗ Văn An"):
        await house.joined(name, "deputy", "15742")
    await reporter.says("/bangiao")
    heard = reporter.hears("Bàn giao")
    assert [heard.labels[at].find(name) >= 0 for at, name in ((0, "An"), (2, "Bình"), (4, "Đào"))] == [True] * 3
