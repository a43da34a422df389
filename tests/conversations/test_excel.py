"""A report as an Excel file: fetched, filled in, sent back; mistakes come back by cell."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conversations.house import House, Talker
from tests.conversations.test_fast import reported

BUSY = {"f0_new": 3, "f0_new_community": 1, "f0_recovered_new": 1, "f0_death_new": 0, "f1_new": 6, "q_done_new": 0}
BUSY |= {"returnees_new": 5, "tests_new": 40, "tests_positive_new": 3}


async def template(reporter: Talker) -> bytes:
    await reporter.says("/baocao")
    reporter.hears("[Mẫu Excel]")
    await reporter.taps("Mẫu Excel")
    sent = reporter.hears("Mẫu Excel của báo cáo")
    assert sent.document is not None
    assert sent.document.name == "bao-cao-15742-10-11-2021.xlsx"
    return sent.document.content


def filled(content: bytes, **values: float | str) -> bytes:
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    for row in range(5, 25):
        name = str(sheet[f"G{row}"].value)
        if name in values:
            sheet[f"E{row}"] = values[name]
    file = BytesIO()
    book.save(file)
    return file.getvalue()


async def sends(house: House, reporter: Talker, content: bytes, name: str = "bao cao.xlsx") -> None:
    await reporter.person.sends_document(content, name)
    for _ in range(3):  # the file is fetched, then heard, then answered
        await house.settled()


async def test_a_filled_template_is_reviewed_and_sent(house: House, reporter: Talker) -> None:
    await reported(house, date(2021, 11, 9))
    content = await template(reporter)
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert (sheet["A1"].value, sheet["D11"].value, sheet["E11"].value) == (
        "Báo cáo ngày 10/11/2021 – xã Thọ Dân", "15 người", 15,
    )  # fmt: skip
    assert sheet.column_dimensions["G"].hidden
    assert sheet.data_validations.count == 19
    await sends(house, reporter, filled(content, **BUSY, note="không có gì thêm"))
    reporter.hears("Báo cáo ngày", "F0 mới: 3 ca", "Lũy kế số ca mắc: 3 → 6 ca", "[Gửi]")
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def test_a_formula_that_nobody_has_worked_out_is_named_by_its_cell(house: House, reporter: Talker) -> None:
    await reported(house, date(2021, 11, 9))
    content = await template(reporter)
    await sends(house, reporter, filled(content, **(BUSY | {"f1_new": "=2+4"})))
    reporter.hears("Chưa ghi ô E10 – F1 mới: ô có công thức chưa tính ra số", "Số F1 phát sinh trong kỳ")


async def test_mistakes_come_back_by_cell_and_the_rest_is_taken(house: House, reporter: Talker) -> None:
    content = await template(reporter)
    await sends(house, reporter, filled(content, f0_new=3, f0_recovered_new="nhiều", f1_active=-5, f2_active=1.5))
    reporter.hears(
        "(2/20)",
        "F0 mới: 3 ca",
        "ô E7 – Khỏi mới: nhiều",
        "ô E11 – F1 đang cách ly: -5",
        "ô E12 – F2 đang theo dõi: 1.5",
    )


async def test_a_file_that_is_no_template_is_said_to_be_none(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await sends(house, reporter, b"PK\x03\x04 nothing")
    reporter.hears("không phải mẫu Excel")
    await reporter.says("3")
    reporter.hears("(2/20)")


@pytest.mark.parametrize(
    ("fault", "heard"),
    [
        ({"status": 500}, "lỗi đường truyền"),
        ({"status": 400, "description": "Bad Request: file is too big"}, "quá lớn (tối đa 2 MB)"),
        (
            {"status": 400, "description": "Bad Request: wrong file_id or the file is temporarily unavailable"},
            "không còn",
        ),
    ],
)
async def test_a_file_that_cannot_be_fetched_is_told_of_and_the_question_stays(
    house: House, reporter: Talker, fault: dict[str, Any], heard: str
) -> None:
    content = await template(reporter)
    house.simulator.faults.add(method="getFile", times=None, **fault)
    await sends(house, reporter, filled(content, **BUSY))
    reporter.hears("(1/20)", heard, "chưa có gì được ghi", "Đề nghị đồng chí")
    house.simulator.faults.clear()
    await reporter.says("3")
    reporter.hears("(2/20)")


async def test_a_file_that_comes_through_at_the_second_try_is_taken(house: House, reporter: Talker) -> None:
    content = await template(reporter)
    house.simulator.faults.add(method="getFile", drop="after")
    await sends(house, reporter, filled(content, **BUSY))
    reporter.hears("F0 mới: 3 ca")


async def test_a_file_of_many_megabytes_is_not_even_fetched(house: House, reporter: Talker) -> None:
    await sends(house, reporter, b"PK" + bytes(2_100_000))
    reporter.hears("quá lớn (tối đa 2 MB)")
    assert not [call for call in house.simulator.first_bot.calls if call.method == "getFile"]


async def test_a_report_that_was_opened_again_is_taken_from_the_file_that_was_fetched_for_it(
    house: House, reporter: Talker, leader: Talker
) -> None:
    content = await template(reporter)
    await house.moves_to("09:00")
    for each in (reporter, leader):
        each.forgets()
    await sends(house, reporter, filled(content, **BUSY))
    reporter.hears("10/11/2021")
    await leader.says("/molai thọ dân hôm qua đến 11:00")
    for each in (reporter, leader):
        each.forgets()
    await sends(house, reporter, filled(content, **BUSY))
    reporter.hears("Đã ghi", "F0 mới: 3 ca")


def of_before_what_it_had_was_kept(content: bytes) -> bytes:
    book = load_workbook(BytesIO(content))
    book.worksheets[0].delete_cols(8)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("is_old", [False, True], ids=["new", "old"])
async def test_a_cell_that_was_left_as_proposed_takes_back_nothing_that_another_has_entered_since(
    house: House, reporter: Talker, *, is_old: bool
) -> None:
    await reported(house, date(2021, 11, 9))
    content = await template(reporter)
    if is_old:
        content = of_before_what_it_had_was_kept(content)
    deputy = await house.joined("Lê Thị Hòa", "deputy", "15742")
    await deputy.says("/baocao")
    deputy.hears("(1/20)")
    await deputy.says("F1 đang cách ly 17")
    deputy.hears("(1/20)", "F1 đang cách ly: 17 người")
    await sends(house, reporter, filled(content, **BUSY, note="không có gì thêm"))
    reporter.hears(
        "Báo cáo ngày", "F1 đang cách ly: 17 người (kỳ trước 15 người)", "không lấy ô E11 – F1 đang cách ly: 15"
    )
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await sends(house, reporter, filled(content, **(BUSY | {"f1_active": 16}), note="không có gì thêm"))
    reporter.hears("17 người → 16 người", "lý do")
    await reporter.says("/huy")
    reporter.forgets()


async def test_a_figure_that_stands_in_the_template_can_be_set_back_to_the_one_of_the_period_before(
    house: House, reporter: Talker
) -> None:
    await reported(house, date(2021, 11, 9))
    await sends(house, reporter, filled(await template(reporter), **(BUSY | {"f1_active": 17}), note="không"))
    reporter.hears("F1 đang cách ly: 17 người (kỳ trước 15 người)")
    await reporter.says("mẫu excel")
    fetched = reporter.hears("Mẫu Excel của báo cáo").document
    assert fetched is not None
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await sends(house, reporter, filled(fetched.content, f1_active=15))
    reporter.hears("17 người → 15 người", "lý do")
    await reporter.says("/huy")
    reporter.forgets()


async def test_a_count_of_the_day_that_was_left_as_it_was_takes_back_nothing_either(
    house: House, reporter: Talker
) -> None:
    await sends(house, reporter, filled(await template(reporter), **BUSY, f1_active=15))
    reporter.hears("F1 mới: 6")
    await reporter.says("mẫu excel")
    fetched = reporter.hears("Mẫu Excel của báo cáo").document
    assert fetched is not None
    await reporter.says("F1 mới 8")
    reporter.hears("F1 mới: 6 người → 8 người")
    await sends(house, reporter, filled(fetched.content, f2_active=4))
    reporter.hears("không lấy ô E10 – F1 mới: 6")
    await reporter.says("F1 mới 9")
    reporter.hears("F1 mới: 8 người → 9 người")
