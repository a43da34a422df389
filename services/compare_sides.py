"""Compare the sides of a validation rule: what they come to for each unit, from the figures of a period and of the one before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from reporting.figures.usual_range import Number
from reporting.forms import Form
from reporting.period_types import first_day, period_before
from reporting.tick_parts import Apart, TickPart, as_one
from reporting.units import Unit, UnitTree
from reporting.validation.sides import Known, form_and_indicator, names_in, sides
from reporting.validation.validation_rule import BELOW, MissingValues, ValidationRule
from storage.figures import figures
from understanding.mergers import taken_over

FEW = 500
"""So many units at most are asked for by their ids."""


def part_of_rule(rule: ValidationRule) -> TickPart:
    """A rule as a part of what is done."""
    return TickPart(row=f"rule {rule.key}")


def compared(
    connection: Connection, rule: ValidationRule, forms: Sequence[Form], tree: UnitTree, period: date, now: datetime
) -> dict[int, tuple[Number, Number]]:
    """By unit id what the sides come to in a period, as far as it is known; one statement for each form that the rule reads.

    Units of whose period a part was reported by others, which they carry on, are passed over.
    """
    read = RuleFigures(connection, rule, {form.key: form for form in forms}, tree, period)
    return compared_apart(read, now, as_one)


def compared_apart(read: "RuleFigures", now: datetime, apart: Apart) -> dict[int, tuple[Number, Number]]:
    """The same of what was read; `apart`: works out each unit's."""
    found = {
        unit.id: apart(replace(part_of_rule(read.rule), unit_id=unit.id), partial(sides, read.rule, read.of(unit), now))
        for unit in read.units
    }
    return {unit_id: both for unit_id, both in found.items() if both is not None}


@dataclass
class RuleFigures:
    """What a rule reads of the units that it looks at (`only` these, by id; None: all), for its period and the one before."""

    connection: Connection
    rule: ValidationRule
    forms: Mapping[str, Form]
    tree: UnitTree
    period: date
    only: Collection[int] | None = None

    def __post_init__(self) -> None:
        of = self.rule.period_type
        self.before = period_before(of, self.period)
        self._values: dict[tuple[str, str, int], dict[date, Number]] = {}
        self._below: dict[tuple[str, int], list[Unit]] = {}
        self.units = self._looked_at()
        ids = self._read_of()
        for key in self.rule.forms:
            named = [found[1] for name in names_in(self.rule) if (found := self._place(name))[0] == key]
            first = first_day(of, self.before)
            for each in figures.of_units(self.connection, key, named, ids, first, self.period):
                if each.value is not None and not isinstance(each.value, str):
                    self._values.setdefault((key, each.indicator, each.unit_id), {})[each.period] = each.value

    def _read_of(self) -> set[int] | None:
        """The ids of the units whose figures are read; None: of all."""
        if self.only is None:
            return None
        below = [self._place(name)[0] for name in names_in(self.rule) if name.startswith(BELOW)]
        of = (each for unit in self.units for key in below for each in self._under(key, unit))
        ids = {each.id for each in (*self.units, *of)}
        return ids if len(ids) < FEW else None

    def of(self, unit: Unit) -> Known:
        return partial(self.known, unit)

    def _looked_at(self) -> Sequence[Unit]:
        return [
            unit
            for root in self.tree.roots(self.period)
            for unit in self.tree.reporting(root, self.rule.units, self.period)
            if (self.only is None or unit.id in self.only) and not self._is_cut(unit)
        ]

    def _is_cut(self, unit: Unit) -> bool:
        """Whether shorter reports of the period that a side would add up are of units which are no more: they are not in what it has
        of the unit that carries them on, and this one's longer report is.
        """
        first = first_day(self.rule.period_type, self.period)
        shorter = [
            name
            for name in names_in(self.rule)
            if self.forms[self._place(name)[0]].schedule.period != self.rule.period_type.kind
        ]
        read = (self._under(self._place(each)[0], unit) if each.startswith(BELOW) else [unit] for each in shorter)
        return any(taken_over(each, self.tree, first, self.period) for of in read for each in of)

    def _place(self, name: str) -> tuple[str, str]:
        return form_and_indicator(name, self.rule.forms) or ("", "")

    def known(self, unit: Unit, name: str, is_before: bool) -> Number | None:
        """A figure of the unit, or what those under it have together."""
        key, indicator = self._place(name)
        if not name.startswith(BELOW):
            return self._value(key, indicator, unit.id, is_before)
        values = [self._value(key, indicator, each.id, is_before) for each in self._under(key, unit)]
        there = [each for each in values if each is not None]
        if len(there) < len(values) and self.rule.missing is MissingValues.SKIP_IF_ANY:
            return None
        return self.forms[key].by_name[indicator].together(there, len(values))

    def _under(self, key: str, unit: Unit) -> list[Unit]:
        if (key, unit.id) not in self._below:
            reporting = self.tree.reporting(unit, self.forms[key].reports_on(self.period), self.period)
            found = {each.id: each for each in reporting if each.id != unit.id}
            between = {each.id: {above.id for above in self.tree.above(each)} - {each.id} for each in found.values()}
            self._below[key, unit.id] = [each for each in found.values() if between[each.id].isdisjoint(found)]
        return self._below[key, unit.id]

    def _value(self, key: str, indicator: str, unit_id: int, is_before: bool) -> Number | None:
        """Of a form with the rule's periods that of the period; of a shorter one its flows summed, all else as it stood last."""
        end, form = self.before if is_before else self.period, self.forms[key]
        kept = self._values.get((key, indicator, unit_id), {})
        if form.schedule.period == self.rule.period_type.kind:
            return kept.get(end)
        first = first_day(self.rule.period_type, end)
        within = [kept[on] for on in sorted(kept) if first <= on <= end]
        if not within:
            return None
        question = form.by_name[indicator]
        return sum(within, start=0) if question.sums_over_periods else within[-1]
