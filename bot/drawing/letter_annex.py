"""The annex of a letter, on pages of its own: the other figures and the units as tables, and what is to be noted of them."""

from collections.abc import Sequence

from docx.document import Document as Letter
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table, _Row

from bot.drawing.cells import remark
from bot.drawing.letter_parts import BODY, TABLE, keep_together, set_widths, text_body, widest_word, write
from bot.drawing.number_text import exact_text
from reporting.digests.content import CarriedFigure, DigestIndicator
from reporting.digests.drawings import DigestLetter
from reporting.translator import Translator

MANY = 64
"""More units than this are not listed in an annex: the workbook has them."""

ROOM, SIDES = 247.0, 4.5
"""Millimetres across a page of the annex, and what a cell keeps free at both sides together."""

SMALLEST = 7
"""Points: the letters of a header whose words leave no room otherwise."""


def has_unit_table(content: DigestLetter) -> bool:
    return 1 < len(content.rows) <= MANY


def has_annex(content: DigestLetter, remarks: Sequence[str]) -> bool:
    return bool(_others(content) or remarks or has_unit_table(content))


def _others(content: DigestLetter) -> list[DigestIndicator]:
    """The figures that are no headline and have a total, or one that cannot be told."""
    behind = [each for each in content.indicators if each.name not in content.headlines]
    return [each for each in behind if each.total is not None or each.untold]


def annex(document: Letter, content: DigestLetter, remarks: Sequence[str], of: str, words: Translator) -> None:
    """All of it, if there is anything to tell. `remarks`: paragraphs behind the tables; `of`: the letter that it belongs to."""
    if not has_annex(content, remarks):
        return
    others = _others(content)
    _section(document)
    for line, bold in ((words.plain("letter_annex"), True), (words.plain("letter_annex_title"), True), (of, False)):
        write(document.add_paragraph(), line, BODY, bold=bold, italic=not bold, centre=True)
    if has_unit_table(content):
        _title(document, words.plain("letter_annex_units"))
        _of_units(document, content, words)
    if others:
        _title(document, words.plain("letter_annex_others"))
        _of_others(document, others, words)
    if remarks:
        _title(document, words.plain("letter_annex_remarks"))
    for each in remarks:
        text_body(document, each)


def _section(document: Letter) -> None:
    """Pages that lie on their side, numbered on top as the letter's are."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.different_first_page_header_footer = False


def _title(document: Letter, text: str) -> None:
    form = write(document.add_paragraph(), text, BODY, bold=True).paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(8), Pt(4), True


def _of_units(document: Letter, content: DigestLetter, words: Translator) -> None:
    """The headlines of each unit, slanted where they are of an earlier period; «chưa báo cáo» in words."""
    indicators = content.indicators
    places = [n for n, each in enumerate(indicators) if each.name in content.headlines]
    heads = [words.plain("workbook_number"), words.plain("workbook_unit")]
    heads += [indicators[place].label for place in places] + [words.plain("workbook_remark")]
    table = _table(document, heads, (12, 42, *[20] * len(places), 0))
    for count, row in enumerate(content.rows, start=1):
        of_place = {place: row.carried.get(indicators[place].name) for place in places}
        values = [_value(row.values[place], of_place[place], words) for place in places]
        slanted = [2 + n for n, place in enumerate(places) if of_place[place] is not None]
        is_last = count == len(content.rows)
        _row(_added(table), [str(count), row.unit, *values, remark(row, words)], slanted=slanted, with_next=is_last)
    totals = [_total(indicators[place], words) for place in places]
    done, expected = content.coverage
    said = words.plain("workbook_total", done=done, all=expected)
    _row(_added(table), ["", said, *totals, ""], bold=True)
    set_widths(table, [column.width.mm if column.width else 0 for column in table.columns])


def _of_others(document: Letter, others: Sequence[DigestIndicator], words: Translator) -> None:
    """A row for each figure that the letter does not name: its total, and by how much that has changed."""
    keys = (
        "workbook_number",
        "letter_indicator",
        "letter_counted_in",
        "letter_figure",
        "letter_change",
        "workbook_remark",
    )
    table = _table(document, [words.plain(key) for key in keys], (12, 0, 28, 32, 32, 34))
    for count, each in enumerate(others, start=1):
        change = "" if each.change is None else _signed(each.change, words)
        note = words.plain("letter_carried") if each.carried and not each.untold else ""
        _row(_added(table), [str(count), each.label, each.unit, _total(each, words), change, note])
    set_widths(table, [column.width.mm if column.width else 0 for column in table.columns])


def _table(document: Letter, heads: Sequence[str], least: Sequence[float]) -> Table:
    """A table with its header: columns as wide as `least` and as their longest words at least; the one of 0 takes the rest.

    Where the header's words leave no room for that, its letters are smaller, and then all columns narrower.
    """
    table: Table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    size = float(TABLE)
    wide = _widths(heads, least, size)
    while sum(wide) > ROOM and size > SMALLEST:
        size -= 0.5
        wide = _widths(heads, least, size)
    wide[least.index(0)] += max(ROOM - sum(wide), 0)
    wide = [each * ROOM / sum(wide) for each in wide]
    _row(table.rows[0], heads, bold=True, size=size)
    keep_together(table.rows[0], repeat=True)
    set_widths(table, wide)
    return table


def _widths(heads: Sequence[str], least: Sequence[float], size: float) -> list[float]:
    return [max(wide or 40, widest_word(head, size) + SIDES) for head, wide in zip(heads, least, strict=True)]


def _row(
    row: _Row,
    texts: Sequence[str],
    *,
    bold: bool = False,
    slanted: Sequence[int] = (),
    size: float = TABLE,
    with_next: bool = False,
) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = write(cell.paragraphs[0], text, size, bold=bold, italic=place in slanted)
        if place != 1 and place != len(texts) - 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    keep_together(row, with_next=with_next)


def _added(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it untyped
    return row


def _value(own: float | None, carried: CarriedFigure | None, words: Translator) -> str:
    """A unit's figure, or what it stands in the total with, from an earlier period."""
    value = own if carried is None else carried.value
    return "" if value is None else exact_text(value, words)


def _total(of: DigestIndicator, words: Translator) -> str:
    return words.plain(of.untold_key) if of.untold else exact_text(of.total, words) + of.mark


def _signed(change: float, words: Translator) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return sign + exact_text(abs(change), words)
