"""Somebody is told who reports for a unit from now on, or what becomes of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.people import Person, Role
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class LeaveTaken:
    """The reporter of a unit, or who approves there, is away from `first_on` to `last_on`, both included. `to` is a deputy, or,
    `to_chair`, its chair. `deputies` report, or approve, in his place; there may be none.
    """

    to: Person
    by: Person
    unit: Unit
    first_on: date
    last_on: date
    deputies: Sequence[Person]
    to_chair: bool = False
    role: Role = "reporter"


@dataclass(frozen=True, slots=True)
class DutyHandedOver:
    """From `since` on `new` reports for the unit, in place of the people of these names; `to` may be any of them, or its chair."""

    to: Person
    new: Person
    old_names: str
    unit: Unit
    since: date


@dataclass(frozen=True, slots=True)
class LeaveEnded:
    """The reporter of a unit, or who approves there, is back before his leave was over; `to` is a deputy or the chair."""

    to: Person
    by: Person
    unit: Unit
    role: Role = "reporter"


@dataclass(frozen=True, slots=True)
class DutyEnded:
    """`person` has a duty at the unit no more; `to` is he or works with him. `reporting`: who reports there now."""

    to: Person
    person: Person
    role: Role
    unit: Unit
    reporting: Sequence[Person]


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """`by`, who has duties, asks that what is kept of him be erased; `to` keeps the bot."""

    to: Person
    by: Person
