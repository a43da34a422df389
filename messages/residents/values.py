"""Answers with a value: one figure of one unit, several of them, or an overview of a unit."""

from collections.abc import Sequence
from datetime import date

from messages.residents.answer_lines import (
    carried,
    carried_of_all,
    foot,
    mismatches,
    over_days,
    short_carried,
    short_coverage,
    value,
)
from messages.residents.days import day_said, due_words, when
from messages.residents.missing_figures import absence, coverage_said, last_known, not_reported, not_yet, not_zero
from messages.residents.view import View
from reporting.figures.facts import Fact
from reporting.figures.known import Known
from reporting.figures.public_scope import is_under_way
from reporting.figures.sums import Withheld, has_no_sum
from reporting.forms import Question
from reporting.texts import in_language
from reporting.translator import Html
from reporting.units import Unit
from understanding.figure_told import fact_of
from understanding.inquiry import Inquiry, Span
from understanding.periods_asked import periods_asked

_ALTERNATIVES = 2


def one_value(view: View, known: Known, unit: Unit, question: Question, inquiry: Inquiry) -> Html:
    """The whole answer about one indicator of one unit."""
    span = _span(inquiry, view)
    fact = fact_of(known, unit, question, span)
    if fact is None:
        return not_reported(view, known, unit, question, span)
    lines = [
        _verdict(view, question, fact, inquiry.choice),
        sentence(view, known, unit, question, fact, span),
        over_days(view, known, fact),
        coverage_said(view, known.form, fact, known),
        carried(view, fact),
        not_yet(view, known, unit, fact) if span.kind == "latest" else _rest_of_span(view, known, unit, fact, span),
        _before(view, known, unit, question, fact, span),
        _window(view, known, question, fact),
        foot(view, known.form, [unit], [fact]),
    ]
    return view.joined(lines)


def sentence(view: View, known: Known, unit: Unit, question: Question, fact: Fact, span: Span) -> Html:
    """«Xã Thọ Dân, hôm nay (10/11/2021) – Số ca mắc mới: 3 ca.»"""
    words, form = view.words, known.form
    values = {"unit": view.named(unit), "indicator": view.label(question), "value": value(view, question, fact.value)}
    if question.kind == "state" and form.schedule.period == "on change" and fact.coverage is None:
        ground = known.grounds.get((unit.id, fact.period), "")
        return words("tell_state_ground" if ground else "tell_state", since=fact.period, ground=ground, **values)
    many = len(periods_asked(form, span)) > 1 and span.kind != "latest"
    if many and fact.periods is None and not has_no_sum(fact.value):
        return words("tell_value_as_of", when=when(view, form, span), date=fact.period, **values)
    if many or form.schedule.period == "on change":
        return words("tell_value", when=when(view, form, span), **values)
    key = "tell_value_latest" if span.kind == "latest" and fact.period != view.today else "tell_value"
    return words(key, when=day_said(view, form, fact.period), **values)


def values(view: View, known: Sequence[Known], units: Sequence[Unit], inquiry: Inquiry) -> Html:
    """Several figures, a line each: of several indicators, or of several units."""
    span = _span(inquiry, view)
    blocks = []
    for each in known:
        lines, facts = [], []
        for unit in units:
            told = {q.name: fact for q in each.wanted.questions if (fact := fact_of(each, unit, q, span)) is not None}
            for question in each.wanted.questions:
                fact = told.get(question.name)
                if fact is None:
                    lines.append(absence(view, each, unit, span, question))
                    fact = each.newest(unit, question, periods_asked(each.form, span)[-1])
                    if fact is not None:
                        lines.append(last_known(view, each, question, fact))
                else:
                    note = view.joined([short_coverage(view, fact), _note_of_days(view, each, fact)], "")
                    lines.append(Html(sentence(view, each, unit, question, fact, span) + note))
                facts += [fact] if fact is not None else []
            lines.append(mismatches(view, each.form, told))
        lines = [*dict.fromkeys(lines), carried_of_all(view, facts)]
        blocks.append(view.joined([*lines, foot(view, each.form, units, facts)]))
    return view.joined(blocks, "\n\n")


