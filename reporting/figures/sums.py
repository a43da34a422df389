"""What many units have together for a period, as it is told: added up, or how many stand at each choice, or why it is not told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from operator import add

from reporting.figures.carried import Last, completed
from reporting.figures.told_amounts import Amount, total_told
from reporting.forms import Question


@dataclass(frozen=True, slots=True)
class Spread:
    """How many units stand at each choice of a `state`: the choice's name to the number."""

    counts: tuple[tuple[str, int], ...]

    def __add__(self, other: "Spread") -> "Spread":
        return Spread((*self.counts, *other.counts))


@dataclass(frozen=True, slots=True)
class Withheld:
    """No total is told: the newest reports of these units (by id) leave their part of it open.

    No units: so many are late on a day of the past that it was not worked out; or, `is_no_sum`, such values are not added up at all
    (`Question.adds_up`).
    """

    units: tuple[int, ...] = ()
    is_no_sum: bool = False


def has_no_sum(value: object) -> bool:
    """Whether what is told of a total is that such values are not added up."""
    return isinstance(value, Withheld) and value.is_no_sum


@dataclass(frozen=True, slots=True)
class Sum:
    """What many units have for a period; `units`: how many have a value of it.

    `carried`: ids of others that are in it with an earlier value, with its period (`reporting.figures.carried`).
    """

    period: date
    value: Amount | Spread | Withheld
    units: int
    as_of: datetime
    revision: int
    carried: Mapping[int, date] = field(default_factory=dict)

    def __add__(self, other: "Sum") -> "Sum":
        """What these have together with others, for the same period."""
        units, as_of = self.units + other.units, max(self.as_of, other.as_of)
        revision, carried = max(self.revision, other.revision), {**self.carried, **other.carried}
        return Sum(self.period, _added(self.value, other.value), units, as_of, revision, carried)


def _added(one: Amount | Spread | Withheld, other: Amount | Spread | Withheld) -> Amount | Spread | Withheld:
    if isinstance(one, Withheld) or isinstance(other, Withheld):
        found = [each for each in (one, other) if isinstance(each, Withheld)]
        return Withheld(tuple(unit for each in found for unit in each.units), any(each.is_no_sum for each in found))
    if isinstance(one, Amount):
        assert isinstance(other, Amount)
        return one + other
    assert isinstance(other, Spread)
    return one + other


def added_up(sums: Iterable[Sum]) -> Sum:
    """All of them together, at least one."""
    found = list(sums)
    amounts = [each.value for each in found if isinstance(each.value, Amount)]
    if len(amounts) < len(found):
        return reduce(add, found)
    units, as_of = sum(each.units for each in found), max(each.as_of for each in found)
    carried = {one: period for each in found for one, period in each.carried.items()}
    return Sum(found[0].period, total_told(amounts), units, as_of, max(each.revision for each in found), carried)


Late = Mapping[int, Last[Sum]]
"""By unit id what units without a value of a period have from before it; such a sum counts no unit (`units` is 0)."""


def with_late(question: Question, own: Sum, late: Late) -> Sum:
    """The total of a question that is carried: what some have for the period, and the others with their last value.

    It is told no nearer than what is told of each.
    """
    found = completed(question, (own,), late, added_up, own.units)
    if found.value is None:
        return replace(own, value=Withheld(tuple(sorted(found.withheld)), found.is_no_sum))
    return replace(found.value, carried=found.carried)
