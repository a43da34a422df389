"""Numbers as they are kept: exact, as millionths."""

from decimal import Decimal
from typing import overload

MILLION = 1_000_000
PLACES = 6
"""So many digits are kept after the point."""
LARGEST = 9_000_000_000_000
"""The largest number that can be kept (it must fit 64 bits as millionths)."""


def to_amount(value: int | Decimal) -> int:
    """A number as millionths. ValueError if it is too large or has more than six digits after the point."""
    if type(value) is int and -LARGEST <= value <= LARGEST:  # by far the most, and quicker
        return value * MILLION
    amount = Decimal(value) * MILLION
    if amount != amount.to_integral_value() or abs(amount) > LARGEST * MILLION:
        raise ValueError(value)
    return int(amount)


def sum_to_amount(value: int | Decimal) -> int:
    """A sum of such numbers as millionths, however large."""
    return int(Decimal(value) * MILLION)


def to_keep(number: Decimal) -> Decimal | None:
    """A number that was worked out, as it can be kept: rounded to six digits after the point; None if it is infinite or too large."""
    if not number.is_finite() or abs(number) > LARGEST:
        return None
    return number.quantize(Decimal(1) / MILLION).normalize() + 0


def from_amount(amount: int) -> int | Decimal:
    """Millionths as the number that they are: an int where it is whole."""
    whole, rest = divmod(amount, MILLION)
    return whole if rest == 0 else (Decimal(amount) / MILLION).normalize()


@overload
def number(value: int | Decimal) -> int | float: ...
@overload
def number(value: None) -> None: ...
@overload
def number(value: int | Decimal | None) -> int | float | None: ...
def number(value: int | Decimal | None) -> int | float | None:
    """A number as JSON has it: whole, or as a float, which holds our six digits after the point."""
    return (
        float(value) if isinstance(value, Decimal) and value != int(value) else value if value is None else int(value)
    )
