"""Figures as files: CSV, JSON, Excel. ISO dates and plain numbers, for programs to read."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from reporting.harmless_cells import harmless_row

if TYPE_CHECKING:  # who asks for help need not wait for the database's library
    from services.export_figures import ExportedFigure

HEAD = ("date", "unit", "indicator", "value")
HEAD_AS_NOW = (*HEAD, "units")
"""«5/7»: so many of the former units have the figure, of so many that reported then."""


def write_csv(rows: "Sequence[ExportedFigure]") -> bytes:
    """UTF-8, a line a figure."""
    text = StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(_head(rows))
    out.writerows(
        harmless_row((each.on.isoformat(), each.unit, each.indicator, _plain(each.value), *_units(each)))
        for each in rows
    )
    return text.getvalue().encode()


def write_json(rows: "Sequence[ExportedFigure]") -> bytes:
    """A list of objects; numbers as numbers."""
    objects = [
        dict(
            zip(
                _head(rows),
                (each.on.isoformat(), each.unit, each.indicator, _number(each.value), *_units(each)),
                strict=True,
            )
        )
        for each in rows
    ]
    return (json.dumps(objects, ensure_ascii=False, indent=1) + "\n").encode()


def write_xlsx(rows: "Sequence[ExportedFigure]") -> bytes:
    """A workbook of one sheet; no text in it is ever a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    from bot.drawing.cells import clean_cell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("figures")
    sheet.append(_head(rows))
    for row in rows:
        said = (row.unit, row.indicator, _number(row.value), *_units(row))
        cells = [WriteOnlyCell(sheet, clean_cell(each) if isinstance(each, str) else each) for each in said]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
        sheet.append([row.on, *cells])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _head(rows: "Sequence[ExportedFigure]") -> tuple[str, ...]:
    return HEAD_AS_NOW if any(each.units is not None for each in rows) else HEAD


def _units(row: "ExportedFigure") -> tuple[str, ...]:
    return () if row.units is None else (f"{row.units[0]}/{row.units[1]}",)


def _number(value: int | Decimal | str | None) -> float | int | str | None:
    return float(value) if isinstance(value, Decimal) else value


def _plain(value: int | Decimal | str | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """How figures are written; `is_text`: they can be shown on a terminal."""

    write: "Callable[[Sequence[ExportedFigure]], bytes]"
    is_text: bool = True


FORMATS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat(write_csv),
    "json": ExportFormat(write_json),
    "xlsx": ExportFormat(write_xlsx, is_text=False),
}
"""By the name that is typed; the first goes without saying."""
