"""Areas: a unit with the units whose reports make up its figures, on a given day."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.forms import Form
from reporting.units import Unit, UnitTree
from reporting.units_as_now import by_today

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Among:
    """The units of these ids or, where that is the shorter list, all but these."""

    ids: tuple[int, ...]
    is_all_but: bool = False


class Areas:
    """Which units report for which, remembered for as long as the tree stands: a country's tree is not walked at every question."""

    def __init__(self, tree: UnitTree) -> None:
        self.tree = tree
        self._changes = tree.changes
        self._members: dict[tuple[object, ...], tuple[int, ...]] = {}
        self._by_parent: dict[tuple[object, ...], Mapping[int | None, frozenset[int]]] = {}
        self._among: dict[tuple[object, ...], Among] = {}
        self._groups: dict[tuple[object, ...], Among | None] = {}
        self._alone: dict[tuple[object, ...], frozenset[int]] = {}
        self._nested: dict[tuple[object, ...], bool] = {}
        self._of_kinds: dict[tuple[object, ...], tuple[Unit, ...]] = {}

    def members(self, form: Form, unit: Unit, on: date) -> tuple[int, ...]:
        """The ids of the units in the unit's subtree that report on that day, itself if it does, in the tree's order."""
        key = (unit.id, *self._era(form, on))
        if key not in self._members:
            self._members[key] = tuple(each.id for each in self.tree.reporting(unit, form.reports_on(on), on))
        return self._members[key]

    def members_by_parent(self, form: Form, unit: Unit, on: date) -> Mapping[int | None, frozenset[int]]:
        """The same by the id of the unit right above each."""
        key = (unit.id, *self._era(form, on))
        if key not in self._by_parent:
            found: dict[int | None, set[int]] = {}
            for one in self.members(form, unit, on):
                found.setdefault(self.tree.kept_under(one), set()).add(one)
            self._by_parent[key] = {parent: frozenset(ids) for parent, ids in found.items()}
        return self._by_parent[key]

    def is_nested(self, form: Form, on: date) -> bool:
        """Whether on that day a unit that reports stands above another that does."""
        if form.reports_on(on) == ("leaves",):
            return False
        key = self._era(form, on)
        if key not in self._nested:
            ids = {one for root in self.tree.roots(on) for one in self.members(form, root, on)}
            self._nested[key] = any(
                above.id in ids for one in ids for above in list(self.tree.above(self.tree.unit(one)))[1:]
            )
        return self._nested[key]

    def is_own(self, form: Form, unit: Unit, on: date) -> bool:
        """Whether the unit's figures are its own report's and not a total; of one that has ended, as they were until then.

        A group has none of its own, be there nobody left in it.
        """
        if self.tree.is_group(unit):
            return False
        last = unit.until - DAY if unit.until is not None and unit.until <= on else on
        members = self.members(form, unit, last)
        return (not members or members == (unit.id,)) and not self.tree.stands_for_others(unit)

    def among(self, form: Form, unit: Unit, first_on: date, last_on: date) -> Among:
        """All that have reported for the unit at some time from `first_on` to `last_on`."""
        key = (unit.id, *self._era(form, first_on), *self._era(form, last_on))
        if key not in self._among:
            self._among[key] = self.all_of(self.during(form, unit, first_on, last_on))
        return self._among[key]

    def groups(self, form: Form, units: Sequence[Unit], first_on: date, last_on: date) -> Among | None:
        """The units right above all that have reported for these at some time in these days, which have no others under them.

        None where that is no way to add them up: a unit that reports stands above another, or has none above it; or one of these
        is a group, to which not all are counted that stand under one.
        """
        if not self.adds_up_by_parent(units):
            return None
        ids, days = tuple(unit.id for unit in units), self.stretches(form, first_on, last_on)
        key = (ids, *self._era(form, first_on), *self._era(form, last_on))
        if key not in self._groups:
            reporting = {one for unit in units for one in self.during(form, unit, first_on, last_on)}
            parents = {self.tree.unit(one).parent_id for one in reporting}
            whole = {one for one in parents if one is not None}
            is_plain = whole == parents and not any(self.is_nested(form, on) for on, _ in days)
            is_plain &= not any(first_on < day <= last_on for day, _ in form.reports_until)
            self._groups[key] = self.all_of(whole) if is_plain and not reporting.intersection(ids) else None
        return self._groups[key]

    def adds_up_by_parent(self, units: Iterable[Unit]) -> bool:
        """Whether what stands under each of these is all that is kept under some units of the list."""
        return self.tree.adds_up_by_parent and not any(self.tree.is_group(unit) for unit in units)

    def during(self, form: Form, unit: Unit, first_on: date, last_on: date) -> tuple[int, ...]:
        """The ids of all that have reported for the unit at some time from `first_on` to `last_on`, those of earlier days first."""
        changes = self._changes_between(form, first_on, last_on)
        if not changes:
            return self.members(form, unit, last_on)
        return tuple(dict.fromkeys(one for on in (first_on, *changes) for one in self.members(form, unit, on)))

    def _era(self, form: Form, on: date) -> tuple[object, ...]:
        """By what is known who reports on a day: who does by the form, and how often the tree has changed by then."""
        return form.reports_until, form.reports_on(on), bisect_right(self._changes, on)

    def _changes_between(self, form: Form, first_on: date, last_on: date) -> list[date]:
        """The days after the first and up to the last from which others may report than before."""
        changes = self._changes[bisect_right(self._changes, first_on) : bisect_right(self._changes, last_on)]
        by_form = [day for day, _ in form.reports_until if first_on < day <= last_on]
        return sorted({*changes, *by_form}) if by_form else changes

    def of_kinds(self, form: Form, unit: Unit, kinds: Sequence[str], first_on: date, last_on: date) -> tuple[Unit, ...]:
        """The units that are listed and ranked where those of these kinds are asked for: all that have reported for `unit` in these
        days if most are of such a kind, or none is asked for; of many kinds those of the ones asked for; else whoever is of them.
        """
        key = (unit.id, tuple(kinds), *self._era(form, first_on), *self._era(form, last_on))
        if key not in self._of_kinds:
            found = by_today(self.tree, self.during(form, unit, first_on, last_on))
            reporting = Counter(each.kind for each in found)
            if kinds and not reporting.keys() & set(kinds):
                found = self.below(unit, kinds, last_on)
            elif kinds and reporting.most_common(1)[0][0] not in kinds:
                found = [each for each in found if each.kind in kinds]
            self._of_kinds[key] = tuple(found)
        return self._of_kinds[key]

    def alone(self, form: Form, first_on: date, last_on: date) -> frozenset[int]:
        """The ids of the units that have reported for themselves on all of these days, and nobody else for them."""
        key = (*self._era(form, first_on), *self._era(form, last_on))
        if key not in self._alone:
            during = ((each.id, self.during(form, each, first_on, last_on)) for each in self.tree)
            self._alone[key] = frozenset(one for one, ids in during if ids == (one,))
        return self._alone[key]

    def is_unchanged(self, form: Form, until: date) -> bool:
        """Whether no unit ever began or ended up to a day, and none ever reported that does not: who reports was always the same."""
        return not form.reports_until and bisect_right(self._changes, until) == 0

    def stretches(self, form: Form, first_on: date, last_on: date) -> list[tuple[date, date]]:
        """The days from the one to the other, cut wherever a unit began or ended, or others began to report."""
        changes = self._changes_between(form, first_on, last_on)
        ends = [*(date.fromordinal(day.toordinal() - 1) for day in changes), last_on]
        return list(zip((first_on, *changes), ends, strict=True))

    def all_of(self, ids: Collection[int]) -> Among:
        """These units, by whichever list is shorter."""
        if 2 * len(ids) <= len(self.tree.units):
            return Among(tuple(ids))
        left_in = frozenset(ids)
        return Among(tuple(each.id for each in self.tree if each.id not in left_in), is_all_but=True)

    def below(self, unit: Unit, kinds: Iterable[str], on: date) -> list[Unit]:
        """The units of these kinds under `unit` on that day, as their names sort; of no kinds: those right under it."""
        wanted = frozenset(kinds)
        found = [*self.tree.under(unit, on), *self._groups_within(unit, on)] if wanted else self.tree.children(unit, on)
        here = (each for each in found if not wanted or (each.kind in wanted and each.id != unit.id))
        return sorted(here, key=lambda each: each.name_order)

    def _groups_within(self, unit: Unit, on: date) -> list[Unit]:
        return (
            []
            if self.tree.is_group(unit)
            else [each for each in self.tree.groups(on) if self.tree.is_within(each, unit)]
        )
