"""How far units are with the targets of their indicators: what digests, the unit's page and a meeting read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.figures.indicator_targets import (
    IndicatorTarget,
    Measured,
    Number,
    TargetProgress,
    is_ahead,
    not_begun,
    per_cent_of,
    progress_of,
    target_span,
    worst_first,
)
from reporting.forms import Form, Question
from reporting.period_types import first_day
from reporting.rounds.owed import owed_by, periods_to_report
from reporting.rounds.periods import newest_due
from reporting.units import Unit, UnitTree
from services.carried_on import standing_units
from services.target_units import TargetUnits
from services.targets_held import targets_of
from storage.figures.span_sums import UnitSpan, unit_spans
from storage.reports import forms
from storage.schedule import suspensions

MOST_TARGETS = 400
"""Of more, those of the units nearest to the one that is asked about are looked at."""

ONE_DAY = timedelta(days=1)
Span = tuple[date, date]
Dated = tuple[date, Number]
Spans = Mapping[tuple[int, str], UnitSpan]


@dataclass(frozen=True, slots=True)
class _Due:
    """A target, its questions, the days that count, and the units whose figures are its unit's."""

    target: IndicatorTarget
    question: Question
    whole: Question | None
    span: Span
    units: Sequence[Unit]
    tree: UnitTree

    def together(self, question: Question, known: Mapping[Unit, Dated], on: date) -> Number | None:
        """What units' values come to on a day: all of what is summed over days; else of the units that there are then, and of former
        ones until what they have become has values too.
        """
        standing: Collection[Unit] = known
        if not question.sums_over_periods:
            standing = standing_units({unit: of[0] for unit, of in known.items()}, self.units, self.tree, on)
        count = max(len(standing), len(self.owing(question, on)))
        return question.together([known[unit][1] for unit in standing], count)

    def owing(self, question: Question, on: date) -> Collection[Unit]:
        """Who should have a value on a day."""
        return self.units if question.sums_over_periods else [unit for unit in self.units if unit.exists(on)]


def target_progress(
    connection: Connection,
    tree: UnitTree,
    unit: Unit,
    now: datetime,
    zone: ZoneInfo,
    *,
    form: Form | None = None,
    period: date | None = None,
    own_only: bool = False,
) -> list[TargetProgress]:
    """How far a unit and all under it (`own_only`: it alone) are with each of their targets, the worst first.

    `form` and `period`: of this form, with the reports up to that period; None: of each form with what was due by `now`. A few
    statements for all targets of one form with the same days, however many units.
    """
    today = now.astimezone(zone).date()
    on = period or today
    among = [unit] if own_only else list(tree.under(unit, on))
    held = targets_of(connection, tree, among, form.key if form is not None else "")
    places = {each.id: place for place, each in enumerate(among)}
    nearest = sorted(held, key=lambda each: places[each.unit_id])[:MOST_TARGETS]
    found, units = list[TargetProgress](), TargetUnits(tree)
    known = [form] if form is not None else forms.in_force(connection, today, since=date.min)
    for each in known:
        last = period or newest_due(each, now, zone)
        version = forms.published(connection, each.key, last) or each
        found += _of_form(connection, units, version, last, [one for one in nearest if one.form == each.key])
    return worst_first(found)


def _of_form(
    connection: Connection, units: TargetUnits, form: Form, period: date, targets: Sequence[IndicatorTarget]
) -> list[TargetProgress]:
    by_span: dict[Span, list[_Due]] = {}
    found: list[TargetProgress] = []
    for target in targets:
        question, span = form.by_name.get(target.indicator), target_span(target, form, period)
        if question is not None and span is None and is_ahead(target, period):
            found.append(not_begun(target, question))
        elif question is not None and span is not None:
            due = _Due(
                target, question, form.by_name.get(target.of), span, units.of(form, target, span), units.as_it_was
            )
            by_span.setdefault(span, []).append(due)
    for span, of_span in by_span.items():
        split_on = first_day(form.schedule.period_type, period)
        measured = _measured_of(connection, units.as_it_was, form, of_span, span, split_on)
        found += [progress_of(one.target, one.question, span, of) for one, of in zip(of_span, measured, strict=True)]
    return found


def measured_until(
    connection: Connection, units: TargetUnits, form: Form, target: IndicatorTarget, last_on: date, split_on: date
) -> Measured:
    """What the figures of a target's unit come to from its first day to `last_on`, and before `split_on`."""
    span = (target.since, last_on)
    whole, of = form.by_name.get(target.of), units.of(form, target, span)
    due = _Due(target, form.by_name[target.indicator], whole, span, of, units.as_it_was)
    return _measured_of(connection, units.as_it_was, form, [due], span, split_on)[0]


