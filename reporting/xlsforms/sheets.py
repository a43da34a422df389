"""A form's sheets as rows of text, from a workbook, a CSV file or tables in Markdown; rows are numbered as a spreadsheet does."""

import csv
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile

from reporting.unpacked import check_unpacked
from reporting.xlsforms.old_workbooks import old_sheets
from reporting.xlsforms.packed import unpack
from reporting.xlsforms.problems import BadForm, Problem

KNOWN = ("survey", "choices", "settings", "external_choices", "osm", "entities")
MOST_ROWS = 5_000
MOST_COLUMNS = 300
EMPTY_RUN = 60
"""After so many empty rows a sheet is taken to have ended, as in pyxform."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`headers` as they are written, «» where a column has none; `rows` without the empty ones."""

    name: str
    headers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Sheets:
    """The sheets of a form by name; `others` are those that an XLSForm has no use for.

    `beside`: files with lists, by their names in lower case. `unworked`: the cells of formulas that no spreadsheet program has
    worked out, which are empty here.
    """

    file_name: str
    of_name: Mapping[str, Sheet] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    unworked: tuple[Problem, ...] = ()
    beside: Mapping[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        return self.of_name.get(name) or Sheet(name)


def read_sheets(source: bytes, file_name: str) -> Sheets:
    """The sheets of a form file (.xlsx, .xls, .csv, .md by its name, or one of them in a .zip with the files beside it).

    Raises BadForm if it cannot be opened.
    """
    if PurePath(file_name).suffix.lower() == ".zip":
        return _unpacked(source, file_name)
    reader = _READERS.get(PurePath(file_name).suffix.lower())
    if reader is None:
        raise BadForm([Problem("", 0, "", "suffix", {"file": file_name})])
    tables = {name: rows for name, rows in reader(source, file_name).items() if rows}
    names = {name: name.strip().lower() for name in tables}
    if len(tables) == 1 and not set(names.values()) & set(KNOWN):
        names = dict.fromkeys(names, "survey")
    sheets = {names[title]: _sheet(names[title], rows) for title, rows in tables.items() if names[title] in KNOWN}
    others = tuple(title for title in tables if names[title] not in KNOWN)
    unworked: tuple[Problem, ...] = ()
    if reader is _read_workbook:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            unworked = tuple(_unworked(source, names, sheets))
    return Sheets(file_name, sheets, others, unworked)


def _sheet(name: str, rows: list[list[str]]) -> Sheet:
    headers = tuple(" ".join(header.split()) for header in rows[0])
    width = max((index for index, header in enumerate(headers, 1) if header), default=0)
    below = (Row(number, tuple(map(_plainly_spaced, cells[:width]))) for number, cells in enumerate(rows[1:], 2))
    return Sheet(name, headers[:width], tuple(row for row in below if any(row.cells)))


def _plainly_spaced(cell: str) -> str:
    """Without spaces that do not break, which a workbook's cells lose as well."""
    return cell.replace("\u00a0", " ")


def _unpacked(source: bytes, file_name: str) -> Sheets:
    """A form with the lists that lie beside it (see `packed`)."""
    try:
        files = unpack(source)
    except (BadZipFile, OSError, RuntimeError) as error:
        raise _unreadable(file_name) from error
    form = next((name for name in files if PurePath(name).suffix.lower() in _READERS and _is_form(name, files)), "")
    if not form:
        raise _unreadable(file_name)
    beside = {
        PurePath(name).name.lower(): _sheet(name, rows)
        for name, content in files.items()
        if name != form and (rows := _rows_of_csv(content))
    }
    return replace(read_sheets(files[form], form), beside=beside)


def _is_form(name: str, files: Mapping[str, bytes]) -> bool:
    """A CSV file is a form only where nothing else is."""
    others = [each for each in files if PurePath(each).suffix.lower() in (".xlsx", ".xlsm", ".xls", ".md")]
    return name in others or not others


def _rows_of_csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    rows = csv.reader(StringIO(text, newline=""), delimiter=";" if _is_by_semicolons(text) else ",")
    return [[cell.strip() for cell in row] for row in rows]


def _is_by_semicolons(text: str) -> bool:
    head = text.partition("\n")[0]
    return head.count(";") > head.count(",")


def _read_old_workbook(source: bytes, file_name: str) -> dict[str, list[list[str]]]:
    try:
        return {title: _until_empty(rows) for title, rows in old_sheets(source, MOST_ROWS, MOST_COLUMNS)}
    except Exception as error:  # whatever xlrd makes of it
        raise _unreadable(file_name) from error


def _unreadable(file_name: str) -> BadForm:
    return BadForm([Problem("", 0, "", "unreadable", {"file": file_name})])


def _read_workbook(source: bytes, file_name: str) -> dict[str, list[list[str]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            check_unpacked(source)
            workbook = load_workbook(BytesIO(source), read_only=True, data_only=True)
            tables = {}
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()
                tables[sheet.title] = _until_empty(
                    sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=MOST_ROWS)
                )
            workbook.close()
    except (BadZipFile, InvalidFileException, KeyError, OSError, TypeError, ValueError, EOFError, SyntaxError) as error:
        raise _unreadable(file_name) from error
    return tables


def _unworked(source: bytes, names: Mapping[str, str], sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """`names`: of the sheets by their titles. Nearly no form holds a formula, and then nothing is read a second time."""
    from zipfile import ZipFile

    from openpyxl import load_workbook

    with ZipFile(BytesIO(source)) as packed:
        sources = (packed.read(each) for each in packed.namelist() if each.startswith("xl/worksheets/"))
        if not any(re.search(b"<f[ />]", each) for each in sources):
            return
    values, written = (load_workbook(BytesIO(source), read_only=True, data_only=only) for only in (True, False))
    for title in names:
        sheet = sheets.get(names[title])
        if sheet is None:
            continue
        both = (book[title].iter_rows(max_col=len(sheet.headers), max_row=MOST_ROWS) for book in (values, written))
        for shown, cells in zip(*both, strict=False):
            for value, cell in zip(shown, cells, strict=False):
                if cell.data_type == "f" and value.value is None and value.data_type == "n":
                    said = {"cell": cell.coordinate, "formula": cell.value}
                    yield Problem(sheet.name, cell.row, sheet.headers[cell.column - 1], "formula", said)


def _until_empty(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    table: list[list[str]] = []
    empty = 0
    for row in rows:
        cells = [_cell(value) for value in row]
        empty = 0 if any(cells) else empty + 1
        if empty > EMPTY_RUN:
            break
        table.append(cells)
    return table if any(map(any, table)) else []


def _cell(value: Any) -> str:
    """A cell of a workbook as pyxform reads it: TRUE, whole numbers without «.0», dates in ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\u00a0", " ").strip()


def _text(source: bytes, file_name: str) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadForm([Problem("", 0, "", "encoding", {"file": file_name})]) from error


def _read_csv(source: bytes, file_name: str) -> dict[str, list[list[str]]]:
    """Either the survey sheet alone, or every sheet, its name in the first column of a row of its own (as pyxform writes it)."""
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(_text(source, file_name), newline=""))]
    except csv.Error as error:
        raise _unreadable(file_name) from error
    if rows and "type" in (cell.lower() for cell in rows[0]):
        return {"survey": rows[:MOST_ROWS]}
    return _sectioned(rows)


def _read_markdown(source: bytes, file_name: str) -> dict[str, list[list[str]]]:
    """Tables whose first column names the sheet where one begins (pyxform's way); rules between rows do not count as rows."""
    return _sectioned(_table_rows(_text(source, file_name)))


def _table_rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        table = re.fullmatch(r"\s*\|(.*)\|\s*", line)
        if table and not re.fullmatch(r"[\s|:\-]+", table[1]):
            yield [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", table[1])]
        elif table and "-" not in table[1]:
            yield []


def _sectioned(rows: Iterable[list[str]]) -> dict[str, list[list[str]]]:
    """Rows by the sheet that the last filled first cell names; that row's other cells, if any, are the sheet's first row."""
    tables: dict[str, list[list[str]]] = {}
    name = ""
    for row in rows:
        if row and row[0]:
            name = row[0]
            tables.setdefault(name, [])
        if name and len(tables[name]) < MOST_ROWS and (any(row[1:]) or (tables[name] and not (row and row[0]))):
            tables[name].append(row[1:])
    return tables


_READERS: Mapping[str, Callable[[bytes, str], dict[str, list[list[str]]]]] = {
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
    ".xls": _read_old_workbook,
    ".csv": _read_csv,
    ".md": _read_markdown,
}
