"""Which of several forms is asked about that have the same indicator for other periods: of a day, of a quarter, of nine months."""

from collections.abc import Mapping

from reporting.figures.indicator import Indicator
from reporting.forms import Form, Question
from understanding.inquiry import Inquiry, Span
from understanding.periods_asked import periods_asked


def of_its_period(inquiry: Inquiry, public: Mapping[Indicator, tuple[Form, Question]], span: Span) -> Inquiry:
    """The inquiry without the choice between such forms: meant is the one with just the period that was named, else the shortest."""
    if "indicator" not in inquiry.doubts or inquiry.is_part:
        return inquiry
    best: dict[tuple[str, str | None], Indicator] = {}
    for each in inquiry.indicator_choices:
        same = each.question, public[each][1].kind
        best[same] = each if same not in best else min(best[same], each, key=lambda one: _far(public[one][0], span))
    left = tuple(best.values())
    if len(left) == len(inquiry.indicator_choices):
        return inquiry
    return inquiry.with_indicator(left[0]) if len(left) == 1 else inquiry.changed(indicator_choices=left)


def _far(form: Form, span: Span) -> tuple[bool, int]:
    """How far a form's periods are from the days that were named."""
    of = form.schedule.period_type
    periods = periods_asked(form, span) if of.months and span.first_on < span.last_on else ()
    is_named = len(periods) == 1 and form.period(periods[0]).in_calendar.first_on == span.first_on
    return not is_named, -of.length if is_named else of.length
