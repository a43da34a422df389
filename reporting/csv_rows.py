"""The rows of a CSV file that the desk brings."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from reporting.errors import Refused


def read_rows(
    text: str | Iterable[str], columns: Sequence[str], wanted: Sequence[str], refusal: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows as `cell_rows` has them, their cells by the names of `columns`."""
    for number, cells in cell_rows(text, columns, wanted, refusal):
        yield number, dict(zip(columns, cells, strict=True))


def cell_rows(
    text: str | Iterable[str], columns: Sequence[str], wanted: Sequence[str], refusal: str
) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with their numbers, which count from 1 with the heading; cells in the order of `columns`.

    `text`: all of it, or line by line as a file is read. Raises Refused with the key `refusal` where columns of `wanted` are
    missing, or where it is no CSV.
    """
    rows = csv.reader(StringIO(text.lstrip("\ufeff")) if isinstance(text, str) else text)
    number = 1
    try:
        places = {name: place for place, name in enumerate(next(rows, []))}
        missing = [name for name in wanted if name not in places]
        if missing:
            raise Refused(refusal, columns=", ".join(missing), wanted=",".join(columns))
        cells = [places.get(name, sys.maxsize) for name in columns]
        for number, row in enumerate(filter(None, rows), start=2):
            if any(row):
                yield number, [row[place].strip() if place < len(row) else "" for place in cells]
    except csv.Error:
        raise Refused("csv_broken", row=str(number)) from None
