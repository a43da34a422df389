"""Whose figures make up what stands on a day: a unit that has ended counts until all that it has become have figures of their own."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from reporting.units import Unit, UnitTree
from understanding.mergers import successors


def standing_units(values_on: Mapping[Unit, date], among: Collection[Unit], tree: UnitTree, on: date) -> set[Unit]:
    """Of the units with a value, of the day that is given, those whose values are added up on a day.

    A former unit stays until each of the units `among` that it has become has a value since it ended, and of these one that began then
    waits for the others. So nothing is counted twice, and nothing is lost while they are silent.
    """
    within = frozenset(among)
    became = {
        unit: tuple(dict.fromkeys(_became(unit, values_on, within, tree, on)))
        for unit in values_on
        if unit.until is not None and unit.until <= on
    }
    staying = {unit for unit, now in became.items() if any(not _has_since(each, unit, values_on) for each in now)}
    waiting: set[Unit] = set()
    while True:
        begun = {each for unit in staying | waiting for each in became.get(unit, ()) if _began_after(each, unit)}
        stay = staying | {unit for unit, now in became.items() if begun.intersection(now)} - begun
        if (begun, stay) == (waiting, staying):
            return {unit for unit in values_on if unit not in waiting and (unit in staying or unit.exists(on))}
        waiting, staying = begun, stay


def _became(
    unit: Unit, values_on: Mapping[Unit, date], within: Collection[Unit], tree: UnitTree, on: date
) -> Iterator[Unit]:
    """The units that a former one has become; of one that has no value and has ended too, what that has become."""
    for each in successors(unit, tree):
        if each not in values_on and each.until is not None and each.until <= on:
            yield from _became(each, values_on, within, tree, on)
        elif each in within:
            yield each


def _has_since(unit: Unit, former: Unit, values_on: Mapping[Unit, date]) -> bool:
    return unit in values_on and former.until is not None and former.until <= values_on[unit]


def _began_after(unit: Unit, former: Unit) -> bool:
    return unit.since is not None and former.until is not None and former.until <= unit.since
