"""Somebody is told of a change in the tree of units and of what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.forms import Form
from reporting.people import Person
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class UnitEnded:
    """The unit of `to` ends on that day and `became` others; `goes_on`: his duty is for one of these then.

    `dropped`: the periods of reports that he had begun for it and that it owes no more; `unsent`: of those that can still be sent.
    """

    to: Person
    unit: Unit
    became: Sequence[Unit]
    on: date
    goes_on: bool
    dropped: Sequence[date]
    unsent: Sequence[date]


@dataclass(frozen=True, slots=True)
class OpeningDoubted:
    """`by`, who reports for a new unit, says that its opening balances at the end of `on` are others; `to` keeps the bot."""

    to: Person
    by: Person
    form: Form
    unit: Unit
    on: date


@dataclass(frozen=True, slots=True)
class BothReported:
    """A unit has reported for a day on which former units of it have reports too, which are not counted; `to` keeps the bot."""

    to: Person
    form: Form
    unit: Unit
    former: Sequence[Unit]
    period: date
