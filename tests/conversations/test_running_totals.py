"""One commune is late: the district's running totals do not fall, whatever a leader reads, and say whose earlier value is in them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from re import findall

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Connection

from reporting.answers import Answer
from reporting.digests.digest_record import Digest
from reporting.reports import Report
from reporting.unit_list import read_units
from services.submit_report import accept
from storage.database import audit
from storage.figures import digests
from storage.organisation import units
from storage.reports import forms
from tests.conversations.house import START, UNITS, House, Talker

BEFORE, TODAY = date(2021, 11, 10), date(2021, 11, 11)
SOME = f"{UNITS}15760,Thọ Tân,xã,397,,,\n"
"""Four communes: the last never reports."""
FIRST_DAY = {"15742": (3, 4000), "15700": (10, 3850), "15718": (2, 4250)}
SECOND_DAY = {"15742": (2, 4000), "15718": (2, 4250)}
"""New cases and vaccinated; Dân Lực (15700) is late on the second day."""


def sends(
    connection: Connection, house: House, code: str, on: date, new: int | None, vaccinated: int, revision: int = 1
) -> None:
    form, unit = forms.published(connection, "covid_daily", on), units.tree(connection).find(code, on)
    assert form is not None
    assert unit is not None
    now = house.simulator.clock.now()
    answers = {each.name: Answer(0) for each in form.asked if each.type == "integer"}
    answers |= {"f0_new": Answer(new) if new is not None else Answer(state="unknown"), "vax1_cum": Answer(vaccinated)}
    key = (form.version, unit.id, on, revision)
    new_one = Report(f"CD-{code}-{on:%d%m%y}-{revision}", form.key, *key, answers, None, now, now, reason="đếm lại")
    assert accept(connection, form, new_one, house.settings.zone)


@pytest.fixture
async def late(house: House, leader: Talker) -> House:
    """The evening of the second day, after all but one have reported."""

    def first(connection: Connection) -> None:
        units.put(connection, read_units(SOME))
        audit.write(connection, START, None, "units")
        for code, (new, vaccinated) in FIRST_DAY.items():
            sends(connection, house, code, BEFORE, new, vaccinated)

    def second(connection: Connection) -> None:
        for code, (new, vaccinated) in SECOND_DAY.items():
            sends(connection, house, code, TODAY, new, vaccinated)

    await house.running.clerk.write(first)
    house.simulator.clock.move_to(START + timedelta(days=1))
    await house.running.clerk.write(second)
    await house.moves_to("16:00")
    leader.forgets()
    return house


async def kept(house: House) -> Digest:
    """The newest digest of the district, as it was frozen."""

    def read(connection: Connection) -> Digest:
        unit = units.tree(connection).find("397", TODAY)
        assert unit is not None
        return digests.frozen_of(connection, "covid_daily", [unit.id], TODAY)[0].digest

    return await house.running.clerk.write(read)


def worked_out(sheet: Worksheet, cell: Cell | MergedCell) -> float:
    """What a cell's formula comes to, as a spreadsheet works it out."""
    ((function, first, last),) = findall(r"=(SUM|COUNT)\((\w+):(\w+)\)", str(cell.value))
    numbers = [each.value for (each,) in sheet[f"{first}:{last}"] if isinstance(each.value, int | float)]
    return sum(numbers) if function == "SUM" else len(numbers)


def column(sheet: Worksheet, label: str) -> Sequence[Cell | MergedCell]:
    return next(cells for cells in sheet.iter_cols() if any(str(cell.value).startswith(label) for cell in cells))


def row(sheet: Worksheet, label: str) -> int:
    return next(at for at, cells in enumerate(sheet.iter_rows(), 1) if str(cells[1].value).startswith(label))


