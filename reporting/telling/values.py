"""Answers with a value: one figure of one unit, several of them, or an overview of a unit."""

from collections.abc import Sequence
from datetime import date

from reporting.forms import Question
from reporting.telling.days import day, due_words, is_under_way, periods_asked, when
from reporting.telling.known import Fact, Known, summed
from reporting.telling.lines import coverage, foot, not_yet, over_days, short_coverage, value
from reporting.telling.view import View
from reporting.texts import in_language
from reporting.understanding.inquiry import Inquiry, Span
from reporting.units import Unit
from reporting.words import Html


def fact_of(known: Known, unit: Unit, question: Question, span: Span) -> Fact | None:
    """What is told for a span: a flow summed over it, else the newest day in it; of «latest» the newest there is."""
    periods = periods_asked(known.form, span)
    if span.kind == "latest" or known.form.schedule.period == "on change":
        return known.newest(unit, question, periods[-1])
    if question.kind == "flow" and len(periods) > 1:
        return summed(known, unit, question, periods)
    facts = known.history(unit, question)
    return next((facts[period] for period in reversed(periods) if period in facts), None)


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
        coverage(view, known.form, fact),
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
    whole = fact.periods is not None and span.kind != "latest"
    if whole or form.schedule.period == "on change":
        return words("tell_value", when=when(view, form, span), **values)
    key = "tell_value_latest" if span.kind == "latest" and fact.period != view.today else "tell_value"
    return words(key, when=day(view, form, fact.period), **values)


def not_reported(view: View, known: Known, unit: Unit, question: Question, span: Span) -> Html:
    """That nothing has come for the span, when it is due, and the last value known; never 0."""
    until = periods_asked(known.form, span)[-1]
    last = known.newest(unit, question, until)
    lines = [absence(view, known, unit, span, question)]
    if last is not None:
        last_words = {"indicator": view.label(question), "value": value(view, question, last.value)}
        lines.append(
            view.words(
                "tell_last", when=day(view, known.form, last.period), coverage=short_coverage(view, last), **last_words
            )
        )
    lines.append(view.words("tell_not_zero"))
    lines.append(foot(view, known.form, [unit], [last]) if last is not None else foot(view, known.form, [unit], []))
    return view.joined(lines)


def absence(view: View, known: Known, unit: Unit, span: Span, question: Question | None = None) -> Html:
    """Why there is no figure: not due yet, late, not reported, suspended, or left out of the report."""
    words, form = view.words, known.form
    periods = periods_asked(form, span)
    period, named = periods[-1], {"unit": view.named(unit)}
    label = view.label(question) if question is not None else in_language(form.title, words.language)
    owing = known.areas.members(form, unit, period)
    if not owing:
        return words("tell_not_of_form", indicator=label, **named)
    if span.kind == "latest" and (form.schedule.period == "on change" or not is_under_way(view, form, period)):
        return words("tell_never", indicator=label, **named)
    if form.schedule.period == "on change":
        return words("tell_none_in_force", indicator=label, when=when(view, form, span), **named)
    named = {**named, "when": when(view, form, span)}
    if len(periods) > 1:
        return words("tell_not_reported", **named)
    if (unit.id, period) in known.with_figures and question is not None:
        return words("tell_not_in_report", indicator=label, **named)
    if not known.owing(unit, period):
        return words("tell_excused", **named)
    is_total = owing != (unit.id,)
    if is_under_way(view, form, period):
        key = "tell_not_due_total" if is_total else "tell_not_due"
    elif period == view.today:
        key = "tell_overdue_total" if is_total else "tell_overdue"
    else:
        key = "tell_not_reported_total" if is_total else "tell_not_reported"
    return words(key, due=due_words(view, form, period), n=len(known.owing(unit, period)), **named)


def values(view: View, known: Sequence[Known], units: Sequence[Unit], inquiry: Inquiry) -> Html:
    """Several figures, a line each: of several indicators, or of several units."""
    span = _span(inquiry, view)
    blocks = []
    for each in known:
        lines, facts = [], []
        for unit in units:
            for question in each.wanted.questions:
                fact = fact_of(each, unit, question, span)
                if fact is None:
                    lines.append(absence(view, each, unit, span, question))
                    fact = each.newest(unit, question, periods_asked(each.form, span)[-1])
                    if fact is not None:
                        lines.append(_last_line(view, each, unit, question, fact))
                else:
                    note = view.joined([short_coverage(view, fact), _note_of_days(view, each, fact)], "")
                    lines.append(Html(sentence(view, each, unit, question, fact, span) + note))
                facts += [fact] if fact is not None else []
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
    pairs = [(question, fact_of(known, unit, question, span)) for question in known.wanted.questions]
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
    named = when(view, form, span) if whole else day(view, form, newest)
    main = max(facts, key=lambda fact: fact.coverage.received if fact.coverage else 0)
    lines = [words("tell_overview", unit=view.named(unit), when=named)]
    lines += [_overview_line(view, question, fact, main) for question, fact in pairs]
    late = not_yet(view, known, unit, main) if span.kind == "latest" else Html("")
    lines += [over_days(view, known, main), coverage(view, form, main), late]
    return view.joined([*lines, _foot_without_demonstration(view, known, unit, facts)])


