"""Suspensions: days for which no report is owed, and of whom."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Suspension:
    """No report is owed for the periods that end from `first_on` to `last_on`: a holiday, a flood, an evacuation.

    `form` «» means every form; `unit_id` None every unit, else that unit and all that is under it.
    """

    form: str
    unit_id: int | None
    first_on: date
    last_on: date
    reason: str = ""

    def covers(self, form: str, period: date) -> bool:
        return self.form in ("", form) and self.first_on <= period <= self.last_on
