"""Which figures have to be read to answer a settled inquiry: of which forms, questions, units and periods."""

from collections.abc import Iterable
from datetime import date, timedelta

from reporting.figures.known import Wanted
from reporting.figures.public_scope import PublicScope
from reporting.forms import Form, Question
from reporting.units import Unit
from understanding.inquiry import ABOUT_FIGURES, OF_ONE_INDICATOR, Inquiry, Span
from understanding.periods_asked import periods_asked, periods_read

MOST_UNITS = 8
MOST_INDICATORS = 6


def latest(scope: PublicScope) -> Span:
    return Span("latest", scope.today, scope.today)


def asked(inquiry: Inquiry, scope: PublicScope) -> dict[str, tuple[Form, list[Question]]]:
    """The questions asked about, by form; none named: those of an overview, and the running totals beside them."""
    found: dict[str, tuple[Form, list[Question]]] = {}
    for indicator in inquiry.indicators[:MOST_INDICATORS] or scope.first:
        form, question = scope.public[indicator]
        found.setdefault(form.key, (form, []))[1].append(question)
    if not inquiry.indicators:
        for form, questions in found.values():
            beside = scope.grown(form)
            questions += [beside[q.name] for q in questions if q.name in beside and beside[q.name] not in questions]
    return found


def units_asked(inquiry: Inquiry, scope: PublicScope) -> tuple[Unit, ...]:
    """The units to be told of, of a list or a ranking all that are in it.

    «Xã nào» is said for any unit of that level, towns too; «thị trấn nào» is about towns. What is summed over days is told of all
    units of these days, so that it adds up to the total; what stands on a day, of the units of the last one.
    """
    span = inquiry.span or latest(scope)
    if inquiry.intent not in ("list", "rank") or not inquiry.indicators:
        return inquiry.units[:MOST_UNITS]
    form, question = scope.public[inquiry.indicators[0]]
    if len(inquiry.units) != 1:
        return inquiry.units
    periods = periods_asked(form, span)
    first_on = periods[0] if question.sums_over_periods else periods[-1]
    return scope.areas.of_kinds(form, inquiry.units[0], inquiry.kinds, first_on, periods[-1])


def within_its_life(inquiry: Inquiry) -> Inquiry:
    """The inquiry about those of the days on which its one unit existed; of several units each has days of its own."""
    span = inquiry.span
    if span is None or len(inquiry.units) != 1 or span.first_on == span.last_on:
        return inquiry
    (unit,) = inquiry.units
    first, last = span.first_on, span.last_on
    if unit.exists_through(first, last):
        return inquiry
    first = max(first, unit.since) if unit.since else first
    last = min(last, unit.until - timedelta(days=1)) if unit.until else last
    if first > last:
        return inquiry
    return inquiry.changed(span=Span("range" if first < last else "date", first, last))


def wants(inquiry: Inquiry, scope: PublicScope) -> list[Wanted]:
    """What has to be read to answer; nothing where no figure is told."""
    if inquiry.intent not in ABOUT_FIGURES or inquiry.intent == "missing" or inquiry.doubts:
        return []
    inquiry = within_its_life(inquiry)
    span = inquiry.span or latest(scope)
    units = units_asked(inquiry, scope)
    wanted = []
    for form, questions in asked(inquiry, scope).values():
        only = questions[:1] if inquiry.intent in OF_ONE_INDICATOR else questions
        periods = _periods(inquiry, form, span)
        is_many = inquiry.intent in ("rank", "list")
        wanted.append(Wanted(form, tuple(only), units, periods, each=is_many, as_one=is_many))
    return wanted[:1] if inquiry.intent in OF_ONE_INDICATOR else wanted


def _periods(inquiry: Inquiry, form: Form, span: Span) -> tuple[date, ...]:
    if inquiry.intent == "trend":
        return periods_read(form, span)
    if inquiry.against is None:
        return periods_asked(form, span)
    return tuple(sorted({*periods_asked(form, inquiry.against), *periods_asked(form, span)}))


def last_period(inquiry: Inquiry, scope: PublicScope) -> date | None:
    """The last of the past periods that are asked about; None where no figure is told, or where what was decided holds on."""
    span, read = inquiry.span, wants(inquiry, scope)
    if span is None or span.last_on >= scope.today or any(each.form.schedule.period == "on change" for each in read):
        return None
    return max((period for each in read for period in each.periods), default=None)


def is_before_all(last: date, first: date, began: Iterable[date]) -> bool:
    """Whether days up to `last` lie before the `first` figure, and before the forms were in force, which `began` then.

    Once a form was in force reports were owed: of those days it is said who has not reported.
    """
    return all(last < day for day in (first, *began))
