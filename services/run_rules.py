"""Run the validation rules: at each one's hour, and again when reports have come since; what is found is kept until figures agree."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.figures.usual_range import Number
from reporting.forms import Form
from reporting.period_types import first_day, period_before, period_of
from reporting.rounds.periods import moment
from reporting.tick_parts import Apart, TickPart, as_one
from reporting.units import Unit, UnitTree
from reporting.validation.rule_list import RuleRow, rule_of
from reporting.validation.sides import Known, form_and_indicator, names_in, sides
from reporting.validation.validation_rule import BELOW, Contradiction, Importance, MissingValues, ValidationRule
from storage.figures import contradictions, figures
from storage.reports import forms as kept_forms
from understanding.mergers import taken_over

T = TypeVar("T")

AGAIN_AFTER = timedelta(hours=1)
"""A rule is run over all units again at the soonest so long after, while reports come in; what is open is looked at at once."""
UNFINISHED = -1
"""In place of the newest report: of a run that is to be made again."""

IMPORTANCES = tuple(Importance)
LOOKED_BACK = timedelta(days=7)
"""For so long a period is looked at again."""


def rules_in_use(connection: Connection, forms: Sequence[Form]) -> list[ValidationRule]:
    """The rules that are run; one that cannot be read any more, since its forms have changed, is passed over."""
    return [rule for _, rule, _ in _read(connection, forms) if rule is not None]


def _read(
    connection: Connection, forms: Sequence[Form]
) -> Iterator[tuple[contradictions.KeptRule, ValidationRule | None, Refused | None]]:
    for each in contradictions.rules(connection):
        if each.retired_at is None:
            try:
                yield each, rule_of(RuleRow(each.place, each.content), forms), None
            except Refused as refused:
                yield each, None, refused


def open_contradictions(
    connection: Connection, tree: UnitTree, today: date, under: Collection[Unit] | None = None
) -> list[Contradiction]:
    """What is open of these units and all under them (None: of all), the most important rule first, then the newest period."""
    ids = None if under is None else {each.id for unit in under for each in tree.under(unit, today)}
    kept = [each for each in contradictions.open_now(connection) if ids is None or each.unit_id in ids]
    rules = (
        {each.key: each for each in rules_in_use(connection, kept_forms.in_force(connection, today))} if kept else {}
    )
    found = [
        Contradiction(rules[each.rule], each.unit_id, each.period, each.left, each.right, each.found_at)
        for each in kept
        if each.rule in rules
    ]
    return sorted(found, key=lambda each: IMPORTANCES.index(each.rule.importance))


@dataclass(frozen=True, slots=True)
class RuleRun:
    """A rule was run over a period. `found`: what was not known at its last run; `is_whole`: it was run over all units, none of which
    has failed; `newest`: the newest report then.
    """

    rule: ValidationRule
    period: date
    found: Sequence[Contradiction]
    is_whole: bool
    newest: int


def run_due(
    connection: Connection,
    forms: Sequence[Form],
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    *,
    apart: Apart = as_one,
) -> list[RuleRun]:
    """Runs what is due by now; whoever calls tells what was found, and says so by `have_run`. What agrees by now is closed. `apart`:
    runs each rule.
    """
    rules = rules_in_use(connection, forms)
    if not rules:
        return []
    today = now.astimezone(zone).date()
    newest, since = contradictions.newest_report(connection), today - LOOKED_BACK
    ran = contradictions.runs(connection, since)
    still_open: dict[tuple[str, date], set[int]] = {}
    for each in contradictions.open_now(connection):
        still_open.setdefault((each.rule, each.period), set()).add(each.unit_id)

    def run_rule(rule: ValidationRule) -> list[RuleRun]:
        made: list[RuleRun] = []
        for period in _due_periods(rule, now, zone):
            at, seen = ran.get((rule.key, period), (None, UNFINISHED))
            is_first = at is None and period == _latest_due(rule, now, zone)
            if is_first or (at is not None and (seen == UNFINISHED or (newest > seen and now - at >= AGAIN_AFTER))):
                noting, is_open = _Noting(apart), still_open.pop((rule.key, period), set())
                told_until = at if seen != UNFINISHED else None
                found = _run(
                    connection, rule, forms, tree, period, now, is_open, noting, whole=True, told_until=told_until
                )
                made.append(RuleRun(rule, period, found, not noting.has_failed, newest))
        return made

    runs = [apart(_part_of(rule), partial(run_rule, rule)) for rule in rules]
    seen_last = max((seen for _, seen in ran.values()), default=UNFINISHED)
    by_key = {rule.key: rule for rule in rules}
    for (key, period), unit_ids in still_open.items() if newest > seen_last else ():
        if (rule := by_key.get(key)) is not None:
            apart(_part_of(rule), partial(_run, connection, rule, forms, tree, period, now, unit_ids, apart))
    return [each for made in runs for each in made or ()]


def have_run(connection: Connection, runs: Sequence[RuleRun], untold: Collection[Contradiction], now: datetime) -> None:
    """These are not run again before new reports have come; but those that are not whole, or of whose finds some are `untold`,
    are with the next tick, whichever period has come meanwhile.
    """
    for each in runs:
        is_finished = each.is_whole and not any(one in untold for one in each.found)
        seen = each.newest if is_finished else UNFINISHED
        contradictions.has_run(connection, each.rule.key, each.period, now, seen)


@dataclass
class _Noting:
    """Does each part apart, and notes whether one has failed."""

    apart: Apart
    has_failed: bool = False

    def __call__(self, part: TickPart, work: Callable[[], T], /) -> T | None:
        done = self.apart(part, lambda: (work(),))
        self.has_failed = self.has_failed or done is None
        return done[0] if done is not None else None


def _part_of(rule: ValidationRule) -> TickPart:
    return TickPart(row=f"rule {rule.key}")


def _due_periods(rule: ValidationRule, now: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The periods of which the hour has come in the time that is looked back to, the newest first."""
    period = _latest_due(rule, now, zone)
    while True:
        yield period
        period = period_before(rule.period_type, period)
        if moment(rule.runs, period, zone) < now - LOOKED_BACK:
            return


