"""The report as an official letter in the form of Nghị định 30/2020/NĐ-CP (phụ lục I, mẫu 1.4), ready to be numbered and signed."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Letter
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bot.drawing.canvas import number
from bot.drawing.cells import clean, remark
from messages.digests.content import plain
from reporting.digests.content import CarriedFigure, DigestIndicator
from reporting.digests.drawings import DigestLetter
from reporting.translator import Translator, translator

FONT, BODY, SMALL, TABLE = "Times New Roman", 13, 11, 10
"""Article 8 and annex I: black Times New Roman, the body in 13 to 14 points, recipients in 11. The annex is smaller, for its page."""

MANY = 64
"""More units than this are not listed in an annex: the workbook has them."""


def letter(content: DigestLetter) -> bytes:
    """The .docx file: A4, heading, number, place and date, name, body, recipients and signature; the units in an annex."""
    words = translator(content.language)
    document = Document()
    _page(document)
    _heading(document, content, words)
    _name(document, content, words)
    for paragraph in content.paragraphs[1:]:
        _body(document, in_words(plain(paragraph), words))
    _body(document, words.plain("letter_close"))
    _signature(document, content, words)
    if 1 < len(content.rows) <= MANY:
        _annex(document, content, words)
    document.core_properties.title = clean(content.title)
    document.core_properties.author = clean(issuer(content, words))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def issuer(content: DigestLetter, words: Translator) -> str:
    """Who issues it: the form's authority at the top of the tree, below it the unit's own committee."""
    if content.is_root and content.authority:
        return content.authority
    return words.plain("letter_issuer", unit=content.unit)


def in_words(text: str, words: Translator) -> str:
    """A letter says «tăng», «giảm» where a chat shows an arrow."""
    for sign, key in (("▲▼", "letter_compared"), (" ▲ ", "letter_up"), (" ▼ ", "letter_down")):
        text = text.replace(sign, words.plain(key))
    return text


def in_full(body: str) -> str:
    """«UBND huyện Triệu Sơn» as letters write it: «ỦY BAN NHÂN DÂN HUYỆN TRIỆU SƠN»."""
    return body.upper().replace("UBND", "ỦY BAN NHÂN DÂN")


def _page(document: Letter) -> None:
    """A4, margins 20 mm above and below, 30 left, 15 right; the page's number on top from the second page on."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    head._p.append(field)
    style = document.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)


