"""Sum up: what the figures of a longer report come to by the unit's own shorter reports; each is proposed, none is taken by itself."""

from collections.abc import Mapping
from datetime import date

from reporting.filling.drafts import Draft
from reporting.filling.summed_up import SummedUp, shared, shorter_forms, summed_up
from reporting.filling.tasks import expects
from reporting.forms import Form
from reporting.period_types import periods_between
from reporting.rounds.standings import excused
from services.context import Context
from storage.figures import figures
from storage.reports import forms
from storage.schedule import suspensions


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
    unit, first_on = context.unit(draft.unit_id), form.period(draft.period).first_on
    names = [question.name for question in shared(form, shorter)]
    known = figures.of_units(context.connection, shorter.key, names, [unit.id], first_on, draft.period)
    suspended = suspensions.touching(context.connection, first_on, draft.period)
    free = {
        each
        for each in periods_between(shorter.schedule.period_type, first_on, draft.period)
        if excused(shorter, each, [unit], context.tree, suspended)
    }
    since = max(forms.first_day(context.connection, shorter.key) or date.min, unit.since or date.min)
    return summed_up(form, draft.period, shorter, known, free, since)