def _nothing_of(view: View, known: Known, unit: Unit, span: Span) -> Html:
    until = periods_asked(known.form, span)[-1]
    lasts = [(question, known.newest(unit, question, until)) for question in known.wanted.questions]
    periods = [fact.period for _, fact in lasts if fact is not None]
    lines = [absence(view, known, unit, span)]
    if not periods:
        return view.joined([*lines, view.words("tell_not_zero")])
    newest = max(periods)
    facts = [(question, fact) for question, fact in lasts if fact is not None and fact.period == newest]
    main = facts[0][1]
    lines.append(
        view.words("tell_overview_last", when=day(view, known.form, newest), coverage=short_coverage(view, main))
    )
    lines += [_overview_line(view, question, fact, main) for question, fact in facts]
    lines.append(view.words("tell_not_zero"))
    return view.joined([*lines, _foot_without_demonstration(view, known, unit, [fact for _, fact in facts])])


def _foot_without_demonstration(view: View, known: Known, unit: Unit, facts: Sequence[Fact]) -> Html:
    said = foot(view, known.form, [unit], facts)
    mark = view.words("tell_demonstration")
    return Html(said.removesuffix(mark).rstrip()) if view.demonstration else said


def _overview_line(view: View, question: Question, fact: Fact | None, main: Fact) -> Html:
    label = view.label(question)
    if fact is None:
        return view.words("tell_line_none", label=label)
    note = short_coverage(view, fact) if fact.coverage != main.coverage else Html("")
    return view.words("tell_line", label=label, value=value(view, question, fact.value), note=note)


def _span(inquiry: Inquiry, view: View) -> Span:
    return inquiry.span or Span("latest", view.today, view.today)


def _verdict(view: View, question: Question, fact: Fact, choice: str | None) -> Html:
    """«Đúng» or «Không», where a certain choice was asked for («có phải vùng đỏ không?»)."""
    if choice is None or not isinstance(fact.value, str):
        return Html("")
    return view.words("tell_yes" if fact.value == choice else "tell_no")


def _before(view: View, known: Known, unit: Unit, question: Question, fact: Fact, span: Span) -> Html:
    """Beside a total that is still coming in: the newest one before it."""
    is_single = fact.periods is None and span.kind in ("latest", "today")
    if fact.coverage is None or not is_single or fact.coverage.received >= fact.coverage.expected:
        return Html("")
    if known.form.schedule.period == "on change":
        return Html("")
    before = known.newest(unit, question, date.fromordinal(fact.period.toordinal() - 1))
    if before is None:
        return Html("")
    note = short_coverage(view, before)
    said = value(view, question, before.value)
    return view.words(
        "tell_last",
        when=day(view, known.form, before.period),
        indicator=view.label(question),
        value=said,
        coverage=note,
    )


def _rest_of_span(view: View, known: Known, unit: Unit, fact: Fact, span: Span) -> Html:
    """That today's part of a span is still to come."""
    form, period = known.form, periods_asked(known.form, span)[-1]
    if fact.periods is None or fact.period == period or not is_under_way(view, form, period):
        return Html("")
    key = "tell_newer_to_come" if fact.coverage is None else "tell_newer_none_yet"
    return view.words(key, when=day(view, form, period), due=due_words(view, form, period))


def _window(view: View, known: Known, question: Question, fact: Fact) -> Html:
    """The counting window, of a flow of today (the form's words speak of today)."""
    window = in_language(known.form.window, view.words.language)
    if not window or question.kind != "flow" or fact.periods is not None or fact.period != view.today:
        return Html("")
    return view.words("tell_window", window=window)


def _last_line(view: View, known: Known, unit: Unit, question: Question, fact: Fact) -> Html:
    said = {"indicator": view.label(question), "value": value(view, question, fact.value)}
    return view.words("tell_last", when=day(view, known.form, fact.period), coverage=short_coverage(view, fact), **said)


def _note_of_days(view: View, known: Known, fact: Fact) -> Html:
    said = over_days(view, known, fact)
    return Html(f" {said}") if said else Html("")
