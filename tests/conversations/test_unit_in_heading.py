"""A message of figures that says it is another unit's is not put into one's own report, whichever way it comes."""

import pytest

from tests.conversations.house import House, Talker

OF_ANOTHER = (
    "Báo cáo ngày 10/11/2021 – xã Dân Lực\n1. F0 mới: 55 (kỳ trước 3 ca)\n2. F0 cộng đồng: 3",
    "Báo cáo ngày 10/11/2021 xã Dân Lực: F0 mới 55, khỏi mới 3",
    "UBND xã Dân Lực báo cáo\nNgày 10/11\n- F0 mới: 55\n- Khỏi mới: 3",
    "Trạm y tế xã Dân Lực\nF0 mới 55\nKhỏi mới 3",
    "Dân Lực\nF0 mới 55\nKhỏi mới 3",
)
OF_ONES_OWN = (
    "Kính gửi: UBND huyện Triệu Sơn\nUBND xã Thọ Dân báo cáo\nF0 mới 5\nKhỏi mới 3",
    "Kính gửi: Triệu Sơn\nF0 mới 5\nKhỏi mới 3",
    "xã Thọ Dân (giáp xã Dân Lực)\nF0 mới 5\nKhỏi mới 3",
    "F0 mới 5\nKhỏi mới 3\nGhi chú: ca đều từ xã Dân Lực về",
    "Ổ dịch Dân Lực\nF0 mới 5\nKhỏi mới 3",
    "Đ/c Dân Lực báo cáo\nF0 mới 5\nKhỏi mới 3",
)


@pytest.mark.parametrize("said", OF_ANOTHER)
async def test_another_units_report_is_put_into_no_report(reporter: Talker, said: str) -> None:
    await reporter.says(said)
    reporter.hears("ghi là của xã Dân Lực, không phải của xã Thọ Dân, nên chưa có gì được ghi")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says(said)
    reporter.hears("ghi là của xã Dân Lực", "(1/20)")


@pytest.mark.parametrize("said", OF_ONES_OWN)
async def test_what_lies_around_it_or_is_told_of_by_the_way_is_no_other_unit(reporter: Talker, said: str) -> None:
    await reporter.says(said)
    reporter.hears("(2/20)", "F0 mới: 5 ca; Khỏi mới: 3 ca")


@pytest.mark.parametrize("heading", ["xã Thọ Dân:", "Báo cáo ngày 10/11/2021 xã Thọ Dân:", "UBND xã Thọ Dân báo cáo"])
async def test_behind_ones_own_units_name_every_figure_of_the_line_is_read(reporter: Talker, heading: str) -> None:
    await reporter.says(f"{heading} F0 mới 5, khỏi mới 3")
    reporter.hears("(2/20)", "F0 mới: 5 ca; Khỏi mới: 3 ca")
    await reporter.says(f"{heading} F0 mới: 6, khỏi mới 4")
    reporter.hears("(2/20)", "F0 mới: 5 ca → 6 ca", "Khỏi mới: 3 ca → 4 ca")


async def test_what_is_said_beside_ones_own_units_name_replaces_nothing(reporter: Talker) -> None:
    await reporter.says("F0 mới 5\nKhỏi mới 3")
    reporter.hears("(2/20)", "F0 mới: 5 ca")
    for said in ("Thọ Dân thêm: F0 mới 2", "xã Thọ Dân kỳ trước: F0 mới 9"):
        await reporter.says(f"{said}, khỏi mới 3")
        assert "F0 mới: 5 ca" not in reporter.hears(f"Chưa ghi «{said}»").text


async def test_behind_ones_own_units_name_a_correction_an_edit_and_an_offer_read_every_figure(
    house: House, reporter: Talker
) -> None:
    sent = await reporter.person.says("xã Thọ Dân: F0 mới 5, khỏi mới 3")
    await house.settled()
    reporter.hears("(2/20)", "F0 mới: 5 ca; Khỏi mới: 3 ca")
    await reporter.person.edits(sent, "xã Thọ Dân: F0 mới 6, khỏi mới 4")
    await house.settled()
    reporter.hears("F0 mới: 5 ca → 6 ca", "Khỏi mới: 3 ca → 4 ca")
    await reporter.says("/capnhat xã Thọ Dân: F0 mới 8, khỏi mới 7")
    reporter.hears("F0 mới: 6 ca → 8 ca", "Khỏi mới: 4 ca → 7 ca")
    await reporter.joins(await house.invitation("reporter", "15700"))
    reporter.hears("xã Dân Lực")
    await reporter.says("xã Dân Lực: F0 mới 9, khỏi mới 2")
    reporter.hears("ghi vào báo cáo ngày 10/11/2021 của xã Dân Lực", "F0 mới: 9 ca", "Khỏi mới: 2 ca")
    await reporter.taps("Ghi")
    reporter.hears("xã Dân Lực", "F0 mới: 9 ca; Khỏi mới: 2 ca")


async def test_figures_with_another_units_name_correct_nothing(reporter: Talker) -> None:
    await reporter.says("xã Dân Lực, f0 mới 5")
    reporter.hears("ghi là của xã Dân Lực")
    await reporter.says("/capnhat xã Dân Lực, f0 mới 5")
    reporter.hears("ghi là của xã Dân Lực")


async def test_a_message_that_is_edited_into_another_units_is_not_taken(house: House, reporter: Talker) -> None:
    sent = await reporter.person.says("F0 mới 5\nKhỏi mới 3")
    await house.settled()
    reporter.hears("(2/20)", "F0 mới: 5 ca")
    await reporter.person.edits(sent, "xã Dân Lực\nF0 mới 7\nKhỏi mới 3")
    await house.settled()
    reporter.hears("ghi là của xã Dân Lực")


async def test_of_several_units_the_one_that_is_named_is_meant(house: House, reporter: Talker) -> None:
    await reporter.joins(await house.invitation("reporter", "15700"))
    reporter.hears("xã Dân Lực")
    await reporter.says("xã Dân Lực\nF0 mới 5\nKhỏi mới 3")
    reporter.hears("(2/20)", "xã Dân Lực · ngày 10/11/2021", "F0 mới: 5 ca")
    await reporter.says("xã Thọ Dân\nF0 mới 7\nKhỏi mới 3")
    reporter.hears("ghi vào báo cáo ngày 10/11/2021 của xã Thọ Dân", "F0 mới: 7 ca")
    await reporter.taps("Không")
    reporter.hears("(2/20)", "xã Dân Lực")
