"""Whose figures make up what stands on a day: a unit that has ended counts until all that it has become have figures of their own."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from reporting.units import Unit, UnitTree
from understanding.mergers import successors, taken_over


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
    staying = {unit for unit, now in became.items() if any(not _has_since(*each, values_on) for each in now)}
    waiting: set[Unit] = set()
    while True:
        begun = {each for unit in staying | waiting for each, day in became.get(unit, ()) if _began_after(each, day)}
        stay = staying | {unit for unit, now in became.items() if begun.intersection(each for each, _ in now)} - begun
        if (begun, stay) == (waiting, staying):
            return {unit for unit in values_on if unit not in waiting and (unit in staying or unit.exists(on))}
        waiting, staying = begun, stay


def unchanged_since(units: Iterable[Unit], tree: UnitTree, first_on: date, last_on: date) -> date:
    """Since when, of these days, none of the units has begun or taken another in: over that day their figures are no row."""
    changed = [first_on]
    for unit in units:
        days = (unit.since, *(each.until for each in taken_over(unit, tree, first_on, last_on)))
        changed += [day for day in days if day is not None and day <= last_on]
    return max(changed)


def _became(
    unit: Unit, values_on: Mapping[Unit, date], within: Collection[Unit], tree: UnitTree, on: date
) -> Iterator[tuple[Unit, date]]:
    """The units that a former one has become, and when; of one that has ended too and had no value since, what that has become."""
    ended = unit.until or on
    for each in successors(unit, tree):
        if each.until is not None and each.until <= on and not _has_since(each, ended, values_on):
            yield from _became(each, values_on, within, tree, on)
        elif each in within:
            yield each, ended


def _has_since(unit: Unit, day: date, values_on: Mapping[Unit, date]) -> bool:
    return unit in values_on and day <= values_on[unit]


def _began_after(unit: Unit, day: date) -> bool:
    return unit.since is not None and day <= unit.since
