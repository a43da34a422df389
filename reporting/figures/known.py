"""What is known to the public of what was asked: a unit's figures, totals with their coverage, by period."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from reporting.figures.areas import Areas
from reporting.figures.carried import Last, share
from reporting.figures.facts import Alike, Fact, amount_of, own_fact, sum_of
from reporting.figures.figure import Figure
from reporting.figures.indicator import Indicator
from reporting.figures.sums import Late, Spread, Sum, Withheld, added_up, with_late
from reporting.figures.told_amounts import Amount, total_told
from reporting.forms import Form, Question
from reporting.rounds.standings import Coverage, excused
from reporting.rounds.suspensions import Suspension
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be read: the public figures of these questions of a form, of units' own and in total, for `periods`.

    Where the newest of the periods has none, the newest known before it is read too; of totals also the one before that.
    `each`: many units beside each other, for the same periods; only where none has any, for the newest period before.
    `as_one`: of these only what is told of each for all the periods as one is wanted.
    """

    form: Form
    questions: tuple[Question, ...]
    units: tuple[Unit, ...]
    periods: tuple[date, ...]
    each: bool = False
    as_one: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(question.name for question in self.questions)


Cells = Mapping[tuple[int, str], Mapping[date, Figure]]


@dataclass(frozen=True)
class Known:
    """What was read for a `Wanted`. No value in it waits for approval.

    `cells`: by unit id and indicator; `sums`: by the id of the unit whose total it is and indicator. `received`: unit
    ids and periods of which there is a report, or something in the archive; of wide areas' totals (not
    `tells_who_reported`) only of the last period, if nobody has a figure of it. `grounds`: on what a unit's state rests,
    by unit and period.
    `as_one`: the ids of units of whose own figures what is told for all the periods as one has been read, and is in `alike` if
    there is any; those of other units are in `cells`.
    `waiting`: unit ids and periods of which a figure wanted waits for approval.
    `late`: by the unit and indicator of a total that is carried, and by the periods of which it can be told.
    `lasts`: by unit id and indicator, of units beside each other without a value of the newest period that any of them has.
    """

    wanted: Wanted
    areas: Areas
    cells: Cells
    sums: Mapping[tuple[int, str], Mapping[date, Sum]]
    received: frozenset[tuple[int, date]] = frozenset()
    suspensions: Sequence[Suspension] = ()
    grounds: Mapping[tuple[int, date], str] = field(default_factory=dict)
    as_one: frozenset[int] = frozenset()
    alike: Sequence[Alike] = ()
    tells_who_reported: bool = True
    waiting: frozenset[tuple[int, date]] = frozenset()
    late: Mapping[tuple[int, str], Mapping[date, Late]] = field(default_factory=dict)
    lasts: Mapping[tuple[int, str], Last[Sum]] = field(default_factory=dict)

    def waits(self, unit: Unit, told: Iterable[date]) -> bool:
        """Whether a figure of the unit, or of any in its total, waits for approval: of one of these periods, or whenever set."""
        if not self.waiting:
            return False
        periods = tuple(told)
        members = {unit.id, *self.areas.members(self.form, unit, periods[-1])}
        is_set = self.form.schedule.period == "on change"
        return any(one in members and (is_set or period in periods) for one, period in self.waiting)

    def has_figures_of(self, indicators: Collection[Indicator]) -> bool:
        """Whether any figure of one of these was found, of the periods wanted or of one before."""
        names = {each.question for each in indicators if each.form == self.form.key}
        found = (name in names and of for read in (self.cells, self.sums) for (_, name), of in read.items())
        return any(found) or bool(self.alike)

    def has_reported(self, unit: Unit, period: date) -> bool:
        """Whether the unit, or any in its total, has reported for a period, whatever is in the report."""
        members = self.areas.members(self.form, unit, period) or (unit.id,)
        return any((one, period) in self.received for one in members)

    @property
    def form(self) -> Form:
        return self.wanted.form

    @cached_property
    def _histories(self) -> dict[tuple[int, str], Mapping[date, Fact]]:
        return {}

    def history(self, unit: Unit, question: Question) -> Mapping[date, Fact]:
        """What is told of an indicator, by period."""
        key = (unit.id, question.name)
        if key not in self._histories:
            self._histories[key] = self._history(unit, question)
        return self._histories[key]

    def newest(self, unit: Unit, question: Question, until: date) -> Fact | None:
        """The newest that is told for a period up to `until`."""
        facts = self.history(unit, question)
        periods = [period for period in facts if period <= until]
        return facts[max(periods)] if periods else None

    def brought(self, unit: Unit, question: Question) -> Fact | None:
        """What a unit stands with beside others that have reported since: its last value, or that it cannot be told."""
        last = self.lasts.get((unit.id, question.name))
        of = share(question, last) if last is not None else None
        if last is not None and last.reported is not None and of is not None and of.is_withheld:
            return Fact(last.reported, Withheld((unit.id,)), None)
        if of is None or of.value is None:
            return None
        return Fact(of.value.period, of.value.value, of.value.as_of, is_corrected=of.value.revision > 1)

    def owing(self, unit: Unit, period: date) -> tuple[int, ...]:
        """The ids of the units in a total that owe a report for a period."""
        members = self.areas.members(self.form, unit, period)
        if self.form.schedule.period == "on change" or not (self.suspensions or self.form.schedule.is_free(period)):
            return members
        free = self._free(members, period)
        return tuple(one for one in members if one not in free)

    def is_excused(self, unit: Unit, period: date) -> bool:
        """Whether the unit owes no report for a period because reporting is suspended, or the day is free."""
        return unit.id in self._free((unit.id,), period)

    def _free(self, ids: Iterable[int], period: date) -> dict[int, str]:
        units = [self.areas.tree.unit(one) for one in ids]
        return excused(self.form, period, units, self.areas.tree, self.suspensions)

    def _history(self, unit: Unit, question: Question) -> Mapping[date, Fact]:
        key = (unit.id, question.name)
        if key in self.sums:
            return {period: self._of_sum(unit, question, one) for period, one in self.sums[key].items()}
        if self.areas.is_own(self.form, unit, self.wanted.periods[-1]):
            return {period: own_fact(question, one) for period, one in self.cells.get(key, {}).items()}
        members = self.areas.during(self.form, unit, date.min, self.wanted.periods[-1])
        found = {one: of for one in members if (of := self.cells.get((one, question.name)))}
        if question.kind == "state" and self.form.schedule.period == "on change":
            standing = frozenset(self.areas.members(self.form, unit, self.wanted.periods[-1]))
            return self._in_force(unit, {one: of for one, of in found.items() if one in standing})
        periods = sorted({period for of_unit in found.values() for period in of_unit})
        of_periods = {period: self._counted(unit, found, period) for period in periods}
        if question.name in self.form.carried:
            late = self.late.get(key, {})
            return {
                day: self._whole(unit, question, day, of, late[day])
                for day, of in of_periods.items()
                if of and day in late
            }
        return {period: self._of_units(unit, question, period, of) for period, of in of_periods.items() if of}

    def _whole(self, unit: Unit, question: Question, period: date, found: Mapping[int, Figure], late: Late) -> Fact:
        """A total that is carried, with those in it that have no value of the period but one from before."""
        own = added_up(sum_of(question, cell, 1) for cell in found.values())
        members = self.areas.members(self.form, unit, period)
        silent = {one: late.get(one, Last(None, None)) for one in members if one not in found}
        of = with_late(question, own, silent)
        fact = self._covered(unit, period, of.value, found)
        return replace(fact, as_of=of.as_of, is_corrected=of.revision > 1, carried=of.carried)

    def _counted(self, unit: Unit, found: Mapping[int, Mapping[date, Figure]], period: date) -> Mapping[int, Figure]:
        """The figures of a period of those that reported for the unit then: an opening balance is in those of the former units, and
        to a group a unit may be counted from a day on, or was up to one.
        """
        return {
            one: of[period]
            for one in self.areas.members(self.form, unit, period)
            if (of := found.get(one)) is not None and period in of
        }

    def _in_force(self, unit: Unit, found: Mapping[int, Mapping[date, Figure]]) -> Mapping[date, Fact]:
        """How many units stand at each choice on the day asked about: what was set last holds on."""
        on = self.wanted.periods[-1]
        last = {one: of[max(days)] for one, of in found.items() if (days := [day for day in of if day <= on])}
        return {on: self._spread(unit, on, last)} if last else {}

    def _of_sum(self, unit: Unit, question: Question, one: Sum) -> Fact:
        owing = len(self.owing(unit, one.period))
        if question.kind != "state" and not question.has_total(len(self.areas.members(self.form, unit, one.period))):
            one = replace(one, value=Withheld(is_no_sum=True), carried={})
        coverage = Coverage(min(one.units, owing), owing)
        is_corrected = one.revision > 1
        return Fact(one.period, one.value, one.as_of, coverage, is_corrected=is_corrected, carried=one.carried)

    def _of_units(self, unit: Unit, question: Question, period: date, found: Mapping[int, Figure]) -> Fact:
        if question.kind == "state":
            return self._spread(unit, period, found)
        if not question.has_total(len(self.areas.members(self.form, unit, period))):
            return self._covered(unit, period, Withheld(is_no_sum=True), found)
        amounts = (amount_of(question, cell) for cell in found.values() if cell.value is not None)
        return self._covered(unit, period, total_told(each for each in amounts if isinstance(each, Amount)), found)

    def _spread(self, unit: Unit, period: date, found: Mapping[int, Figure]) -> Fact:
        choices = [str(cell.value) for cell in found.values()]
        counts = tuple((choice, choices.count(choice)) for choice in sorted(set(choices)))
        return self._covered(unit, period, Spread(counts), found)

    def _covered(
        self, unit: Unit, period: date, value: Amount | Spread | Withheld, found: Mapping[int, Figure]
    ) -> Fact:
        owing = self.owing(unit, period)
        missing = tuple(one for one in owing if one not in found)
        expected = len({*owing, *found})  # what came though nobody owed it is in the total as well
        as_of = max((cell.as_of for cell in found.values() if cell.as_of is not None), default=None)
        is_corrected = any(cell.revision > 1 for cell in found.values())
        coverage = Coverage(expected - len(missing), expected)
        return Fact(period, value, as_of, coverage, is_corrected=is_corrected, missing=missing)


def summed(known: Known, unit: Unit, question: Question, periods: Sequence[date]) -> Fact | None:
    """The sum over the periods when the unit existed: of those that have a value, and how many these are. None if none has.

    The question's `sums_over_periods` must hold.
    """
    facts, periods = known.history(unit, question), [period for period in periods if unit.exists(period)]
    found = [facts[period] for period in periods if period in facts and isinstance(facts[period].value, Amount)]
    if not found:
        return None
    amount = total_told(one.value for one in found if isinstance(one.value, Amount))
    is_own = found[0].coverage is None
    received = sum(one.coverage.received for one in found if one.coverage)
    told = {one.period: one.coverage.expected for one in found if one.coverage}
    expected = 0 if is_own else sum(told.get(one) or len(known.owing(unit, one)) for one in periods)
    return Fact(
        found[-1].period,
        amount,
        max((one.as_of for one in found if one.as_of is not None), default=None),
        None if is_own else Coverage(received, expected),
        Coverage(len(found), len(periods)),
        any(one.is_corrected for one in found),
    )
