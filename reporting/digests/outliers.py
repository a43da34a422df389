"""Which figures stand out: a rule that counts neither on normal days nor on large numbers, and that words can explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

Number = int | Decimal

NEEDED = 7
"""Fewer earlier values than this say nothing about what is usual."""

SPREADS = 3.5
"""How many spreads from the usual a value must lie (Iglewicz and Hoffman, 1993)."""

SPREAD_OF_MAD = 1.4826
"""The median absolute deviation times this estimates a standard deviation (Hampel)."""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A value far from a unit's own usual one. `usual`: the median of `days` earlier values, `least` and `most` their bounds.

    `distance`: in spreads, positive above the usual. `first`: none of the earlier values was other than zero.
    """

    value: Number
    usual: Number
    least: Number
    most: Number
    days: int
    distance: float

    @property
    def first(self) -> bool:
        return self.most == 0 == self.least

    @property
    def is_high(self) -> bool:
        return self.distance > 0


def outlier(value: Number, earlier: Sequence[Number], *, rare: bool = False) -> Outlier | None:
    """`value` as an outlier among `earlier` values of the same unit, or None where it is usual or too little is known.

    The usual is the median; the spread is the largest of 1.4826 times the median absolute deviation, the root of the median
    (what counts of chance events scatter by), and 1, so that small counts may come and go. A value stands out when it lies
    more than three and a half spreads off and outside all earlier values. `rare`: the event hardly ever happens anywhere, so that its
    first time after nothing but zeros stands out.
    """
    if len(earlier) < NEEDED:
        return None
    usual = _median(earlier)
    deviation = _median([each - usual if each > usual else usual - each for each in earlier])
    spread = max(SPREAD_OF_MAD * float(deviation), sqrt(abs(float(usual))), 1.0)
    distance = float(value - usual) / spread
    least, most = min(earlier), max(earlier)
    is_far = abs(distance) > SPREADS and not least <= value <= most
    if not is_far and not (rare and value > 0 and most == 0 == least):
        return None
    return Outlier(value, usual, least, most, len(earlier), distance)


def _median(values: Sequence[Number]) -> Number:
    """The median, exact: `statistics.median` makes a float of two whole numbers, which does not go with a Decimal."""
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    pair = Decimal(ordered[middle - 1] + ordered[middle]) / 2
    return int(pair) if pair == int(pair) else pair
