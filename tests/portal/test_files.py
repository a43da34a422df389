"""Files by the office's template: its own workbook with everything in it, and CSV in its columns."""

import csv
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from reporting.errors import Refusal
from reporting.period_types import Period, PeriodType
from reporting.portal.consignment import PortalValue, TemplateLine
from reporting.portal.formats import csv_file, workbook
from reporting.portal.mapping import MappedIndicator, PortalMapping

ON = date(2021, 11, 10)
ILL, BEDS = MappedIndicator("ill", "D"), MappedIndicator("beds", "E")
DRAWING = "xl/drawings/drawing1.xml"
SHAPE = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'


def mapping(options: dict[str, str], indicators: tuple[MappedIndicator, ...] = (ILL, BEDS)) -> PortalMapping:
    return PortalMapping("so_y_te", "", "xlsx", "watch", indicators, {}, options=options)


def template() -> bytes:
    """An office's form: a heading, units by name from row 6, a total with a formula, and a drawing that no library of ours keeps."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu 1"
    sheet["A1"] = "BÁO CÁO NGÀY"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:E1")
    for row, unit in enumerate(("Thọ Dân", "Dân Lực"), 6):
        sheet[f"B{row}"] = unit
        sheet[f"D{row}"].number_format = "#,##0"
    sheet["D8"] = "=SUM(D6:D7)"
    saved = BytesIO()
    book.save(saved)
    with ZipFile(saved, "a") as more:
        more.writestr(DRAWING, SHAPE)
    return saved.getvalue()


LINES = [
    TemplateLine("Thọ Dân", (PortalValue(ILL, "3"), PortalValue(BEDS, "0"))),
    TemplateLine("Dân Lực", (PortalValue(ILL, "1.5"),)),
]
PLACED = {"template": "mau.xlsx", "units": "B", "first": "6", "period": "C3"}


def test_a_workbook_is_filled_and_everything_else_is_kept() -> None:
    before = template()
    made = workbook.fill(before, mapping(PLACED), LINES, Period(PeriodType("daily"), ON))
    sheet = load_workbook(BytesIO(made))["Biểu 1"]
    assert [sheet[name].value for name in ("D6", "E6", "D7", "E7")] == [3, 0, 1.5, None]
    assert sheet["C3"].value == "10/11/2021"
    assert sheet["D6"].number_format == "#,##0"
    assert sheet["A1"].font.bold
    assert sheet["D8"].value == "=SUM(D6:D7)"
    with ZipFile(BytesIO(before)) as old, ZipFile(BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert sorted(changed) == ["xl/workbook.xml", "xl/worksheets/sheet1.xml"]
        assert new.read(DRAWING) == SHAPE
        assert b'fullCalcOnLoad="1"' in new.read("xl/workbook.xml")


@pytest.mark.parametrize(
    ("options", "lines", "key"),
    [
        ({"sheet": "Biểu 2"}, LINES, "template_no_sheet"),
        ({"units": "BB1"}, LINES, "template_bad_column"),
        ({"period": "E1"}, LINES, "template_covered"),
        ({"period": "here"}, LINES, "template_bad_cell"),
        ({"period": "D8"}, LINES, "template_formula"),
        ({}, [TemplateLine("Nưa", ())], "template_no_row"),
    ],
)
def test_what_has_no_place_in_a_workbook_is_refused(
    options: dict[str, str], lines: list[TemplateLine], key: str
) -> None:
    with pytest.raises(Refusal) as raised:
        workbook.fill(template(), mapping(PLACED | options), lines, Period(PeriodType("daily"), ON))
    assert raised.value.key == key


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"date,unit\n"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as raised:
        workbook.fill(content, mapping(PLACED), LINES, Period(PeriodType("daily"), ON))
    assert raised.value.key == "template_no_workbook"


def test_csv_keeps_the_templates_headings_order_delimiter_and_mark() -> None:
    indicators = (MappedIndicator("ill", "Số ca mắc"), MappedIndicator("beds", "Giường; số"))
    of = mapping({"template": "mau.csv", "unit": "Đơn vị", "period": "Ngày"}, indicators)
    lines = [
        TemplateLine("=15742", (PortalValue(indicators[0], "3"),)),
        TemplateLine("15700", (PortalValue(indicators[1], "-1"),)),
        TemplateLine("15718", (PortalValue(indicators[1], "-1+1|x"),)),
    ]
    made = csv_file.fill(
        '\ufeffNgày;"Giường; số";Đơn vị;Ghi chú;Số ca mắc\n'.encode(), of, lines, Period(PeriodType("daily"), ON)
    )
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(made.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Ngày", "Giường; số", "Đơn vị", "Ghi chú", "Số ca mắc"],
        ["2021-11-10", "", "'=15742", "", "3"],
        ["2021-11-10", "-1", "15700", "", ""],
        ["2021-11-10", "'-1+1|x", "15718", "", ""],
    ]


def test_a_column_that_the_csv_template_has_not_is_named() -> None:
    with pytest.raises(Refusal) as raised:
        csv_file.fill(
            b"unit,day\n",
            mapping({"template": "x", "unit": "unit", "period": "day"}, (ILL,)),
            LINES,
            Period(PeriodType("daily"), ON),
        )
    assert (raised.value.key, raised.value.values["column"]) == ("template_no_column", "D")
