"""What the public is told of a count: the count itself or, of few people's personal matters, only between what it lies."""

from collections.abc import Iterable, Sequence
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


def within(amount: Amount, least: Number | None, most: Number | None) -> bool | None:
    """Whether an amount lies between two ends, both included; None: what is told of it does not say."""
    if (least is not None and amount.high < least) or (most is not None and amount.low > most):
        return False
    if (least is None or amount.low >= least) and (most is None or amount.high <= most):
        return True
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """A count and what is told of it."""

    value: Number
    amount: Amount


def part(value: Number, suppress_below: int | None) -> Part:
    return Part(value, told(value, suppress_below))


@dataclass(frozen=True, slots=True)
class Gathered:
    """Counts put together: their sum, what is told of them one by one, and the same of those among them that are `held` back."""

    value: Number
    told: Amount
    held: int
    held_value: Number
    held_told: Amount

    def __add__(self, other: "Gathered") -> "Gathered":
        return Gathered(
            self.value + other.value,
            self.told + other.told,
            self.held + other.held,
            self.held_value + other.held_value,
            self.held_told + other.held_told,
        )

    def total(self) -> Part:
        """The sum over units. It is told only if what is held back cannot be worked out of it.

        One count held back would be the total less the others; two or more would be known if they can only all be as small, or
        all as large, as may be. Then the total too is only told to lie between the sums of what is told.
        """
        is_known = self.held == 1 or (self.held and self.held_value in (self.held_told.low, self.held_told.high))
        return Part(self.value, self.told if is_known else exactly(self.value))


def gathered(one: Part) -> Gathered:
    if one.amount.is_exact:
        return Gathered(one.value, one.amount, 0, 0, exactly(0))
    return Gathered(one.value, one.amount, 1, one.value, one.amount)


NOTHING = Gathered(0, exactly(0), 0, 0, exactly(0))


def total(parts: Iterable[Part]) -> Part:
    """The sum over units, as far as it is told."""
    return sum(map(gathered, parts), start=NOTHING).total()


def over_time(parts: Sequence[Part]) -> Part:
    """The sum over periods. One asks for seven days and for six of them: what is held back of one day is so of every sum."""
    return Part(sum((each.value for each in parts), start=0), sum((each.amount for each in parts), start=exactly(0)))
