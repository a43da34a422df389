"""A file of units as the desk brings it, CSV or a workbook: its text, and which of the three kinds of list it is."""

import csv
import re
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Literal
from zipfile import BadZipFile

from reporting.errors import Refused
from reporting.unpacked import check_unpacked

TableKind = Literal["units", "groups", "mergers"]
"""The list of units; which units are counted to which group; what becomes of which unit on which day."""

HEADS: Mapping[TableKind, tuple[str, ...]] = {
    "mergers": ("on", "old", "new"),
    "groups": ("group", "member"),
    "units": ("code", "name", "kind", "parent"),
}
"""The columns by which a list is known for what it is."""

MOST_ROWS_IN_CHAT = 500
"""A channel reads so many rows of a file; of one that has more nobody knows how many there are."""

_PLACE = re.compile(r"([A-Z]+)(\d+)")


def table_kind(text: str) -> TableKind | None:
    """Which list a table is by its heading; None: none of them."""
    head = {cell.strip() for cell in next(csv.reader(StringIO(text.lstrip("\ufeff"))), [])}
    return next((kind for kind, columns in HEADS.items() if head.issuperset(columns)), None)


def table_text(file: str, content: bytes) -> str:
    """The table as the text of a CSV file. Refused where it is neither UTF-8 nor, by the file's name, a workbook."""
    if not file.lower().endswith(".xlsx"):
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refused("file_not_utf8", file=file) from None
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        check_unpacked(content)
        sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
        return _csv([[_written(cell) for cell in row] for row in sheet.iter_rows()])
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError, SyntaxError, OSError):
        raise Refused("units_no_workbook", file=file) from None


def table_of_cells(cells: Mapping[str, tuple[str, str]]) -> str:
    """The same of cells by their places («B2»), as a channel hands them on."""
    rows: dict[int, dict[int, str]] = {}
    for place, (_, text) in cells.items():
        if found := _PLACE.fullmatch(place):
            rows.setdefault(int(found[2]), {})[_column(found[1])] = text
    wide = max((column for row in rows.values() for column in row), default=0)
    return _csv(
        [
            [rows.get(row, {}).get(column, "") for column in range(1, wide + 1)]
            for row in range(1, max(rows, default=0) + 1)
        ]
    )


def last_row(cells: Mapping[str, tuple[str, str]]) -> int:
    """The number of the last row in which a cell is filled."""
    return max((int(found[2]) for place in cells if (found := _PLACE.fullmatch(place))), default=0)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _written(cell: Any) -> str:
    """A cell's text; a number that is shown with leading noughts has them («00001»)."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if isinstance(value, int) and re.fullmatch("0+", str(cell.number_format)):
        return str(value).zfill(len(cell.number_format))
    return str(value)


def _csv(rows: list[list[str]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
