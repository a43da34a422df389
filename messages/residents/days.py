"""The days of an answer: which periods a question is about, how they are called, and when their reports are due."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from messages.residents.view import View
from reporting.forms import Form
from reporting.rounds.periods import MINUTE, moment, period_of, periods_between
from reporting.translator import Html
from understanding.inquiry import Inquiry, Span


def periods_asked(form: Form, span: Span) -> tuple[date, ...]:
    """The periods of the form that a span means, at least one. Of a form «on change»: the last day, on which something is in force."""
    kind = form.schedule.period
    if kind == "on change":
        return (span.last_on,)
    return tuple(periods_between(kind, span.first_on, span.last_on)) or (period_of(kind, span.last_on),)


def is_open(inquiry: Inquiry) -> bool:
    """Whether it is asked, or offered, from the beginning, and nobody has looked yet when that was."""
    spans = (inquiry.span, *inquiry.span_choices)
    return any(span is not None and span.kind == "to_date" and span.first_on == date.min for span in spans)


def begun(inquiry: Inquiry, first: date | None) -> Inquiry:
    """The inquiry from the day `first` of the first figure on, where it is asked from the beginning; None: there is no figure."""
    span = None if inquiry.span is None else _from(inquiry.span, first)
    return replace(inquiry, span=span, span_choices=tuple(_from(each, first) for each in inquiry.span_choices))


def _from(span: Span, first: date | None) -> Span:
    return replace(span, first_on=min(first or span.last_on, span.last_on)) if span.kind == "to_date" else span


def when(view: View, form: Form, span: Span) -> Html:
    """«hôm nay (10/11/2021)», «7 ngày qua (04/11/2021 – 10/11/2021)»; of a form that is not daily its periods."""
    words = view.words
    if span.kind == "to_date":
        return words("when_to_date", first=span.first_on, last=span.last_on)
    if form.schedule.period in ("weekly", "monthly") and len(periods_asked(form, span)) == 1:
        return day(view, form, periods_asked(form, span)[0])
    if span.first_on == span.last_on:
        return day(view, form, span.last_on)
    dates = {"first": span.first_on, "last": span.last_on}
    if span.kind == "last_days":
        return words("when_last_days", n=span.days, **dates)
    if span.kind in ("this_week", "last_week", "this_month", "last_month", "this_year"):
        return words(f"when_{span.kind}", **dates)
    if span.kind == "month":
        return words("when_month", month=f"{span.first_on:%m/%Y}")
    if span.kind == "year":
        return words("when_year", year=f"{span.first_on:%Y}")
    return words("when_range", **dates)


def day(view: View, form: Form, period: date) -> Html:
    """One period: «hôm nay (10/11/2021)», «ngày 05/11/2021», «tuần đến ngày 14/11/2021», «tháng 11/2021»."""
    words = view.words
    if form.schedule.period == "weekly":
        return words("when_week", date=period)
    if form.schedule.period == "monthly":
        return words("when_month", month=f"{period:%m/%Y}")
    if period == view.today:
        return words("when_today", date=period)
    if period == view.today - timedelta(days=1):
        return words("when_yesterday", date=period)
    return words("when_date", date=period)


def due(view: View, form: Form, period: date) -> datetime:
    """When reports of a period are due, in local time."""
    return moment(form.schedule.due, period, view.zone).astimezone(view.zone)


def is_under_way(view: View, form: Form, period: date) -> bool:
    """Whether reports of the period may still come in time."""
    return form.schedule.period != "on change" and view.now < due(view, form, period) + MINUTE


def due_words(view: View, form: Form, period: date) -> Html:
    """«16 giờ 30», with its day where that is not today."""
    at = due(view, form, period)
    return view.html(at.time() if at.date() == view.today else at)
