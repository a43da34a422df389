"""The rows of a CSV file that the desk brings."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from reporting.errors import Refused


def read_rows(
    text: str, columns: Sequence[str], wanted: Sequence[str], refusal: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that are not empty, with their numbers, which count from 1 with the heading; cells by the names of `columns`.

    Raises Refused with the key `refusal` where columns of `wanted` are missing, or where it is no CSV.
    """
    rows = csv.DictReader(StringIO(text.lstrip("\ufeff")))
    number = 1
    try:
        missing = [name for name in wanted if name not in (rows.fieldnames or ())]
        if missing:
            raise Refused(refusal, columns=", ".join(missing), wanted=",".join(columns))
        for number, row in enumerate(rows, start=2):
            if any(row.values()):
                yield number, {name: (row.get(name) or "").strip() for name in columns}
    except csv.Error:
        raise Refused("csv_broken", row=str(number)) from None
