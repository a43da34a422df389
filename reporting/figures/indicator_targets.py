"""Targets of indicators («mục tiêu»): what a unit is to reach or not to go beyond, and how far it is.

A target that is given for a group of units, or for one above those that report, is that of all of them together; none of it goes to
the units below, whose targets are their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Literal

from reporting.forms import Form, Question
from reporting.period_types import PeriodKind, PeriodType, first_day, period_before, period_of

Number = int | Decimal
Bound = Literal["at least", "at most"]
BOUNDS: tuple[Bound, ...] = ("at least", "at most")

REMEMBERED = timedelta(days=31)

EACH: tuple[PeriodKind, ...] = ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly")
"""The periods of which each may have to reach a target."""


@dataclass(frozen=True, slots=True)
class IndicatorTarget:
    """What an indicator of a form is to reach (`at least`), or not to go beyond (`at most`).

    `each`: in each period of this kind; «»: over all days from `since` to `until`, which there is then. `of`: the indicator of the
    same form of which `value` is a percentage, «» where it is counted as the indicator itself is. `least_change`: what changes less
    is no turn; None: what the rule of small numbers says.
    """

    form: str
    indicator: str
    unit_id: int
    bound: Bound
    value: Number
    each: PeriodKind | Literal[""]
    since: date
    until: date | None = None
    of: str = ""
    least_change: Number | None = None
    id: int = 0

    @property
    def identity(self) -> tuple[str, str, int, str, str, str]:
        """What it is a target for: another one for the same, whose days overlap, takes its place."""
        return (self.form, self.indicator, self.unit_id, self.bound, self.each, self.of)

    def overlaps(self, other: "IndicatorTarget") -> bool:
        """Whether both hold on some day."""
        return self.since <= (other.until or date.max) and other.since <= (self.until or date.max)

    def holds(self, on: date) -> bool:
        return self.since <= on <= (self.until or date.max)

    def is_kept_by(self, value: Number) -> bool:
        """Whether a value is on the right side: the line itself is."""
        return value >= self.value if self.bound == "at least" else value <= self.value


class TargetState(StrEnum):
    """How far it is: `UNDER_WAY` where there is time and nothing is wrong, `BEHIND` where it goes too slowly."""

    REACHED = "reached"
    UNDER_WAY = "under way"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Measured:
    """What figures come to on the last day that is looked at, and without its last period (`before`); None: there are none.

    `first`: the first figure and its day, from which what is not summed starts. `received` of the `expected` figures are in `value`:
    no report is not zero.
    """

    value: Number | None
    before: Number | None
    first: tuple[date, Number] | None
    received: int
    expected: int


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """How far a unit is with a target, from `first_on` to `last_on`. `due`: what it should be by now, at an even pace.

    `just`: it has come to this state with the last period.
    """

    target: IndicatorTarget
    question: Question
    first_on: date
    last_on: date
    value: Number | None
    due: Decimal
    received: int
    expected: int
    state: TargetState
    just: bool = False

    @property
    def share(self) -> float | None:
        """The value as a share of the target's, 0 to 1 and more; None where there is no value."""
        if self.value is None:
            return None
        return float(self.value / self.target.value) if self.target.value else float(self.value > 0)

    def is_news(self, first_on: date) -> bool:
        """Whether whoever reads of the days from `first_on` on is told: it is behind or missed, as long as it holds, or has just been
        reached.
        """
        is_over = self.target.until is not None and self.target.until < first_on
        return self.just or (self.is_wanting and not is_over)

    @property
    def is_wanting(self) -> bool:
        return self.state in (TargetState.BEHIND, TargetState.MISSED)


def target_span(target: IndicatorTarget, form: Form, period: date) -> tuple[date, date] | None:
    """The first and the last day whose figures count when the form's reports up to `period` are in; None: it does not hold then.

    Of a target for each period it is the newest such period that is over; before the first is over there is none. One that has ended
    is looked at for a month more.
    """
    if target.until is not None and period > target.until + REMEMBERED:
        return None
    if not target.each:
        last = min(period, target.until or period)
        return (target.since, last) if last >= target.since else None
    of = target_periods(target, form)
    end = period_of(of, period)
    end = end if end <= period else period_before(of, end)
    return (first_day(of, end), end) if target.holds(end) else None


