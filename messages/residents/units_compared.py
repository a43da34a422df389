"""Answers that compare: several units beside each other, and which has more."""

from collections.abc import Sequence

from messages.residents.answer_lines import carried_of_all, foot, value
from messages.residents.days import day_said, when
from messages.residents.many_units import line_of, sorted_by_amount
from messages.residents.missing_figures import absence, not_zero
from messages.residents.ranked_units import RankedUnit, names_with_late
from messages.residents.trend import is_whole_trend
from messages.residents.view import View
from reporting.figures.known import Known
from reporting.figures.told_amounts import Amount
from reporting.forms import Question
from reporting.translator import Html
from reporting.units import Unit
from understanding.figure_told import fact_of
from understanding.inquiry import Inquiry, Span


def compared(view: View, known: Known, question: Question, units: Sequence[Unit], inquiry: Inquiry, span: Span) -> Html:
    """Two or more units beside each other, and which has more."""
    words = view.words
    rows = names_with_late(known, question, units, [fact_of(known, unit, question, span) for unit in units])
    have = sorted_by_amount([row for row in rows if row.fact is not None], most_first=True)
    lines = [words("tell_list", indicator=view.label(question), when=when(view, known.form, span))]
    lines += [_dated_row(view, known, question, row, span) for row in have]
    lines += [absence(view, known, row.unit, span, question) for row in rows if row.of_its_own is None]
    if len(have) == len(rows) == 2:
        lines.append(_which(view, question, have[0], have[1]))
    if len(have) < len(rows):
        lines.append(not_zero(view, known, [row.unit for row in rows if row.fact is None], known.wanted.periods))
    facts = [row.fact for row in have if row.fact is not None]
    lines.append(carried_of_all(view, facts))
    return view.joined([*lines, foot(view, known.form, units, facts)])


def _dated_row(view: View, known: Known, question: Question, row: RankedUnit, span: Span) -> Html:
    line = line_of(view, known, question, row)
    if span.kind != "latest" or row.fact is None or row.is_late or known.form.schedule.period == "on change":
        return line
    return view.words("tell_dated", line=line, when=day_said(view, known.form, row.fact.period))


def _which(view: View, question: Question, more: RankedUnit, less: RankedUnit) -> Html:
    """«Xã A nhiều hơn xã B: 5 ca», if both are exact, of the same days, and lack none of them."""
    assert more.fact is not None
    assert less.fact is not None
    one, other = more.fact, less.fact
    if not isinstance(one.value, Amount) or not isinstance(other.value, Amount) or one.period != other.period:
        return Html("")
    if not (is_whole_trend(one) and is_whole_trend(other)) or (one.coverage or other.coverage):
        return Html("")
    if one.value == other.value:
        return view.words("tell_equal")
    apart = Amount(one.value.low - other.value.low, one.value.low - other.value.low)
    named = {"unit": view.named(more.unit), "other": less.unit.title, "value": value(view, question, apart)}
    return view.words("tell_more_than", **named)
