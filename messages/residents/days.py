"""The days of an answer: which periods a question is about, how they are called, and when their reports are due."""

from datetime import date, timedelta

from messages.residents.view import View
from reporting.figures.public_scope import due
from reporting.forms import Form
from reporting.translator import Html
from understanding.inquiry import Span
from understanding.periods_asked import periods_asked


def when(view: View, form: Form, span: Span) -> Html:
    """«hôm nay (10/11/2021)», «7 ngày qua (04/11/2021 – 10/11/2021)»; of a form that is not daily its periods."""
    words = view.words
    if span.kind == "to_date":
        return words("when_to_date", first=span.first_on, last=span.last_on)
    if form.schedule.period_type.is_long and len(periods_asked(form, span)) == 1:
        return day_said(view, form, periods_asked(form, span)[0])
    if span.first_on == span.last_on:
        return day_said(view, form, span.last_on)
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


def day_said(view: View, form: Form, period: date) -> Html:
    """One period: «hôm nay (10/11/2021)», «ngày 05/11/2021», «tuần đến ngày 14/11/2021», «tháng 11/2021», «quý III năm 2026»."""
    words = view.words
    if form.schedule.period_type.is_long:
        return view.html(form.period(period))
    if period == view.today:
        return words("when_today", date=period)
    if period == view.today - timedelta(days=1):
        return words("when_yesterday", date=period)
    return words("when_date", date=period)


def due_words(view: View, form: Form, period: date) -> Html:
    """«16 giờ 30», with its day where that is not today."""
    at = due(view, form, period)
    return view.html(at.time() if at.date() == view.today else at)