def is_ahead(target: IndicatorTarget, period: date) -> bool:
    """Whether it will hold yet, where it has no days that count by then."""
    return target.until is None or period <= target.until


def not_begun(target: IndicatorTarget, question: Question) -> TargetProgress:
    """How far a unit is before any day counts."""
    return TargetProgress(
        target, question, target.since, target.since, None, Decimal(target.value), 0, 0, TargetState.UNKNOWN
    )


def target_periods(target: IndicatorTarget, form: Form) -> PeriodType:
    """The periods that a target is for: the form's own where they are of that kind, with its cut-off; else the calendar's."""
    own = form.schedule.period_type
    return own if own.kind == target.each or not target.each else PeriodType(target.each)


def progress_of(
    target: IndicatorTarget, question: Question, span: tuple[date, date], measured: Measured
) -> TargetProgress:
    """How far it is. `question`: of the indicator; `span`: as of `target_span`."""
    first_on, last_on = span
    due = _due(target, question, span, measured)
    state = _state(target, measured.value, due, is_over=_is_over(target, last_on))
    earlier = measured.before if not target.each else None
    just = state in (TargetState.REACHED, TargetState.MISSED) and (
        bool(target.each) or earlier is None or target.is_kept_by(earlier) != target.is_kept_by(measured.value or 0)
    )
    counts = (measured.received, measured.expected)
    return TargetProgress(target, question, first_on, last_on, measured.value, due, *counts, state, just)


def _is_over(target: IndicatorTarget, last_on: date) -> bool:
    return bool(target.each) or (target.until is not None and last_on >= target.until)


def _due(target: IndicatorTarget, question: Question, span: tuple[date, date], measured: Measured) -> Decimal:
    """At an even pace from nothing, or from the first figure of what is not summed, to the target on its last day."""
    goal = Decimal(target.value)
    if _is_over(target, span[1]) or target.until is None or target.bound == "at most":
        return goal
    is_sum = question.sums_over_periods
    start_on, start = (target.since, Decimal(0)) if is_sum else _start(target, measured)
    whole = (target.until - start_on).days + is_sum
    gone = (span[1] - start_on).days + is_sum
    return goal if whole <= 0 else start + (goal - start) * gone / whole


def _start(target: IndicatorTarget, measured: Measured) -> tuple[date, Decimal]:
    return (measured.first[0], Decimal(measured.first[1])) if measured.first else (target.since, Decimal(0))


def _state(target: IndicatorTarget, value: Number | None, due: Decimal, *, is_over: bool) -> TargetState:
    if value is None:
        return TargetState.UNKNOWN
    if target.bound == "at most":
        if not target.is_kept_by(value):
            return TargetState.MISSED
        return TargetState.REACHED if is_over else TargetState.UNDER_WAY
    if target.is_kept_by(value):
        return TargetState.REACHED
    if is_over:
        return TargetState.MISSED
    return TargetState.UNDER_WAY if value >= due else TargetState.BEHIND


def per_cent_of(part: Number | None, whole: Number | None) -> Decimal | None:
    """Hundred times a part by its whole, one decimal; None where either is not known, or nothing is the whole.

    What is not quite a hundred is not told as that.
    """
    if part is None or not whole:
        return None
    exact = Decimal(100 * part) / Decimal(whole)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return min(shown, Decimal("99.9")) if exact < 100 else shown


def worst_first(progress: Sequence[TargetProgress]) -> list[TargetProgress]:
    """Missed, behind, then what has just been reached; of each the farthest from its target first."""
    order = (TargetState.MISSED, TargetState.BEHIND, TargetState.REACHED, TargetState.UNDER_WAY, TargetState.UNKNOWN)

    def key(each: TargetProgress) -> tuple[int, float, int]:
        share = each.share or 0.0
        return order.index(each.state), share if each.target.bound == "at least" else -share, each.target.unit_id

    return sorted(progress, key=key)
