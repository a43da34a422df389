"""Totals over units of what is carried forward: a unit whose report has not come stands in them with its last accepted value.

A running total must not fall because somebody is late. So a total over units of what is cumulative, or of a stock that goes on from
period to period (`Form.carried`), is whole, with the units named that are in it with an earlier value («gồm số kỳ trước của xã …»),
or it is not told, and the reason is («chưa tính được ở xã …»). Statistics call this «last observation carried forward».
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from reporting.forms import Question

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Last(Generic[V]):
    """A unit's newest value up to a period: what it is, and of which period.

    `reported`: the period of its newest report up to then whose version of the form has the question, if there is any.
    """

    value: V | None
    period: date | None
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Share(Generic[V]):
    """What one unit brings into a total: a value, and of which period (an earlier one: it is carried forward).

    `is_withheld`: its newest report leaves the value open, as it rests on what was not known: no total over it can be told.
    """

    value: V | None = None
    period: date | None = None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Whole(Generic[V]):
    """A total over units for a period. `value` None: it is not told, as some are `withheld`, or as no unit has any.

    `carried`: ids of the units that are in it with an earlier value, with its period. `lacking`: ids of those that have none at all,
    or left theirs out on purpose. `units`: how many have one of the period itself. `is_no_sum`: some have one, but there is no sum of
    such values (`Question.adds_up`).
    """

    value: V | None
    units: int
    carried: Mapping[int, date] = field(default_factory=dict)
    withheld: tuple[int, ...] = ()
    lacking: tuple[int, ...] = ()
    is_no_sum: bool = False

    @property
    def is_untold(self) -> bool:
        """Whether there are values, but no total can be told of them."""
        return bool(self.withheld) or self.is_no_sum


def share(question: Question, last: Last[V]) -> Share[V]:
    """What a unit brings into a total of a question that is carried.

    Its newest value, unless a later report leaves it open: what is always calculated is then withheld (something that it rests on was
    not known), a stock that was skipped is left out (its last value may be more than what is now the whole), and of what is
    cumulative the last value stands.
    """
    is_left_open = last.reported is not None and (last.period is None or last.period < last.reported)
    if is_left_open and question.calculation is not None and question.relevant is None:
        return Share(is_withheld=True)
    if last.period is None or (is_left_open and question.kind != "total"):
        return Share()
    return Share(last.value, last.period)


def heeds_reports(question: Question) -> bool:
    """Whether it matters for `share` when a unit reported last: of what is cumulative and not calculated the last value stands."""
    return question.kind != "total" or question.calculation is not None


def whole(
    question: Question,
    of_units: Mapping[int, Last[V]],
    unit_ids: Iterable[int],
    period: date,
    add: Callable[[Iterable[V]], V],
) -> Whole[V]:
    """The total over these units for a period. `of_units`: the newest value of each up to that period."""
    ids = list(unit_ids)
    own = {one: last.value for one in ids if (last := of_units.get(one)) is not None and last.period == period}
    late = {one: of_units.get(one, Last(None, None)) for one in ids if own.get(one) is None}
    return completed(question, [value for value in own.values() if value is not None], late, add)


def completed(
    question: Question,
    own: Sequence[V],
    of_late: Mapping[int, Last[V]],
    add: Callable[[Iterable[V]], V],
    units: int | None = None,
) -> Whole[V]:
    """The same where the values of the period itself are at hand: with them what the units that have none bring into it.

    `units`: how many have such a value, where `own` is of several together.
    """
    shares = {one: share(question, last) for one, last in of_late.items()}
    brought = {one: each for one, each in shares.items() if each.value is not None and each.period is not None}
    withheld = tuple(one for one, each in shares.items() if each.is_withheld)
    values = [*own, *(each.value for each in brought.values() if each.value is not None)]
    if values and not question.has_total((len(own) if units is None else units) + len(of_late)):
        return Whole(None, len(own), is_no_sum=True)
    return Whole(
        None if withheld or not values else add(values),
        len(own),
        {one: each.period for one, each in brought.items() if each.period is not None},
        withheld,
        tuple(one for one in shares if one not in brought and one not in withheld),
    )
