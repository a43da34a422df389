"""Which periods of a form a question is about: those of its days, of a trend also those to compare with."""

from dataclasses import replace
from datetime import date

from reporting.forms import Form
from reporting.period_types import period_before, periods_between
from reporting.rounds.periods import last_owed_period
from understanding.inquiry import Inquiry, Span

SHORTEST = 7
MOST_SHOWN = 92
MOST_TOLD = 31
LONGEST_BACK = 366 * 3
"""Of more periods, or days, only the newest are told."""


def periods_asked(form: Form, span: Span) -> tuple[date, ...]:
    """The periods of the form that a span means, at least one. Of a form «on change»: the last day, on which something is in force.

    Of a form that was retired none is later than its last.
    """
    of = form.schedule.period_type
    if of.kind == "on change":
        return (span.last_on,)
    last = last_owed_period(form.schedule, span.last_on)
    return tuple(periods_between(of, span.first_on, min(span.last_on, last))) or (last,)


def periods_told(form: Form, span: Span) -> tuple[date, ...]:
    """The periods that a span means, at most the newest so many."""
    first = max(span.first_on, date.fromordinal(max(span.last_on.toordinal() - LONGEST_BACK, 1)))
    return periods_asked(form, replace(span, first_on=first))[-MOST_TOLD:]


def periods_shown(form: Form, span: Span) -> tuple[date, ...]:
    """The periods of a trend: those of the span, at least so many that there is something to see, at most a quarter of a year."""
    periods = list(periods_asked(form, span))
    if form.schedule.period != "on change":
        while len(periods) < SHORTEST:
            periods.insert(0, period_before(form.schedule.period_type, periods[0]))
    return tuple(periods[-MOST_SHOWN:])


def periods_read(form: Form, span: Span) -> tuple[date, ...]:
    """The shown periods and as many before, to compare with."""
    shown = periods_shown(form, span)
    before = [shown[0]]
    if form.schedule.period != "on change":
        for _ in shown:
            before.insert(0, period_before(form.schedule.period_type, before[0]))
    return (*before[:-1], *shown)


def is_open(inquiry: Inquiry) -> bool:
    """Whether it is asked, or offered, from the beginning, and nobody has looked yet when that was."""
    spans = (inquiry.span, *inquiry.span_choices)
    return any(span is not None and span.kind == "to_date" and span.first_on == date.min for span in spans)


def begun(inquiry: Inquiry, first: date | None) -> Inquiry:
    """The inquiry from the day `first` of the first figure on, where it is asked from the beginning; None: there is no figure."""
    span = None if inquiry.span is None else _from(inquiry.span, first)
    return inquiry.changed(span=span, span_choices=tuple(_from(each, first) for each in inquiry.span_choices))


def _from(span: Span, first: date | None) -> Span:
    return replace(span, first_on=min(first or span.last_on, span.last_on)) if span.kind == "to_date" else span
