"""A workbook that is printed can be read: one page wide, or pages of columns that each say whose row a number is of."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.drawing import draw
from bot.drawing.printing import LEAST, ROOM, _millimetres
from bot.telegram.channel import TELEGRAM
from messages.digests.digest import digest
from reporting.dataclass_json import as_json
from reporting.digests.drawings import DigestWorkbook, drawn_from
from reporting.say import Drawn, KeptDrawing
from reporting.translator import translator
from tests.rules.digests_made import FORM, evidence, province, question


def sheets(more: int = 0) -> list[Worksheet]:
    """A day's workbook of a form with that many more figures."""
    added = tuple(question(f"more{n}", f"Chỉ tiêu {n}", f"Figure {n}") for n in range(more))
    of = replace(evidence(missing=[11]), form=replace(FORM, questions=(*FORM.questions, *added)))
    content = drawn_from(DigestWorkbook, digest(of, translator("vi"), TELEGRAM).content)
    kept = KeptDrawing("workbook", json.loads(json.dumps(as_json(content))))
    return list(load_workbook(BytesIO(draw(Drawn("x", kept)))).worksheets)


def pages(sheet: Worksheet) -> list[list[int]]:
    """The columns of each page from left to right, without those that stand on every page."""
    first, last = 3, sheet.max_column
    ends = [each.id for each in sheet.col_breaks.brk] + [last]
    return [list(range(begin + 1, end + 1)) for begin, end in zip([first - 1, *ends[:-1]], ends, strict=True)]


@pytest.mark.parametrize("more", [0, 12, 40])
def test_no_page_is_wider_than_its_paper_in_letters_that_can_be_read(more: int) -> None:
    for sheet in sheets(more):
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
        names = sum(_millimetres(sheet, column) for column in (1, 2))
        if sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
            assert sum(_millimetres(sheet, n + 1) for n in range(sheet.max_column)) * LEAST <= ROOM * 100
            continue
        assert setup.scale == LEAST
        assert len(pages(sheet)) > 1
        for columns in pages(sheet):
            wide = names + sum(_millimetres(sheet, column) for column in columns)
            assert wide * LEAST <= ROOM * 100


def test_every_page_has_the_header_and_the_units_names() -> None:
    sheet = sheets(40)[0]
    assert sheet.print_title_cols == "$A:$B"
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "STT")
    assert sheet.print_title_rows == f"${head}:${head}"


def test_pages_of_columns_are_about_as_full_as_each_other() -> None:
    sheet = sheets(40)[0]
    wide = [sum(_millimetres(sheet, column) for column in columns) for columns in pages(sheet)]
    assert min(wide) * 2 > max(wide)


def test_a_long_remark_has_the_lines_that_it_needs() -> None:
    sheet = sheets()[0]
    heights = {
        str(sheet.cell(row, sheet.max_column).value or ""): sheet.row_dimensions[row].height
        for row in range(8, sheet.max_row + 1)
        if sheet.row_dimensions[row].height
    }
    for remark, height in heights.items():
        assert height >= 16 * -(-len(remark) // 60)


def test_of_a_province_the_sheet_of_its_districts_is_seen_first_and_printed() -> None:
    added = tuple(question(f"more{n}", f"Chỉ tiêu {n}", f"Figure {n}") for n in range(20))
    of = replace(evidence(province()), form=replace(FORM, questions=(*FORM.questions, *added)))
    content = drawn_from(DigestWorkbook, digest(of, translator("vi"), TELEGRAM).content)
    kept = KeptDrawing("workbook", json.loads(json.dumps(as_json(content))))
    book = load_workbook(BytesIO(draw(Drawn("x", kept))))
    units, groups = book.worksheets[0], book.active
    assert groups is not None
    assert groups.title == "Theo đơn vị trực thuộc"
    assert [bool(each.sheet_view.tabSelected) for each in book.worksheets].count(True) == 1
    head = next(row for row in range(1, 20) if groups.cell(row, 1).value == "STT")
    told = {groups.cell(row, 2).value: groups.cell(row, 4).value for row in range(head + 1, head + 28)}
    assert told == {each.unit: each.values[0] for each in content.groups}
    assert len(told) == 27
    ends = [each.id for each in units.col_breaks.brk]
    assert len(ends) > 1
    assert units.print_area == f"'{units.title}'!$A$1:${get_column_letter(ends[0])}${units.max_row}"
