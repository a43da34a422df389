"""How far a digest looks back: over how many earlier periods a mean is taken, and how many show what is usual."""

from collections.abc import Mapping
from datetime import date

from reporting.period_types import PeriodKind, PeriodType, period_before

PAST: Mapping[PeriodKind, int] = {
    "daily": 7,
    "weekly": 4,
    "monthly": 3,
    "quarterly": 4,
    "half-yearly": 2,
    "nine-monthly": 2,
    "yearly": 2,
    "on change": 7,
}
"""Over how many earlier periods a mean is taken."""

LOOK_BACK: Mapping[PeriodKind, int] = {
    "daily": 14,
    "weekly": 8,
    "monthly": 12,
    "quarterly": 8,
    "half-yearly": 6,
    "nine-monthly": 5,
    "yearly": 5,
    "on change": 14,
}
"""How many earlier periods show what is usual and draw the trend."""


def periods_before(of: PeriodType, period: date, count: int) -> tuple[date, ...]:
    """The `count` periods before the one that ends on `period`, oldest first."""
    found = []
    for _ in range(count):
        period = period_before(of, period)
        found.append(period)
    return tuple(reversed(found))
