"""Sums of amounts that go beyond 64 bits: two of the largest do, and SQLite adds up no wider numbers."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column

BITS = 32
_BITS: ColumnElement[int] = literal_column(f"{BITS}")
_LOW: ColumnElement[int] = literal_column(f"{(1 << BITS) - 1}")
"""As the statement's own numbers: PostgreSQL moves a bigint by an integer, and would take a parameter for a bigint."""


def sums_of_halves(amount: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The sums of the amounts' high and of their low 32 bits; over any number of rows there may be, neither is too large."""
    return func.sum(amount.op(">>")(_BITS)), func.sum(amount.op("&")(_LOW))


def whole_sum(high: Any, low: Any) -> int:
    """The sum that a row's two halves make, exact."""
    return (int(high) << BITS) + int(low)
