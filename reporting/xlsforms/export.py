"""A published form as a workbook that anybody can open, change and publish again: read again it is the same form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import PurePath

from reporting.xlsforms import sheet_columns
from reporting.xlsforms.packed import unpack
from reporting.xlsforms.reading import as_odk
from reporting.xlsforms.sheets import KNOWN, Row, Sheet, Sheets, read_sheets

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def exported(source: bytes, file_name: str, key: str, version: str) -> tuple[bytes, Mapping[str, bytes]]:
    """An .xlsx with the sheets of a form's file, cell by cell, and the lists that lie beside it, by name.

    `key` and `version` stand in its settings, whatever the file is called later.
    """
    sheets = read_sheets(source, file_name)
    settings = _with_settings(sheets.sheet("settings"), {"form_id": key, "version": version})
    written = {**{name: sheets.of_name[name] for name in KNOWN if name in sheets.of_name}, "settings": settings}
    return _workbook(written), _beside(source, file_name, sheets)


def _with_settings(sheet: Sheet, wanted: Mapping[str, str]) -> Sheet:
    """The sheet with these settings, which it keeps as they stand where it has them."""
    has = {column.base: column.index for column in sheet_columns.columns_of(sheet, []) if not column.language}
    row = sheet.rows[0] if sheet.rows else Row(2, ())
    headers, cells = list(sheet.headers), [*row.cells, *[""] * (len(sheet.headers) - len(row.cells))]
    for name, value in wanted.items():
        if name not in has:
            headers.append(name)
            cells.append(value)
        elif not cells[has[name]].strip():
            cells[has[name]] = value
    return replace(sheet, headers=tuple(headers), rows=(Row(row.number, tuple(cells)), *sheet.rows[1:]))


def _workbook(sheets: Mapping[str, Sheet]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    for name, sheet in sheets.items():
        page = book.create_sheet(name)
        for number, cells in _rows(sheet):
            for at, text in enumerate(cells, 1):
                if not text:
                    continue
                cell = page.cell(number, at)
                assert isinstance(cell, Cell)
                cell.value = _NOT_IN_XML.sub(" ", text)
                cell.data_type = "s"  # «=1+1» and «12» are texts here, as they were read
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        for at, header in enumerate(sheet.headers):
            widest = max([len(header), *(len(row.cells[at]) for row in sheet.rows if at < len(row.cells))])
            page.column_dimensions[page.cell(1, at + 1).column_letter].width = min(max(widest + 2, 8), 48)
        page.freeze_panes = "A2"
    del book[book.sheetnames[0]]
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    at_type = next((at for at, header in enumerate(sheet.headers) if header.lower() == "type"), -1)
    yield 1, sheet.headers
    for row in sheet.rows:
        yield row.number, tuple(as_odk(cell) if at == at_type else cell for at, cell in enumerate(row.cells))


def _beside(source: bytes, file_name: str, sheets: Sheets) -> dict[str, bytes]:
    if PurePath(file_name).suffix.lower() != ".zip":
        return {}
    files = {PurePath(name).name.lower(): content for name, content in unpack(source).items()}
    return {name: files[name] for name in sheets.beside}
