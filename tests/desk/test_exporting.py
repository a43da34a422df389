"""Figures as files are what they were when all was read at once; a workbook of more rows than a sheet may have goes on in another."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.cli import plain_workbook
from bot.cli.exporting import FORMATS
from bot.cli.reports import as_xlsx
from reporting.report_tables import ReportTable
from services.export_figures import ExportedFigure

DAY = date(2021, 11, 9)
ROWS = [
    ExportedFigure(DAY, "15742", "f0_new", 3),
    ExportedFigure(DAY, "007@2021-11-01", "rate", Decimal("0.25")),
    ExportedFigure(DAY, "15742", "level", "=1+1"),
    ExportedFigure(DAY, "15742", "note", "a < b & \x07 c  "),
    ExportedFigure(DAY, "15742", "beds", None),
]


def made(kind: str, rows: list[ExportedFigure]) -> bytes:
    file = BytesIO()
    FORMATS[kind].write(iter(rows), file)
    return file.getvalue()


def test_json_is_a_list_of_objects_whether_there_are_rows_or_none() -> None:
    assert json.loads(made("json", [])) == []
    first, *_, last = json.loads(made("json", ROWS))
    assert first == {"date": "2021-11-09", "unit": "15742", "indicator": "f0_new", "value": 3}
    assert last["value"] is None
    assert made("json", ROWS[:1]) == (json.dumps([first], indent=1) + "\n").encode()


def test_by_the_units_of_today_each_figure_says_of_how_many_it_is() -> None:
    rows = [each._replace(units=(2, 3)) for each in ROWS[:1]]
    assert made("csv", rows).decode() == "date,unit,indicator,value,units\n2021-11-09,15742,f0_new,3,2/3\n"
    assert json.loads(made("json", rows))[0]["units"] == "2/3"


def cells(content: bytes) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    for sheet in load_workbook(BytesIO(content)):
        yield sheet.title, [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_a_workbook_has_numbers_days_and_texts_that_are_no_formulas() -> None:
    ((title, rows),) = cells(made("xlsx", ROWS))
    assert (title, rows[0]) == ("figures", ("date", "unit", "indicator", "value"))
    assert [str(row[0])[:10] for row in rows[1:]] == ["2021-11-09"] * 5
    assert [row[1:] for row in rows[1:]] == [
        ("15742", "f0_new", 3),
        ("007@2021-11-01", "rate", 0.25),
        ("15742", "level", "=1+1"),
        ("15742", "note", "a < b &  c  "),
        ("15742", "beds", None),
    ]
    sheet = load_workbook(BytesIO(made("xlsx", ROWS))).active
    assert sheet is not None
    assert sheet["D4"].data_type != "f"
    assert list(cells(made("xlsx", []))) == [("figures", [("date", "unit", "indicator", "value")])]


def test_more_rows_than_a_sheet_may_have_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_workbook, "ROWS_OF_A_SHEET", 3)
    found = dict(cells(made("xlsx", ROWS)))
    assert [(name, len(rows)) for name, rows in found.items()] == [("figures", 3), ("figures 2", 3), ("figures 3", 2)]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ('a "b" & <c>', 'a "b" & <c>'),
        ("[a]:b*c?d/e\\f", "a b c d e f"),
        ("'a'", "a"),
        ("\ud800a\x07", "a"),
        ("*", "Sheet"),
        (f"{'a' * 30}'b", "a" * 30),
    ],
)
def test_a_sheet_is_called_as_excel_takes_it(name: str, title: str) -> None:
    assert [found for found, _ in cells(as_xlsx([ReportTable(name, ["report"], [{"report": "\udfff1"}])]))] == [title]


def test_reports_of_more_rows_go_on_too_and_no_two_sheets_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_workbook, "ROWS_OF_A_SHEET", 3)
    name, values = "f" * 40, ("1", "x" * 40_000, None)
    tables = [
        ReportTable(name, ["report"], [{"report": each} for each in values]),
        ReportTable(name.upper(), ["report", "answer:date"], []),
    ]
    found = list(cells(as_xlsx(tables)))
    assert [title for title, _ in found] == ["f" * 31, f"{'f' * 29} 2", f"{'F' * 29} 3"]
    assert [rows for _, rows in found[1:]] == [[("report",), (None,)], [("report", "answer:date")]]
    assert found[0][1][2] == ("x" * 32_767,)
