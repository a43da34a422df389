"""Figures as files: CSV, JSON, Excel. ISO dates and plain numbers, for programs to read; written as they are read, row by row."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from reporting.harmless_cells import harmless_cell

if TYPE_CHECKING:  # who asks for help need not wait for the database's library
    from services.export_figures import ExportedFigure

HEAD = ("date", "unit", "indicator", "value")
HEAD_AS_NOW = (*HEAD, "units")
"""«5/7»: so many of the former units have the figure, of so many that reported then."""
TOGETHER = 1000
"""So many rows are written at once."""
_text = json.JSONEncoder(ensure_ascii=False).encode


def write_csv(rows: "Iterable[ExportedFigure]", file: IO[bytes]) -> None:
    """UTF-8, a line a figure."""
    head, rows = _head(rows)
    file.write((",".join(head) + "\n").encode())
    for some in _written(rows, ",".join(["%s"] * len(head)) + "\n", _csv_cell, lambda value: _csv_cell(_plain(value))):
        file.write("".join(some).encode())


def _csv_cell(text: str) -> str:
    """A cell of a row that has others; a row put together of them takes half as long as csv takes for it."""
    row = StringIO(newline="")
    csv.writer(row, lineterminator="\n").writerow((harmless_cell(text), ""))
    return row.getvalue().removesuffix(",\n")


def write_json(rows: "Iterable[ExportedFigure]", file: IO[bytes]) -> None:
    """A list of objects; numbers as numbers."""
    head, rows = _head(rows)
    row = " {\n" + ",\n".join(f'  "{name}": %s' for name in head) + "\n }"
    between = "\n"
    file.write(b"[")
    for some in _written(rows, row, _text, lambda value: _text(_number(value))):
        file.write((between + ",\n".join(some)).encode())
        between = ",\n"
    file.write(b"]\n" if between == "\n" else b"\n]\n")


def write_xlsx(rows: "Iterable[ExportedFigure]", file: IO[bytes]) -> None:
    """A workbook of one sheet, or of more where they do not fit; no text in it is ever a formula."""
    from bot.cli.plain_workbook import SheetRows, write_workbook

    head, rows = _head(rows)
    cells = (
        (each.on, each.unit, each.indicator, each.value, *([_units(each.units)] if head is HEAD_AS_NOW else []))
        for each in rows
    )
    write_workbook(file, [SheetRows("figures", head, cells)])


def _head(rows: "Iterable[ExportedFigure]") -> "tuple[tuple[str, ...], Iterator[ExportedFigure]]":
    """The names of the columns, and the rows again."""
    more = iter(rows)
    first = list(islice(more, 1))
    return HEAD_AS_NOW if any(each.units is not None for each in first) else HEAD, chain(first, more)


class _Known(dict[Any, str]):
    """What there is again and again, as it is written: worked out once."""

    def __init__(self, write: "Callable[[Any], str]") -> None:
        super().__init__()
        self._write = write

    def __missing__(self, key: Any) -> str:
        written = self[key] = self._write(key)
        return written


def _written(
    rows: "Iterable[ExportedFigure]", row: str, text: "Callable[[str], str]", value: "Callable[[Any], str]"
) -> Iterator[list[str]]:
    """The rows as they are written, many at a time. `row`: with a %s for each of its cells."""
    days, texts, waiting = _Known(lambda on: text(on.isoformat())), _Known(text), iter(rows)
    while some := list(islice(waiting, TOGETHER)):
        if some[0].units is not None:
            yield [
                row % (days[on], texts[unit], texts[indicator], value(cell), text(_units(units)))
                for on, unit, indicator, cell, units in some
            ]
            continue
        yield [  # whole numbers are by far the most
            row % (days[on], texts[unit], texts[indicator], cell if type(cell) is int else value(cell))
            for on, unit, indicator, cell, _ in some
        ]


def _units(units: tuple[int, int] | None) -> str:
    return "" if units is None else f"{units[0]}/{units[1]}"


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
