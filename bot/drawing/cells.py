"""Cells of a digest's workbook: how they look, and what is put into them."""

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from reporting.digests.content import DigestUnit
from reporting.translator import Translator

FONT = "Times New Roman"
LINE = Side(style="thin", color="808080")
GRID = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
COUNT, FRACTION, DAY = "#,##0", "#,##0.0#####", "dd/mm/yyyy"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def styles() -> list[NamedStyle]:
    level = Alignment(vertical="center")
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    grey, pale = (PatternFill("solid", fgColor=colour) for colour in ("D9E2EC", "F2F2F2"))
    plain, bold = Font(name=FONT, size=12), Font(name=FONT, size=12, bold=True)
    slanted = Font(name=FONT, size=12, italic=True, color="808080")
    return [
        NamedStyle("of_title", font=Font(name=FONT, size=14, bold=True)),
        NamedStyle("of_line", font=Font(name=FONT, size=12, italic=True)),
        NamedStyle("of_mark", font=Font(name=FONT, size=12, bold=True, color="C00000")),
        NamedStyle("of_head", font=bold, alignment=middle, fill=grey, border=GRID),
        NamedStyle("of_text", font=plain, alignment=left, border=GRID),
        NamedStyle("of_middle", font=plain, alignment=middle, border=GRID),
        NamedStyle("of_count", font=plain, alignment=level, border=GRID, number_format=COUNT),
        NamedStyle("of_fraction", font=plain, alignment=level, border=GRID, number_format=FRACTION),
        NamedStyle("of_carried", font=slanted, alignment=level, border=GRID, number_format=COUNT),
        NamedStyle("of_carried_fraction", font=slanted, alignment=level, border=GRID, number_format=FRACTION),
        NamedStyle("of_day", font=plain, alignment=middle, border=GRID, number_format=DAY),
        NamedStyle("of_total", font=bold, border=GRID, fill=pale, number_format=COUNT),
        NamedStyle("of_total_text", font=bold, alignment=left, border=GRID, fill=pale),
    ]


def clean_cell(text: str) -> str:
    """The text without the control characters that a workbook cannot hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def put_text(cell: Cell | MergedCell, text: str, style: str) -> None:
    """Puts a text, even one that looks like a formula, as a text that stays one when somebody edits the cell."""
    cell.value = clean_cell(text)
    cell.data_type = "s"
    cell.style = style
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True


def put_number(cell: Cell | MergedCell, value: float | None, *, carried: bool = False) -> None:
    """A number; `carried`: it is of an earlier period, or such a one is in it."""
    cell.value = value
    if carried:
        cell.style = "of_carried_fraction" if isinstance(value, float) else "of_carried"
    else:
        cell.style = "of_fraction" if isinstance(value, float) else "of_count"


def remark(row: DigestUnit, words: Translator) -> str:
    """«chưa báo cáo: mất điện», «báo cáo chậm», «tạm dừng báo cáo: lũ», «tạm tính»; of a span, how many reports are missing.

    Behind it, where a part is greater than its whole, or cannot be compared with it.
    """
    received, expected = row.reports
    said = []
    if row.excused:
        said.append(row.excused)
    elif received == 0 and expected:
        said.append(_because("picture_missing", row.remark, words))
    elif received < expected:
        said.append(words.plain("workbook_partly", done=received, all=expected))
    if row.late:
        said.append(_because("workbook_late", row.remark, words))
    if row.archive:
        said.append(words.plain("workbook_archive"))
    if row.provisional:
        said.append(words.plain("workbook_provisional"))
    if row.carried:
        said.append(words.plain("workbook_carried", periods=row.carried_of))
    if row.withheld:
        said.append(words.plain("workbook_withheld"))
    return "; ".join([*said, *row.parts])


def _because(key: str, reason: str, words: Translator) -> str:
    said = words.plain(key)
    return words.plain("workbook_because", said=said, reason=reason) if reason else said