async def test_the_digest_in_text_has_the_late_unit_in_its_running_totals_and_names_it(
    late: House, leader: Talker
) -> None:
    await leader.says("/tonghop")
    leader.hears("2/4")
    text = leader.hears("2/4 đơn vị đã báo cáo").text
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ: 4 ca" in text
    assert "lũy kế: 19*" in text
    assert "Số ca đang điều trị: 19 ca*" in text
    assert "tiêm ít nhất 1 mũi: 12.100 người*" in text
    assert "* Gồm số kỳ trước của xã Dân Lực (10/11)." in text
    assert "chưa tính số liệu kỳ này (2 đơn vị): xã Dân Lực, xã Thọ Tân" in text
    leader.hears("Bảng số liệu từng đơn vị")


async def test_new_cases_of_a_week_are_never_more_than_there_ever_were(late: House, leader: Talker) -> None:
    await leader.says("/tonghop 7 ngày qua")
    leader.hears()
    text = leader.hears("từ ngày 05/11/2021 đến ngày 11/11/2021").text
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ: 19 ca" in text
    assert "lũy kế: 19*" in text
    assert "* Gồm số kỳ trước của xã Dân Lực (10/11)." in text
    workbook = leader.hears().document
    assert workbook is not None
    sheet = load_workbook(BytesIO(workbook.content)).worksheets[0]
    total = row(sheet, "Tổng số")
    for label in ("Số ca mắc mới", "Lũy kế số ca mắc"):
        assert worked_out(sheet, column(sheet, label)[total - 1]) == 19


async def test_the_workbooks_formulas_come_to_the_same_whole(late: House, leader: Talker) -> None:
    await leader.says("/tonghop")
    heard = leader.forgets()[-1].document
    assert heard is not None
    book, shown = (load_workbook(BytesIO(heard.content), data_only=only) for only in (False, True))
    sheet = book.worksheets[0]
    total, own = row(sheet, "Tổng số"), row(sheet, "xã Dân Lực")
    for label, whole, carried in (
        ("Lũy kế số ca mắc", 19, 10),
        ("Số ca đang điều trị", 19, 10),
        ("Lũy kế người từ 18 tuổi trở lên đã tiêm ít nhất", 12100, 3850),
    ):
        cells = column(sheet, label)
        assert worked_out(sheet, cells[total - 1]) == whole
        assert worked_out(sheet, cells[total]) == 3
        for at in (total, total + 1):
            assert shown.worksheets[0][cells[at - 1].coordinate].value == worked_out(sheet, cells[at - 1])
        assert (cells[own - 1].value, cells[own - 1].font.i) == (carried, True)
    assert column(sheet, "Số ca mắc mới")[own - 1].value is None
    assert column(sheet, "Ghi chú")[own - 1].value == "chưa báo cáo; ô in nghiêng: số kỳ trước 10/11"
    days = book.worksheets[1]
    active = column(days, "Số ca đang điều trị")
    assert [cell.value for cell in active[1:3]] == [15, 19]


async def test_the_letter_to_be_signed_has_it_too(late: House, leader: Talker) -> None:
    await leader.says("/congvan")
    letter = leader.hears().document
    assert letter is not None
    document = Document(BytesIO(letter.content))
    body = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "lũy kế: 19*" in body
    assert "* Gồm số kỳ trước của xã Dân Lực (10/11)." in body
    assert "số liệu trong kỳ của đơn vị chưa báo cáo chưa được tính" in body
    of_units = next(table for table in document.tables if len(table.columns) > 6)
    rows = [[cell.text for cell in line.cells] for line in of_units.rows]
    assert rows[0][6] == "Số ca đang điều trị"
    assert sorted(line[6] for line in rows[1:-1]) == ["", "10", "4", "5"]
    assert rows[-1][6] == "19*"


async def test_the_picture_has_the_same_totals(late: House, leader: Talker) -> None:
    await leader.says("/tonghop")
    leader.forgets()
    content = (await kept(late)).content
    of = {each.name: (each.total, each.units, each.mark) for each in content.indicators}
    assert (of["f0_new"], of["f0_cum"], of["f0_active"]) == ((4, 2, ""), (19, 2, "*"), (19, 2, "*"))
    assert content.notes == ("* Gồm số kỳ trước của xã Dân Lực (10/11).",)
    assert [each[:4] for each in content.trend["f0_active"]] == [(15, 3, 0, 0), (19, 3, 1, 0)]


