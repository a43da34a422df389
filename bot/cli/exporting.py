"""Figures as files: CSV, JSON, Excel. ISO dates and plain numbers, for programs to read."""

import csv
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

HEAD = ("date", "unit", "indicator", "value")
Row = tuple[date, str, str, int | Decimal | str | None]


def write_csv(rows: Sequence[Row]) -> bytes:
    """UTF-8, a line a figure."""
    text = StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEAD)
    out.writerows((day.isoformat(), unit, name, _plain(value)) for day, unit, name, value in rows)
    return text.getvalue().encode()


def write_json(rows: Sequence[Row]) -> bytes:
    """A list of objects; numbers as numbers."""
    objects = [
        {"date": day.isoformat(), "unit": unit, "indicator": name, "value": float(v) if isinstance(v, Decimal) else v}
        for day, unit, name, v in rows
    ]
    return (json.dumps(objects, ensure_ascii=False, indent=1) + "\n").encode()


def write_xlsx(rows: Sequence[Row]) -> bytes:
    """A workbook of one sheet; no text in it is ever a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("figures")
    sheet.append(HEAD)
    for day, unit, name, value in rows:
        number = float(value) if isinstance(value, Decimal) else value
        cells = [WriteOnlyCell(sheet, value=each) for each in (unit, name, number)]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
        sheet.append([day, *cells])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(value: int | Decimal | str | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
