"""What the formulas of our workbooks come to: cells, ranges, sums, counts and arithmetic, read without a spreadsheet."""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

_TOKEN = re.compile(r"\s*(?:([A-Z]+)\(|(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)|(\d+(?:\.\d+)?)|([-+*/(),;]))")

Number = int | float


def worked_out(sheet: Worksheet, formula: str) -> Number:
    """The value of «=SUM(D7:D9)+12». Raises ValueError for what this reader does not know."""
    reader = _Reader(sheet, list(_tokens(formula.removeprefix("="))))
    value = reader.added()
    if reader.at != len(reader.tokens):
        raise ValueError(f"{formula} is not understood after {reader.tokens[: reader.at]}")
    return value


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise ValueError(f"{text[place:]} is not understood")
        kind = ("call", "cells", "number", "sign")[(found.lastindex or 1) - 1]
        yield kind, found[found.lastindex or 1]
        place = found.end()


class _Reader:
    def __init__(self, sheet: Worksheet, tokens: list[tuple[str, str]]) -> None:
        self.sheet, self.tokens, self.at = sheet, tokens, 0

    def _next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            return "", ""
        self.at += 1
        return self.tokens[self.at - 1]

    def _is(self, *signs: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] in [("sign", sign) for sign in signs]

    def added(self) -> Number:
        value = self._multiplied()
        while self._is("+", "-"):
            _, sign = self._next()
            other = self._multiplied()
            value = value + other if sign == "+" else value - other
        return value

    def _multiplied(self) -> Number:
        value = self._one()
        while self._is("*"):
            self._next()
            value = value * self._one()
        return value

    def _one(self) -> Number:
        kind, text = self._next()
        if kind == "number":
            return float(text) if "." in text else int(text)
        if (kind, text) == ("sign", "-"):
            return -self._one()
        if (kind, text) == ("sign", "("):
            value = self.added()
            self._next()
            return value
        if kind == "cells":
            return sum(_numbers(self.sheet, text))
        if kind == "call" and text in ("SUM", "COUNT"):
            values: list[Number] = []
            while not self._is(")"):
                if self.at < len(self.tokens) and self.tokens[self.at][0] == "cells":
                    values += _numbers(self.sheet, self._next()[1])
                elif self._is(",", ";"):
                    self._next()
                else:
                    values.append(self.added())
            self._next()
            return sum(values) if text == "SUM" else len(values)
        raise ValueError(f"{text or 'the end'} is not understood")


def _numbers(sheet: Worksheet, cells: str) -> list[Number]:
    """The numbers in a range; what a formula in it comes to counts too."""
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    found: list[Number] = []
    for row in sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True):
        found += [number for cell in row if (number := number_of(sheet, cell)) is not None]
    return found


def number_of(sheet: Worksheet, cell: Any) -> Number | None:
    """What a cell comes to; None where it holds no number."""
    if isinstance(cell, str) and cell.startswith("="):
        return worked_out(sheet, cell)
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else None