def _latest_due(rule: ValidationRule, now: datetime, zone: ZoneInfo) -> date:
    period = period_of(rule.period_type, now.astimezone(zone).date())
    while moment(rule.runs, period, zone) > now:
        period = period_before(rule.period_type, period)
    return period


def _run(
    connection: Connection,
    rule: ValidationRule,
    forms: Sequence[Form],
    tree: UnitTree,
    period: date,
    now: datetime,
    is_open: Collection[int],
    apart: Apart,
    *,
    whole: bool = False,
    told_until: datetime | None = None,
) -> list[Contradiction]:
    """Runs a rule over the units of a period (without `whole` those alone of which it `is_open`, by id); those that were not known at
    `told_until`.

    What is open of a unit that is not looked at any more, since a merger was entered late, is closed.
    """
    read = _Figures(connection, rule, {form.key: form for form in forms}, tree, period)
    units = read.units(None if whole else is_open)
    broken, agreeing = dict[int, tuple[Number, Number]](), set(is_open) - {unit.id for unit in units}
    for unit_id, (left, right) in _compared(read, units, now, apart).items():
        if rule.holds(left, right):
            agreeing.add(unit_id)
        else:
            broken[unit_id] = (left, right)
    new = contradictions.find(connection, rule.key, period, broken, now, told_until)
    contradictions.close(connection, rule.key, period, agreeing, now)
    return [
        Contradiction(rule, unit_id, period, *broken[unit_id], now, new[unit_id])
        for unit_id in broken
        if unit_id in new
    ]


def compared(
    connection: Connection, rule: ValidationRule, forms: Sequence[Form], tree: UnitTree, period: date, now: datetime
) -> dict[int, tuple[Number, Number]]:
    """By unit id what the sides come to in a period, as far as it is known; one statement for each form that the rule reads.

    Units of whose period a part was reported by others, which they carry on, are passed over.
    """
    read = _Figures(connection, rule, {form.key: form for form in forms}, tree, period)
    return _compared(read, read.units(), now, as_one)


def _compared(read: "_Figures", units: Sequence[Unit], now: datetime, apart: Apart) -> dict[int, tuple[Number, Number]]:
    """`apart`: works out each unit's."""
    found = {
        unit.id: apart(replace(_part_of(read.rule), unit_id=unit.id), partial(sides, read.rule, read.of(unit), now))
        for unit in units
    }
    return {unit_id: both for unit_id, both in found.items() if both is not None}


@dataclass
class _Figures:
    """What a rule reads of all units, for its period and the one before."""

    connection: Connection
    rule: ValidationRule
    forms: Mapping[str, Form]
    tree: UnitTree
    period: date

    def __post_init__(self) -> None:
        of = self.rule.period_type
        self.before = period_before(of, self.period)
        self._values: dict[tuple[str, str, int], dict[date, Number]] = {}
        self._below: dict[tuple[str, int], list[Unit]] = {}
        for key in self.rule.forms:
            named = [found[1] for name in names_in(self.rule) if (found := self._place(name))[0] == key]
            first = first_day(of, self.before)
            for each in figures.of_units(self.connection, key, named, None, first, self.period):
                if each.value is not None and not isinstance(each.value, str):
                    self._values.setdefault((key, each.indicator, each.unit_id), {})[each.period] = each.value

    def of(self, unit: Unit) -> Known:
        return partial(self.known, unit)

    def units(self, only: Collection[int] | None = None) -> Sequence[Unit]:
        """Those that the rule looks at (`only` these, by id)."""
        return [
            unit
            for root in self.tree.roots(self.period)
            for unit in self.tree.reporting(root, self.rule.units, self.period)
            if (only is None or unit.id in only) and not self._is_cut(unit)
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
