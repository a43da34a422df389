"""The Excel template of a report: one cell to fill in for each question, checked as it is typed, with the values of before."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.drawing.cells import clean_cell
from reporting.filling.workbooks import ABOUT, FIRST_ROW, NAME, SHOWN, VALUE, FillingTemplate, TemplateRow

WIDTHS = {"A": 5, "B": 58, "C": 10, "D": 14, "E": 16, "G": 4, "H": 4}
LINE = Side(style="thin", color="808080")
GRID = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
OPEN = PatternFill("solid", fgColor="FFF8DC")
LONGEST_LIST = 255
"""Excel takes no longer list of choices."""
MOST = 10**12


def filling_workbook(content: FillingTemplate) -> bytes:
    """The .xlsx file."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "GiaoBan"
    _head(sheet, content)
    for place, row in enumerate(content.rows):
        _line(sheet, FIRST_ROW + place, row, content.error)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for column in (NAME, SHOWN):
        sheet.column_dimensions[column].hidden = True
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.protection.enable()
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Worksheet, content: FillingTemplate) -> None:
    _put(sheet["A1"], content.head)
    sheet["A1"].font = Font(bold=True, size=14)
    _put(sheet["A2"], content.how)
    _put(sheet[ABOUT], content.about)
    for column, title in zip("ABCDE", content.columns, strict=True):
        cell = sheet[f"{column}{FIRST_ROW - 1}"]
        _put(cell, title)
        cell.font, cell.border = Font(bold=True), GRID


def _put(cell: Any, value: str | float | None) -> None:
    """A number, or a text that is never a formula; nothing of an empty one."""
    cell.value = (clean_cell(value) or None) if isinstance(value, str) else value
    if isinstance(cell.value, str):
        cell.data_type = "s"


def _line(sheet: Worksheet, number: int, row: TemplateRow, error: str) -> None:
    for column, value in zip("ABCDE", (row.number, row.label, row.unit, row.before, row.value), strict=True):
        cell = sheet[f"{column}{number}"]
        _put(cell, value)
        cell.border, cell.alignment = GRID, Alignment(wrap_text=True, vertical="center")
    sheet[f"{NAME}{number}"] = row.name
    _put(sheet[f"{SHOWN}{number}"], row.value)
    open_cell = sheet[f"{VALUE}{number}"]
    open_cell.fill, open_cell.protection = OPEN, Protection(locked=False)
    rule = _rule(row)
    if rule is not None:
        rule.error, rule.showErrorMessage, rule.errorStyle = error, True, "warning"
        rule.add(f"{VALUE}{number}")
        sheet.add_data_validation(rule)


def _rule(row: TemplateRow) -> DataValidation | None:
    """What Excel warns of as it is typed; «chưa rõ» may still be written."""
    listed = ",".join(row.choices)
    if row.choices:
        fits = len(listed) <= LONGEST_LIST and not any("," in each or '"' in each for each in row.choices)
        return DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True) if fits else None
    if row.kind == "text":
        return None
    least = 0 if row.is_count else -MOST
    return DataValidation(
        type="whole" if row.kind == "whole" else "decimal",
        operator="between",
        formula1=str(least),
        formula2=str(MOST),
        allow_blank=True,
    )
