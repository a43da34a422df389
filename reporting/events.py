"""What another person is to be told because of what somebody did: a use case returns it, `messages/notices.py` words it.

Whoever called the use case puts its message in the outbox, in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.filling.moves import Filling
from reporting.people import Person
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class LeaveTaken:
    """The reporter of a unit is away from `first_on` to `last_on`, both included. `to` is a deputy, or, `to_chair`, its chair.

    `deputies` report for him; there may be none.
    """

    to: Person
    by: Person
    unit: Unit
    first_on: date
    last_on: date
    deputies: Sequence[Person]
    to_chair: bool = False


@dataclass(frozen=True, slots=True)
class DutyHandedOver:
    """From `since` on `new` reports for the unit, in place of the people of these names; `to` may be any of them, or its chair."""

    to: Person
    new: Person
    old_names: str
    unit: Unit
    since: date


@dataclass(frozen=True, slots=True)
class CorrectedByDesk:
    """A report of the unit for which `to` is charged was corrected by the desk, for this reason. `filling`: what it says now."""

    to: Person
    by: Person
    unit: Unit
    filling: Filling
    reason: str


Event = LeaveTaken | DutyHandedOver | CorrectedByDesk
