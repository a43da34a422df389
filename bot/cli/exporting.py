"""Figures as files: CSV, JSON, Excel. ISO dates and plain numbers, for programs to read; written as they are read, row by row."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import TextIOWrapper
from itertools import chain, islice
from typing import IO, TYPE_CHECKING

from reporting.harmless_cells import harmless_row

if TYPE_CHECKING:  # who asks for help need not wait for the database's library
    from services.export_figures import ExportedFigure

HEAD = ("date", "unit", "indicator", "value")
HEAD_AS_NOW = (*HEAD, "units")
"""«5/7»: so many of the former units have the figure, of so many that reported then."""
_text = json.JSONEncoder(ensure_ascii=False).encode


def write_csv(rows: "Iterable[ExportedFigure]", file: IO[bytes]) -> None:
    """UTF-8, a line a figure."""
    head, rows = _head(rows)
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    out = csv.writer(text, lineterminator="\n")
    out.writerow(head)
    out.writerows(
        harmless_row((each.on.isoformat(), each.unit, each.indicator, _plain(each.value), *_units(each)))
        for each in rows
    )
    text.detach()


def write_json(rows: "Iterable[ExportedFigure]", file: IO[bytes]) -> None:
    """A list of objects; numbers as numbers."""
    head, rows = _head(rows)
    names = [f'  "{name}": ' for name in head]
    text, between = TextIOWrapper(file, encoding="utf-8", newline=""), "\n"
    text.write("[")
    for each in rows:
        cells = (each.on.isoformat(), each.unit, each.indicator, _number(each.value), *_units(each))
        said = ",\n".join(name + _text(cell) for name, cell in zip(names, cells, strict=True))
        text.write(f"{between} {{\n{said}\n }}")
        between = ",\n"
    text.write("]\n" if between == "\n" else "\n]\n")
    text.detach()


def write_xlsx(rows: "Iterable[ExportedFigure]", file: IO[bytes]) -> None:
    """A workbook of one sheet, or of more where they do not fit; no text in it is ever a formula."""
    from bot.cli.plain_workbook import write_workbook

    head, rows = _head(rows)
    cells = ((each.on, each.unit, each.indicator, each.value, *_units(each)) for each in rows)
    write_workbook(file, "figures", head, cells)


def _head(rows: "Iterable[ExportedFigure]") -> "tuple[tuple[str, ...], Iterator[ExportedFigure]]":
    """The names of the columns, and the rows again."""
    more = iter(rows)
    first = list(islice(more, 1))
    return HEAD_AS_NOW if any(each.units is not None for each in first) else HEAD, chain(first, more)


def _units(row: "ExportedFigure") -> tuple[str, ...]:
    return () if row.units is None else (f"{row.units[0]}/{row.units[1]}",)


def _number(value: int | Decimal | str | None) -> float | int | str | None:
    return float(value) if isinstance(value, Decimal) else value


def _plain(value: int | Decimal | str | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """How figures are written; `is_text`: they can be shown on a terminal."""

    write: "Callable[[Iterable[ExportedFigure], IO[bytes]], None]"
    is_text: bool = True


FORMATS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat(write_csv),
    "json": ExportFormat(write_json),
    "xlsx": ExportFormat(write_xlsx, is_text=False),
}
"""By the name that is typed; the first goes without saying."""
