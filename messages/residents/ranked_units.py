"""Units with what is told of each, as they are listed, ranked and compared; of what is carried the late with their last value."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice

from reporting.figures.facts import Alike, Fact
from reporting.figures.known import Known
from reporting.forms import Question
from reporting.rounds.standings import Coverage
from reporting.units import Unit
from understanding.figure_told import fact_in
from understanding.inquiry import Span
from understanding.periods_asked import periods_asked


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


@dataclass(frozen=True, slots=True)
class Equals:
    """Units, by id, of each of which the same is told; `is_late` as of a `RankedUnit`."""

    fact: Fact
    unit_ids: Sequence[int]
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class RankedUnits:
    """Units beside each other. A country has ten thousand, so they are held by what is told of them, and only those shown looked at.

    `units`: all, as they stand where nothing else orders them. `told`: in no order. `missing`: those of whom nothing is told.
    """

    units: Sequence[Unit]
    told: Sequence[Equals]
    missing: Sequence[Unit]

    @property
    def facts(self) -> list[Fact]:
        return [each.fact for each in self.told]

    def first(self, of: Iterable[Equals], most: int) -> list[RankedUnit]:
        """The first of all these, at most so many, in the order of the units."""
        several = list(of)
        shown = list(islice(self._among(_ids(several)), most))
        ids = {unit.id for unit in shown}
        held_by = {one: each for each in several for one in ids.intersection(each.unit_ids)}
        return [RankedUnit(unit, held_by[unit.id].fact, held_by[unit.id].is_late) for unit in shown]

    def units_of(self, of: Iterable[Equals]) -> list[Unit]:
        """All of these, in the order of the units."""
        return list(self._among(_ids(of)))

    def _among(self, ids: Set[int]) -> Iterator[Unit]:
        return (unit for unit in self.units if unit.id in ids) if ids else iter(())


def _ids(of: Iterable[Equals]) -> Set[int]:
    return set[int]().union(*(each.unit_ids for each in of))


def count_of(of: Iterable[Equals]) -> int:
    """How many units these are."""
    return sum(len(each.unit_ids) for each in of)


def by_key(
    of: Iterable[Equals], key: Callable[[Equals], tuple[float, float]], *, most_first: bool
) -> Iterator[list[Equals]]:
    """Those that rank alike together, in their order."""
    return (list(group) for _, group in groupby(sorted(of, key=key, reverse=most_first), key=key))


def ranking(known: Known, question: Question, units: Sequence[Unit], span: Span) -> RankedUnits:
    """The units with what is told of each. For «latest», all of them for the newest period that any has, so that they compare."""
    found = [*_alike(known, span), *_one_by_one(known, question, units, span)]
    if span.kind == "latest" and known.form.schedule.period != "on change":
        newest = max((each.fact.period for each in found), default=None)
        found = [each for each in found if each.fact.period == newest]
    found = _with_late(known, question, units, found)
    ids = _ids(found)
    return RankedUnits(units, found, [unit for unit in units if unit.id not in ids])


def names_with_late(
    known: Known, question: Question, units: Sequence[Unit], facts: Sequence[Fact | None]
) -> list[RankedUnit]:
    """Where any unit has something, those that have none with their last value; what a newer report leaves open is not told."""
    on = max((fact.period for fact in facts if fact is not None), default=None)
    brought = (_brought(known, question, unit, fact, on) for unit, fact in zip(units, facts, strict=True))
    return [
        RankedUnit(unit, fact) if late is None else RankedUnit(unit, late, is_late=True)
        for unit, fact, late in zip(units, facts, brought, strict=True)
    ]


def _with_late(known: Known, question: Question, units: Sequence[Unit], told: Sequence[Equals]) -> list[Equals]:
    """The same of many: only those whose last value was read are looked at."""
    late = [unit for unit in units if (unit.id, question.name) in known.lasts] if known.lasts else []
    if not late or not told:
        return list(told)
    on = max(each.fact.period for each in told)
    facts = {one: each.fact for each in told for one in each.unit_ids}
    brought = {unit.id: _brought(known, question, unit, facts.get(unit.id), on) for unit in late}
    moved = {one: Equals(fact, (one,), is_late=True) for one, fact in brought.items() if fact is not None}
    kept = (replace(each, unit_ids=[one for one in each.unit_ids if one not in moved]) for each in told)
    return [*(each for each in kept if each.unit_ids), *moved.values()]


def _brought(known: Known, question: Question, unit: Unit, fact: Fact | None, on: date | None) -> Fact | None:
    """With which earlier value a unit stands beside those that have something of a later day; None: with its own, or none."""
    if on is None or not unit.exists(on) or (fact is not None and fact.period >= on):
        return None
    brought = known.brought(unit, question)
    return None if brought is None or (fact is not None and brought.period == fact.period) else brought


def _one_by_one(known: Known, question: Question, units: Sequence[Unit], span: Span) -> Iterator[Equals]:
    """What is told of those units whose figures were not read as one."""
    if units is known.wanted.units and len(known.as_one) == len(units):
        return iter(())
    others = units if not known.as_one else [unit for unit in units if unit.id not in known.as_one]
    periods = periods_asked(known.form, span)
    told = ((unit, fact_in(known, unit, question, span, periods)) for unit in others)
    return (Equals(fact, (unit.id,)) for unit, fact in told if fact is not None)


def _alike(known: Known, span: Span) -> Iterator[Equals]:
    """What is told of those whose figures were."""
    first, holds = known.wanted.periods[0], known.form.schedule.period == "on change"
    found = (each for each in known.alike if holds or span.kind == "latest" or each.fact.period >= first)
    return (Equals(fact, unit_ids) for each in found for fact, unit_ids in _by_life(known, each))


def _by_life(known: Known, of: Alike) -> Iterator[tuple[Fact, Sequence[int]]]:
    """Of sums over periods those apart that did not exist in all of them: fewer are expected of them."""
    fact, periods = of.fact, known.wanted.periods
    if fact.periods is None or len(known.areas.stretches(known.form, periods[0], periods[-1])) == 1:
        yield fact, of.unit_ids
        return
    stood: dict[int, list[int]] = {}
    for one in of.unit_ids:
        unit = known.areas.tree.unit(one)
        stood.setdefault(sum(unit.exists(period) for period in periods), []).append(one)
    for count, unit_ids in stood.items():
        yield replace(fact, periods=Coverage(fact.periods.received, count)), unit_ids
