"""Which figure is told of a unit for the days asked about, and which one figure of an answer may be doubted."""

from collections.abc import Sequence
from datetime import date

from reporting.figures.facts import Fact
from reporting.figures.flag import Doubted
from reporting.figures.known import Known, summed
from reporting.figures.public_scope import PublicScope
from reporting.forms import Question
from reporting.units import Unit
from understanding.figures_wanted import latest
from understanding.inquiry import Inquiry, Span
from understanding.periods_asked import periods_asked


def fact_of(known: Known, unit: Unit, question: Question, span: Span) -> Fact | None:
    """What is told for a span: a flow summed over it, else the newest day in it; of «latest» the newest there is."""
    return fact_in(known, unit, question, span, periods_asked(known.form, span))


def fact_in(known: Known, unit: Unit, question: Question, span: Span, periods: Sequence[date]) -> Fact | None:
    """The same of the `periods` of a span, which whoever tells of many units looks up but once."""
    if span.kind == "latest" or known.form.schedule.period == "on change":
        return known.newest(unit, question, periods[-1])
    if question.sums_over_periods and len(periods) > 1:
        return summed(known, unit, question, periods)
    facts = known.history(unit, question)
    return next((facts[period] for period in reversed(periods) if period in facts), None)


def doubtful(inquiry: Inquiry, scope: PublicScope, known: Sequence[Known]) -> Doubted | None:
    """The one figure that an answer tells; None where it tells several, a total, a sum over days or what is calculated.

    Only what a unit reports day by day can be asked back; what is set by decision is not its reporter's.
    """
    is_one = inquiry.intent == "value" and len(inquiry.units) == 1 and len(inquiry.indicators) == 1
    if not is_one or len(known) != 1:
        return None
    (unit,), wanted = inquiry.units, known[0].wanted
    if wanted.form.by != "reporter" or not known[0].areas.is_own(wanted.form, unit, wanted.periods[-1]):
        return None
    span = inquiry.span or latest(scope)
    fact = fact_of(known[0], unit, wanted.questions[0], span)
    if fact is None or fact.periods is not None or fact.coverage is not None or fact.is_calculated:
        return None
    return Doubted(unit, inquiry.indicators[0], fact.period)
