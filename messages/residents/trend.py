"""How an indicator has gone, day by day, and against the equal span before."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

from messages.residents.answer_lines import foot, periods, short_coverage, value
from messages.residents.days import day_said
from messages.residents.missing_figures import not_zero
from messages.residents.view import View
from reporting.figures.drawings import PublicPoint, PublicTrend
from reporting.figures.facts import Fact
from reporting.figures.known import Known, summed
from reporting.figures.sums import has_no_sum
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.period_types import period_before
from reporting.rounds.standings import Coverage
from reporting.say import Drawn
from reporting.texts import in_language
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import Span
from understanding.periods_asked import periods_shown

MOST_LINES = 14
MOST_DAYS = 3
"""So many days with the most are named; more are no peak."""


def _shown(known: Known, unit: Unit, span: Span) -> tuple[date, ...]:
    """Those of them when the unit existed."""
    return tuple(period for period in periods_shown(known.form, span) if unit.exists(period))


def trend_said(view: View, known: Known, unit: Unit, question: Question, span: Span) -> Html:
    """The text: a line for each of the last periods, the sum of what is summed, and whether it went up."""
    words = view.words
    shown = _shown(known, unit, span)
    facts = known.history(unit, question)
    key = "tell_trend_periods" if known.form.schedule.period_type.is_long else "tell_trend"
    lines = [words(key, unit=view.named(unit), indicator=view.label(question))]
    found = [facts[period] for period in shown if period in facts]
    if found and all(has_no_sum(fact.value) for fact in found):
        said = view.words("tell_item", line=value(view, question, found[0].value))
        return view.joined([*lines, said, foot(view, known.form, [unit], found)])
    lines += [_line(view, known, unit, question, period) for period in shown[-MOST_LINES:]]
    if len(shown) > MOST_LINES:
        lines.append(words("tell_trend_longer", first=shown[0], last=shown[-1]))
        lines.append(_highest(view, known.form, question, [facts[period] for period in shown if period in facts]))
    lines.append(_change(view, known, unit, question, shown))
    if lacking := [period for period in shown if period not in facts]:
        lines.append(not_zero(view, known, [unit], lacking))
    return view.joined([*lines, foot(view, known.form, [unit], found)])


def trend_picture(view: View, known: Known, unit: Unit, question: Question, span: Span) -> Drawn | None:
    """The picture: a bar a period, and an empty place where nothing was reported; None where there are no counts to draw."""
    shown, facts = _shown(known, unit, span), known.history(unit, question)
    points = points_of(facts, shown)
    moments = [facts[period].as_of for period in shown if period in facts]
    as_of = max((each for each in moments if each is not None), default=None)
    if not any(point.low is not None for point in points):
        return None
    content = PublicTrend(
        language=view.words.language,
        title=view.words.plain("public_trend_title", unit=view.named(unit), indicator=view.label(question)),
        unit=in_language(question.unit, view.words.language),
        first=shown[0],
        last=shown[-1],
        points=points,
        is_carried=any(facts[period].carried for period in shown if period in facts),
        as_of=as_of.astimezone(view.zone) if as_of is not None else None,
        demonstration=view.demonstration,
    )
    return Drawn(f"{known.form.key}-{question.name}-{unit.code}.png", content)


def points_of(facts: Mapping[date, Fact], shown: Sequence[date]) -> tuple[PublicPoint, ...]:
    """For a picture, what is told of each period."""
    points: list[PublicPoint] = []
    for period in shown:
        fact = facts.get(period)
        if fact is None or not isinstance(fact.value, Amount):
            points.append(PublicPoint(period, None, None, 0, 0))
            continue
        units = fact.coverage or Coverage(1, 1)
        low, high = float(fact.value.low), float(fact.value.high)
        points.append(PublicPoint(period, low, high, units.received, units.expected))
    return tuple(points)


def _line(view: View, known: Known, unit: Unit, question: Question, period: date) -> Html:
    of = known.form.period(period)
    named = {"day": view.words.brief(of) if of.of.months else format_date(period, "dd/MM", locale=view.words.language)}
    fact = known.history(unit, question).get(period)
    if fact is None:
        if known.waits(unit, [period]):
            return view.words("tell_trend_waiting", **named)
        is_silent = known.areas.is_own(known.form, unit, period) and (unit.id, period) not in known.received
        return view.words("tell_trend_none" if is_silent else "tell_trend_without", **named)
    said = Html(value(view, question, fact.value) + short_coverage(view, fact))
    return view.words("tell_trend_line", value=said, **named)


def _highest(view: View, form: Form, question: Question, facts: Sequence[Fact]) -> Html:
    """The most that any of the days has, which may lie before those that are listed; where one is held back nobody knows it."""
    exact = [(fact, fact.value) for fact in facts if isinstance(fact.value, Amount) and fact.value.is_exact]
    if len(exact) < len(facts) or not exact or question.kind == "total" or form.schedule.period_type.is_long:
        return Html("")
    most = max(value.low for _, value in exact)
    days = [fact for fact, value in exact if value.low == most]
    if len(days) > MOST_DAYS:
        return Html("")
    named = ", ".join(f"{format_date(fact.period, 'dd/MM/y')}{short_coverage(view, fact)}" for fact in days)
    return view.words("tell_trend_highest", value=value(view, question, days[0].value), days=Html(named))


def _change(view: View, known: Known, unit: Unit, question: Question, shown: Sequence[date]) -> Html:
    """The span against the one before it, where both are whole; of what is not summed the first day against the last."""
    words = view.words
    if question.sums_over_periods:
        now = summed(known, unit, question, shown)
        before = periods_before(known.form, shown)
        then = summed(known, unit, question, before)
        named = {"periods": periods(view, known.form, len(shown))}
        whole = [fact for fact in (now, then) if fact is not None and is_whole_trend(fact) and unit.exists(before[0])]
        if now is None:
            return Html("")
        named["value"] = value(view, question, now.value)
        if len(whole) < 2 or then is None:
            return words("tell_trend_sum", **named)
        key = _direction(now.value, then.value)
        named["before"] = value(view, question, then.value)
        return words(f"tell_trend_sum_{key}", **named)
    facts = [known.history(unit, question)[p] for p in shown if p in known.history(unit, question)]
    if (
        len(facts) < 2
        or not is_whole_trend(facts[0])
        or not is_whole_trend(facts[-1])
        or not isinstance(facts[0].value, Amount)
    ):
        return Html("")
    key = _direction(facts[-1].value, facts[0].value)
    first, last = day_said(view, known.form, facts[0].period), day_said(view, known.form, facts[-1].period)
    return words(f"tell_trend_{key}", first=first, last=last)


def periods_before(form: Form, shown: Sequence[date]) -> list[date]:
    """As many periods right before."""
    found = [shown[0]]
    for _ in shown:
        found.insert(0, period_before(form.schedule.period_type, found[0]))
    return found[:-1]


def is_whole_trend(fact: Fact) -> bool:
    """Exact, and nobody's figure is missing: only such compare."""
    counted = [each for each in (fact.coverage, fact.periods) if each is not None]
    exact = isinstance(fact.value, Amount) and fact.value.is_exact
    return exact and all(each.received >= each.expected for each in counted)


def _direction(now: object, then: object) -> str:
    assert isinstance(now, Amount)
    assert isinstance(then, Amount)
    return "same" if now == then else "up" if now > then else "down"
