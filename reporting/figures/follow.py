"""What a chat follows: a unit, or one figure of it, at an hour of the day or whenever it changes."""

from dataclasses import dataclass
from datetime import datetime, time

from reporting.figures.indicator import Indicator
from reporting.people import Address

MOST = 20
"""So many may be followed from one chat."""
HOURS = (time(7), time(12), time(17), time(18), time(20))


@dataclass(frozen=True, slots=True)
class Follow:
    """`indicator` None: the unit's main figures. `at`: local; None: whenever it changes. Nothing else is kept of a resident."""

    id: int
    to: Address
    unit_id: int
    indicator: Indicator | None
    at: time | None
    language: str
    since_at: datetime
    told_at: datetime | None = None