async def test_once_the_report_comes_it_counts_and_nothing_is_said_of_before(late: House, leader: Talker) -> None:
    await late.running.clerk.write(lambda connection: sends(connection, late, "15700", TODAY, 1, 3900))
    await leader.says("/tonghop")
    leader.hears()
    text = leader.hears("3/4 đơn vị đã báo cáo").text
    assert "lũy kế: 20)" in text
    assert "Gồm số kỳ trước" not in text
    leader.hears()


async def test_a_total_that_rests_on_what_is_not_known_is_not_told_and_the_reason_is(
    late: House, leader: Talker
) -> None:
    await late.running.clerk.write(lambda connection: sends(connection, late, "15700", TODAY, None, 3900))
    await leader.says("/tonghop")
    leader.hears()
    text = leader.hears("3/4 đơn vị đã báo cáo").text
    assert "lũy kế: chưa tính được" in text
    assert "Số ca đang điều trị: chưa tính được" in text
    assert "báo cáo mới nhất của xã Dân Lực chưa có số này." in text
    assert "Gồm số kỳ trước" not in text
    assert "tiêm ít nhất 1 mũi: 12.150 người" in text
    workbook = leader.hears().document
    assert workbook is not None
    sheet = load_workbook(BytesIO(workbook.content)).worksheets[0]
    assert column(sheet, "Lũy kế số ca mắc")[row(sheet, "Tổng số") - 1].value == "chưa tính được"


async def test_a_correction_tells_the_running_total_with_the_late_in_it(late: House, leader: Talker) -> None:
    await leader.says("/tonghop")
    leader.forgets()
    now = datetime.fromisoformat("2021-11-11T16:10+07:00")
    late.simulator.clock.move_to(now)
    await late.running.clerk.write(lambda connection: sends(connection, late, "15742", TODAY, 5, 4000, 2))
    await late.running.clerk.write(lambda connection: sends(connection, late, "15700", TODAY, 1, 3900))
    await late.moves_to("16:11")
    text = leader.hears("Đính chính số liệu ngày 11/11/2021").text
    assert "Lũy kế số ca mắc: 5 → 8 ca (huyện Triệu Sơn: 19 → 22)" in text


async def test_a_correction_that_leaves_the_total_open_says_so(late: House, leader: Talker) -> None:
    await leader.says("/tonghop")
    leader.forgets()
    late.simulator.clock.move_to(datetime.fromisoformat("2021-11-11T16:10+07:00"))
    await late.running.clerk.write(lambda connection: sends(connection, late, "15742", TODAY, None, 4000, 2))
    await late.moves_to("16:11")
    text = leader.hears("Đính chính số liệu ngày 11/11/2021").text
    assert "(huyện Triệu Sơn: 19 → chưa tính được)" in text


async def test_units_are_compared_with_the_late_one_by_its_last_value(late: House, leader: Talker) -> None:
    await leader.says("/sosanh lũy kế mắc")
    text = leader.hears("• xã Dân Lực: 10", "(10/11)").text
    assert text.index("xã Dân Lực") < text.index("xã Thọ Dân")
    assert "Chưa có số liệu (1): xã Thọ Tân" in text
    await leader.says("/sosanh lũy kế mắc thọ dân, dân lực")
    leader.hears("xã Thọ Dân 5; xã Dân Lực 10 (10/11)")
    await leader.says("/sosanh f0 thọ dân, dân lực")
    leader.hears("xã Dân Lực chưa báo cáo")


async def test_a_unit_that_leaves_its_running_total_open_is_named_apart(late: House, leader: Talker) -> None:
    await late.running.clerk.write(lambda connection: sends(connection, late, "15700", TODAY, None, 3900))
    await leader.says("/sosanh lũy kế mắc")
    text = leader.hears("Chưa tính được, vì còn báo cáo chưa có số này (1): xã Dân Lực").text
    assert "xã Dân Lực: " not in text
    await leader.says("/sosanh lũy kế mắc thọ dân, dân lực")
    leader.hears("xã Dân Lực chưa tính được")
