"""Two spans of days of one unit beside each other: «tuần này so với tuần trước»."""

from messages.residents.answer_lines import carried, foot, over_days, periods, value
from messages.residents.days import when
from messages.residents.missing_figures import absence, coverage_said, not_zero
from messages.residents.trend import is_whole_trend
from messages.residents.view import View
from reporting.figures.facts import Fact
from reporting.figures.known import Known
from reporting.figures.sums import Withheld, has_no_sum
from reporting.figures.told_amounts import Amount
from reporting.forms import Question
from reporting.translator import Html
from reporting.units import Unit
from understanding.figure_told import fact_of
from understanding.inquiry import Span
from understanding.periods_asked import periods_asked

Told = tuple[Span, Fact | None]


def days_compared(view: View, known: Known, unit: Unit, question: Question, spans: tuple[Span, Span]) -> Html:
    """What is told of each, with its coverage, and how far they are apart if both are whole."""
    told: list[Told] = [(span, fact_of(known, unit, question, span)) for span in spans]
    lines = [view.words("tell_days", unit=view.named(unit), indicator=view.label(question))]
    lines += [_line(view, known, unit, question, *each) for each in told]
    lines += [_apart(view, known, question, told), _lengths(view, known, question, spans)]
    if silent := [period for span, fact in told if fact is None for period in periods_asked(known.form, span)]:
        lines.append(not_zero(view, known, [unit], silent))
    return view.joined([*lines, foot(view, known.form, [unit], [fact for _, fact in told if fact is not None])])


def _line(view: View, known: Known, unit: Unit, question: Question, span: Span, fact: Fact | None) -> Html:
    if fact is None:
        return view.words("tell_item", line=absence(view, known, unit, span, question))
    named = {"when": when(view, known.form, span), "value": value(view, question, fact.value)}
    is_of_a_day = not has_no_sum(fact.value) and fact.periods is None and len(periods_asked(known.form, span)) > 1
    notes = [
        view.words("tell_as_of", date=fact.period) if is_of_a_day else Html(""),
        *(Html(f". {note.rstrip('.')}") for note in _notes(view, known, fact) if note),
    ]
    return view.words("tell_days_line", note=view.joined(notes, ""), **named)


def _notes(view: View, known: Known, fact: Fact) -> list[Html]:
    return [over_days(view, known, fact), coverage_said(view, known.form, fact, known), carried(view, fact)]


def _apart(view: View, known: Known, question: Question, told: list[Told]) -> Html:
    """«Tuần này nhiều hơn tuần trước: 3 ca», of exact counts that lack nothing."""
    (later, one), (earlier, other) = told
    untold = [fact.value for _, fact in told if fact is not None and isinstance(fact.value, Withheld)]
    if untold:
        return Html("") if any(map(has_no_sum, untold)) else view.words("tell_days_not_whole")
    if one is None or other is None or not isinstance(one.value, Amount) or not isinstance(other.value, Amount):
        return Html("")
    if not (is_whole_trend(one) and is_whole_trend(other)):
        return view.words("tell_days_not_whole")
    if one.value == other.value:
        return view.words("tell_days_equal")
    more, less = (later, earlier) if one.value > other.value else (earlier, later)
    apart = max(one.value, other.value).low - min(one.value, other.value).low
    first = when(view, known.form, more)
    named = {"more": first[:1].upper() + first[1:], "less": when(view, known.form, less)}
    return view.words("tell_days_apart", value=value(view, question, Amount(apart, apart)), **named)


def _lengths(view: View, known: Known, question: Question, spans: tuple[Span, Span]) -> Html:
    """That sums over more and fewer days do not compare."""
    one, other = (len(periods_asked(known.form, span)) for span in spans)
    if not question.sums_over_periods or one == other:
        return Html("")
    return view.words("tell_days_unequal", one=periods(view, known.form, one), other=periods(view, known.form, other))
