"""A validation rule: two sides made of figures, how they have to compare, for which units, and when it is run; DHIS2's words."""

import operator as operators
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from reporting.expressions.expression import Expression
from reporting.figures.usual_range import Number
from reporting.period_types import PeriodType
from reporting.schedule import ClockTime
from reporting.texts import Text

BELOW = "below."
"""`${below.form.indicator}`: what the units right under one, and all under those, have together."""


class RuleOperator(StrEnum):
    """How the left side has to compare with the right one."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


_HOLDS: Mapping[RuleOperator, Callable[[Number, Number], bool]] = {
    RuleOperator.LESS: operators.lt,
    RuleOperator.AT_MOST: operators.le,
    RuleOperator.MORE: operators.gt,
    RuleOperator.AT_LEAST: operators.ge,
}


class MissingValues(StrEnum):
    """What becomes of a side that reads a figure that is not there: the unit is passed over, or it counts as nothing."""

    SKIP_IF_ANY = "skip if any"
    SKIP_IF_ALL = "skip if all"
    NEVER_SKIP = "never skip"


class Importance(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far the sides may be off: so much, or (`is_share`) so many hundredths of the right one."""

    amount: Decimal = Decimal(0)
    is_share: bool = False

    def beside(self, right: Number) -> Decimal:
        return Decimal(max(right, -right)) * self.amount / 100 if self.is_share else self.amount


@dataclass(frozen=True)
class ValidationRule:
    """A row of the desk's file. `forms`: the keys of the forms that its sides read. `units`: «leaves», or the kinds of units that it
    is run for. `runs`: when, from the last day of the period on.
    """

    key: str
    name: Text
    left: Expression
    operator: RuleOperator
    right: Expression
    forms: tuple[str, ...]
    period_type: PeriodType
    runs: ClockTime
    tolerance: Tolerance = Tolerance()
    units: tuple[str, ...] = ("leaves",)
    importance: Importance = Importance.MEDIUM
    missing: MissingValues = MissingValues.SKIP_IF_ANY

    def holds(self, left: Number, right: Number) -> bool:
        """Whether these are what the rule demands; a side that is off by no more than the tolerance is not held against it."""
        off, more = self.tolerance.beside(right), left - right
        if self.operator is RuleOperator.EQUAL:
            return -off <= more <= off
        if self.operator is RuleOperator.NOT_EQUAL:
            return not -off <= more <= off
        return _HOLDS[self.operator](more, off if self.operator in (RuleOperator.LESS, RuleOperator.AT_MOST) else -off)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """That figures of a unit break a rule in a period, and what its sides come to. `found_at`: when that was seen first; `id`: 0 where
    it is not kept.
    """

    rule: ValidationRule
    unit_id: int
    period: date
    left: Number
    right: Number
    found_at: datetime
    id: int = 0
