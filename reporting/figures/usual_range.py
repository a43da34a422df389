"""The usual range of a unit's figure by its own history: one rule for what is doubted at entry and what stands out in a digest."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import NamedTuple

from reporting.forms import Kind
from reporting.period_types import PeriodKind, PeriodType, period_before

Number = int | Decimal

NEEDED = 7
"""Fewer earlier values than this say nothing about what is usual."""

SPREADS = 3.5
"""How many spreads from the usual a value must lie (Iglewicz and Hoaglin, 1993)."""

SPREAD_OF_MAD = 1.4826
"""The median absolute deviation times this estimates a standard deviation (Hampel)."""

NEWEST = 10
"""So many of the newest values say by themselves too what is usual, and how far it moves at once: an epidemic grows, and ends."""

WEEKS = 8
LOOKED_AT: Mapping[PeriodKind, int] = {"daily": 7 * WEEKS, "weekly": 26, "monthly": 24, "quarterly": 12}
"""How many earlier periods are looked at. Of longer ones none: before `NEEDED` are there what is usual has changed. Nor «on change»:
what comes when something happens has no usual size."""


class UsualRange(NamedTuple):
    """Between what a figure usually lies: `low` to `high` above `base`. `usual`: the median of `seen` earlier values, `least` and
    `most` their bounds, above `base` too.

    `base`: of what is cumulative the value of the period before, so that what it grows by is told; else 0. `of_weekday`: only values
    of the same weekday are meant, as it differs from the days around it. `by_desk`: a person has said so, and a side that is None has
    no bound; nothing is known of earlier values then.
    """

    low: Number | None
    high: Number | None
    usual: Number = 0
    least: Number = 0
    most: Number = 0
    seen: int = 0
    base: Number = 0
    of_weekday: bool = False
    by_desk: bool = False

    @property
    def middle(self) -> Number:
        """What is usual, as it is told: as near as the figures that it lies between, and to one digit after the point at least."""
        if isinstance(self.usual, int):
            return self.usual
        exponents = [
            each.normalize().as_tuple().exponent for each in (self.least, self.most) if isinstance(each, Decimal)
        ]
        places = max([1, *(-each for each in exponents if isinstance(each, int))])
        return self.usual.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).normalize() + 0

    def holds(self, value: Number) -> bool:
        """Whether a value lies within it."""
        above = value - self.base
        return (self.low is None or self.low <= above) and (self.high is None or above <= self.high)


def usual_range(
    history: Mapping[date, Number], period: date, of: PeriodType, kind: Kind | None = "flow"
) -> UsualRange | None:
    """The usual range for a period, by a unit's own values of earlier periods; None where too little is known.

    A weekday that has differed from the days around it in every week (`NEEDED` of them at least) is held against its own kind only,
    and the others are not held against it. Of what is cumulative (`kind` total) it is what it grows by; not to have grown is usual.
    """
    looked_at = periods_looked_at(of, period)
    known = {on: history[on] for on in looked_at if on in history}
    base: Number = 0
    if kind == "total":
        if not looked_at or looked_at[0] not in known:
            return None
        base = known[looked_at[0]]
        known = _growth(known, looked_at)
    differing = _differing(known, period) if of.kind == "daily" else set[int]()
    of_weekday = 0 in differing
    alike = [
        on for on in known if ((period - on).days % 7 == 0 if of_weekday else (period - on).days % 7 not in differing)
    ]
    found = range_of([known[on] for on in alike])
    if found is None:
        return None
    low = min(found.low or 0, 0) if kind == "total" else found.low
    return found._replace(low=low, base=base, of_weekday=of_weekday)


def periods_looked_at(of: PeriodType, period: date) -> list[date]:
    """The earlier periods that say what is usual for this one, newest first."""
    found = []
    for _ in range(LOOKED_AT.get(of.kind, 0)):
        period = period_before(of, period)
        found.append(period)
    return found


def range_of(earlier: Sequence[Number]) -> UsualRange | None:
    """The range that earlier values, newest first, say is usual; None where they are fewer than `NEEDED`.

    Usual is what lies within three and a half spreads of their median, or of that of the newest ones, what there has been, and what
    is no farther from the newest than the figure has lately moved at once; nothing below zero where there has been nothing below.
    """
    if len(earlier) < NEEDED:
        return None
    newest = earlier[:NEWEST]
    step = max(_apart(later, before) for later, before in pairwise(newest))
    lows, highs = zip(_around(earlier), _around(newest), strict=True)
    low: Number = min(*lows, *earlier, newest[0] - step)
    if min(earlier) >= 0:
        low = max(low, 0)
    high: Number = max(*highs, *earlier, newest[0] + step)
    return UsualRange(low, high, _median(earlier), min(earlier), max(earlier), len(earlier))


def _around(values: Sequence[Number]) -> tuple[int, int]:
    """Three and a half spreads to either side of the median.

    The spread is the largest of 1.4826 times the median absolute deviation, the root of the median (what counts of chance events
    scatter by), and 1, so that small counts may come and go, and that values which are all equal bound nothing too narrowly.
    """
    usual = _median(values)
    deviation = _median([_apart(each, usual) for each in values])
    far = SPREADS * max(SPREAD_OF_MAD * float(deviation), sqrt(abs(float(usual))), 1.0)
    return ceil(float(usual) - far), floor(float(usual) + far)


def _differing(known: Mapping[date, Number], period: date) -> set[int]:
    """The weekdays (0: the period's own, 1: that of the day before …) which in every week lay on the same side of the days around."""
    return {
        back
        for back in range(7)
        if _differs(known, [period - timedelta(days=back + 7 * week) for week in range(WEEKS + 1)])
    }


def _differs(known: Mapping[date, Number], days: Sequence[date]) -> bool:
    sides = list[bool]()
    for on in days:
        if on in known:
            beside = (on + timedelta(days=step) for step in (-3, -2, -1, 1, 2, 3))
            around = [known[day] for day in beside if day in known]
            if not around or _median(around) == known[on]:
                return False
            sides.append(known[on] > _median(around))
    return len(sides) >= NEEDED and len(set(sides)) == 1


def _growth(known: Mapping[date, Number], looked_at: Sequence[date]) -> dict[date, Number]:
    """By how much a cumulative figure grew in each period of which the one before is known too."""
    return {on: known[on] - known[before] for on, before in pairwise(looked_at) if on in known and before in known}


def _apart(one: Number, other: Number) -> Number:
    return one - other if one > other else other - one


def _median(values: Sequence[Number]) -> Number:
    """The median, exact: `statistics.median` makes a float of two whole numbers, which does not go with a Decimal."""
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    pair = Decimal(ordered[middle - 1] + ordered[middle]) / 2
    return int(pair) if pair == int(pair) else pair
