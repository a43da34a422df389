"""Values on a line of pixels, zero always among them, and the round values at which a line helps to read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

SHORTEST = 2
"""Pixels of a bar of zero: it is there, and a missing one is not."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` (0 or less) at pixel `start` to `high` (0 or more) at `end`, which may be above or left of `start`."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[float | None], start: float, end: float) -> "Scale":
        """One on which all of them lie, and zero."""
        known = [0.0, *(value for value in values if value is not None)]
        low, high = min(known), max(known)
        return cls(low, high if high > low else low + 1, start, end)

    def at(self, value: float) -> float:
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)

    def bar(self, value: float) -> tuple[float, float]:
        """The pixels between which a bar from zero to the value lies, the lesser first; of zero it is a sliver towards `end`."""
        zero, at = self.at(0), self.at(value)
        if abs(at - zero) < SHORTEST:
            at = zero + (SHORTEST if (self.end > self.start) == (value >= 0) else -SHORTEST)
        return min(zero, at), max(zero, at)

    def ticks(self, most: int = 4, least: float = 0) -> list[float]:
        """At most so many steps of 1, 2 or 5 times a power of ten, of `least` at least: 1 where the values are whole."""
        rough = max((self.high - self.low) / most, least)
        power = 10.0 ** floor(log10(rough))
        step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough * (1 - 1e-9))
        first, last = -floor(-self.low / step + 1e-9), floor(self.high / step + 1e-9)
        return [round(step * each, 10) for each in range(first, last + 1)]
