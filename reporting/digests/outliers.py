"""Which figures stand out: those outside what is usual for the unit itself, and the first of an event that hardly ever happens."""

from dataclasses import dataclass

from reporting.figures.usual_range import Number, UsualRange


@dataclass(frozen=True, slots=True)
class Outlier:
    """A value outside the `usual` range of its unit, or the first after nothing but zeros (`first`)."""

    value: Number
    usual: UsualRange

    @property
    def first(self) -> bool:
        return not self.usual.by_desk and self.usual.most == 0 == self.usual.least and self.usual.base == 0

    @property
    def above(self) -> Number:
        """The value as the range is told: of what is cumulative what it has grown by."""
        return self.value - self.usual.base

    @property
    def is_high(self) -> bool:
        return self.usual.low is None or self.above > self.usual.low

    @property
    def distance(self) -> float:
        """How far it lies from the middle, where the bounds are one off: the farther, the sooner it is told of."""
        low, high = self.usual.low, self.usual.high
        if low is None or high is None:
            return abs(float(self.above - (low or high or 0)))
        return abs(2 * float(self.above) - float(low + high)) / max(float(high - low), 1.0)


def outlier(value: Number, usual: UsualRange | None, *, rare: bool = False) -> Outlier | None:
    """`value` as an outlier, or None where it is usual or too little is known of what is. `rare`: the event hardly ever happens
    anywhere, so that its first time after nothing but zeros stands out, however small.
    """
    if usual is None:
        return None
    found = Outlier(value, usual)
    return found if not usual.holds(value) or (rare and value > 0 and found.first) else None
