"""The office's own workbook, filled: cells get figures, and everything else in it stays as it is, byte for byte.

The sheet's XML alone is changed, so that shapes, a logo, styles and widths are kept. A mapping names columns by letters: an
indicator's element is one, `units` of its table [xlsx] is the column in which the units' names there stand, from row `first` on.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from reporting.errors import Refused, refuse_all
from reporting.period_types import Period
from reporting.portal.consignment import TemplateLine
from reporting.portal.mapping import PortalMapping

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
COLUMN, CELL = re.compile(r"[A-Z]{1,3}"), re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
LARGEST = 50 * 1024 * 1024


def fill(template: bytes, mapping: PortalMapping, lines: Sequence[TemplateLine], period: Period) -> bytes:
    """The workbook with the lines in it. Refused for what has no place: a sheet, a column, a unit's row, a cell with a formula."""
    try:
        with ZipFile(BytesIO(template)) as book:
            if sum(each.file_size for each in book.infolist()) > LARGEST:
                raise Refused("template_no_workbook")
            parts = {each.filename: book.read(each) for each in book.infolist()}
            order = book.infolist()
    except BadZipFile:
        raise Refused("template_no_workbook") from None
    path = _sheet_path(parts, mapping.options.get("sheet", ""))
    sheet = _Sheet(parts, path)
    _put_all(sheet, mapping, lines, period)
    parts[path] = _bytes(sheet.root)
    parts["xl/workbook.xml"] = _calculated_anew(parts["xl/workbook.xml"])
    return _packed(order, parts)


def _put_all(sheet: "_Sheet", mapping: PortalMapping, lines: Sequence[TemplateLine], period: Period) -> None:
    columns = [mapping.options["units"], *(each.element for each in mapping.indicators)]
    refuse_all([Refused("template_bad_column", column=each) for each in columns if not COLUMN.fullmatch(each)])
    first = mapping.options.get("first", "1")
    rows = sheet.rows_by_text(mapping.options["units"], int(first) if first.isdecimal() else 1)
    refuse_all([Refused("template_no_row", unit=each.unit) for each in lines if each.unit not in rows])
    for line in lines:
        for each in line.values:
            sheet.put(f"{each.indicator.element}{rows[line.unit]}", each.value)
    if cell := mapping.options.get("period"):
        sheet.put(cell, f"{period.last_on:%d/%m/%Y}")


class _Sheet:
    """A sheet's XML, with its cells found by their names."""

    def __init__(self, parts: Mapping[str, bytes], path: str) -> None:
        self.root = _parsed(parts[path])
        shared = parts.get("xl/sharedStrings.xml")
        self._strings = [_text(each) for each in _parsed(shared).findall(f"{MAIN}si")] if shared else []
        found = self.root.find(f"{MAIN}sheetData")
        if found is None:
            raise Refused("template_no_workbook")
        self._data = found
        self._merged = [each.get("ref", "") for each in self.root.iter(f"{MAIN}mergeCell")]

    def rows_by_text(self, column: str, first: int) -> dict[str, int]:
        """The row of each text that stands in a column, from a row on."""
        found: dict[str, int] = {}
        for cell in self._cells():
            name = CELL.fullmatch(cell.get("r", ""))
            if name is not None and name[1] == column and int(name[2]) >= first:
                found.setdefault(self._said(cell).strip(), int(name[2]))
        return found

    def _cells(self) -> Iterator[etree._Element]:
        for row in self._data:
            yield from row.findall(f"{MAIN}c")

    def _said(self, cell: etree._Element) -> str:
        value = cell.findtext(f"{MAIN}v") or ""
        if cell.get("t") == "s":
            return self._strings[int(value)] if value.isdecimal() and int(value) < len(self._strings) else ""
        return _text(cell) if cell.get("t") == "inlineStr" else value

    def put(self, name: str, value: str) -> None:
        """A number as a number, anything else as text; the cell's style is kept. Refused where it holds a formula or is covered."""
        if not CELL.fullmatch(name):
            raise Refused("template_bad_cell", cell=name)
        if any(_covers(each, name) for each in self._merged):
            raise Refused("template_covered", cell=name)
        cell = self._cell(name)
        if cell.find(f"{MAIN}f") is not None:
            raise Refused("template_formula", cell=name)
        for child in list(cell):
            cell.remove(child)
        if _NUMBER.fullmatch(value):
            if "t" in cell.attrib:
                del cell.attrib["t"]
            etree.SubElement(cell, f"{MAIN}v").text = value
            return
        cell.set("t", "inlineStr")
        inline = etree.SubElement(cell, f"{MAIN}is")
        etree.SubElement(inline, f"{MAIN}t").text = value

    def _cell(self, name: str) -> etree._Element:
        row_number = int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        row = _placed(self._data, f"{MAIN}row", str(row_number), lambda each: int(each.get("r", "0")) - row_number)
        of = _place(name)
        return _placed(row, f"{MAIN}c", name, lambda each: _place(each.get("r", "A1"))[1] - of[1])


def _placed(parent: etree._Element, tag: str, name: str, after: Callable[[etree._Element], int]) -> etree._Element:
    """The child of this name; a new one stands where it belongs."""
    later = len(parent)
    for at, child in enumerate(parent):
        distance = after(child)
        if distance == 0:
            return child
        if distance > 0:
            later = at
            break
    new = etree.Element(tag)
    new.set("r", name)
    parent.insert(later, new)
    return new


def _place(name: str) -> tuple[int, int]:
    """Row and column, from 1."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :] or 0), column


def _covers(area: str, name: str) -> bool:
    """Whether a merged area hides the cell: it is in it, and not its first."""
    start, _, end = area.partition(":")
    if not end or name == start:
        return False
    (top, left), (bottom, right), (row, column) = _place(start), _place(end), _place(name)
    return top <= row <= bottom and left <= column <= right


def _sheet_path(parts: Mapping[str, bytes], name: str) -> str:
    """Where the sheet of this name is kept («»: the first)."""
    try:
        sheets = _parsed(parts["xl/workbook.xml"]).find(f"{MAIN}sheets")
        relations = {each.get("Id"): each.get("Target", "") for each in _parsed(parts["xl/_rels/workbook.xml.rels"])}
    except KeyError:
        raise Refused("template_no_workbook") from None
    for each in sheets if sheets is not None else ():
        if not name or each.get("name") == name:
            to = relations[each.get(R_ID)]
            return to.lstrip("/") if to.startswith("/") else f"xl/{to}"
    raise Refused("template_no_sheet", sheet=name)


def _calculated_anew(workbook: bytes) -> bytes:
    """What the sheet's formulas come to is worked out when it is opened: the values kept beside them are old."""
    root = _parsed(workbook)
    calc = root.find(f"{MAIN}calcPr")
    if calc is None:
        calc = etree.Element(f"{MAIN}calcPr")
        names = ("definedNames", "externalReferences", "functionGroups", "sheets")
        after = next(found for name in names if (found := root.find(f"{MAIN}{name}")) is not None)
        after.addnext(calc)
    calc.set("fullCalcOnLoad", "1")
    return _bytes(root)


def _packed(order: Sequence[ZipInfo], parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as book:
        for each in order:
            book.writestr(each, parts[each.filename], compress_type=each.compress_type)
    return file.getvalue()


def _parsed(xml: bytes) -> etree._Element:
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise Refused("template_no_workbook") from None


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _text(of: etree._Element) -> str:
    return "".join(each.text or "" for each in of.iter(f"{MAIN}t"))
