"""A province's workbook has a sheet of its districts, which is what is seen first and printed."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.drawing.cells import put_number, put_text
from bot.drawing.printing import set_up_printing
from reporting.digests.content import DigestGroup
from reporting.digests.drawings import DigestWorkbook
from reporting.translator import Translator


def fill_groups(sheet: Worksheet, content: DigestWorkbook, words: Translator, head: int) -> None:
    """A row for each unit of the tier between, below the lines that end before row `head`: its reports and its headlines' totals."""
    shown = [content.indicator(name) for name in content.headlines]
    labels = [f"{each.label} ({each.unit})" if each.unit else each.label for each in shown]
    heads = [words.plain("workbook_number"), words.plain("workbook_unit"), words.plain("workbook_reports"), *labels]
    for column, label in enumerate(heads, start=1):
        put_text(sheet.cell(head, column), label, "of_head")
        sheet.column_dimensions[get_column_letter(column)].width = 6 if column == 1 else 24 if column == 2 else 14
    for place, group in enumerate(content.groups, start=1):
        sheet.cell(head + place, 1, place).style = "of_middle"
        put_text(sheet.cell(head + place, 2), group.unit, "of_text")
        put_text(sheet.cell(head + place, 3), f"{group.reports.received}/{group.reports.expected}", "of_middle")
        for column, value in enumerate(group.values):
            untold = words.plain(shown[column].untold_key)
            _value(sheet, head + place, column, value, group, untold)
    sheet.title = words.plain("workbook_groups")[:31]
    sheet.row_dimensions[head].height = 80
    sheet.freeze_panes = sheet.cell(head + 1, 3).coordinate
    if any(any(group.carried) for group in content.groups):
        put_text(sheet.cell(head + len(content.groups) + 2, 1), words.plain("workbook_days_carried"), "of_line")
    set_up_printing(sheet, head, 3, len(heads))


def _value(sheet: Worksheet, row: int, column: int, value: float | None, of: DigestGroup, untold: str) -> None:
    cell = sheet.cell(row, 4 + column)
    if of.untold and of.untold[column]:
        put_text(cell, untold, "of_middle")
    else:
        put_number(cell, value, carried=bool(of.carried and of.carried[column]))
