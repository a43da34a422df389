"""What residents and leaders are told: a value with its day, its coverage and the moment it was published."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from reporting.rounds.standings import Coverage


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one unit for one period. `value` is a number, or a choice's name for a `state`; None: not reported.

    `coverage` stands with totals over several units. `as_of`: when the newest report in it was accepted. `revision` > 1: corrected.
    `in_few`: of a count that is held back where it is small: a whole that it is part of is told, and is so small itself.
    """

    unit_id: int
    indicator: str
    period: date
    value: int | Decimal | str | None
    as_of: datetime | None
    coverage: Coverage | None = None
    revision: int = 1
    provisional: bool = False
    source: str = "report"
    in_few: bool = False
