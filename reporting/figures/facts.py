"""What the public is told of an indicator of a unit for a period: a fact, from a figure of its own or a total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from reporting.figures.figure import Figure
from reporting.figures.sums import Spread, Sum, Withheld
from reporting.figures.told_amounts import Amount, amount_told
from reporting.forms import Question
from reporting.rounds.standings import Coverage


@dataclass(frozen=True, slots=True)
class Fact:
    """What the public is told of an indicator of a unit: for one period, or summed over several up to `period`.

    `coverage`: of a total, the units that have a value among those that owe a report (over several periods: their reports).
    `periods`: of a sum over periods of one unit, those that have a value among all. `missing`: ids of units without, if few.
    `carried`: of a running total, ids of units that are in it with an earlier value, and of which period that is.
    """

    period: date
    value: Amount | str | Spread | Withheld
    as_of: datetime | None
    coverage: Coverage | None = None
    periods: Coverage | None = None
    is_corrected: bool = False
    is_calculated: bool = False
    missing: tuple[int, ...] = ()
    carried: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alike:
    """Units, by id, of each of which the same is told."""

    fact: Fact
    unit_ids: Sequence[int]


def own_fact(question: Question, figure: Figure) -> Fact:
    """What is told of a figure of the unit's own."""
    value, is_calculated = amount_of(question, figure), figure.source == "calculated"
    return Fact(figure.period, value, figure.as_of, is_corrected=figure.revision > 1, is_calculated=is_calculated)


def amount_of(question: Question, figure: Figure) -> Amount | str:
    """The figure's value as it is told; a state's choice as it stands."""
    value = figure.value
    return value if isinstance(value, str) else amount_told(value or 0, question.suppress_below, figure.in_few)


def sum_of(question: Question, figure: Figure, units: int) -> Sum:
    """A unit's figure of a number, as it is told, to be added up with others'. `units`: 0 where it is of an earlier period."""
    amount = amount_of(question, figure)
    assert isinstance(amount, Amount)
    assert figure.as_of is not None
    return Sum(figure.period, amount, units, figure.as_of, figure.revision)
