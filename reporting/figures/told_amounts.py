"""What the public is told of a count: the count itself or, of few people's personal matters, only between what it lies."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A number that is told as it is, or held back and told to lie from `low` to `high`."""

    low: Number
    high: Number

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_few(self) -> bool:
        """Whether «fewer than» says all that is told."""
        return not self.is_exact and self.low in (0, 1)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.low + other.low, self.high + other.high)


def exactly(value: Number) -> Amount:
    return Amount(value, value)


def at_least(amount: Amount) -> Amount:
    """What it may come to when more is added to it."""
    return Amount(amount.low, Decimal("Infinity"))


def amount_told(value: Number, suppress_below: int | None, in_few: bool = False) -> Amount:
    """A unit's count as it is told: one from 1 up to the threshold is held back. Zero is told: there is nobody behind it.

    `in_few`: a whole that it is part of is told, and is one from 1 up to the threshold. Of one patient, 0 at home told and 1 held
    back would come to the same as both told; so 0 is held back too. The whole is no bound of what is told: a correction of an
    earlier day may leave it smaller than its part.
    """
    if suppress_below is None or not 0 <= value < suppress_below or (value == 0 and not in_few):
        return exactly(value)
    return Amount(0 if in_few else 1, suppress_below - 1)


def total_told(amounts: Iterable[Amount]) -> Amount:
    """The sum, over units or days, as it follows from what is told of each: neither it nor its changes tell any more than that."""
    low: Number = 0
    high: Number = 0
    for each in amounts:
        low, high = low + each.low, high + each.high
    return Amount(low, high)


def within_bounds(amount: Amount, least: Number | None, most: Number | None) -> bool | None:
    """Whether an amount lies between two ends, both included; None: what is told of it does not say."""
    if (least is not None and amount.high < least) or (most is not None and amount.low > most):
        return False
    if (least is None or amount.low >= least) and (most is None or amount.high <= most):
        return True
    return None
