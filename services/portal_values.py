"""What a unit has to send for a period: its own figures or, above those that report, their total, as it is read here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlalchemy import Connection

from reporting.figures.areas import Areas
from reporting.figures.carried import Last, whole
from reporting.figures.known import Wanted
from reporting.figures.sums import Withheld
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.portal.consignment import PortalValue
from reporting.portal.mapping import MappedIndicator, PortalMapping
from reporting.units import Unit, UnitTree
from storage.figures import carried, figures, public

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class PortalFigures:
    """What is to be there. `is_complete`: every unit that it rests on has sent its figures."""

    values: tuple[PortalValue, ...]
    is_complete: bool


@dataclass(frozen=True)
class PortalReading:
    """Reads what units have to send by a mapping; what it remembers of the tree serves many of them."""

    connection: Connection
    mapping: PortalMapping
    form: Form
    tree: UnitTree

    @cached_property
    def _areas(self) -> Areas:
        return Areas(self.tree)

    @cached_property
    def _mapped(self) -> Sequence[tuple[MappedIndicator, Question]]:
        """The indicators that this version of the form has, with their questions."""
        by_name = self.form.by_name
        return [(each, by_name[each.name]) for each in self.mapping.indicators if each.name in by_name]

    def is_total(self, unit: Unit, period: date) -> bool:
        """Whether the unit does not report itself and others do under it."""
        return not self._areas.is_own(self.form, unit, period)

    def of(self, unit: Unit, period: date) -> PortalFigures:
        """A unit's figures for a period as they are written there. Nothing is sent of what nobody has reported, nor of a period
        in which the unit is not there: an opening balance is in the figures of the former units, and another may have had its code.
        """
        if not unit.exists(period):
            return PortalFigures((), False)
        accepted = self.mapping.rules.provisional == "wait"
        total = self.is_total(unit, period)
        if self.mapping.rules.suppressed == "as residents":
            found = self._as_residents(unit, period)
        elif total:
            found = self._totals(unit, period, accepted=accepted)
        else:
            stands = figures.of_period(self.connection, self.form.key, unit.id, period, accepted=accepted)
            found = {name: each.value for name, each in stands.items() if each.value is not None}
        values = tuple(
            PortalValue(each, _written(each, found[each.name])) for each, _ in self._mapped if each.name in found
        )
        is_complete = self._all_came(unit, period, accepted=accepted) if total else bool(values)
        return PortalFigures(values, is_complete)

    def _totals(self, unit: Unit, period: date, *, accepted: bool) -> Mapping[str, Number]:
        """Totals over the units under it; of what is carried forward with late units' last values, or not at all."""
        ids = self._areas.members(self.form, unit, period)
        questions = [question for _, question in self._mapped if question.kind != "state"]
        names = [question.name for question in questions]
        lasts = carried.lasts(self.connection, self.form, names, period, ids, accepted=accepted)
        found = dict[str, Number]()
        for question in questions:
            value = self._total(question, lasts[question.name], ids, period)
            if value is not None:
                found[question.name] = value
        return found

    def _total(
        self, question: Question, lasts: Mapping[int, Last[Number]], ids: Sequence[int], period: date
    ) -> Number | None:
        if question.name not in self.form.carried:
            own = [each.value for each in lasts.values() if each.period == period and each.value is not None]
            return question.together(own, len(ids))
        of = whole(question, lasts, ids, period, sum)
        return None if of.carried and self.mapping.rules.carried == "leave out" else of.value

    def _as_residents(self, unit: Unit, period: date) -> Mapping[str, Number | str]:
        """What the public is told exactly; a small count that it is told only the bounds of is not among it."""
        questions = tuple(question for _, question in self._mapped)
        wanted = Wanted(self.form, questions, (unit,), (period,))
        known = public.known(self.connection, wanted, self._areas)
        found = dict[str, Number | str]()
        for question in questions:
            fact = known.history(unit, question).get(period)
            if fact is None or isinstance(fact.value, Withheld):
                continue
            is_left_out = bool(fact.carried) and self.mapping.rules.carried == "leave out"
            if isinstance(fact.value, str):
                found[question.name] = fact.value
            elif isinstance(fact.value, Amount) and fact.value.is_exact and not is_left_out:
                found[question.name] = fact.value.low
        return found

    def _all_came(self, unit: Unit, period: date, *, accepted: bool) -> bool:
        ids = self._areas.members(self.form, unit, period)
        names = [question.name for _, question in self._mapped]
        found = carried.newest_figures(self.connection, self.form, names, period, ids, accepted=accepted)
        came = {one for of in found.values() for one, each in of.items() if each.period == period}
        return bool(ids) and came >= set(ids)


def _written(indicator: MappedIndicator, value: Number | str) -> str:
    """A number plainly, without an exponent; a state as the taker calls it."""
    if isinstance(value, str):
        return indicator.choices.get(value, value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def gone_since(
    there: Mapping[str, str], values: Iterable[PortalValue], mapping: PortalMapping
) -> tuple[PortalValue, ...]:
    """What the taker has of these indicators and is no more."""
    stand = {each.indicator.name for each in values}
    by_name = {each.name: each for each in mapping.indicators}
    return tuple(
        PortalValue(by_name[name], value, is_gone=True)
        for name, value in there.items()
        if name not in stand and name in by_name
    )
