"""What a letter and its annex are put together from: the page, paragraphs, tables whose rows and words are not broken."""

from collections.abc import Iterator, Sequence
from typing import Any

from docx.document import Document as Letter
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from bot.drawing.cells import clean_cell

FONT, BODY, SMALL, TABLE = "Times New Roman", 13, 11, 10
"""Article 8 and annex I: black Times New Roman, the body in 13 to 14 points, recipients in 11. The annex is smaller, for its page."""

POINT = 25.4 / 72
"""Millimetres."""

NARROW, WIDE = "iíìỉĩịjlłtfrI.,;:!|/()[]«»'- ", "mwMW%@–—"


def page(document: Letter) -> None:
    """A4, margins 20 mm above and below, 30 left, 15 right; the page's number on top from the second page on."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    section.different_first_page_header_footer = True
    _number_pages(section)
    style = document.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)


def _number_pages(section: Section) -> None:
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    head._p.append(field)


def write(
    paragraph: Paragraph,
    text: str,
    size: float = BODY,
    *,
    bold: bool = False,
    italic: bool = False,
    centre: bool = False,
) -> Paragraph:
    run = paragraph.add_run(clean_cell(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def text_body(document: Letter, text: str) -> None:
    """Paragraphs of the body, justified, their first lines indented by 10 mm; bullets become dashes that end with «;» and «.»."""
    lines = list(_punctuated(text.split("\n")))
    for place, line in enumerate(lines):
        paragraph = write(document.add_paragraph(), line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form = paragraph.paragraph_format
        form.first_line_indent, form.space_after = Mm(10), Pt(6)
        form.keep_with_next = line.endswith(":") and place + 1 < len(lines)


def _punctuated(lines: Sequence[str]) -> Iterator[str]:
    """Each item of a list ends with a semicolon, the last with a full stop; what follows in small letters goes on with it."""
    for line, after in zip(lines, (*lines[1:], ""), strict=True):
        if not line.startswith("• "):
            yield line
            continue
        goes_on = after.startswith("• ") or after[:1].islower()
        yield "- " + line[2:].rstrip(".;") + (";" if goes_on else ".")


def set_widths(table: Table, millimetres: Sequence[float]) -> None:
    """Fixes the columns' widths, of the grid and of the cells there are: programs read the one or the other."""
    table.autofit = False
    for column, wide in zip(table.columns, millimetres, strict=True):
        column.width = Mm(wide)
        for cell in column.cells:
            cell.width = Mm(wide)


def keep_together(row: _Row, *, repeat: bool = False, with_next: bool = False) -> None:
    """A row is not split over two pages; it stands on every page as a header, or on the page of the row after it."""
    for name in ("w:cantSplit", *(["w:tblHeader"] if repeat else [])):
        properties: Any = row._tr.get_or_add_trPr()
        properties.append(OxmlElement(name))
    if with_next:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def widest_word(text: str, size: float) -> float:
    """Millimetres that the longest word of a bold text takes at most, in letters of `size` points: a column as wide breaks none."""
    return max((sum(map(_share, word)) for word in text.split()), default=0.0) * size * POINT


def _share(letter: str) -> float:
    """How wide a bold letter of a face like Times is at most, in parts of its size."""
    if letter in NARROW:
        return 0.4
    return 1.0 if letter in WIDE else 0.78 if letter.isupper() else 0.56
