"""How a sheet prints: letters that can be read, on pages that lie on their side and each say whose row and column a number is of."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

A4, WIDE, MARGIN = 9, 297, 10
"""The paper that every office has, its longer side, and what stays free at the sides, in millimetres."""

LEAST = 70
"""Per cent: letters of 12 points are not printed smaller than in 8.4."""

ROOM = WIDE - 2 * MARGIN - 2
INCH = 25.4


def set_up_printing(sheet: Worksheet, head: int, first: int, end: int) -> None:
    """The whole width on one page where that can be read; else pages of as many columns as fit, from left to right.

    The row `head` and the columns before `first` stand on every page. `end`: the last column; its widths are set before.
    """
    setup, wide = sheet.page_setup, [_millimetres(sheet, column) for column in range(1, end + 1)]
    setup.orientation, setup.paperSize = "landscape", A4
    sheet.page_margins.left = sheet.page_margins.right = sheet.page_margins.top = MARGIN / INCH
    sheet.page_margins.bottom, sheet.page_margins.footer = 1.6 * MARGIN / INCH, 0.6 * MARGIN / INCH
    sheet.print_title_rows, sheet.print_title_cols = f"{head}:{head}", f"A:{get_column_letter(first - 1)}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P/&N"
    if sum(wide) * LEAST <= ROOM * 100:
        setup.fitToWidth, setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        return
    setup.scale, setup.pageOrder = LEAST, "overThenDown"
    for column in _last_columns(wide, first):
        sheet.col_breaks.append(Break(id=column))


def first_page_area(sheet: Worksheet) -> str:
    """All rows of the columns that stand on the first page from the left: of hundreds of rows the others are for the screen."""
    ends = [each.id for each in sheet.col_breaks.brk]
    return f"A1:{get_column_letter(ends[0] if ends else sheet.max_column)}{sheet.max_row}"


def _millimetres(sheet: Worksheet, column: int) -> float:
    """A column is so many digits wide, of 7 pixels each, and 5 pixels more; of 8 where a machine has another font."""
    pixels = 8 * sheet.column_dimensions[get_column_letter(column)].width + 5
    return pixels * INCH / 96


def _last_columns(wide: Sequence[float], first: int) -> list[int]:
    """The last column of each page but the last one; the pages are as full as each other."""
    room = ROOM * 100 / LEAST - sum(wide[: first - 1])
    found = _filled(wide, first, room)
    while room > max(wide) and len(_filled(wide, first, room - 1)) == len(found):
        room -= 1
    return _filled(wide, first, room)


def _filled(wide: Sequence[float], first: int, room: float) -> list[int]:
    found, used = list[int](), 0.0
    for column, of in enumerate(wide[first - 1 :], start=first):
        if used and used + of > room:
            found.append(column - 1)
            used = 0.0
        used += of
    return found