def _measured_of(
    connection: Connection, tree: UnitTree, form: Form, of_span: Sequence[_Due], span: Span, split_on: date
) -> list[Measured]:
    """Of each of these targets, all over the same days, by three statements."""
    names = {name for each in of_span for name in (each.target.indicator, each.target.of) if name}
    ids = {unit.id for each in of_span for unit in each.units}
    spans = unit_spans(connection, form.key, names, ids, *span, split_on)
    began = forms.first_day(connection, form.key) or span[0]
    periods = periods_to_report(form, max(span[0], began), span[1])
    suspended = suspensions.touching(connection, *span)
    units = {unit for each in of_span for unit in each.units}
    owed = {unit.id: len(owed_by(form, unit, periods, tree, suspended)) for unit in units}
    return [_measured(each, spans, owed, split_on) for each in of_span]


Pick = Callable[[UnitSpan, Question], Dated | None]


def _measured(due: _Due, spans: Spans, owed: Mapping[int, int], split_on: date) -> Measured:
    if due.target.of:
        return _measured_share(due, spans, split_on)
    question, (first_on, last_on) = due.question, due.span
    here = {unit: found for unit in due.units if (found := spans.get((unit.id, due.target.indicator))) is not None}
    received, expected = _covered(due, here, owed)
    if not question.has_total(len(due.owing(question, last_on))):
        return Measured(None, None, None, received, expected)

    def together(pick: Pick, on: date) -> Number | None:
        known = {unit: value for unit, each in here.items() if (value := pick(each, question)) is not None}
        return due.together(question, known, on)

    firsts = [here[unit] for unit in here if unit.exists(first_on)] or list(here.values())
    begun = question.together([each.first[1] for each in firsts], len(firsts)) or 0
    first = (min(each.first[0] for each in firsts), begun) if firsts else None
    return Measured(together(_now, last_on), together(_before, split_on - ONE_DAY), first, received, expected)


def _measured_share(due: _Due, spans: Spans, split_on: date) -> Measured:
    """A percentage of another indicator, over the units that have both; None of several where either does not add up."""
    question, whole_of, (first_on, last_on) = due.question, due.whole, due.span
    both = {
        unit: (part, whole)
        for unit in due.units
        if (part := spans.get((unit.id, due.target.indicator))) is not None
        and (whole := spans.get((unit.id, due.target.of))) is not None
    }
    here = [unit for unit, (part, whole) in both.items() if unit.exists(last_on) and _has_own(unit, part, whole)]
    expected = len([unit for unit in due.units if unit.exists(last_on)])
    if whole_of is None or not both:
        return Measured(None, None, None, len(here), expected)

    def share(pick: Pick, on: date) -> Decimal | None:
        """The percentage of the units that have both their part and their whole."""
        known = [(unit, pick(part, question), pick(whole, whole_of)) for unit, (part, whole) in both.items()]
        complete = [(unit, part, whole) for unit, part, whole in known if part is not None and whole is not None]
        parts = due.together(question, {unit: part for unit, part, _ in complete}, on)
        return per_cent_of(parts, due.together(whole_of, {unit: whole for unit, _, whole in complete}, on))

    begun = {unit: of for unit, of in both.items() if unit.exists(first_on)} or both
    start = per_cent_of(
        question.together([part.first[1] for part, _ in begun.values()], len(begun)),
        whole_of.together([whole.first[1] for _, whole in begun.values()], len(begun)),
    )
    first = (min(part.first[0] for part, _ in begun.values()), start) if start is not None else None
    value, before = share(_now, last_on), share(_before, split_on - ONE_DAY)
    return Measured(value, before, first, len(here), expected)


def _now(each: UnitSpan, question: Question) -> Dated | None:
    if question.sums_over_periods:
        return (each.last[0], each.total) if each.total is not None else None
    return each.last


def _before(each: UnitSpan, question: Question) -> Dated | None:
    if question.sums_over_periods and each.last_before is not None:
        return (each.last_before[0], each.before) if each.before is not None else None
    return each.last_before


def _has_own(unit: Unit, *spans: UnitSpan) -> bool:
    """Whether it has more of each than its opening balance."""
    return all(unit.exists(each.last[0]) for each in spans)


def _covered(due: _Due, here: Mapping[Unit, UnitSpan], owed: Mapping[int, int]) -> tuple[int, int]:
    """Of a sum the figures that are there and that are owed; of others the units that have one, of those that there are."""
    if not due.question.sums_over_periods:
        there = due.owing(due.question, due.span[1])
        return len([unit for unit in there if unit in here and _has_own(unit, here[unit])]), len(there)
    received = sum(each.count for each in here.values())
    return received, max(sum(owed[unit.id] for unit in due.units), received)
