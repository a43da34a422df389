"""A resident's doubt of a figure: which one, and who is to be told what became of it."""

from dataclasses import dataclass
from datetime import date

from reporting.figures.indicator import Indicator
from reporting.people import Address
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class Flag:
    """Who is to be told: a chat's address, and nothing else of the resident."""

    to: Address
    language: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """A public figure that a unit itself reported for a period."""

    unit: Unit
    indicator: Indicator
    period: date
