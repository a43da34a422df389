"""How far units are with the targets of their indicators: what digests, the unit's page and a meeting read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from reporting.rounds.standings import expected_units
from reporting.units import Unit, UnitTree
from storage.figures.indicator_targets import held_targets
from storage.figures.span_sums import UnitSpan, unit_spans
from storage.reports import forms
from storage.schedule import suspensions

MOST_TARGETS = 400
"""Of more, those of the units nearest to the one that is asked about are looked at."""

Span = tuple[date, date]
Spans = Mapping[tuple[int, str], UnitSpan]


@dataclass(frozen=True, slots=True)
class _Due:
    """A target, its questions, the days that count, and the units whose figures are its unit's."""

    target: IndicatorTarget
    question: Question
    whole: Question | None
    span: Span
    units: Sequence[Unit]


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
    held = held_targets(connection, [each.id for each in among], form.key if form is not None else "")
    places = {each.id: place for place, each in enumerate(among)}
    nearest = sorted(held, key=lambda each: places[each.unit_id])[:MOST_TARGETS]
    found: list[TargetProgress] = []
    known = [form] if form is not None else forms.in_force(connection, today, since=date.min)
    for each in known:
        last = period or newest_due(each, now, zone)
        version = forms.published(connection, each.key, last) or each
        found += _of_form(connection, tree, version, last, [one for one in nearest if one.form == each.key])
    return worst_first(found)


def _of_form(
    connection: Connection, tree: UnitTree, form: Form, period: date, targets: Sequence[IndicatorTarget]
) -> list[TargetProgress]:
    by_span: dict[Span, list[_Due]] = {}
    found: list[TargetProgress] = []
    for target in targets:
        question, span = form.by_name.get(target.indicator), target_span(target, form, period)
        if question is not None and span is None and is_ahead(target, period):
            found.append(not_begun(target, question))
        elif question is not None and span is not None:
            due = _Due(target, question, form.by_name.get(target.of), span, units_of_target(tree, form, target, span))
            by_span.setdefault(span, []).append(due)
    for span, of_span in by_span.items():
        split_on = first_day(form.schedule.period_type, period)
        measured = _measured_of(connection, tree, form, of_span, span, split_on)
        found += [progress_of(one.target, one.question, span, of) for one, of in zip(of_span, measured, strict=True)]
    return found


def measured_until(
    connection: Connection, tree: UnitTree, form: Form, target: IndicatorTarget, last_on: date, split_on: date
) -> Measured:
    """What the figures of a target's unit come to from its first day to `last_on`, and before `split_on`."""
    span = (target.since, last_on)
    units = units_of_target(tree, form, target, span)
    due = _Due(target, form.by_name[target.indicator], form.by_name.get(target.of), span, units)
    return _measured_of(connection, tree, form, [due], span, split_on)[0]


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
    return [_measured(each, spans, owed) for each in of_span]


def units_of_target(tree: UnitTree, form: Form, target: IndicatorTarget, span: Span) -> Sequence[Unit]:
    """The reporting units whose figures are those of the target's unit: of the first day and of the last, as trees change."""
    unit = tree.unit(target.unit_id)
    then = expected_units(form, tree, span[0], unit) if unit.exists(span[0]) or tree.is_group(unit) else []
    return list(dict.fromkeys((*then, *expected_units(form, tree, span[1], unit))))


def _measured(due: _Due, spans: Spans, owed: Mapping[int, int]) -> Measured:
    if due.target.of:
        return _measured_share(due, spans)
    question, many = due.question, len(due.units)
    of_each = [found for unit in due.units if (found := spans.get((unit.id, due.target.indicator))) is not None]
    received, expected = _covered(due, of_each, owed)
    if not question.has_total(many):
        return Measured(None, None, None, received, expected)
    value = _sum(question, [_now(each, question) for each in of_each], many)
    before = _sum(question, [_before(each, question) for each in of_each], many)
    firsts = [each.first for each in of_each]
    first = (min(day for day, _ in firsts), _sum(question, [of for _, of in firsts], many) or 0) if firsts else None
    return Measured(value, before, first, received, expected)


def _measured_share(due: _Due, spans: Spans) -> Measured:
    """A percentage of another indicator, over the units that have both; None of several where either does not add up."""
    question, whole_of = due.question, due.whole
    both = [
        (part, whole)
        for unit in due.units
        if (part := spans.get((unit.id, due.target.indicator))) is not None
        and (whole := spans.get((unit.id, due.target.of))) is not None
    ]
    expected = len([unit for unit in due.units if unit.exists(due.span[1])])
    if whole_of is None or not both:
        return Measured(None, None, None, len(both), expected)

    def share(of_units: Iterable[tuple[Number | None, Number | None]]) -> Decimal | None:
        """The percentage of the units that have both their part and their whole."""
        known = [(part, whole) for part, whole in of_units if part is not None and whole is not None]
        parts, wholes = [part for part, _ in known], [whole for _, whole in known]
        return per_cent_of(_sum(question, parts, len(due.units)), _sum(whole_of, wholes, len(due.units)))

    value = share((_now(part, question), _now(whole, whole_of)) for part, whole in both)
    before = share((_before(part, question), _before(whole, whole_of)) for part, whole in both)
    start = share((part.first[1], whole.first[1]) for part, whole in both)
    first = (min(part.first[0] for part, _ in both), start) if start is not None else None
    return Measured(value, before, first, len(both), expected)


def _now(each: UnitSpan, question: Question) -> Number:
    return each.total if question.sums_over_periods else each.last


def _before(each: UnitSpan, question: Question) -> Number | None:
    return each.before if question.sums_over_periods else each.last_before


def _covered(due: _Due, of_each: Sequence[UnitSpan], owed: Mapping[int, int]) -> tuple[int, int]:
    """Of a sum the figures that are there and that are owed; of others the units that have one, of those that there are."""
    if not due.question.sums_over_periods:
        return len(of_each), len([unit for unit in due.units if unit.exists(due.span[1])])
    received = sum(each.count for each in of_each)
    return received, max(sum(owed[unit.id] for unit in due.units), received)


def _sum(question: Question, values: Iterable[Number | None], of: int) -> Number | None:
    return question.together([each for each in values if each is not None], of)
