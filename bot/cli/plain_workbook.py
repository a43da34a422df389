"""A workbook of plain rows, written as they come: openpyxl takes 100 µs for one of ours, and of ours there are millions."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, count, islice
from typing import IO, NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

ROWS_OF_A_SHEET = 1_048_576
"""So many a sheet may have, its heading among them; what is more goes on in another."""
LONGEST_TITLE, LONGEST_TEXT = 31, 32_767
"""Letters that a sheet's name and a cell may have; of a longer text the rest is left out."""
UNNAMED = "Sheet"
Cell = int | float | Decimal | str | date | None


class SheetRows(NamedTuple):
    """What a sheet is made of; no text in it is ever a formula."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\\s]+")
_PLAIN = 'fontId="0" fillId="0" borderId="0"'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" {_PLAIN}/></cellStyleXfs>'
    f'<cellXfs count="2"><xf numFmtId="0" {_PLAIN} xfId="0"/>'
    f'<xf numFmtId="164" {_PLAIN} xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
QUICKLY = 3
TOGETHER = 1000


def write_workbook(file: IO[bytes], tables: Iterable[SheetRows]) -> None:
    """A sheet for each table, or more where its rows do not fit; each begins with the heading."""
    sheets: list[str] = []
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=QUICKLY) as book:
        for table in tables:
            for rows in _fitting(table.rows):
                sheets.append(_title(table.name, sheets))
                with book.open(f"xl/worksheets/sheet{len(sheets)}.xml", "w", force_zip64=True) as sheet:
                    sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
                    for some in _together(chain([table.head], rows)):
                        sheet.write(some)
                    sheet.write(b"</sheetData></worksheet>")
        for path, content in _parts(sheets):
            book.writestr(path, content)


def _fitting(rows: Iterable[Sequence[Cell]]) -> Iterator[Iterable[Sequence[Cell]]]:
    """The rows of one sheet after the other, which are used before the next are asked for; at least one sheet, of no rows."""
    more = iter(rows)
    yield islice(more, ROWS_OF_A_SHEET - 1)
    for first in more:
        yield chain([first], islice(more, ROWS_OF_A_SHEET - 2))


def _title(name: str, taken: Collection[str]) -> str:
    """A name that no sheet has yet, as programs compare them: «figures», «figures 2»; of what none may have in it a space is left."""
    name = _FORBIDDEN_IN_TITLES.sub(" ", _FORBIDDEN.sub("", name)).strip(" '") or UNNAMED
    lower = {each.lower() for each in taken}
    endings = chain([""], (f" {number}" for number in count(2)))
    titles = (name[: LONGEST_TITLE - len(ending)].rstrip(" '") + ending for ending in endings)
    return next(title for title in titles if title.lower() not in lower)


def _together(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    known: dict[str, str] = {}
    waiting = iter(rows)
    while some := list(islice(waiting, TOGETHER)):
        if len(known) > 100 * TOGETHER:
            known.clear()
        yield "".join(f"<row>{''.join([_cell(each, known) for each in row])}</row>" for row in some).encode()


def _cell(value: Cell, known: dict[str, str]) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        made = known.get(value)
        if made is None:
            text = escape(_FORBIDDEN.sub("", value)[:LONGEST_TEXT])
            made = known[value] = f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        return made
    if isinstance(value, date):
        return f'<c s="1"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
    return f"<c><v>{value}</v></c>"


def _parts(sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands beside the sheets."""
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )
    kinds = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    )
    yield "[Content_Types].xml", f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{kinds}{types}</Types>'
    of_book = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{of_book}</Relationships>'
    named = "".join(f'<sheet name={quoteattr(sheets[n - 1])} sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    yield "xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    style = f'<Relationship Id="rId{len(sheets) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}{style}</Relationships>',
    )
    yield "xl/styles.xml", _STYLES
