"""Workbooks of Excel 97 to 2003 (.xls): numbers, dates and truths as in a workbook of today."""

from collections.abc import Iterator
from typing import Any


def old_sheets(source: bytes, most_rows: int, most_columns: int) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    """The sheets by their titles, with their rows. What a broken file makes xlrd raise is of any kind."""
    import xlrd

    book = xlrd.open_workbook(file_contents=source)
    for sheet in book.sheets():
        rows = (
            [_old_cell(cell, book.datemode) for cell in sheet.row(number)[:most_columns]]
            for number in range(min(sheet.nrows, most_rows))
        )
        yield sheet.name, rows


def _old_cell(cell: Any, datemode: int) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            at = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return cell.value
        return at.time() if cell.value < 1 else at
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR) else cell.value