def overview(view: View, known: Sequence[Known], unit: Unit, inquiry: Inquiry) -> Html:
    """A unit's first indicators for a day or a span; if nothing has come, that, and the newest there is."""
    span = _span(inquiry, view)
    blocks = [block for each in known if (block := _overview(view, each, unit, span))]
    marks = view.words("tell_demonstration") if view.demonstration else Html("")
    return view.joined([view.joined(blocks, "\n\n"), marks])


def _overview(view: View, known: Known, unit: Unit, span: Span) -> Html:
    words, form = view.words, known.form
    pairs = [(question, fact_of(known, unit, question, span)) for question in _asked(view, known)]
    found = [(question, fact) for question, fact in pairs if fact is not None]
    states = [each for each in found if each[0].kind == "state" and form.schedule.period == "on change"]
    if states:
        return view.joined([sentence(view, known, unit, question, fact, span) for question, fact in states])
    if form.schedule.period == "on change":
        return Html("")
    if not found:
        return _nothing_of(view, known, unit, span)
    newest = max(fact.period for _, fact in found)
    if span.kind == "latest":
        pairs = [(question, known.history(unit, question).get(newest)) for question, _ in pairs]
    facts = [fact for _, fact in pairs if fact is not None]
    whole = facts[0].periods is not None or span.first_on != span.last_on
    named = when(view, form, span) if whole else day_said(view, form, newest)
    main = max(facts, key=lambda fact: fact.coverage.received if fact.coverage else 0)
    lines = [words("tell_overview", unit=view.named(unit), when=named)]
    many = span.kind != "latest" and len(periods_asked(form, span)) > 1
    grown = _grown(view, known, unit, span, newest)
    for question, fact in pairs:
        beside = _beside(view, known, unit, grown.get(question.name), newest, is_dated=many)
        lines.append(Html(_overview_line(view, question, fact, main, is_dated=many) + beside))
    lines.append(mismatches(view, form, {q.name: fact for q, fact in pairs if fact is not None}))
    facts += [fact for _, fact in grown.values() if fact is not None]
    late = not_yet(view, known, unit, main) if span.kind == "latest" else Html("")
    lines += [over_days(view, known, main), coverage_said(view, form, main, known), carried_of_all(view, facts), late]
    return view.joined([*lines, _foot_without_demonstration(view, known, unit, facts)])


def _asked(view: View, known: Known) -> list[Question]:
    """What is told in lines of its own: not the running totals that stand beside what is new."""
    beside = view.grown(known.form).values()
    return [question for question in known.wanted.questions if question not in beside]


Grown = tuple[Question, Fact | None]
"""A running total, and what is told of it."""


def _grown(view: View, known: Known, unit: Unit, span: Span, newest: date) -> dict[str, Grown]:
    """The running totals by the flow that is added up in each; for «latest» those of the newest day that anything is known of."""
    found = {name: total for name, total in view.grown(known.form).items() if total in known.wanted.questions}
    if span.kind == "latest":
        return {name: (total, known.history(unit, total).get(newest)) for name, total in found.items()}
    return {name: (total, fact_of(known, unit, total, span)) for name, total in found.items()}


def _beside(view: View, known: Known, unit: Unit, of: Grown | None, until: date, *, is_dated: bool) -> Html:
    """«; lũy kế: 185 ca» behind what is new, or that there is none; nothing where there never was any."""
    if of is None:
        return Html("")
    total, fact = of
    if fact is None:
        had = known.newest(unit, total, until)
        return view.words("tell_beside_none") if had is not None else Html("")
    note = Html(short_carried(view, fact) + (view.words("tell_as_of", date=fact.period) if is_dated else ""))
    return view.words("tell_beside", value=value(view, total, fact.value), note=note)