def _write(
    paragraph: Paragraph,
    text: str,
    size: float = BODY,
    *,
    bold: bool = False,
    italic: bool = False,
    centre: bool = False,
) -> Paragraph:
    run = paragraph.add_run(clean(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _line(cell: _Cell, text: str, size: float, *, bold: bool = False, italic: bool = False) -> Paragraph:
    paragraph = cell.paragraphs[0] if not cell.paragraphs[0].runs else cell.add_paragraph()
    return _write(paragraph, text, size, bold=bold, italic=italic, centre=True)


def _rule(cell: _Cell, wide: float, share: float) -> None:
    """A line under the heading, `share` of the column's `wide` millimetres long: an empty paragraph's upper edge."""
    paragraph = cell.add_paragraph()
    indent = Mm(wide * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    paragraph.paragraph_format.line_spacing = Pt(6)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _heading(document: Letter, content: DigestLetter, words: Translator) -> None:
    """Left who issues it, with the number to be filled in; right the state's name and motto, place and date."""
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    left, right = table.rows[0].cells
    _widths(table, [67, 98])
    body = issuer(content, words)
    if content.above:
        _line(left, in_full(words.plain("letter_issuer", unit=content.above)), 12)
    _line(left, in_full(body), 12, bold=True)
    _rule(left, 63, 0.4)
    _line(left, words.plain("letter_number", kind="BC", body=body.split()[0] if body.split()[0].isupper() else ""), 13)
    _line(right, words.plain("letter_state"), 12, bold=True)
    _line(right, words.plain("letter_motto"), 13, bold=True)
    _rule(right, 94, 0.68)
    on = content.as_of.date()
    _line(right, words.plain("letter_place", place=content.name, **_parts(on)), 13, italic=True)


def _parts(on: date) -> dict[str, str]:
    """A letter writes days under ten and the months January and February with a nought."""
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return {"day": f"{on.day:02d}", "month": month, "year": str(on.year)}


def _name(document: Letter, content: DigestLetter, words: Translator) -> None:
    _write(document.add_paragraph(), "")
    _write(document.add_paragraph(), words.plain("letter_kind"), BODY, bold=True, centre=True)
    topic = content.topic or content.title
    subject = words.plain("letter_subject", topic=topic, unit=content.unit)
    _write(document.add_paragraph(), subject, BODY, bold=True, centre=True)
    if content.demonstration:
        _write(document.add_paragraph(), words.plain("workbook_demonstration"), 12, bold=True, centre=True)
    _write(document.add_paragraph(), "")
    opening = words.plain("letter_opening", window=content.window, coverage=content.coverage_text)
    _body(document, opening)


def _body(document: Letter, text: str) -> None:
    """A paragraph of the body, justified, its first line indented by 10 mm; bullets become dashes."""
    for line in text.split("\n"):
        paragraph = _write(document.add_paragraph(), "- " + line[2:] if line.startswith("• ") else line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form = paragraph.paragraph_format
        form.first_line_indent, form.space_after, form.line_spacing = Mm(10), Pt(6), 1.15


def _signature(document: Letter, content: DigestLetter, words: Translator) -> None:
    """Recipients on the left, the signer on the right, with room for the signature."""
    _write(document.add_paragraph(), "")
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _write(left.paragraphs[0], words.plain("letter_to"), 12, bold=True, italic=True)
    above = words.plain("letter_issuer", unit=content.above) if content.above else words.plain("letter_superior")
    for recipient in (f"- {above};", *words.plain("letter_recipients").split("\n")):
        _write(left.add_paragraph(), recipient, SMALL)
    for line in words.plain("letter_signer").split("\n"):
        _line(right, line, BODY, bold=True)
    for _ in range(5):
        right.add_paragraph()
    _line(right, words.plain("letter_signature"), BODY)


def _annex(document: Letter, content: DigestLetter, words: Translator) -> None:
    """The headlines of each unit, slanted where they are of an earlier period; «chưa báo cáo» in words."""
    title = _write(document.add_paragraph(), words.plain("letter_annex"), BODY, bold=True, centre=True)
    title.paragraph_format.page_break_before = True
    _write(document.add_paragraph(), f"{content.window} – {content.coverage_text}", 13, italic=True, centre=True)
    places = [n for n, each in enumerate(content.indicators) if each.name in content.headlines]
    heads = [words.plain("workbook_number"), words.plain("workbook_unit")]
    heads += [content.indicators[place].label for place in places] + [words.plain("workbook_remark")]
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    _row(table.rows[0].cells, heads, bold=True)
    _keep(table.rows[0]._tr, repeat=True)
    _widths(table, [12, 36, *[87 / len(places)] * len(places), 30])
    for count, row in enumerate(content.rows, start=1):
        of_place = {place: row.carried.get(content.indicators[place].name) for place in places}
        values = [_value(row.values[place], of_place[place], words) for place in places]
        slanted = [2 + n for n, place in enumerate(places) if of_place[place] is not None]
        _row(table.add_row().cells, [str(count), row.unit, *values, remark(row, words)], slanted=slanted)
    for line in table.rows[1:]:
        _keep(line._tr)
    totals = [_total(content.indicators[place], words) for place in places]
    done, expected = content.coverage
    said = words.plain("workbook_total", done=done, all=expected)
    _row(table.add_row().cells, ["", said, *totals, ""], bold=True)


def _value(own: float | None, carried: CarriedFigure | None, words: Translator) -> str:
    """A unit's figure, or what it stands in the total with, from an earlier period."""
    value = own if carried is None else carried.value
    return "" if value is None else number(value, words)


def _total(of: DigestIndicator, words: Translator) -> str:
    return words.plain("picture_untold") if of.untold else number(of.total, words) + of.mark


def _row(cells: Sequence[_Cell], texts: Sequence[str], *, bold: bool = False, slanted: Sequence[int] = ()) -> None:
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = _write(cell.paragraphs[0], text, TABLE, bold=bold, italic=place in slanted)
        if place != 1 and place != len(texts) - 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _widths(table: Table, millimetres: Sequence[float]) -> None:
    """Fixes the columns' widths, of the grid and of the cells there are: programs read the one or the other."""
    table.autofit = False
    for column, wide in zip(table.columns, millimetres, strict=True):
        column.width = Mm(wide)
        for cell in column.cells:
            cell.width = Mm(wide)


def _keep(row: Any, *, repeat: bool = False) -> None:
    """A row is not split over two pages; the header stands on every page."""
    for name in ("w:cantSplit", *(["w:tblHeader"] if repeat else [])):
        row.get_or_add_trPr().append(OxmlElement(name))
