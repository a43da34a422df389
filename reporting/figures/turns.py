"""Turns of an indicator: it has risen or fallen for three periods in a row, or has crossed the line of its target."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import sqrt
from typing import NamedTuple

from reporting.figures.indicator_targets import IndicatorTarget, Number
from reporting.forms import Form, Question
from reporting.period_types import PeriodType
from reporting.units import Unit

IN_A_ROW = 3
LEAST_COUNT = 5
"""A count that has changed by less is no turn."""
LEAST_PERCENTAGE = 5
"""Of percentages, in points."""
CLEAR, CLEAR_POINTS = Decimal("0.1"), 2
"""By so much of the line, or of a percentage by so many points, a value has to be away from it before crossing it again is told."""


class TurnKind(StrEnum):
    """Which way; its number is kept with what was said, and never changes."""

    RISING = "rising"
    FALLING = "falling"
    ABOVE = "above"
    BELOW = "below"

    @property
    def number(self) -> int:
        return tuple(TurnKind).index(self)

    @property
    def is_trend(self) -> bool:
        return self in (TurnKind.RISING, TurnKind.FALLING)


class TurnPoint(NamedTuple):
    """A period, by its last day, and its value; None where not all reports that were owed have the figure."""

    period: date
    value: Number | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What has happened with the last of `points`: of a row its three values or more, of a crossing the values before and after."""

    kind: TurnKind
    target: IndicatorTarget
    unit_id: int
    points: tuple[TurnPoint, ...]

    @property
    def period(self) -> date:
        return self.points[-1].period

    @property
    def is_bad(self) -> bool:
        """Whether it goes away from what the target wants."""
        wanted = {"at least": (TurnKind.RISING, TurnKind.ABOVE), "at most": (TurnKind.FALLING, TurnKind.BELOW)}
        return self.kind not in wanted[self.target.bound]


@dataclass(frozen=True, slots=True)
class KnownTurn:
    """A turn with the form, the question and the unit that it is of, and the kind of periods of its points."""

    turn: Turn
    form: Form
    question: Question
    whole: Question | None
    unit: Unit
    of: PeriodType


Told = Collection[tuple[TurnKind, date]]
"""Which turns of a series were told, by the period that they came with."""


def turns(
    target: IndicatorTarget,
    unit_id: int,
    series: Sequence[TurnPoint],
    told: Told = (),
    *,
    is_percentage: bool = False,
    at_line: Sequence[TurnPoint] | None = None,
) -> list[Turn]:
    """The turns of a unit's series (the newest period last, none left out), each with the period that it came with.

    `at_line`: what is held against the line where that is another series, as what has come together so far; None: the same.

    A row of three counts only without a gap, and where it has changed by no less than the least change. Having come, or having been
    told, a row is no turn again until the value has gone the other way; a crossing none until it has come back clear of the line. The
    line is the target's own unit's: others under it are only looked at for rows.
    """
    found = list(_rows(target, unit_id, series, told, is_percentage=is_percentage))
    if unit_id == target.unit_id:
        line = series if at_line is None else at_line
        found += _crossings(target, unit_id, line, told, is_percentage=is_percentage)
    return sorted(found, key=lambda each: each.period)


def newest_turns(found: Sequence[Turn], period: date) -> list[Turn]:
    """Those that came with this period: what lies further back is no news."""
    return [each for each in found if each.period == period]


def _rows(
    target: IndicatorTarget, unit_id: int, series: Sequence[TurnPoint], told: Told, *, is_percentage: bool
) -> Iterator[Turn]:
    armed = {TurnKind.RISING: True, TurnKind.FALLING: True}
    run: list[TurnPoint] = []
    way: TurnKind | None = None
    last: Number | None = None
    for point in series:
        if point.value is None:
            run, way = [], None
            continue
        if last is not None and point.value != last:
            armed[TurnKind.FALLING if point.value > last else TurnKind.RISING] = True
        step = _way(run[-1].value, point.value) if run else None
        run = [*run, point] if step is not None and step == way else [*run[-1:], point] if step else [point]
        way, last = step, point.value
        for kind in _told_at(point.period, told):
            armed[kind] = False
        is_row = way is not None and len(run) >= IN_A_ROW and _is_large(run, target, is_percentage=is_percentage)
        if way is not None and is_row and armed[way]:
            armed[way] = False
            yield Turn(way, target, unit_id, tuple(run))


def _told_at(period: date, told: Told) -> Iterator[TurnKind]:
    return (kind for kind, on in told if on == period)


def _way(before: Number | None, now: Number) -> TurnKind | None:
    if before is None or now == before:
        return None
    return TurnKind.RISING if now > before else TurnKind.FALLING


def _is_large(run: Sequence[TurnPoint], target: IndicatorTarget, *, is_percentage: bool) -> bool:
    """Whether the change is more than chance: of counts five, and two standard deviations of the difference (Poisson's)."""
    first, last = Decimal(run[0].value or 0), Decimal(run[-1].value or 0)
    change = abs(last - first)
    if target.least_change is not None:
        return change >= target.least_change
    if is_percentage:
        return change >= LEAST_PERCENTAGE
    return change >= LEAST_COUNT and float(change) >= 2 * sqrt(abs(first) + abs(last))


def _crossings(
    target: IndicatorTarget, unit_id: int, series: Sequence[TurnPoint], told: Told, *, is_percentage: bool
) -> Iterator[Turn]:
    """Where the value has gone over to the other side; the same way again only after it was clear of the line on the first side."""
    armed = {TurnKind.ABOVE: True, TurnKind.BELOW: True}
    low, high = _clear_of(target, is_percentage=is_percentage)
    before: TurnPoint | None = None
    newest: TurnKind | None = None
    for point in series:
        if point.value is not None:
            if point.value >= high:
                armed[TurnKind.BELOW] = True
            if point.value <= low:
                armed[TurnKind.ABOVE] = True
            way = _crossed(target, before, point)
            if way is not None and before is not None and armed[way] and way != newest:
                if (way, point.period) not in told:
                    yield Turn(way, target, unit_id, (before, point))
                newest, armed[way] = way, False
            for kind in _told_at(point.period, told):
                armed[kind] = False
        before = point


def _crossed(target: IndicatorTarget, before: TurnPoint | None, now: TurnPoint) -> TurnKind | None:
    if before is None or before.value is None or now.value is None:
        return None
    if target.is_kept_by(before.value) == target.is_kept_by(now.value):
        return None
    return TurnKind.ABOVE if now.value > before.value else TurnKind.BELOW


def _clear_of(target: IndicatorTarget, *, is_percentage: bool) -> tuple[Decimal, Decimal]:
    """Below and above which values a value is clear of the line."""
    line = Decimal(target.value)
    margin = Decimal(CLEAR_POINTS) if is_percentage else max(Decimal(1), abs(line) * CLEAR)
    high = line + margin
    return line - margin, max(line, min(high, Decimal(100))) if is_percentage else high