def _nothing_of(view: View, known: Known, unit: Unit, span: Span) -> Html:
    until = periods_asked(known.form, span)[-1]
    lasts = [(question, known.newest(unit, question, until)) for question in _asked(view, known)]
    periods = [fact.period for _, fact in lasts if fact is not None]
    lines = [absence(view, known, unit, span)]
    if not periods:
        return view.joined([*lines, not_zero(view, known, [unit], periods_asked(known.form, span))])
    newest = max(periods)
    facts = [(question, fact) for question, fact in lasts if fact is not None and fact.period == newest]
    main = facts[0][1]
    lines.append(
        view.words("tell_overview_last", when=day_said(view, known.form, newest), coverage=short_coverage(view, main))
    )
    lines += [_overview_line(view, question, fact, main) for question, fact in facts]
    lines.append(mismatches(view, known.form, {question.name: fact for question, fact in facts}))
    lines.append(carried_of_all(view, [fact for _, fact in facts]))
    lines.append(not_zero(view, known, [unit], periods_asked(known.form, span)))
    return view.joined([*lines, _foot_without_demonstration(view, known, unit, [fact for _, fact in facts])])


def _foot_without_demonstration(view: View, known: Known, unit: Unit, facts: Sequence[Fact]) -> Html:
    said = foot(view, known.form, [unit], facts)
    mark = view.words("tell_demonstration")
    return Html(said.removesuffix(mark).rstrip()) if view.demonstration else said


def _overview_line(view: View, question: Question, fact: Fact | None, main: Fact, *, is_dated: bool = False) -> Html:
    """`is_dated`: over a span, where what is no sum is of one day of it, which is said."""
    label = view.label(question)
    if fact is None:
        return view.words("tell_line_none", label=label)
    note = short_coverage(view, fact) if fact.coverage != main.coverage else short_carried(view, fact)
    if is_dated and fact.periods is None:
        note = Html(note + view.words("tell_as_of", date=fact.period))
    return view.words("tell_line", label=label, value=value(view, question, fact.value), note=note)


def _span(inquiry: Inquiry, view: View) -> Span:
    return inquiry.span or Span("latest", view.today, view.today)


def _verdict(view: View, question: Question, fact: Fact, choice: str | None) -> Html:
    """«Đúng» or «Không», where one of two choices was asked for; of three «không» would say nothing of the other two."""
    if choice is None or not isinstance(fact.value, str) or len(question.choices) > _ALTERNATIVES:
        return Html("")
    return view.words("tell_yes" if fact.value == choice else "tell_no")


def _before(view: View, known: Known, unit: Unit, question: Question, fact: Fact, span: Span) -> Html:
    """Beside a total that is still coming in: the newest one before it."""
    is_told = not isinstance(fact.value, Withheld)
    is_single = fact.periods is None and (span.kind in ("latest", "today") or not is_told)
    if fact.coverage is None or not is_single or (is_told and fact.coverage.received >= fact.coverage.expected):
        return Html("")
    if known.form.schedule.period == "on change":
        return Html("")
    earlier = {day: of for day, of in known.history(unit, question).items() if day < fact.period}
    before = max((day for day, of in earlier.items() if not isinstance(of.value, Withheld)), default=None)
    return last_known(view, known, question, earlier[before]) if before is not None else Html("")


def _rest_of_span(view: View, known: Known, unit: Unit, fact: Fact, span: Span) -> Html:
    """That today's part of a span is still to come."""
    form, period = known.form, periods_asked(known.form, span)[-1]
    if fact.periods is None or fact.period == period or not is_under_way(view, form, period):
        return Html("")
    key = "tell_newer_to_come" if fact.coverage is None else "tell_newer_none_yet"
    return view.words(key, when=day_said(view, form, period), due=due_words(view, form, period))


def _window(view: View, known: Known, question: Question, fact: Fact) -> Html:
    """The counting window, of a flow of today (the form's words speak of today)."""
    window = in_language(known.form.window, view.words.language)
    if not window or question.kind != "flow" or fact.periods is not None or fact.period != view.today:
        return Html("")
    return view.words("tell_window", window=window)


def _note_of_days(view: View, known: Known, fact: Fact) -> Html:
    said = over_days(view, known, fact)
    return Html(f" {said}") if said else Html("")
