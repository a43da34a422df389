"""What the public is told of a count: the count itself or, of few people's personal matters, only between what it lies."""

from collections.abc import Sequence
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

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.low + other.low, self.high + other.high)


def exactly(value: Number) -> Amount:
    return Amount(value, value)


def told(value: Number, suppress_below: int | None) -> Amount:
    """A unit's count as it is told: one from 1 up to the threshold is held back. Zero is told: there is nobody behind it."""
    if suppress_below is None or value == 0 or not 0 < value < suppress_below:
        return exactly(value)
    return Amount(1, suppress_below - 1)


@dataclass(frozen=True, slots=True)
class Part:
    """A count and what is told of it."""

    value: Number
    amount: Amount


def part(value: Number, suppress_below: int | None) -> Part:
    return Part(value, told(value, suppress_below))


def total(parts: Sequence[Part]) -> Part:
    """The sum over units. It is told only if what is held back cannot be worked out of it.

    One count held back would be the total less the others; two or more would be known if they can only all be as small, or
    all as large, as may be. Then the total too is only told to lie between the sums of what is told.
    """
    value = sum((each.value for each in parts), start=0)
    held = [each for each in parts if not each.amount.is_exact]
    between = sum((each.amount for each in parts), start=exactly(0))
    inside = sum((each.value for each in held), start=0)
    low, high = sum((each.amount.low for each in held), start=0), sum((each.amount.high for each in held), start=0)
    if held and (len(held) == 1 or inside in (low, high)):
        return Part(value, between)
    return Part(value, exactly(value))


def over_time(parts: Sequence[Part]) -> Part:
    """The sum over periods. One asks for seven days and for six of them: what is held back of one day is so of every sum."""
    return Part(sum((each.value for each in parts), start=0), sum((each.amount for each in parts), start=exactly(0)))
