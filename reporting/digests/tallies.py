"""Totals over units with what they compare to; only units that have both sides are compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reporting.digests.evidence import Evidence, Number
from reporting.digests.look_back import PAST, periods_before
from reporting.digests.totals import OfPeriod, brought, over, total
from reporting.forms import Question


@dataclass(frozen=True, slots=True)
class Compared:
    """What a total compares to: `then` and `change` (now less then) over the `units` that have both sides."""

    then: Number
    change: Number
    units: int


@dataclass(frozen=True, slots=True)
class Tally:
    """One indicator's total over the `units` that have it; None where no unit has, or where it cannot be told.

    `before`: against the period (or span) before, for which `units_before` had it. `carried`: ids of the late units that are in it
    with an earlier value, and of which period. `withheld`: ids of those for which it cannot be told, nor compared. `is_no_sum`: it is
    not told, as such values are not added up.
    """

    question: Question
    value: Number | None
    units: int
    units_before: int
    before: Compared | None
    mean: Compared | None
    carried: Mapping[int, date] = field(default_factory=dict)
    withheld: tuple[int, ...] = ()
    is_no_sum: bool = False

    @property
    def is_untold(self) -> bool:
        """Whether there are values, but no total can be told of them."""
        return bool(self.withheld) or self.is_no_sum


def whole(question: Question, of_period: OfPeriod, periods: Sequence[date]) -> Number | None:
    """As `over`, but None where a period is missing from a sum: half a week does not compare with a whole one. Nor does what is no
    sum where it is not of the end.
    """
    needed = periods if question.sums_over_periods else periods[-1:]
    if any(period not in of_period for period in needed):
        return None
    return over(question, of_period, periods)


def tally(evidence: Evidence, question: Question) -> Tally:
    """The total of one indicator over the evidence's span and units, compared with the span before and the mean of the past."""
    of_unit = evidence.history.get(question.name, {})
    rows = [of_unit.get(unit.id, {}) for unit in evidence.units]
    whole_of = total(evidence, question, evidence.units, evidence.periods)
    return Tally(
        question,
        whole_of.value,
        whole_of.units,
        sum(over(question, row, evidence.before) is not None for row in rows),
        None if whole_of.is_untold else _before(evidence, question, rows),
        None if whole_of.is_untold else _mean(evidence, question),
        whole_of.carried,
        whole_of.withheld,
        whole_of.is_no_sum,
    )


def _before(evidence: Evidence, question: Question, rows: Sequence[OfPeriod]) -> Compared | None:
    pairs = [
        (now, then)
        for row in rows
        if (now := whole(question, row, evidence.periods)) is not None
        and (then := whole(question, row, evidence.before)) is not None
    ]
    return _compared(pairs)


def _mean(evidence: Evidence, question: Question) -> Compared | None:
    """Against each unit's own mean of the last periods, where it has more than half of them; none for what only grows.

    A unit that is in the total with an earlier value is here too, so that the mean is of the same units.
    """
    if question.kind == "total" or len(evidence.periods) > 1:
        return None
    of_unit = evidence.history.get(question.name, {})
    past = periods_before(evidence.of, evidence.period, PAST[evidence.of.kind])
    pairs: list[tuple[Number, Number]] = []
    for unit in evidence.units:
        row = of_unit.get(unit.id, {})
        now = row.get(evidence.period)
        now = brought(evidence, question, unit).value if now is None else now
        found = [row[period] for period in past if period in row]
        if now is not None and 2 * len(found) > len(past):
            pairs.append((now, Decimal(sum(found)) / len(found)))
    return _compared(pairs)


def _compared(pairs: Sequence[tuple[Number, Number]]) -> Compared | None:
    if not pairs:
        return None
    then = sum((then for _, then in pairs), start=0)
    return Compared(then, sum((now for now, _ in pairs), start=0) - then, len(pairs))
