"""Sum up: what the figures of a longer report come to by the unit's own shorter reports; each is proposed, none is taken by itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from reporting.filling.drafts import Draft
from reporting.filling.summed_up import NO_FORMER, FormerReports, SummedUp, shared, shorter_forms, summed_up
from reporting.filling.tasks import expects
from reporting.forms import Form
from reporting.period_types import periods_between
from reporting.rounds.owed import owed_by, periods_to_report
from reporting.rounds.standings import excused
from reporting.rounds.suspensions import Suspension
from services.context import Context
from storage.figures import figures
from storage.reports import forms
from storage.schedule import suspensions
from understanding.mergers import successors_on, taken_over


def sum_up(context: Context, draft: Draft, form: Form) -> Mapping[str, SummedUp]:
    """What is proposed in a draft, by the question's name: of each the longest of the shorter forms that has any figure of it."""
    if not form.schedule.period_type.is_long:
        return {}
    unit, found = context.unit(draft.unit_id), dict[str, SummedUp]()
    for shorter in shorter_forms(form, forms.in_force(context.connection, draft.period)):
        if expects(shorter, unit, context.tree, draft.period) or expects(
            shorter, unit, context.tree, form.period(draft.period).first_on
        ):
            found = {**_of(context, draft, form, shorter), **found}
    return found


def _of(context: Context, draft: Draft, form: Form, shorter: Form) -> Mapping[str, SummedUp]:
    """By one shorter form. A flow of the days before the unit began is its former units': an opening figure of it is not added."""
    unit, first_on = context.unit(draft.unit_id), form.period(draft.period).first_on
    names = [question.name for question in shared(form, shorter)]
    found = figures.of_units(context.connection, shorter.key, names, [unit.id], first_on, draft.period)
    known = [each for each in found if shorter.by_name[each.indicator].kind != "flow" or unit.exists(each.period)]
    suspended = suspensions.touching(context.connection, first_on, draft.period)
    free = {
        each
        for each in periods_between(shorter.schedule.period_type, first_on, draft.period)
        if excused(shorter, each, [unit], context.tree, suspended)
    }
    began = forms.first_day(context.connection, shorter.key) or date.min
    former = _former_reports(context, draft, shorter, names, max(began, first_on), suspended)
    return summed_up(form, draft.period, shorter, known, free, max(began, unit.since or date.min), former)


def _former_reports(
    context: Context,
    draft: Draft,
    shorter: Form,
    names: Sequence[str],
    first_on: date,
    suspended: Collection[Suspension],
) -> FormerReports:
    """What the units that ended in the draft's period, and that its unit carries on, have reported from that day on."""
    tree, unit = context.tree, context.unit(draft.unit_id)
    last_on = draft.period if unit.until is None else min(draft.period, unit.until - timedelta(days=1))
    former = {each.id: each for each in taken_over(unit, tree, first_on, last_on)}
    if not former:
        return NO_FORMER
    periods = periods_to_report(shorter, first_on, last_on)
    owed = [
        day
        for each in former.values()
        for day in owed_by(shorter, each, periods, tree, suspended)
        if expects(shorter, each, tree, day)
    ]
    whole = [one for one, each in former.items() if successors_on(each, tree, last_on) == (unit,)]
    found = figures.of_units(context.connection, shorter.key, names, whole, first_on, last_on) if whole else []
    return FormerReports([each for each in found if former[each.unit_id].exists(each.period)], len(owed))
