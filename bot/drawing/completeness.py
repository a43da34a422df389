"""How complete questions are answered: a bar for each, told apart in grey too, and the table of it as a workbook."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.drawing.canvas import GREY, INK, MARGIN, NAVY, ROOM, Canvas
from bot.drawing.cells import clean_cell
from bot.drawing.frame import picture_of_rows
from reporting.figures.drawings import CompletenessBar, CompletenessPicture, PlainTable
from reporting.translator import translator

ROW, BAR = 92, 30
"""Pixels that a question takes, and its bar."""
TRACK = ROOM * 0.66
PALE = "#b9d3e6"
WIDEST = 60


def completeness_picture(content: CompletenessPicture) -> Canvas:
    """A picture, 1,080 pixels wide and as high as its questions need."""
    return picture_of_rows(content, ROW, _row, translator(content.language))


def _row(canvas: Canvas, top: float, bar: CompletenessBar) -> None:
    canvas.write_fitted(MARGIN, top, bar.label, 24, ROOM, bold=True)
    asked, upper, left = bar.answered + bar.unknown + bar.empty, top + 38, float(MARGIN)
    for count, colour, is_empty in ((bar.answered, PALE, False), (bar.unknown, NAVY, False), (bar.empty, INK, True)):
        wide = TRACK * count / asked if asked else 0
        if count:
            canvas.box(left, upper, max(wide, 4), BAR, colour, missing=is_empty)
        left += wide
    right = MARGIN + TRACK + 14
    canvas.write(right, upper + BAR / 2, bar.complete, 26, bold=True, middle=True)
    wide = canvas.width_of(bar.complete, 26, bold=True) + 12
    canvas.write_fitted(right + wide, upper + 4, bar.why, 19, ROOM - TRACK - 14 - wide, 2, colour=GREY)


def plain_table(content: PlainTable) -> bytes:
    """The .xlsx file."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([clean_cell(content.title)])
    sheet.append([clean_cell(each) for each in content.head])
    for row in content.rows:
        sheet.append([clean_cell(each) if isinstance(each, str) else each for each in row])
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for place, column in enumerate(sheet.iter_cols(min_row=2, values_only=True), start=1):
        longest = max((len(str(value)) for value in column if value is not None), default=0)
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A3"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
