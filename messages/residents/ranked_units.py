"""Units with what is told of each, as they are listed, ranked and compared; of what is carried the late with their last value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.figures.known import Fact, Known
from reporting.forms import Question
from reporting.rounds.standings import Coverage
from reporting.units import Unit
from understanding.figure_told import fact_of
from understanding.inquiry import Span


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit and what is told of it; None: it has not reported.

    `is_late`: it stands with its value of before what was asked about, or with that its running total cannot be told.
    """

    unit: Unit
    fact: Fact | None
    is_late: bool = False

    @property
    def of_its_own(self) -> Fact | None:
        """What has come from it of the time asked about."""
        return None if self.is_late else self.fact


def rank_rows(known: Known, question: Question, units: Sequence[Unit], span: Span) -> list[RankedUnit]:
    """The units with what is told of each. For «latest», all of them for the newest period that any has, so that they compare."""
    found = [_told(known, unit, question, span) for unit in units]
    if span.kind == "latest" and known.form.schedule.period != "on change":
        newest = max((fact.period for fact in found if fact is not None), default=None)
        found = [fact if fact is not None and fact.period == newest else None for fact in found]
    return names_with_late(known, question, units, found)


def names_with_late(
    known: Known, question: Question, units: Sequence[Unit], facts: Sequence[Fact | None]
) -> list[RankedUnit]:
    """Where any unit has something, those that have none with their last value; what a newer report leaves open is not told."""
    on = max((fact.period for fact in facts if fact is not None), default=None)
    rows = []
    for unit, fact in zip(units, facts, strict=True):
        row = RankedUnit(unit, fact)
        if on is not None and unit.exists(on) and (fact is None or fact.period < on):
            brought = known.brought(unit, question)
            if brought is not None and (fact is None or brought.period != fact.period):
                row = RankedUnit(unit, brought, is_late=True)
        rows.append(row)
    return rows


def _told(known: Known, unit: Unit, question: Question, span: Span) -> Fact | None:
    if unit.id not in known.as_one:
        return fact_of(known, unit, question, span)
    fact = known.as_one[unit.id]
    if fact is not None and fact.periods is not None:
        stood = sum(unit.exists(period) for period in known.wanted.periods)
        fact = replace(fact, periods=Coverage(fact.periods.received, stood))
    if fact is None or span.kind == "latest" or known.form.schedule.period == "on change":
        return fact
    return fact if fact.period >= known.wanted.periods[0] else None
