"""Whose figures are those of a unit with a target, over all the days that count: worked out once for all targets of the unit."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from reporting.figures.indicator_targets import IndicatorTarget
from reporting.forms import Form
from reporting.rounds.standings import expected_units
from reporting.units import Unit, UnitTree
from reporting.units_as_now import UnitsAsNow
from understanding.mergers import went_on_from


class TargetUnits:
    """The reporting units of a tree by unit and day, kept while targets are looked at: they change only where the tree does.

    By the units of today too they are told with the days on which they stood themselves, those of `as_it_was`.
    """

    def __init__(self, tree: UnitTree) -> None:
        self.tree = tree
        self.as_it_was = tree.as_it_was if isinstance(tree, UnitsAsNow) else tree
        self._expected: dict[tuple[tuple[str, ...], Unit, int], Sequence[Unit]] = {}

    def of(self, form: Form, target: IndicatorTarget, span: tuple[date, date]) -> Sequence[Unit]:
        """The reporting units whose figures are those of the target's unit, or of what this was under another name: on the first day,
        on the last and whenever trees changed between.
        """
        unit, (first, last) = self.tree.unit(target.unit_id), span
        days = (first, *(day for day in self.as_it_was.changes if first < day <= last))
        ever = (*went_on_from(unit, self.tree), unit) if self.tree is self.as_it_was else (unit,)
        before = [
            self.expected(form, on, each) for on in days for each in ever if each.exists(on) or self.tree.is_group(each)
        ]
        return list(dict.fromkeys(each for of in (*before, self.expected(form, last, unit)) for each in of))

    def expected(self, form: Form, on: date, unit: Unit) -> Sequence[Unit]:
        """The units that exist on a day and that the form is for, under a unit."""
        key = (form.reports_on(on), unit, bisect_right(self.as_it_was.changes, on))
        if key not in self._expected:
            self._expected[key] = [self.tree.itself(each.id) for each in expected_units(form, self.tree, on, unit)]
        return self._expected[key]
