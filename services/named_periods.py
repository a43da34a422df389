"""Find the reports that are meant by the days that somebody named: which form, and which of its periods."""

from collections.abc import Sequence
from datetime import date

from reporting.errors import Refused
from reporting.filling.tasks import expects
from reporting.forms import Form
from reporting.period_types import period_of, periods_between
from reporting.rounds.periods import current_period
from reporting.units import Unit
from services.context import Context
from storage.figures import public_figures
from storage.reports import forms
from storage.schedule.rounds_of_day import rounds_of
from understanding import Span
from understanding.days import before_all

MOST_PERIODS = 92


def scheduled(context: Context) -> list[Form]:
    """The forms in force that come by the calendar."""
    return [form for form in context.forms if form.schedule.period != "on change"]


def nothing_told(days: Span | None) -> Refused:
    """That on the days that were named no form applied to the units in question; none named: that nothing is open now."""
    if days is None:
        return Refused("task_nothing_open")
    if days.first_on in (days.last_on, date.min):
        return Refused("days_no_form_on", date=days.last_on)
    return Refused("days_no_form_between", first=days.first_on, last=days.last_on)


def told_of(context: Context, days: Span | None) -> list[Form]:
    """The forms by the calendar that tell of these days, retired ones too if they were in force then; no days: those in force."""
    if days is None:
        return scheduled(context)
    return [form for form in _until_these(context.told_forms, days) if form.schedule.period != "on change"]


def _until_these(among: Sequence[Form], days: Span) -> list[Form]:
    """Those that were not retired all these days: what they had last is of other days."""
    return [form for form in among if not _is_retired(form, days)]


def _is_retired(form: Form, days: Span) -> bool:
    of, until = form.schedule.period_type, form.schedule.until
    rests = form.schedule.rests if days.first_on != date.min else ()
    is_resting = any(
        first <= period_of(of, days.first_on) and period_of(of, days.last_on) < again for first, again in rests
    )
    return is_resting or (until is not None and until <= days.first_on)


def periods_named(context: Context, form: Form, days: Span | None) -> list[date]:
    """The form's periods of the days that were named, oldest first; no day named: the current one, on a form's first day that,
    though it is not open yet. Never what is to come.

    Raises Refused for more than can be put together at once, and for days before the form was in force or had any figure, or after it
    was retired.
    """
    newest = current_period(form.schedule, context.now, context.zone)
    if days is None:
        is_in_force = forms.published(context.connection, form.key, newest) is not None
        return [newest if is_in_force else period_of(form.schedule.period_type, context.today)]
    if not _until_these([form], days):
        raise nothing_told(days)
    of, first = form.schedule.period_type, first_known(context, form, days.first_on)
    found = periods_between(of, max(days.first_on, first), min(days.last_on, newest))
    found = [period for period in found if not form.schedule.is_resting(period)]
    if len(found) > MOST_PERIODS:
        raise Refused("days_too_many", n=MOST_PERIODS)
    last = min(period_of(of, days.last_on), newest)
    if not found and last < first:
        raise before_all(first)
    return found or [last]


def first_known(context: Context, form: Form, asked_from: date) -> date:
    """The first period of which a form has anything to tell: for which it was in force, or of which the archive has figures."""
    began = forms.first_day(context.connection, form.key) or context.today
    if began <= asked_from:
        return began
    oldest = (public_figures.oldest_period(context.connection, form.key, each.name) for each in form.indicators)
    return min([began, *(day for day in oldest if day is not None)])


def forms_with_periods(context: Context, among: Sequence[Form], days: Span | None) -> list[tuple[Form, list[date]]]:
    """The forms that have anything to tell of the days that were named, with their periods of them. Refused where none has."""
    found, refusals = list[tuple[Form, list[date]]](), list[Refused]()
    for form in among:
        try:
            found.append((form, periods_named(context, form, days)))
        except Refused as refused:
            refusals.append(refused)
    if refusals and not found:
        raise refusals[0]
    return _within(found, days, context.today) or found


def _within(found: Sequence[tuple[Form, list[date]]], days: Span | None, today: date) -> list[tuple[Form, list[date]]]:
    """Those that are named, and no longer ones: «quý 3» means no nine months that end in it."""
    if days is None:
        return list(found)
    return [
        (form, periods)
        for form, periods in found
        if len(periods) > 1 or form.period(periods[0]).is_named_by(days.first_on, days.last_on, today)
    ]


def form_of(context: Context, unit: Unit, period: date) -> Form:
    """The first form by the calendar that is expected of the unit, or of units under it. Refused if there never was one.

    Those in force on that day go before others, and of these those that are now before those that were retired.
    """
    retired = [
        each for each in context.told_forms if each.schedule.period != "on change" and each.schedule.until is not None
    ]
    among = list({each.key: each for each in (*scheduled(context), *reversed(retired))}.values())
    for form in sorted(among, key=lambda each: not _is_in_force(context, each, period)) if retired else among:
        if expects(form, unit, context.tree, period) or context.tree.reporting(unit, form.reports_on(period), period):
            return form
    raise Refused("task_nothing_open")


def _is_in_force(context: Context, form: Form, on: date) -> bool:
    began = forms.first_day(context.connection, form.key)
    return began is not None and began <= on and (form.schedule.until is None or on < form.schedule.until)


def rounds_named(context: Context, days: Span | None) -> list[tuple[Form, date]]:
    """Each form with the newest period of the days that were named, in its version of then; none named: the current one."""
    if days is None:
        return rounds_of(context.connection, None, context.now, context.zone)
    told = _until_these(context.told_forms, days)
    meant = [(form.key, periods[-1]) for form, periods in forms_with_periods(context, told, days)]
    versions = [(forms.published(context.connection, key, period), period) for key, period in meant]
    return [(form, period) for form, period in versions if form is not None]
