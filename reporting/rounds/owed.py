"""For which of a form's periods a unit owes a report: it exists then, the form is for it, and it is not suspended."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

from reporting.forms import Form
from reporting.period_types import periods_between
from reporting.rounds.suspensions import Suspension
from reporting.units import Unit, UnitTree


def periods_to_report(form: Form, first_on: date, last_on: date) -> list[date]:
    """The form's periods that end on these days, without the free days that it skips; none of a form «on change»."""
    if form.schedule.period == "on change":
        return []
    found = periods_between(form.schedule.period_type, first_on, last_on)
    return [each for each in found if not form.schedule.is_free(each)]


def expected_of(form: Form, unit: Unit, periods: Sequence[date], tree: UnitTree) -> Sequence[date]:
    """Those of the periods, in all of which the unit exists, for which a form is for it that was for others by an earlier version."""
    if not form.reports_until:
        return periods
    return [each for each in periods if unit in tree.reporting(unit, form.reports_on(each), each)]


def owed_by(
    form: Form, unit: Unit, periods: Sequence[date], tree: UnitTree, suspensions: Iterable[Suspension]
) -> Sequence[date]:
    """Those of the form's `periods`, in order, for which the unit owes a report."""
    begin = bisect_left(periods, unit.since or date.min)
    owed = expected_of(form, unit, periods[begin : bisect_left(periods, unit.until or date.max)], tree)
    of_form = [each for each in suspensions if each.form in ("", form.key)]
    if not of_form:
        return owed
    above = {None, *(each.id for each in tree.above(unit))}
    free = [each for each in of_form if each.unit_id in above]
    return [day for day in owed if not any(each.covers(form.key, day) for each in free)]
