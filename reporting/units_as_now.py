"""Figures of earlier days by the units of today: what was merged is counted to what it has become."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from reporting.units import Unit, UnitTree


class UnitsAsNow(UnitTree):
    """The units of `today`, each with the former ones under it that have become part of it.

    Of an earlier day the units report that did so then, for whatever all of them is part of now. One that was divided is part of
    none of its parts: it counts only for a unit that has them all (`divided`). `tree`: as it was; `became`: by id of each unit that
    is no more, the ids of those that it has become by today.
    """

    adds_up_by_parent = False

    def __init__(self, tree: UnitTree, became: Mapping[int, tuple[int, ...]], today: date) -> None:
        self.as_it_was, self.today, self.became = tree, today, became
        self._remembered: dict[tuple[tuple[str, ...], int], dict[int, list[Unit]]] = {}
        super().__init__((self._as_now(unit) for unit in tree), tree.memberships)

    def _told_apart(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """As they were: here a unit stands on its former ones' days, and need not be told from them."""
        return units

    def _as_now(self, unit: Unit) -> Unit:
        became = self.became.get(unit.id, ())
        if became:
            return replace(unit, parent_id=self._shared(became))
        former = [self.as_it_was.unit(one) for one, now in self.became.items() if now == (unit.id,)]
        if unit.since is None or not former:
            return unit
        begun = [each.since for each in former]
        return replace(
            unit, since=None if None in begun else min(day for day in (*begun, unit.since) if day is not None)
        )

    def _shared(self, ids: tuple[int, ...]) -> int | None:
        """The id of the lowest unit that has all of these: the one itself where it is one."""
        chains = [[each.id for each in self.as_it_was.above(self.as_it_was.unit(one))] for one in ids]
        return next((one for one in chains[0] if all(one in chain for chain in chains)), None)

    def itself(self, unit_id: int) -> Unit:
        return self.as_it_was.unit(unit_id)

    def kept_under(self, unit_id: int) -> int | None:
        return self.as_it_was.kept_under(unit_id)

    def stands_for_others(self, unit: Unit) -> bool:
        return unit.id in self._followed

    @cached_property
    def _followed(self) -> frozenset[int]:
        """The ids of the units of today that former ones are counted to."""
        return frozenset(now[0] for now in self.became.values() if len(now) == 1)

    @cached_property
    def is_otherwise(self) -> bool:
        """Whether anything was merged, divided or renamed at all."""
        return bool(self.became)

    @cached_property
    def divided(self) -> tuple[Unit, ...]:
        """The former units of which nobody can say which part is whose."""
        return tuple(self.unit(one) for one, now in self.became.items() if len(now) > 1)

    @cached_property
    def since(self) -> date | None:
        """The last day on which anything was merged, divided or renamed."""
        return max((day for one in self.became if (day := self.unit(one).until) is not None), default=None)

    def place_of(self, unit: Unit) -> tuple[Unit, ...]:
        """What the unit is now: itself, or what it has become."""
        return tuple(self.unit(one) for one in self.became.get(unit.id, (unit.id,)))

    def reporting(self, unit: Unit, reports: tuple[str, ...], on: date) -> list[Unit]:
        """The units that reported on that day and are part of `unit` now; of a group, of its members of today."""
        by_top = self._by_top(reports, on)
        if not self.is_group(unit):
            return by_top.get(unit.id, [])
        members = [each.unit_id for each in self._members[unit.id] if each.holds(self.today)]
        return [found for one in members for found in by_top.get(one, ())]

    def _by_top(self, reports: tuple[str, ...], on: date) -> dict[int, list[Unit]]:
        """Those that reported on that day by the id of each unit that they are part of now."""
        key = (reports, bisect_right(self.as_it_was.changes, on))
        if key not in self._remembered:
            found: dict[int, list[Unit]] = {}
            for root in self.as_it_was.roots(on):
                for each in self.as_it_was.reporting(root, reports, on):
                    for above in self.above(unit := self.unit(each.id)):
                        found.setdefault(above.id, []).append(unit)
            self._remembered[key] = found
        return self._remembered[key]


def is_as_now(tree: UnitTree) -> bool:
    """Whether the tree counts former units to what they are now, and that makes any difference."""
    return isinstance(tree, UnitsAsNow) and tree.is_otherwise


def divided_units(tree: UnitTree) -> tuple[Unit, ...]:
    """The former units that were divided, of which no figure is any unit's of today."""
    return tree.divided if isinstance(tree, UnitsAsNow) else ()


def former_ids(tree: UnitTree) -> frozenset[int]:
    """By the units of today, the ids of those that are but part of others; divided ones are not, as they are part of none."""
    became = tree.became if isinstance(tree, UnitsAsNow) else {}
    return frozenset(one for one, now in became.items() if len(now) == 1)


def by_today(tree: UnitTree, ids: Iterable[int]) -> list[Unit]:
    """The units with these ids; of a tree by the units of today what they are part of now, each once."""
    units = (tree.unit(one) for one in ids)
    if not isinstance(tree, UnitsAsNow):
        return list(units)
    places = ((unit, tree.place_of(unit)) for unit in units)
    return list(dict.fromkeys(now[0] if len(now) == 1 else unit for unit, now in places))
